/**
 * Finds danger in a message. Recall first: a false alarm costs a minute, a missed one may cost a life. Two ears listen: cues
 * that editors write (a lexicon) and a classifier (`danger.ts`). Context lowers an alarm: a question about some day, long ago.
 */
import type { EmergencyFile } from "../intents/format.js";
import type { Urgency } from "../vocabulary/understanding.js";
import { createFindCues, wordsThatDecided, WORDS_BETWEEN } from "./cues.js";
import type { DangerEar } from "./danger.js";
import { clauseStartsOf, withoutDeniedDanger } from "./denied.js";
import { createFindOver } from "./over.js";

export interface UrgencyFound extends Urgency {
  /** The intent that holds the first words for this class. */
  intent: string;
  agency: string;
  reasons: string[];
}

export interface Checked {
  urgency?: UrgencyFound;
  /** The text only sounds like danger: a phrase that is known to be harmless, or a question about some day. */
  isHarmless: boolean;
}

/** How sure it is that the message is about a topic without danger: the surer, the plainer a danger must be to raise the alarm. */
export type AboutElse = "no" | "probably" | "surely";

export type FindUrgency = (text: string, aboutElse?: AboutElse) => Checked;

/** Asking what to do if something happens is not that it happens. */
const GENERAL = [
  "bagaimana cara mencegah",
  "cara mencegah",
  "cara melapor",
  "cara lapor",
  "tips",
  "simulasi",
  "pelatihan",
  "lomba",
  "sosialisasi",
  "seminar",
  "hoaks",
  "hoax",
  "berita",
  "katanya",
  "film",
  "lagu",
  "judul",
  "sinetron",
  "dulu pernah",
  "tahun lalu",
  "tahun kemarin",
  "bulan lalu",
  "minggu lalu",
  "jangan sampai",
  "takut ada",
  "khawatir ada",
  "sebelum ada",
  "nunggu korban",
  "menunggu korban",
];

/** Whoever writes this is in the middle of it, whatever else they write. */
const NOW = [
  "sekarang",
  "saat ini",
  "barusan",
  "baru saja",
  "tolong cepat",
  "segera",
  "darurat",
  "cepat",
  "butuh bantuan",
  "minta tolong",
  "masih di",
];

/** What the danger ear must hear (`lead` in `danger.ts`). */
const LEADS = {
  /** A cue stands, and the rest does not clearly speak against it. */
  withCue: -3.4,
  /** A cue stands, but the writer asks about some day or tells of long ago. */
  withCueInGeneral: 0.7,
  /** No cue stands. */
  alone: -1.6,
  /** No cue stands, but somebody calls for help or says that it is now. */
  aloneAndNow: -2.2,
  /** From here on it is called life in danger; below a person looks first within the hour. */
  certain: -0.9,
  certainAlone: 0.5,
  aloneProbablyElse: -0.8,
  /** The message is surely about something else. */
  withCueAboutElse: -0.3,
  aloneAboutElse: 0.8,
};

