/**
 * Words → features, by number. Three blocks: words (with their roots and neighbours), meanings, and pieces of two to four
 * letters. Pieces of letters carry misspellings and affixes (Cavnar and Trenkle, "N-gram-based text categorization", 1994).
 */
import type { ConceptsOf } from "./concepts.js";
import { createNumbering, hashBoth, hashNext, hashOf, HASH_BEGIN, type Numbering } from "./numbering.js";
import type { Repair } from "./repair.js";
import { remember } from "./remember.js";
import { stem } from "./stem.js";

export const BLOCKS = ["words", "concepts", "pieces"] as const;

/** The features of a text by number, block by block: with repetitions, and -1 for what has no number. */
export interface Numbers {
  ids: Int32Array;
  /** Where each block's features end. Every block counts from 0. */
  ends: readonly [words: number, concepts: number, pieces: number];
  /** How many words the text has. */
  words: number;
}

/** Reads the features of a text; `repair` says how a word is read. */
export type ReadFeatures = (words: readonly string[], repair: Repair) => Numbers;

export interface Features {
  read: ReadFeatures;
  /** How many features each block has. */
  sizes: readonly number[];
  /** The features' hashes, block by block. */
  hashes: readonly Int32Array[];
}

/** From so many texts on, neighbours and pieces that stand in one text only are left out: they tell of that text, not of its topic. */
const MANY_TEXTS = 1000;

/** Learns which features these texts have, and gives the features of each. */
export function learnFeatures(
  texts: readonly (readonly string[])[],
  conceptsOf: ConceptsOf,
): { features: Features; numbers: Numbers[] } {
  const numberings = BLOCKS.map(() => createNumbering());
  const pairs = new Set<number>();
  const learn = createRead(numberings, conceptsOf, (id) => pairs.add(id));
  const numbers = texts.map((words) => learn(words, (word) => word));
  for (const numbering of numberings) numbering.stopLearning();
  if (texts.length < MANY_TEXTS) return { features: featuresOf(numberings, conceptsOf), numbers };
  const hashes = numberings.map((numbering, block) =>
    leaveOut(numbers, numbering, block, (id) => block === PIECES || (block === WORDS && pairs.has(id))),
  );
  return { features: restoreFeatures(hashes, conceptsOf), numbers };
}

const WORDS = 0;
const PIECES = 2;

/** Leaves out what stands in one text only, where that is allowed: -1 in all texts. Gives the hashes of the rest. */
function leaveOut(
  texts: readonly Numbers[],
  numbering: Numbering,
  block: number,
  mayGo: (id: number) => boolean,
): Int32Array {
  const size = numbering.size();
  const texted = new Int32Array(size);
  const lastSeen = new Int32Array(size).fill(-1);
  const own = texts.map(({ ids, ends }) => ids.subarray(block === 0 ? 0 : ends[block - 1], ends[block]));
  own.forEach((ids, text) => {
    for (const id of ids) {
      if (lastSeen[id] !== text) texted[id] = (texted[id] ?? 0) + 1;
      lastSeen[id] = text;
    }
  });
  const old = numbering.hashes();
  const kept: number[] = [];
  const renamed = old.map((hash, id) => (texted[id] === 1 && mayGo(id) ? -1 : kept.push(hash) - 1));
  for (const ids of own) ids.forEach((id, at) => (ids[at] = renamed[id] ?? -1));
  return Int32Array.from(kept);
}

/** The same features again, from what was kept of them. */
export function restoreFeatures(hashes: readonly Int32Array[], conceptsOf: ConceptsOf): Features {
  return featuresOf(
    hashes.map((known) => createNumbering(known)),
    conceptsOf,
  );
}

function featuresOf(numberings: readonly Numbering[], conceptsOf: ConceptsOf): Features {
  return {
    read: createRead(numberings, conceptsOf),
    sizes: numberings.map(({ size }) => size()),
    hashes: numberings.map(({ hashes }) => hashes()),
  };
}

const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 4;
const SPACE = 32;
const FIRST = hashOf("^");

/** What a word is by itself, whatever stands beside it. */
interface WordFeatures {
  hash: number;
  /** The word and its root, if that is another. */
  own: readonly number[];
  concepts: readonly number[];
  pieces: readonly number[];
}

function createRead(
  numberings: readonly Numbering[],
  conceptsOf: ConceptsOf,
  onPair: (id: number) => void = () => undefined,
): ReadFeatures {
  const [words, meanings, letters] = numberings;
  if (words === undefined || meanings === undefined || letters === undefined)
    return () => ({ ids: new Int32Array(), ends: [0, 0, 0], words: 0 });
  const look = remember((word): WordFeatures => {
    const hash = hashOf(word);
    const root = stem(word);
    return {
      hash,
      own: (root === word ? [hash] : [hash, hashOf(root)]).map(words.numberOf),
      concepts: conceptsOf(word).map((name) => meanings.numberOf(hashOf(name))),
      pieces: cut(word, letters),
    };
  });
  const found: [number[], number[], number[]] = [[], [], []];
  return (text, repair) => {
    const [own, concepts, pieces] = found;
    own.length = concepts.length = pieces.length = 0;
    let before = FIRST;
    for (const original of text) {
      const word = repair(original);
      const seen = look(word);
      for (const id of seen.own) own.push(id);
      const pair = words.numberOf(hashBoth(before, seen.hash));
      onPair(pair);
      own.push(pair);
      for (const id of seen.concepts) concepts.push(id);
      for (const id of seen.pieces) pieces.push(id);
      if (original !== word) for (const id of look(original).pieces) pieces.push(id);
      before = seen.hash;
    }
    const ends: Numbers["ends"] = [
      own.length,
      own.length + concepts.length,
      own.length + concepts.length + pieces.length,
    ];
    const ids = new Int32Array(ends[2]);
    ids.set(own);
    ids.set(concepts, ends[0]);
    ids.set(pieces, ends[1]);
    return { ids, ends, words: text.length };
  };
}

/** All pieces of a word with its edges marked: " k", " kt", " ktp", "kt" and so on. */
function cut(word: string, letters: Numbering): number[] {
  const pieces: number[] = [];
  const last = word.length + 1;
  const letterAt = (at: number): number => (at === 0 || at === last ? SPACE : word.charCodeAt(at - 1));
  for (let start = 0; start <= last; start += 1) {
    let hash = HASH_BEGIN;
    for (let length = 1; length <= LONGEST_PIECE && start + length <= last + 1; length += 1) {
      hash = hashNext(hash, letterAt(start + length - 1));
      if (length >= SHORTEST_PIECE) pieces.push(letters.numberOf(hash));
    }
  }
  return pieces;
}
