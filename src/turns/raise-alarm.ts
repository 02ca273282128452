/** Somebody is in danger: the emergency number at once, staff alarmed, and the bot out of the way. */
import type { Intent } from "../intents/library.js";
import type { Reply } from "../vocabulary/reply.js";
import type { Urgency } from "../vocabulary/understanding.js";
import { linksOf, withButtons } from "./buttons.js";
import type { Draft } from "./draft.js";

/** Says the emergency words once, opens the escalation with the highest priority, and falls silent. */
export function raiseAlarm(
  draft: Draft,
  urgency: Urgency,
  intent: Intent | undefined,
  asked: string | undefined,
): void {
  const { citizen, situation } = draft;
  const wasUrgent = citizen.quiet?.reason === "urgent";
  const hasPerson = citizen.quiet?.reason === "person";
  draft.why.intent = intent?.id;
  draft.escalate({
    reason: "urgent",
    priority: urgency.priority,
    agency: intent?.agency,
    intent: intent?.id,
    words: urgency.words,
    summary: asked ?? intent?.title,
  });
  citizen.gathering = undefined;
  // A person who is already talking with them must not be talked over, and nothing is said twice.
  if (!wasUrgent && !hasPerson) draft.replies.push(...emergencyWords(draft, intent));
  if (hasPerson) return;
  draft.fallSilent("urgent", urgency.priority === "P0" ? undefined : situation.botReturnsMs);
}

/** The emergency wording of the intent, without the notice and without a menu; a button to call is welcome. */
function emergencyWords(draft: Draft, intent: Intent | undefined): Reply[] {
  const wording = intent?.emergency ?? intent?.wordings[0];
  if (intent === undefined || wording === undefined) return [];
  const bubbles = wording.bubbles.map((bubble) => draft.fill(bubble, intent.agency));
  return withButtons(bubbles, linksOf(draft, intent), []);
}
