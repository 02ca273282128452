/** Finds several topics in one message: "ktp sama kk hilang dua2nya", "cara bikin kia? terus bayar pbb dimana". */
import type { Understanding } from "../vocabulary/understanding.js";

/** What divides two questions, or two things that are asked about. */
const DIVIDERS =
  /\s*(?:[?!;\n]+|,|\b(?:sama|dan|terus|trus|trs|lalu|serta|plus|sekalian|juga|ama|karo|jeung|and)\b|[&+])\s*/iu;
/** A part so short is only a thing; what happened to it stands with the other one. */
const THING_WORDS = 2;
const MOST_PARTS = 4;

/**
 * The understanding of the whole, with the other topics its parts surely mean. The whole decides when it is urgent, noise,
 * or says what else is meant by itself.
 */
export function withOtherTopics(
  text: string,
  whole: Understanding,
  understand: (text: string) => Understanding,
): Understanding {
  if (whole.more !== undefined || (whole.outcome !== "answer" && whole.outcome !== "clarify")) return whole;
  const parts = partsOf(text);
  if (parts.length < 2 || parts.length > MOST_PARTS) return whole;
  const last = parts.at(-1)?.split(/\s+/) ?? [];
  const found = parts.map((part) => {
    const isThing = part.split(/\s+/).length <= THING_WORDS && part !== parts.at(-1);
    return understand(isThing ? [part, ...last.slice(1)].join(" ") : part);
  });
  if (!found.every(isSure)) return whole;
  const [first, ...others] = [...new Set(found.flatMap(({ intent }) => intent ?? []))];
  if (first === undefined || others.length === 0) return whole;
  const confidence = Math.min(...found.map((each) => each.confidence));
  return {
    ...whole,
    outcome: "answer",
    intent: first,
    more: others,
    confidence,
    reasons: ["beberapa topik dalam satu pesan"],
  };
}

/** One part alone says less than the whole: a likely meaning will do. */
const isSure = ({ outcome, confidence }: Understanding): boolean =>
  outcome === "answer" || (outcome === "clarify" && confidence >= LIKELY);

const LIKELY = 0.85;

/**
 * What was written about each of several topics. Only where each names a place of its own are they apart: "lampu mati sama
 * jalan rusak di jl mawar" is one street.
 */
export function wordsOfEach(
  text: string,
  topics: readonly string[],
  { understand, namesPlace }: { understand(text: string): Understanding; namesPlace(text: string): boolean },
): Map<string, string> {
  const words = new Map<string, string>();
  let current: string | undefined;
  let start = "";
  for (const part of partsOf(text)) {
    const { intent } = understand(part);
    if (intent !== undefined && topics.includes(intent)) current = intent;
    // "… di jl mawar, depan sd 3": a part that names no topic goes on with the one before.
    if (current === undefined) start = `${start} ${part}`;
    else words.set(current, `${words.get(current) ?? start} ${part}`.trim());
  }
  const isDivided = topics.every((topic) => words.has(topic)) && [...words.values()].every(namesPlace);
  return isDivided ? words : new Map(topics.map((topic) => [topic, text]));
}

const partsOf = (text: string): string[] =>
  text
    .split(DIVIDERS)
    .map((part) => part.trim())
    .filter((part) => part !== "");
