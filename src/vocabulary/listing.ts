/** One conversation as a row in the staff's lists: a copy of what the row shows, written anew with every turn. */
import type { Escalation } from "./escalation.js";
import type { FoldReason } from "./staff-act.js";

/**
 * Where a conversation stands. `needs`: a person has the next word. `citizen`, `agency`: they have it. `snoozed`: later.
 * `bot`: nobody is needed. `folded`: noise, kept out of the way. `done`: closed by a person and silent since.
 */
export type Place = "needs" | "citizen" | "agency" | "snoozed" | "bot" | "folded" | "done";

export const PLACES: readonly Place[] = ["needs", "citizen", "agency", "snoozed", "bot", "folded", "done"];

export interface Listing {
  citizen: string;
  place: Place;
  /** The account that has it, if somebody has. */
  holder?: string;
  isUrgent: boolean;
  /** When the reply window closes, in milliseconds; 0 for a citizen who never wrote. */
  windowEndsAt: number;
  /** Since when somebody waits for the next word. */
  waitingSince: number;
  /** When anything last happened. */
  lastAt: number;
  /** The citizen's last words, masked and short. */
  excerpt: string;
  /** The open escalation, whole; or the closed one while the conversation is `done`. */
  escalation?: Escalation;
  folded?: { reason: FoldReason; details: string[] };
}

/** 2: somebody's life may be in danger; 1: urgent otherwise; 0: not urgent. */
export const urgencyOf = ({ isUrgent, escalation }: Listing): 0 | 1 | 2 =>
  !isUrgent ? 0 : escalation?.priority === "P0" ? 2 : 1;
