/**
 * The example a text looks most like, for each intent: cosine likeness over an inverted index (Salton's vector space model;
 * Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, ch. 6 and 7). Only words and meanings are
 * compared: pieces of letters make everything look a little like everything.
 */
import type { Vector } from "./vectors.js";

export interface Nearest {
  /** For each intent the likeness of its most similar example, 0 to 1. The array is reused: read it before the next call. */
  likeness(vector: Vector): Float64Array;
  /** Share of the text's known weight that some example of this intent has, 0 to 1. */
  explained(vector: Vector, label: number): number;
  bytes: number;
}

/** Which examples have a feature, and with what weight. Plain values: made in another process, or kept in a file. */
export interface ExampleIndex {
  /** Where the entries of each feature begin, for words and meanings. */
  start: Int32Array;
  example: Uint16Array;
  /** In parts of 255. */
  weight: Uint8Array;
  /** The intent of each example. */
  labels: Uint16Array;
}

/** Indexes the examples by their features. `features`: how many words and meanings there are. */
export function indexExamples(all: readonly Vector[], labels: Int32Array, features: number): ExampleIndex {
  const vectors = all.slice(0, MOST_EXAMPLES);
  const start = new Int32Array(features + 1);
  for (const vector of vectors)
    for (let k = 0; k < tellable(vector); k += 1) {
      const next = (vector.index[k] ?? 0) + 1;
      start[next] = (start[next] ?? 0) + 1;
    }
  for (let f = 0; f < features; f += 1) start[f + 1] = (start[f + 1] ?? 0) + (start[f] ?? 0);
  const place = start.slice();
  const example = new Uint16Array(start[features] ?? 0);
  const weight = new Uint8Array(start[features] ?? 0);
  vectors.forEach((vector, i) => {
    const scale = 1 / lengthOf(vector);
    for (let k = 0; k < tellable(vector); k += 1) {
      const f = vector.index[k] ?? 0;
      const at = place[f] ?? 0;
      place[f] = at + 1;
      example[at] = i;
      weight[at] = Math.round((vector.value[k] ?? 0) * scale * BYTE);
    }
  });
  return { start, example, weight, labels: Uint16Array.from(labels.subarray(0, vectors.length)) };
}

/** Finds the examples a text looks like. */
export function createNearest({ start, example, weight, labels }: ExampleIndex, classes: number): Nearest {
  const likeness = new Float32Array(labels.length);
  const best = new Float64Array(classes);
  return {
    likeness(vector) {
      likeness.fill(0);
      best.fill(0);
      const scale = 1 / (lengthOf(vector) * BYTE);
      for (let k = 0; k < tellable(vector); k += 1) {
        const f = vector.index[k] ?? 0;
        const v = (vector.value[k] ?? 0) * scale;
        const end = start[f + 1] ?? 0;
        for (let at = start[f] ?? 0; at < end; at += 1) {
          const i = example[at] ?? 0;
          likeness[i] = (likeness[i] ?? 0) + v * (weight[at] ?? 0);
        }
      }
      for (let i = 0; i < likeness.length; i += 1) {
        const label = labels[i] ?? 0;
        if ((likeness[i] ?? 0) > (best[label] ?? 0)) best[label] = likeness[i] ?? 0;
      }
      return best;
    },
    explained(vector, label) {
      let all = 0;
      let has = 0;
      for (let k = 0; k < tellable(vector); k += 1) {
        const f = vector.index[k] ?? 0;
        const own = (vector.value[k] ?? 0) ** 2;
        all += own;
        for (let at = start[f] ?? 0, end = start[f + 1] ?? 0; at < end; at += 1)
          if (labels[example[at] ?? 0] === label) {
            has += own;
            break;
          }
      }
      return all > 0 ? has / all : 0;
    },
    bytes: start.byteLength + example.byteLength + weight.byteLength + labels.byteLength,
  };
}

/** Two bytes number the examples; of a library that has more, the first so many are compared. */
const MOST_EXAMPLES = 65_535;
const BYTE = 255;

/** How many entries of a vector are words and meanings. */
function tellable({ ends }: Vector): number {
  return ends[1];
}

/** Length of the words' and meanings' part of a vector: each block has length one, or none. */
function lengthOf({ ends }: Vector): number {
  const filled = (ends[0] > 0 ? 1 : 0) + (ends[1] > ends[0] ? 1 : 0);
  return filled > 0 ? Math.sqrt(filled) : 1;
}
