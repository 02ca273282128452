/**
 * A small logistic regression: from a few signals to a probability (Platt, "Probabilistic outputs for support vector
 * machines", 1999), fitted by Newton's method with a little ridge so that it always converges.
 */

/** Plain numbers, so that it can come from a worker or a file. */
export interface Logistic {
  mean: number[];
  spread: number[];
  /** One a signal, and the constant last. */
  beta: number[];
}

export interface Observation {
  signals: readonly number[];
  isTrue: boolean;
  weight: number;
}

const RIDGE = 3e-3;
const MOST_STEPS = 25;

/** The probability for these signals, 0 to 1. */
export function probability({ mean, spread, beta }: Logistic, signals: readonly number[]): number {
  let sum = beta[mean.length] ?? 0;
  for (let j = 0; j < mean.length; j += 1)
    sum += ((beta[j] ?? 0) * ((signals[j] ?? 0) - (mean[j] ?? 0))) / (spread[j] ?? 1);
  return sigmoid(sum);
}

/** Fits on standardised signals. Without observations it believes nothing. */
export function fitLogistic(observations: readonly Observation[]): Logistic {
  const count = observations[0]?.signals.length ?? 0;
  const total = observations.reduce((sum, each) => sum + each.weight, 0) || 1;
  const mean = new Array<number>(count).fill(0);
  const spread = new Array<number>(count).fill(0);
  for (const { signals, weight } of observations)
    for (let j = 0; j < count; j += 1) mean[j] = (mean[j] ?? 0) + (weight * (signals[j] ?? 0)) / total;
  for (const { signals, weight } of observations)
    for (let j = 0; j < count; j += 1)
      spread[j] = (spread[j] ?? 0) + (weight * ((signals[j] ?? 0) - (mean[j] ?? 0)) ** 2) / total;
  for (let j = 0; j < count; j += 1) spread[j] = Math.sqrt(spread[j] ?? 0) || 1;
  const rows = observations.map(({ signals }) =>
    Float64Array.from({ length: count + 1 }, (_, j) =>
      j === count ? 1 : ((signals[j] ?? 0) - (mean[j] ?? 0)) / (spread[j] ?? 1),
    ),
  );
  const beta = new Float64Array(count + 1);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const move = newtonStep(rows, observations, beta, RIDGE * total);
    let largest = 0;
    for (let j = 0; j <= count; j += 1) {
      beta[j] = (beta[j] ?? 0) - (move[j] ?? 0);
      largest = Math.max(largest, Math.abs(move[j] ?? 0));
    }
    if (largest < 1e-6) break;
  }
  if (observations.length === 0) beta[0] = -10;
  return { mean, spread, beta: [...beta] };
}

/** Gradient and curvature of the loss at `beta`, and the step that would bring the gradient to zero. */
function newtonStep(
  rows: readonly Float64Array[],
  observations: readonly Observation[],
  beta: Float64Array,
  ridge: number,
): number[] {
  const size = beta.length;
  const gradient = Float64Array.from(beta, (b, j) => (j < size - 1 ? ridge * b : 0));
  const curvature = Array.from({ length: size }, (_, j) => {
    const row = new Float64Array(size);
    row[j] = j < size - 1 ? ridge : 1e-9;
    return row;
  });
  rows.forEach((z, i) => {
    const { isTrue = false, weight = 0 } = observations[i] ?? {};
    let sum = 0;
    for (let j = 0; j < size; j += 1) sum += (beta[j] ?? 0) * (z[j] ?? 0);
    const p = sigmoid(sum);
    const error = weight * (p - (isTrue ? 1 : 0));
    const slope = weight * Math.max(1e-6, p * (1 - p));
    for (let j = 0; j < size; j += 1) {
      const zj = z[j] ?? 0;
      gradient[j] = (gradient[j] ?? 0) + error * zj;
      const row = curvature[j];
      if (row !== undefined)
        for (let k = 0; k < size; k += 1) row[k] = (row[k] ?? 0) + slope * zj * (z[k] ?? 0);
    }
  });
  return solve(
    curvature.map((row) => [...row]),
    [...gradient],
  );
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Gaussian elimination with pivots; the matrix is small and positive. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  for (let i = 0; i < n; i += 1) {
    let pivot = i;
    for (let r = i + 1; r < n; r += 1)
      if (Math.abs(rows[r]?.[i] ?? 0) > Math.abs(rows[pivot]?.[i] ?? 0)) pivot = r;
    const [top, other] = [rows[pivot], rows[i]];
    if (top === undefined || other === undefined) continue;
    [rows[i], rows[pivot]] = [top, other];
    for (let r = i + 1; r < n; r += 1) {
      const row = rows[r];
      const factor = (row?.[i] ?? 0) / (top[i] || 1e-12);
      if (row !== undefined && factor !== 0)
        for (let c = i; c <= n; c += 1) row[c] = (row[c] ?? 0) - factor * (top[c] ?? 0);
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? [];
    let rest = row[n] ?? 0;
    for (let c = i + 1; c < n; c += 1) rest -= (row[c] ?? 0) * (solution[c] ?? 0);
    solution[i] = rest / (row[i] || 1e-12);
  }
  return solution;
}