/** A detector over the city's record of emergencies. `plain` gives the plain words of a text, nothing taken off. */
export function createFindUrgency(
  record: EmergencyFile,
  plain: (text: string) => string[],
  ear: DangerEar,
): FindUrgency {
  const classes = Object.entries(record.kelas)
    .map(([id, each]) => ({ id, record: each, phrases: new Set(each.tanda) }))
    .sort((a, b) => a.record.prioritas.localeCompare(b.record.prioritas));
  const findAlarms = createFindCues(
    [...new Set(classes.flatMap(({ phrases }) => [...phrases]))],
    plain,
    WORDS_BETWEEN,
  );
  // Harmless only word by word: "sudah tidak kuat hidup, pengen mati" is not "hidup mati".
  const findHarmless = createFindCues(record.bukan_darurat, plain, 0);
  const findNow = createFindCues(NOW, plain, 1);
  const findGeneral = createFindCues(GENERAL, plain, 0);
  const findOver = createFindOver(record.sudah_berlalu ?? [], plain);

  return (text, aboutElse = "no") => {
    const all = plain(text);
    // A word of a harmless phrase cannot be part of an alarm; the rest of the message still can.
    const covered = new Set(findHarmless(all).flatMap(({ places }) => places));
    const cues = findAlarms(all).filter(({ places }) => !places.some((place) => covered.has(place)));
    const { hits, words, isDenied } = withoutDeniedDanger(all, cues, clauseStartsOf(text, all, plain));
    const heard = ear.hear(words);
    const lead = heard?.lead ?? -Infinity;
    const wordsBesides = findOver(words, hits);
    const isOver = wordsBesides !== undefined;
    // "Sekarang sudah padam": it is now that it is over.
    const isNow =
      findNow(isOver ? words.filter((word) => word !== "sekarang") : words).length > 0 || /!{2,}/.test(text);
    const isGeneral =
      !isNow && (isOver || findGeneral(words).length > 0 || asksWhatIf(words) || words.some(isPastYear));
    const isSilent = { isHarmless: covered.size > 0 || isGeneral || isDenied };
    // "Kebakaran sudah padam, Pak": that it is over is all that is said.
    if (isOver && !isNow && wordsBesides < FEWEST_WORDS) return isSilent;
    const found = classes.filter(({ phrases }) => hits.some(({ phrase }) => phrases.has(phrase)));
    const first = found.find(({ id }) => id === heard?.kind) ?? found[0];
    if (first !== undefined) {
      const calmed = aboutElse === "surely" ? LEADS.withCueAboutElse : LEADS.withCue;
      if (lead < (isGeneral ? LEADS.withCueInGeneral : calmed)) return isSilent;
      return alarm(first, {
        isCertain: !isGeneral && lead >= LEADS.certain,
        words: wordsThatDecided(hits, text).slice(0, MOST_WORDS),
        isNow,
        isGuess: false,
      });
    }
    const alone = classes.find(({ id }) => id === heard?.kind);
    const least = isNow ? LEADS.aloneAndNow : LEADS.alone;
    const isHeard =
      lead >=
      { no: least, probably: Math.max(least, LEADS.aloneProbablyElse), surely: LEADS.aloneAboutElse }[
        aboutElse
      ];
    const isTooShort = words.length < FEWEST_WORDS;
    if (alone === undefined || isTooShort || isGeneral || covered.size > 0 || !isHeard) return isSilent;
    return alarm(alone, {
      isCertain: lead >= LEADS.certainAlone,
      words: ear.why(words, alone.id),
      isNow,
      isGuess: true,
    });
  };
}

/** Who names a year tells of it: what happens now is not dated. The number of a house is no year, nor is one in a date. */
function isPastYear(word: string, at: number, words: readonly string[]): boolean {
  const before = words[at - 1] ?? "";
  return /^(?:19|20)\d\d$/.test(word) && !BEFORE_OTHER_NUMBERS.has(before) && !/\d/.test(before);
}

const BEFORE_OTHER_NUMBERS = new Set([
  ...[
    "no",
    "nomor",
    "nomer",
    "nmr",
    "blok",
    "rt",
    "rw",
    "jalan",
    "jl",
    "gang",
    "gg",
    "km",
    "telepon",
    "hp",
    "wa",
  ],
  ...["januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober"],
  ...["november", "desember"],
]);

/** Two words without a cue ("bapak saya") resemble too many examples to mean danger. */
const FEWEST_WORDS = 3;

/** How many of the words that decided are shown. */
const MOST_WORDS = 12;

interface Kind {
  id: string;
  record: EmergencyFile["kelas"][string];
}

interface Grounds {
  isCertain: boolean;
  words: string[];
  isNow: boolean;
  /** No cue stood in the text. */
  isGuess: boolean;
}

function alarm({ id, record }: Kind, { isCertain, words, isNow, isGuess }: Grounds): Checked {
  return {
    isHarmless: false,
    urgency: {
      priority: record.prioritas === "P0" && isCertain ? "P0" : "P1",
      class: id,
      words,
      intent: record.topik,
      agency: record.dinas,
      reasons: [
        `darurat (${record.judul})${isGuess ? ", mirip contohnya" : ""}: ${words.join(", ")}`,
        ...(isNow ? ["sedang terjadi"] : []),
        ...(isCertain ? [] : ["belum pasti, mohon segera dilihat"]),
      ],
    },
  };
}

/** "Kalau … lapor/hubungi/telepon ke mana": a question about some day, not about now. */
function asksWhatIf(words: readonly string[]): boolean {
  const condition = words.findIndex((word) =>
    ["kalau", "jika", "bila", "seandainya", "misalnya"].includes(word),
  );
  return (
    condition >= 0 &&
    words
      .slice(condition)
      .some((word) =>
        ["lapor", "melapor", "hubungi", "menghubungi", "telepon", "telpon", "nelpon", "nomor"].includes(word),
      )
  );
}
