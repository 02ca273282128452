/** Finds phrases in a text, as an editor writes them: words in order, "*" for any ending, a word or two in between allowed. */
import { simplify, squeeze } from "../intents/matching/normalize.js";
import { remember } from "../intents/matching/remember.js";
import { isOneSlip, skeletonOf } from "../intents/matching/repair.js";
import { isRealWord } from "../intents/matching/stem.js";

/** A phrase that was found: which one, and the positions of its words in the text. */
export interface Hit {
  phrase: string;
  places: number[];
}

/** Looks for many phrases at once. */
export type FindCues = (words: readonly string[]) => Hit[];

interface Part {
  word: string;
  /** Written with a "*": any ending fits. */
  isOpen: boolean;
}

/** Between two words of an alarm so many others may stand: "banjir sudah masuk rumah". */
export const WORDS_BETWEEN = 2;
/** Shorter words have too many neighbours to be read with a slip. */
const SHORTEST_SLIP = 6;

/** `plain` turns everyday spelling into plain words, for the phrases as for the texts; `between` is how many words may stand between two of a phrase. */
export function createFindCues(
  phrases: readonly string[],
  plain: (text: string) => string[],
  between: number,
): FindCues {
  const parts: Part[] = [];
  const idOf = new Map<string, number>();
  const partId = (part: Part): number => {
    const key = `${part.word}${part.isOpen ? "*" : ""}`;
    const known = idOf.get(key);
    if (known !== undefined) return known;
    idOf.set(key, parts.length);
    return parts.push(part) - 1;
  };
  const cues = phrases.map((phrase) => ({ phrase, ids: readPhrase(phrase, plain).map(partId) }));
  const byFirst = new Map<number, typeof cues>();
  for (const cue of cues) {
    const first = cue.ids[0];
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), cue]);
  }
  const fitsOf = remember((word) => parts.flatMap((part, id) => (isSame(part, word) ? [id] : [])));
  return (words) => {
    const fits = words.map(fitsOf);
    const hits: Hit[] = [];
    fits.forEach((ids, start) => {
      for (const id of ids)
        for (const { phrase, ids: wanted } of byFirst.get(id) ?? []) {
          const places = placesFrom(start, { wanted, between }, fits);
          if (places !== undefined) hits.push({ phrase, places });
        }
    });
    return hits;
  };
}

/** Of phrases that were found in the same words ("kebakaran", "kobong"), the one that was written; else the first. */
export function wordsThatDecided(hits: readonly Hit[], text: string): string[] {
  const written = simplify(text);
  const words = new Map<string, string>();
  for (const { phrase, places } of hits) {
    const known = words.get(places.join());
    if (known === undefined || (!written.includes(known) && written.includes(phrase)))
      words.set(places.join(), phrase);
  }
  return [...new Set(words.values())];
}

function readPhrase(phrase: string, plain: (text: string) => string[]): Part[] {
  return phrase
    .trim()
    .split(/\s+/)
    .flatMap((written) => {
      const isOpen = written.endsWith("*");
      const words = plain(isOpen ? written.slice(0, -1) : written);
      return words.map((word, index) => ({ word, isOpen: isOpen && index === words.length - 1 }));
    });
}

/** The rest of the phrase behind its first word, each part within reach of the one before. */
function placesFrom(
  start: number,
  { wanted, between }: { wanted: readonly number[]; between: number },
  fits: readonly (readonly number[])[],
): number[] | undefined {
  const places = [start];
  for (const id of wanted.slice(1)) {
    const from = (places.at(-1) ?? 0) + 1;
    let found = -1;
    for (let at = from; at <= from + between && at < fits.length && found < 0; at += 1)
      if (fits[at]?.includes(id)) found = at;
    if (found < 0) return undefined;
    places.push(found);
  }
  return places;
}

/** The same word, with the slips of somebody who types in fear: dropped vowels, stretched letters, one wrong letter. */
function isSame({ word, isOpen }: Part, text: string): boolean {
  if (text === word || (isOpen && text.startsWith(word))) return true;
  if (word.length < SHORTEST_SLIP || isOpen || text[0] !== word[0] || isRealWord(text)) return false;
  const single = squeeze(text);
  return (
    isOneSlip(single, word) ||
    (single.length >= 4 &&
      single.length < word.length &&
      !/[aeiou]/.test(single.slice(1)) &&
      skeletonOf(single) === skeletonOf(word))
  );
}
