/**
 * Scores a text with the lines that were learnt (`svm.ts`). The blocks' scores are added (late fusion; Kittler et al., "On
 * combining classifiers", 1998): three views of one text that agree are worth more than one that is sure.
 */
import type { Lines } from "./svm.js";
import type { Vector } from "./vectors.js";

export interface Scores {
  /** One score an intent, the sum of the blocks'; above zero speaks for it. */
  total: Float64Array;
  /** The same for words, meanings and pieces alone. */
  blocks: readonly Float64Array[];
}

export interface Classifier {
  /** The arrays are reused: read them before the next call. */
  scores(vector: Vector): Scores;
  /** How much an intent's score owes to the words of a text, beside the constant part. */
  support(vector: Vector, label: number): number;
  bytes: number;
}

/** A classifier with these lines. */
export function createClassifier({ classes, weights, scale: scales, bias }: Lines): Classifier {
  const blocks = scales.map(() => new Float64Array(classes));
  const total = new Float64Array(classes);
  return {
    scores({ index, value, ends }) {
      total.fill(0);
      let k = 0;
      blocks.forEach((scores, block) => {
        const scale = scales[block] ?? total;
        scores.fill(0);
        for (const end = ends[block] ?? 0; k < end; k += 1) {
          const base = (index[k] ?? 0) * classes;
          const v = value[k] ?? 0;
          for (let label = 0; label < classes; label += 1)
            scores[label] = (scores[label] ?? 0) + (weights[base + label] ?? 0) * v;
        }
        for (let label = 0; label < classes; label += 1) {
          const score = (scores[label] ?? 0) * (scale[label] ?? 0) + bias;
          scores[label] = score;
          total[label] = (total[label] ?? 0) + score;
        }
      });
      return { total, blocks };
    },
    support({ index, value, ends }, label) {
      let sum = 0;
      let k = 0;
      scales.forEach((scale, block) => {
        for (const end = ends[block] ?? 0; k < end; k += 1)
          sum += (value[k] ?? 0) * (weights[(index[k] ?? 0) * classes + label] ?? 0) * (scale[label] ?? 0);
      });
      return sum;
    },
    bytes: weights.byteLength + scales.length * classes * Float64Array.BYTES_PER_ELEMENT,
  };
}
