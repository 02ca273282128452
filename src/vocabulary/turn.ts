/** All that one event made us decide: a value, committed in one atomic write together with "this event is handled". */
import type { AlarmName } from "./event.js";
import type { Citizen } from "./citizen.js";
import type { Erase } from "./erasure.js";
import type { Escalation } from "./escalation.js";
import type { Listing } from "./listing.js";
import type { PictureWanted } from "./picture.js";
import type { Reply, Sign } from "./reply.js";
import type { Refusal } from "./staff-act.js";
import type { TicketChange } from "./ticket-change.js";
import type { Candidate, Outcome } from "./understanding.js";

export interface Turn {
  /** What to say, in order. Stored with the turn, delivered afterwards. */
  replies: Reply[];
  /** Who speaks. Only a person's words may use what the platform reserves for people. */
  speaker: "bot" | "person";
  /** Signs of life to send at once, if sending works: never stored. */
  signs: Sign[];
  /** The citizen as they are after this turn. */
  citizen: Citizen;
  /** The escalation to open or to write anew, whole. */
  escalation?: Escalation;
  /** Nudges to put into the inbox later. An alarm of the same citizen and name replaces the earlier one. `citizen`: another one than this turn's. */
  alarms: { name: AlarmName; at: number; citizen?: string }[];
  /** Tickets to file and to change, in order. Numbers are given when they are committed. */
  tickets?: TicketChange[];
  /** Pictures to fetch. */
  pictures?: PictureWanted[];
  /** The script a dialogue has begun with, kept under its fingerprint for as long as it may be needed. */
  script?: { fingerprint: string; body: string };
  /** Everything about this citizen is removed; of this turn only the replies are kept, until they are delivered. */
  erase?: Erase;
  /** How it was decided, for staff and counters. */
  why: Why;
  /** The conversation's row in the staff's lists after this turn. */
  listing?: Listing;
}

export interface Why {
  outcome: Outcome | "command" | "quiet" | "note";
  intent?: string;
  wording?: number;
  confidence?: number;
  reasons: string[];
  /** The words of the message as they were read, when they were matched. */
  words?: string[];
  /** What else it might have meant; the best first. */
  runnerUp?: Candidate;
  /** A staff act that was not carried out, and why not. */
  refused?: Refusal;
  /** How the citizen took what was said before. */
  reaction?: Reaction;
}

/** How a wording (from 1) of an answer, or of a step of its dialogue, was taken. */
export interface Reaction {
  how: "repeat" | "unclear" | "silence" | "thanks";
  intent: string;
  wording: number;
  step?: string;
}
