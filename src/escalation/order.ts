/** The order in which staff should see waiting conversations. */
import { REPLY_WINDOW_MS, type Escalation } from "../vocabulary/escalation.js";

/** Urgent first, then whose reply window closes first, then who has waited longest. Conversations somebody has taken come after the waiting ones. */
export function inOrderOfNeed(escalations: readonly Escalation[], now: number): Escalation[] {
  return [...escalations].sort(
    (a, b) =>
      Number(b.reason === "urgent") - Number(a.reason === "urgent") ||
      Number(a.state === "taken") - Number(b.state === "taken") ||
      urgentRank(a).localeCompare(urgentRank(b)) ||
      windowRank(a, now) - windowRank(b, now) ||
      a.openedAt - b.openedAt,
  );
}

/** Milliseconds until ordinary replies are refused; 0 when they already are. */
export function replyWindowLeftMs(escalation: Escalation, now: number): number {
  return Math.max(0, escalation.lastWroteAt + REPLY_WINDOW_MS - now);
}

/** Among urgent ones life comes before help within hours; for the others the window decides. */
function urgentRank(escalation: Escalation): string {
  return escalation.reason === "urgent" ? escalation.priority : "";
}

/** A closed window cannot be saved any more, so it comes last. */
function windowRank(escalation: Escalation, now: number): number {
  const left = replyWindowLeftMs(escalation, now);
  return left === 0 ? Number.MAX_SAFE_INTEGER : left;
}
