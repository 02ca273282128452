/**
 * Repairs words the library has never seen to words it has: dropped vowels ("krtu"), one slip of the finger ("katru"). In the
 * field's terms: isolated-word spelling correction against a closed vocabulary (Kukich, 1992) by consonant skeleton and
 * Damerau-Levenshtein distance one, found through deletions (Mor and Fraenkel, 1982). Real Indonesian words are left alone.
 */
import { remember } from "./remember.js";
import { isRealWord } from "./stem.js";

/** Shorter words have too many neighbours to guess among. */
const SHORTEST_SLIP = 5;

/** Gives the word of the vocabulary that was meant, or the word itself. */
export type Repair = (word: string) => string;

/**
 * `vocabulary`: how often each word stands in the library. `index` may be that of a larger vocabulary: words that do not stand
 * in this one are passed over.
 */
export function createRepair(
  vocabulary: ReadonlyMap<string, number>,
  index: VocabularyIndex = createVocabularyIndex(vocabulary),
): Repair {
  return remember((word) => {
    if (vocabulary.has(word) || word.length < 2 || /\d/.test(word) || isRealWord(word)) return word;
    const { bySkeleton, byDeletion } = index();
    return (
      mostFrequent(
        // A short word with a vowel of its own has rather another one than none.
        (bySkeleton.get(skeletonOf(word)) ?? []).filter(
          (each) =>
            each[0] === word[0] &&
            each.length >= word.length - 1 &&
            (word.length > 4 || each.length <= word.length + 1 || !/[aeiou]/.test(word.slice(1))),
        ),
        vocabulary,
        word,
      ) ??
      (word.length < SHORTEST_SLIP
        ? undefined
        : mostFrequent(
            deletionsOf(word)
              .flatMap((key) => byDeletion.get(key) ?? [])
              .filter((each) => isOneSlip(word, each)),
            vocabulary,
            word,
          )) ??
      word
    );
  });
}

interface Indexes {
  bySkeleton: Map<string, string[]>;
  byDeletion: Map<string, string[]>;
}

/** Finds words by what is left of them when letters are missing. */
export type VocabularyIndex = () => Indexes;

/** Built at the first word that needs it: a library knows its own words. */
export function createVocabularyIndex(vocabulary: ReadonlyMap<string, number>): VocabularyIndex {
  let indexes: Indexes | undefined;
  return () => (indexes ??= indexWords(vocabulary));
}

function indexWords(vocabulary: ReadonlyMap<string, number>): Indexes {
  const bySkeleton = new Map<string, string[]>();
  const byDeletion = new Map<string, string[]>();
  for (const word of vocabulary.keys()) {
    if (word.length < 3 || /\d/.test(word)) continue;
    addTo(bySkeleton, skeletonOf(word), word);
    if (word.length >= SHORTEST_SLIP - 1) for (const key of deletionsOf(word)) addTo(byDeletion, key, word);
  }
  return { bySkeleton, byDeletion };
}

/** Among several the one the library uses most, rather of the same length. */
function mostFrequent(
  words: readonly string[],
  vocabulary: ReadonlyMap<string, number>,
  meant: string,
): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const word of words) {
    const weight = (vocabulary.get(word) ?? 0) / (1 + 0.3 * Math.abs(word.length - meant.length));
    if (weight > most) [best, most] = [word, weight];
  }
  return best;
}

/** The consonants of a word, doubled ones once; a first vowel stays. "krtu" and "kartu" have the same. */
export function skeletonOf(word: string): string {
  const skeleton = ((word[0] ?? "") + word.slice(1).replace(/[aeiou]/g, "")).replace(/(.)\1+/g, "$1");
  return skeleton.length < 2 ? word : skeleton;
}

function deletionsOf(word: string): string[] {
  return [word, ...Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1))];
}

/** One letter too many, too few, wrong, or two swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function addTo(index: Map<string, string[]>, key: string, word: string): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [word]);
  else list.push(word);
}
