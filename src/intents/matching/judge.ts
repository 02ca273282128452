/** From scores to confidence: measured where it has been measured, a strict rule of thumb before. */
import type { Candidate } from "../../vocabulary/understanding.js";
import type { Confidence } from "./confidence.js";
import type { Ranked, Scored } from "./core.js";
import { probability } from "./logistic.js";

/** Of a hundred messages that are answered without asking back, so many shall be answered right. */
export const TARGET = 0.98;

export interface Judged {
  /** Best first, three at most. */
  candidates: Candidate[];
  /** How likely the intent that was meant is among them. */
  amongThem: number;
}

/** Before the confidence is measured: sure with this score and this lead, otherwise only worth offering. */
const CLEAR_SCORE = 0;
const CLEAR_LEAD = 3.5;
const CLEAR = 0.99;
const UNCLEAR = 0.5;
const NEAR_ENOUGH = 0.7;

/** The confidence of what was scored. */
export function judge({ ranked, signals }: Scored, confidence: Confidence | undefined): Judged {
  const best = confidence === undefined ? clearLead(signals) : probability(confidence.best, signals);
  const three = Math.max(
    best,
    confidence === undefined ? NEAR_ENOUGH : probability(confidence.three, signals),
  );
  return { candidates: share(ranked, best, three), amongThem: three };
}

/** From this confidence on a message is answered without asking back. */
export function answerFrom(confidence: Confidence | undefined): number {
  return confidence?.answerFrom ?? CLEAR;
}

function clearLead([score = -Infinity, lead = 0]: readonly number[]): number {
  return score >= CLEAR_SCORE && lead >= CLEAR_LEAD ? CLEAR : UNCLEAR;
}

/** The best has its own confidence; what is left of the three's goes to the others by their scores. */
function share(ranked: readonly Ranked[], best: number, three: number): Candidate[] {
  const first = ranked[0]?.score ?? 0;
  const rest = ranked.slice(1).map(({ intent, score }) => ({ intent, part: Math.exp(score - first) }));
  const total = rest.reduce((sum, { part }) => sum + part, 0) || 1;
  return ranked.map(({ intent }, index) => ({
    intent,
    confidence:
      index === 0 ? best : Math.min(best, (Math.max(0, three - best) * (rest[index - 1]?.part ?? 0)) / total),
  }));
}
