/** A conversation that a person must take over. */
import type { Author } from "./staff-act.js";
import type { Priority } from "./understanding.js";

/** `waiting`: nobody has answered yet. `taken`: a person is answering. `closed`: done, or given back to the bot. */
export type EscalationState = "waiting" | "taken" | "closed";

export type EscalationReason =
  | "urgent" // a detector or intent says somebody is in danger
  | "asked" // the citizen asked for a person
  | "not-understood" // nothing in the library fits
  | "attachment" // a voice note, a document, a picture nobody asked for
  | "patience" // the same answer was needed more than three times
  | "report" // a report or complaint that an agency has to work on
  | "person" // staff wrote in Business Suite without being asked
  | "failure"; // the program could not decide

export interface Escalation {
  id: string;
  citizen: string;
  state: EscalationState;
  reason: EscalationReason;
  priority: Priority;
  /** The agency to pass it to, if known: an id of `_dinas.yaml`. */
  agency?: string;
  intent?: string;
  /** The words that made it urgent; at most a dozen. */
  words: string[];
  /** One line for the list: the citizen's last words, with NIK, KK and phone numbers masked. */
  summary: string;
  openedAt: number;
  /** When the citizen last wrote: the reply window ends 24 hours later. */
  lastWroteAt: number;
  updatedAt: number;
  /** Who has the next word; absent is `staff`. */
  waitsFor?: "staff" | "citizen" | "agency";
  /** Since when staff are waited for, if they are; absent is `openedAt`. */
  waitingSince?: number;
  /** Since when danger has been told that nobody has answered yet; later dangers count from the first of them. */
  alarmedAt?: number;
  /** Who has it. Without an answer by `lapsesAt` it goes back to everybody. */
  holder?: Author & { since: number; lapsesAt?: number };
  /** Out of the way until then. */
  snoozedUntil?: number;
  /** The citizen had been answered and it was closed, but it is needed again. */
  isReopened?: true;
}

/** The reply window of Messenger: ordinary replies end 24 hours after the citizen's last message. */
export const REPLY_WINDOW_MS = 24 * 60 * 60 * 1000;

/** With the permission for people's replies (HUMAN_AGENT) it is seven days, for people only. */
export const HUMAN_WINDOW_MS = 7 * REPLY_WINDOW_MS;
