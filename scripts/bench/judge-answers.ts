/** Figures for answers with a confidence: how often right, how well doubt tells wrong from right. */

export interface Judged {
  confidence: number;
  isRight: boolean;
  /** The message belongs to no intent. */
  isOutside: boolean;
  /** How many messages of real traffic this one stands for. */
  weight: number;
}

/** Share of the inside messages that are answered right when one answers as many as possible at this precision. */
export function rightAtPrecision(judged: readonly Judged[], precision: number): number {
  const inside = judged.filter(({ isOutside }) => !isOutside).length;
  let [all, right, count, best] = [0, 0, 0, 0];
  for (const each of [...judged].sort((a, b) => b.confidence - a.confidence)) {
    all += each.weight;
    if (each.isRight) [right, count] = [right + each.weight, count + 1];
    if (right / all >= precision) best = count;
  }
  return best / Math.max(1, inside);
}

/** How likely a random inside message is trusted more than a random outside one (area under the ROC curve). */
export function aurocOutside(judged: readonly Judged[]): number {
  const inside = judged.filter(({ isOutside }) => !isOutside).map(({ confidence }) => confidence);
  const outside = judged.filter(({ isOutside }) => isOutside).map(({ confidence }) => confidence);
  let won = 0;
  for (const a of inside) for (const b of outside) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / Math.max(1, inside.length * outside.length);
}

/** Precision and share answered right at a fixed threshold. */
export function atThreshold(
  judged: readonly Judged[],
  threshold: number,
): { precision: number; right: number } {
  const answered = judged.filter(({ confidence }) => confidence >= threshold);
  const weight = answered.reduce((sum, each) => sum + each.weight, 0);
  const rightWeight = answered.reduce((sum, each) => sum + (each.isRight ? each.weight : 0), 0);
  const inside = judged.filter(({ isOutside }) => !isOutside).length;
  return {
    precision: rightWeight / Math.max(1e-9, weight),
    right: answered.filter(({ isRight }) => isRight).length / Math.max(1, inside),
  };
}
