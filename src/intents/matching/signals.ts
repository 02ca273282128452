/** The signals a confidence is judged by: how high the score, how far in front, how like an example, whether the views agree. */
import type { Scores } from "./classifier.js";
import type { Nearest } from "./nearest.js";
import type { Vector } from "./vectors.js";

/** Sharpens scores into shares: with one, a lead of three points is a share of twenty to one. */
const SHARPNESS = 1;

/** What tells right answers from wrong ones: how high, how far in front, how like an example, and whether the views agree. */
export function signalsOf(
  { total, blocks }: Scores,
  nearest: Nearest,
  top: readonly number[],
  vector: Vector,
): number[] {
  const [first = 0, second = first, third = second] = top;
  const best = total[first] ?? 0;
  const near = nearest.likeness(vector);
  const nearestIntent = placeOfLargest(near, -1);
  const close = near[first] ?? 0;
  const explained = nearest.explained(vector, first);
  const { share, entropy } = sharesOf(total, best);
  return [
    best,
    best - (total[second] ?? 0),
    best - (total[third] ?? 0),
    share,
    entropy,
    close,
    (near[nearestIntent] ?? 0) - close,
    nearestIntent === first ? 1 : 0,
    close - (near[second] ?? 0),
    vector.knownWords,
    vector.knownPieces,
    Math.log(1 + vector.words),
    best * vector.knownPieces,
    close * vector.knownWords,
    best * best,
    close * close,
    explained,
    explained * vector.knownWords,
    explained - nearest.explained(vector, second),
    ...blocks.flatMap((scores) => {
      const own = scores[first] ?? 0;
      return [own, own - (scores[placeOfLargest(scores, first)] ?? 0)];
    }),
  ];
}

function placeOfLargest(scores: Float64Array, except: number): number {
  let largest = except === 0 ? 1 : 0;
  for (let id = largest; id < scores.length; id += 1)
    if (id !== except && (scores[id] ?? 0) > (scores[largest] ?? 0)) largest = id;
  return largest;
}

/** The best one's share of all (softmax), and how evenly the shares are spread (Shannon's entropy). */
function sharesOf(scores: Float64Array, best: number): { share: number; entropy: number } {
  let total = 0;
  let weighted = 0;
  for (const score of scores) {
    const lead = SHARPNESS * (score - best);
    const part = Math.exp(lead);
    total += part;
    weighted += part * lead;
  }
  return { share: 1 / total, entropy: Math.log(total) - weighted / total };
}

/** The places of the three largest, largest first. */
export function topThree(scores: Float64Array): number[] {
  const top: number[] = [];
  for (let id = 0; id < scores.length; id += 1) {
    const score = scores[id] ?? 0;
    let place = top.length;
    while (place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score) place -= 1;
    if (place < 3) top.splice(place, 0, id);
    if (top.length > 3) top.pop();
  }
  return top;
}
