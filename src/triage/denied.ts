/**
 * Danger that is said not to be there: "tidak ada korban", "bukan kebakaran, cuma asap sate" (negation in front of the word it
 * denies, with nothing between them that could carry it elsewhere; Chapman et al., "NegEx", 2001). Only known words of danger
 * are denied, so that "tidak ada nafas" stays what it is.
 */
import type { Hit } from "./cues.js";

const DENIES = new Set(["tidak", "bukan", "belum", "tanpa", "nihil"]);
/** Between the denial and the word may stand: "tidak ada yang …", "belum sampai ada …". */
const BETWEEN = new Set(["ada", "yang", "sampai", "sama", "sekali", "satu", "pun"]);
const MOST_BETWEEN = 3;
/** What happens to people in danger. None of these is an alarm by itself; denied, they say that nobody needs help. */
const HARM = new Set([
  "luka",
  "terluka",
  "korban",
  "celaka",
  "cedera",
  "cidera",
  "terjebak",
  "meninggal",
  "tewas",
  "tertimpa",
  "pingsan",
  "hanyut",
]);

/** Who or what should be there: when it is not, the danger is all the greater. */
const HELP = new Set([
  ...["pemadam", "damkar", "ambulans", "ambulan", "ambulance", "polisi", "petugas", "bantuan", "pertolongan"],
  ...[
    "tim",
    "sar",
    "basarnas",
    "bpbd",
    "dokter",
    "perawat",
    "warga",
    "orang",
    "air",
    "selang",
    "perahu",
    "listrik",
  ],
]);
/** The one who is missing stands so close before the denial: "pemadam kebakaran juga belum sampai". */
const MOST_BEFORE = 3;

export interface Denied {
  /** What is not denied. */
  hits: Hit[];
  /** The words without denials and what they deny. */
  words: readonly string[];
  isDenied: boolean;
}

/** "Ambulans belum ada": what is denied is help, not danger. */
function isHelpMissing(words: readonly string[], denial: number, clauseStarts: ReadonlySet<number>): boolean {
  for (let back = denial - 1; back >= 0 && back >= denial - MOST_BEFORE; back -= 1) {
    if (clauseStarts.has(back + 1)) return false;
    if (HELP.has(words[back] ?? "")) return true;
  }
  return false;
}

/** Where clauses begin, as places of words; nothing when the words of the clauses are not the words of the text. */
export function clauseStartsOf(
  text: string,
  words: readonly string[],
  plain: (text: string) => string[],
): ReadonlySet<number> {
  const starts = new Set<number>();
  let at = 0;
  for (const clause of text.split(/[,.;:!?\n]+/)) {
    starts.add(at);
    at += plain(clause).length;
  }
  return at === words.length ? starts : new Set();
}

/** Takes denied danger out; a denial does not reach into the next clause. A denial that belongs to the phrase itself ("tidak sadar") denies nothing. */
export function withoutDeniedDanger(
  words: readonly string[],
  hits: readonly Hit[],
  clauseStarts: ReadonlySet<number> = new Set(),
): Denied {
  const denialBefore = (at: number): number | undefined => findDenial(words, at, clauseStarts);
  const gone = new Set<number>();
  words.forEach((word, at) => {
    const denial = HARM.has(word) ? denialBefore(at) : undefined;
    if (denial !== undefined) for (let each = denial; each <= at; each += 1) gone.add(each);
  });
  const left = hits.filter(({ places }) => {
    const [first = 0] = places;
    const denial = denialBefore(first);
    if (denial === undefined) return true;
    for (let at = denial; at <= first; at += 1) gone.add(at);
    for (const place of places) gone.add(place);
    return false;
  });
  if (gone.size === 0) return { hits: [...hits], words, isDenied: false };
  return {
    // What is said a second time, elsewhere, stands.
    hits: left.filter(({ places }) => !places.every((place) => gone.has(place))),
    words: words.filter((_, at) => !gone.has(at)),
    isDenied: true,
  };
}

/** Where the denial of the word at `at` stands; undefined when nothing denies it. */
function findDenial(
  words: readonly string[],
  at: number,
  clauseStarts: ReadonlySet<number>,
): number | undefined {
  for (let back = at - 1; back >= 0 && back >= at - 1 - MOST_BETWEEN; back -= 1) {
    if (clauseStarts.has(back + 1)) return undefined;
    const word = words[back] ?? "";
    if (DENIES.has(word)) return isHelpMissing(words, back, clauseStarts) ? undefined : back;
    if (!BETWEEN.has(word)) return undefined;
  }
  return undefined;
}
