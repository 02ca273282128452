/** "Tidak ada korban" answers the question whether somebody is hurt; it is no alarm. */
import { DANGER_QUESTION, dangersOf, withoutDenials } from "../dialogues/danger-answer.js";
import type { Draft } from "./draft.js";

/** True when danger was asked about, and all that sounds like danger in the answer is denied there. */
export function deniesDanger({ citizen, situation }: Draft, text: string): boolean {
  if (citizen.dialogue?.question !== DANGER_QUESTION) return false;
  const { intents, records } = situation.library;
  const step = intents
    .get(citizen.dialogue.intent)
    ?.script?.steps.find(({ name }) => name === DANGER_QUESTION);
  const more = step?.kind === "choose" ? dangersOf(step.choices) : [];
  const { rest, isDenied } = withoutDenials(text, records, more);
  return isDenied && rest.every((each) => each === "" || situation.understand(each).outcome !== "urgent");
}
