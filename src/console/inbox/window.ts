/** The reply window as a clock: how long Facebook still takes an answer. */
import { HUMAN_WINDOW_MS, REPLY_WINDOW_MS } from "../../vocabulary/escalation.js";
import { clockDuration } from "../durations.js";
import { words } from "../words/words.js";
import { SOON_MS } from "./views.js";

const { desk } = words;

export interface Clock {
  text: string;
  tone: "plain" | "soon" | "closed";
  /** The hours alone, "23.56"; absent once it has closed. */
  left?: string;
}

/** `endsAt`: when the 24 hours end; 0 for a citizen who never wrote. */
export function replyWindowLeft(endsAt: number, now: number): Clock {
  const left = endsAt - now;
  if (left <= 0) return { text: desk.windowClosedShort, tone: "closed" };
  if (left < SOON_MS)
    return { text: desk.windowSoon(clockDuration(left)), tone: "soon", left: clockDuration(left) };
  return { text: desk.windowLeft(clockDuration(left)), tone: "plain", left: clockDuration(left) };
}

/** Whether a person may still answer. `human`: only people may, because the page has that permission. */
export type ReplyLock =
  | { kind: "open" }
  | { kind: "human"; until: number }
  /** Nothing can be sent until the citizen writes. */
  | { kind: "closed" };

export function lockOf(endsAt: number, now: number, hasHumanAgent: boolean): ReplyLock {
  if (now < endsAt) return { kind: "open" };
  const until = endsAt - REPLY_WINDOW_MS + HUMAN_WINDOW_MS;
  return hasHumanAgent && endsAt > 0 && now < until ? { kind: "human", until } : { kind: "closed" };
}
