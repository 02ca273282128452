/** Gives a greeting back in kind. */

/** The reply to the salam at the beginning of a text; undefined when it begins with none. The longest salam that fits decides. */
export function replyToSalam(text: string, replies: Record<string, string>): string | undefined {
  // A salam stands at the beginning; the rest of a long message need not be read.
  const plain = plainOf(text.slice(0, MOST_OF_SALAM));
  return salamsOf(replies).find(({ salam }) => plain === salam || plain.startsWith(`${salam} `))?.reply;
}

const MOST_OF_SALAM = 200;
/** The salams of a library in plain letters, the longest first. */
const known = new WeakMap<Record<string, string>, { salam: string; reply: string }[]>();

function salamsOf(replies: Record<string, string>): { salam: string; reply: string }[] {
  const salams =
    known.get(replies) ??
    Object.entries(replies)
      .map(([salam, reply]) => ({ salam: plainOf(salam), reply }))
      .sort((a, b) => b.salam.length - a.salam.length);
  known.set(replies, salams);
  return salams;
}

/** Repeated letters are one ("haloooo"), apostrophes are none ("assalamu'alaikum"). */
function plainOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’‘`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .trim();
}

/** The part of the day: pagi until 11, siang until 15, sore until 18, then malam. */
export function partOfDay(hour: number): "pagi" | "siang" | "sore" | "malam" {
  if (hour >= 4 && hour < 11) return "pagi";
  if (hour >= 11 && hour < 15) return "siang";
  return hour >= 15 && hour < 18 ? "sore" : "malam";
}
