/** What staff do with a conversation. Every act is an event in the citizen's lane, decided and committed like a message. */

import type { SentFile } from "./reply.js";

/** Who did it: the id of the account and the name that colleagues see. */
export interface Author {
  id: string;
  name: string;
}

/** Why something is folded away; nothing folded is ever deleted. */
export type FoldReason =
  "greeting" | "sticker" | "spam" | "insult" | "copies" | "thanks" | "tagging" | "gibberish";

export const FOLD_REASONS: readonly FoldReason[] = [
  "greeting",
  "sticker",
  "spam",
  "insult",
  "copies",
  "thanks",
  "tagging",
  "gibberish",
];

export type StaffAct =
  /** Says that one is on it. `force` takes it from a colleague. */
  | { action: "claim"; force?: true }
  | { action: "release" }
  /** Gives it to a colleague, who has a while to answer like anybody who claims. */
  | { action: "hand"; to: Author }
  /** Text, file or both, in this order. `after`: the last words of a person that the author had seen. `force` sends even if a colleague was faster. */
  | { action: "reply"; text: string; file?: SentFile; after?: string; force?: true }
  /** For colleagues only; never sent. */
  | { action: "note"; text: string }
  /** Out of the way until then, in milliseconds, or until the citizen writes. */
  | { action: "snooze"; until: number }
  | { action: "wake" }
  /** The bot is silent from now on although nobody needed a person. */
  | { action: "take-over" }
  | { action: "give-back" }
  | { action: "close" }
  | { action: "reopen" }
  /** The next word is the agency's: an id of `_dinas.yaml`. */
  | { action: "to-agency"; agency: string }
  | { action: "fold"; reason: FoldReason }
  | { action: "unfold" }
  /** The words that raised the alarm meant something else. */
  | { action: "not-urgent" };

/** An act as it stands in its event. Events from before there were accounts have no author. */
export type StaffBody = { kind: "staff"; by?: Author } & StaffAct;

/** Why an act was not carried out. `colleague`: somebody answered meanwhile. `held`: a colleague has it. `window`: Facebook takes no reply any more. `nothing`: there was nothing to do it to. */
export type Refusal = "colleague" | "held" | "window" | "nothing";
