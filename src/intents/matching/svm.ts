/**
 * Trains the linear classifier. For each block of features and each intent one line between the intent and the rest: a support
 * vector machine with squared hinge loss, trained by dual coordinate descent with shrinking (Hsieh et al., "A dual coordinate
 * descent method for large-scale linear SVM", 2008). Weights are kept as whole numbers of one byte, with a scale for each line.
 */
import { BLOCKS } from "./features.js";
import { seeded } from "./seeded.js";
import type { Vector } from "./vectors.js";

/** Lines between each class and the rest. Plain values: made in another process, or kept in a file. */
export interface Lines {
  classes: number;
  /** Feature by feature the weights of all classes, so that scoring reads one run of memory for each feature of a text. */
  weights: Int8Array;
  /** Block by block, for each class what a weight of one is worth. */
  scale: readonly Float64Array[];
  /** The constant part of a block's score. */
  bias: number;
}

export interface TrainingSet {
  vectors: readonly Vector[];
  /** The class of each vector, from 0. */
  labels: Int32Array;
  classes: number;
  features: number;
  /** Where the features of each block begin. */
  starts: readonly number[];
  /** The constant part of every line in each block, if it shall be another than the usual. */
  bias?: number;
}

/** How much a mistake on an example costs, against a simple line. */
const COST = 1;
/** An intent has few examples and the rest has many: its own weigh more. */
const OWN_COST = 3;
const MOST_ROUNDS = 6;
const GOOD_ENOUGH = 0.1;
/** An example of others pulls only when it is this far over its margin, and is looked at again when it came this near. */
const FAR_ENOUGH = 0.05;
const NEAR_ENOUGH = 0.7;
/**
 * The constant part of a line is fixed: a text that shares nothing with an intent is on the far side from the start, so that
 * only examples that share much with it ever pull. A constant that is learnt swings with the order of the examples.
 */
const USUAL_BIAS = -2;
/** The largest whole number a byte holds, with its sign. */
const BYTE = 127;

/** One block of all vectors, one behind the other, as the inner loop wants them. */
interface Rows {
  start: Int32Array;
  index: Int32Array;
  value: Float32Array;
}

/** Trains on a set. The same set always gives the same lines. */
export function trainLines(set: TrainingSet): Lines {
  const { vectors, labels, classes, features, starts, bias = USUAL_BIAS } = set;
  const random = seeded(20_260_101);
  const weights = new Int8Array(features * classes);
  const scale = BLOCKS.map((_, block) => {
    const from = starts[block] ?? 0;
    const to = starts[block + 1] ?? features;
    return trainBlock(rowsOf(vectors, block, from), labels, { classes, from, to, bias, random, weights });
  });
  return { classes, weights, scale, bias };
}

interface BlockWork {
  classes: number;
  from: number;
  to: number;
  bias: number;
  random: () => number;
  /** Where the weights go: feature-major, so that scoring reads one run of memory for each feature of the text. */
  weights: Int8Array;
}

/** All lines of one block; gives what a weight of one is worth in each. */
function trainBlock(
  rows: Rows,
  labels: Int32Array,
  { classes, from, to, bias, random, weights }: BlockWork,
): Float64Array {
  const scale = new Float64Array(classes);
  const line = new Float64Array(to - from);
  for (let label = 0; label < classes; label += 1) {
    trainLine(rows, labels, { label, bias, random }, line);
    let largest = 0;
    for (const weight of line) largest = Math.max(largest, Math.abs(weight));
    scale[label] = largest / BYTE;
    const shrink = largest === 0 ? 0 : BYTE / largest;
    for (let f = 0; f < line.length; f += 1) {
      const weight = line[f] ?? 0;
      if (weight !== 0) weights[(from + f) * classes + label] = Math.round(weight * shrink);
    }
  }
  return scale;
}

/** One block of all vectors, its features counted from zero. */
function rowsOf(vectors: readonly Vector[], block: number, from: number): Rows {
  const start = new Int32Array(vectors.length + 1);
  const begins = (ends: readonly number[]): number => (block === 0 ? 0 : (ends[block - 1] ?? 0));
  vectors.forEach(({ ends }, i) => (start[i + 1] = (start[i] ?? 0) + (ends[block] ?? 0) - begins(ends)));
  const total = start[vectors.length] ?? 0;
  const rows: Rows = { start, index: new Int32Array(total), value: new Float32Array(total) };
  vectors.forEach(({ index, value, ends }, i) => {
    const begin = begins(ends);
    for (let k = begin, at = start[i] ?? 0; k < (ends[block] ?? 0); k += 1, at += 1) {
      rows.index[at] = (index[k] ?? 0) - from;
      rows.value[at] = value[k] ?? 0;
    }
  });
  return rows;
}

interface LineWork {
  label: number;
  bias: number;
  random: () => number;
}

/**
 * One intent against the rest; writes the weights into `line`. `alpha` are the dual variables: how much each example pulls. The
 * first round looks at all examples, the intent's own before the others; the rounds after it only at those that pulled or were
 * near (shrinking).
 */
function trainLine(
  rows: Rows,
  labels: Int32Array,
  { label, bias, random }: LineWork,
  line: Float64Array,
): void {
  const { start, index, value } = rows;
  line.fill(0);
  const alpha = new Float64Array(labels.length);
  const order = ownFirst(rows, labels, label);
  let active = order.length;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let largest = 0;
    let kept = 0;
    if (round > 0) shuffle(order, active, random);
    for (let at = 0; at < active; at += 1) {
      const i = order[at] ?? 0;
      const isOwn = labels[i] === label;
      const from = start[i] ?? 0;
      const to = start[i + 1] ?? 0;
      let score = bias;
      for (let k = from; k < to; k += 1) score += (line[index[k] ?? 0] ?? 0) * (value[k] ?? 0);
      const before = alpha[i] ?? 0;
      const diagonal = 0.5 / (isOwn ? OWN_COST : COST);
      const gradient = (isOwn ? score : -score) - 1 + diagonal * before;
      if (before === 0 && gradient > NEAR_ENOUGH) continue;
      order[kept] = i;
      kept += 1;
      if (before === 0 && gradient > -FAR_ENOUGH) continue;
      largest = Math.max(largest, Math.abs(gradient));
      // Every block has length one.
      const after = Math.max(0, before - gradient / (1 + diagonal));
      if (after === before) continue;
      alpha[i] = after;
      const step = isOwn ? after - before : before - after;
      for (let k = from; k < to; k += 1)
        line[index[k] ?? 0] = (line[index[k] ?? 0] ?? 0) + step * (value[k] ?? 0);
    }
    active = kept;
    if (largest < GOOD_ENOUGH) break;
  }
}

/** All examples that have something in this block, the intent's own in front. */
function ownFirst({ start }: Rows, labels: Int32Array, label: number): Int32Array {
  const order = new Int32Array(labels.length);
  let next = 0;
  for (const own of [true, false])
    for (let i = 0; i < labels.length; i += 1)
      if ((labels[i] === label) === own && (start[i + 1] ?? 0) > (start[i] ?? 0)) order[next++] = i;
  return order.subarray(0, next);
}

function shuffle(order: Int32Array, count: number, random: () => number): void {
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swap;
  }
}
