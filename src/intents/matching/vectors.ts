/**
 * Features → vectors. Each feature is weighed by log frequency and inverse document frequency (Salton and Buckley,
 * "Term-weighting approaches", 1988), and each block has length one.
 */
import { BLOCKS, type Numbers } from "./features.js";

/** A text as three sparse vectors of length one, one behind the other: its words, its meanings, its pieces. */
export interface Vector {
  index: Int32Array;
  value: Float32Array;
  /** Where each block's entries end. */
  ends: readonly [words: number, concepts: number, pieces: number];
  /** Share of the words' and of the pieces' weight that the library knows, 0 to 1. */
  knownWords: number;
  knownPieces: number;
  /** How many words the text has. */
  words: number;
}

/** How telling each feature is. Plain values: made in another process, or kept in a file. */
export interface Weights {
  /** The fewer texts have a feature, the more it tells; 0 for one that none of the learnt texts has. */
  telling: Float32Array;
  /** Where the features of each block begin. */
  starts: readonly number[];
  /** What a feature nobody has seen would weigh. */
  unknown: number;
}

/** Weighs the features by the texts that have them. `sizes`: how many each block has. */
export function weigh(texts: readonly Numbers[], sizes: readonly number[]): Weights {
  const starts = sizes.map((_, block) => sizes.slice(0, block).reduce((sum, each) => sum + each, 0));
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const counts = new Int32Array(size);
  const lastSeen = new Int32Array(size).fill(-1);
  texts.forEach(({ ids, ends }, text) => {
    let k = 0;
    for (let block = 0; block < BLOCKS.length; block += 1) {
      const from = starts[block] ?? 0;
      for (const end = ends[block] ?? 0; k < end; k += 1) {
        const feature = from + (ids[k] ?? 0);
        if (feature < from || lastSeen[feature] === text) continue;
        lastSeen[feature] = text;
        counts[feature] = (counts[feature] ?? 0) + 1;
      }
    }
  });
  const telling = Float32Array.from(counts, (count) =>
    count === 0 ? 0 : Math.log((1 + texts.length) / (1 + count)) + 1,
  );
  return { telling, starts, unknown: Math.log(1 + texts.length) + 1 };
}

/** Makes vectors with these weights. */
export function createBuild({ telling, starts, unknown }: Weights): (numbers: Numbers) => Vector {
  const counts = new Int32Array(telling.length);
  let seen = new Int32Array(1024);
  return ({ ids, ends: lasts, words }) => {
    if (seen.length < ids.length) seen = new Int32Array(2 * ids.length);
    const index = seen;
    const ends: [number, number, number] = [0, 0, 0];
    const known: [number, number, number] = [0, 0, 0];
    let size = 0;
    let k = 0;
    for (let block = 0; block < BLOCKS.length; block += 1) {
      const from = starts[block] ?? 0;
      let knownWeight = 0;
      let unknowns = 0;
      for (const end = lasts[block] ?? 0; k < end; k += 1) {
        const feature = from + (ids[k] ?? 0);
        const weight = feature < from ? 0 : (telling[feature] ?? 0);
        if (weight === 0) {
          unknowns += 1;
          continue;
        }
        knownWeight += weight;
        const count = counts[feature] ?? 0;
        if (count === 0) index[size++] = feature;
        counts[feature] = count + 1;
      }
      known[block] = knownWeight / Math.max(1e-9, knownWeight + unknowns * unknown);
      ends[block] = size;
    }
    const vector = {
      index: index.slice(0, size),
      value: new Float32Array(size),
      ends,
      knownWords: known[0],
      knownPieces: known[2],
      words,
    };
    fillValues(vector, counts, telling);
    return vector;
  };
}

/** The values of a vector from how often each feature stands in the text; forgets the counts. */
function fillValues({ index, value, ends }: Vector, counts: Int32Array, telling: Float32Array): void {
  let begin = 0;
  for (const end of ends) {
    let square = 0;
    for (let k = begin; k < end; k += 1) {
      const feature = index[k] ?? 0;
      const count = counts[feature] ?? 1;
      counts[feature] = 0;
      const each = (count === 1 ? 1 : 1 + Math.log(count)) * (telling[feature] ?? 0);
      value[k] = each;
      square += each * each;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = begin; k < end; k += 1) value[k] = (value[k] ?? 0) * scale;
    begin = end;
  }
}
