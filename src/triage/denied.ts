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

export interface Denied {
  /** What is not denied. */
  hits: Hit[];
  /** The words without denials and what they deny. */
  words: readonly string[];
  isDenied: boolean;
}

/** Takes denied danger out. A denial that belongs to the phrase itself ("tidak sadar") denies nothing. */
export function withoutDeniedDanger(words: readonly string[], hits: readonly Hit[]): Denied {
  const gone = new Set<number>();
  words.forEach((word, at) => {
    const denial = HARM.has(word) ? denialBefore(words, at) : undefined;
    if (denial !== undefined) for (let each = denial; each <= at; each += 1) gone.add(each);
  });
  const left = hits.filter(({ places }) => {
    const [first = 0] = places;
    const denial = denialBefore(words, first);
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
function denialBefore(words: readonly string[], at: number): number | undefined {
  for (let back = at - 1; back >= 0 && back >= at - 1 - MOST_BETWEEN; back -= 1) {
    const word = words[back] ?? "";
    if (DENIES.has(word)) return back;
    if (!BETWEEN.has(word)) return undefined;
  }
  return undefined;
}
