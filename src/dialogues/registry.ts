/** Which intents have a dialogue, and how each one begins. */
import { beginsAtOnce } from "../intents/script.js";
import type { Intent } from "../intents/library.js";
import { fromSteps, stepsStart } from "./from-steps.js";
import { ROAD_REPORT, roadReport, roadStart } from "./road-report.js";
import type { Setting } from "./setting.js";
import { STATUS_REPORT, statusReport, statusStart } from "./status-report.js";
import type { Beginning } from "./form.js";
import type { Dialogue } from "./talk.js";

/** `at-once`: begins with the answer. `button`: waits below it. `instead`: there is no answer but the dialogue. */
export type Begins = "at-once" | "button" | "instead" | "never";

export function beginsHow(intent: Intent): Begins {
  if (intent.id === STATUS_REPORT) return "instead";
  if (intent.id === ROAD_REPORT) return "at-once";
  if (intent.script === undefined) return "never";
  return beginsAtOnce(intent.script) ? "at-once" : "button";
}

/** True for dialogues that end with a ticket: they wait for their turn instead of interrupting another. */
export const makesReport = (intent: Intent): boolean =>
  intent.id === ROAD_REPORT || (intent.script?.endings.some(({ report }) => report !== undefined) ?? false);

/** The dialogue of an intent, in this turn's setting; undefined when it has none (any more). */
export function dialogueOf(intent: string, setting: Setting): Dialogue | undefined {
  switch (intent) {
    case ROAD_REPORT:
      return roadReport(setting);
    case STATUS_REPORT:
      return statusReport(setting);
    default:
      return setting.script === undefined ? undefined : fromSteps(setting.script, setting);
  }
}

/** What a dialogue begins with: plain JSON. */
export function startOf(intent: string, from: Beginning, setting: Setting): unknown {
  switch (intent) {
    case ROAD_REPORT:
      return roadStart(from, setting);
    case STATUS_REPORT:
      return statusStart(from.heard);
    default:
      return setting.script === undefined ? {} : stepsStart(from, setting.script, setting);
  }
}
