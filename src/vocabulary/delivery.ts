/** What was said and how its delivery went. */
import type { Reply } from "./reply.js";

/** One reply on its way. `key` is `<event id>#<n>`: the same reply never gets a second row. */
export interface OutboxItem {
  key: string;
  citizen: string;
  /** Ascending; replies of one citizen go out in this order. */
  sequence: number;
  reply: Reply;
  speaker: "bot" | "person";
  createdAt: number;
  /** Failed attempts so far. */
  attempts: number;
  /** Not before this moment. */
  notBefore: number;
}

/** How an attempt ended. Sentences in `reason` are Indonesian and are read by staff. */
export type Delivery =
  | { kind: "sent"; mid?: string }
  /** Try again, not before `afterMs`, if given. `page`: everything has to wait, not only this reply. */
  | { kind: "later"; code: string; reason: string; afterMs?: number; scope: "reply" | "page" }
  /** No answer came: it may have gone out. The echo decides before it is repeated. */
  | { kind: "doubt"; code: string; reason: string }
  /** Will not work by waiting. `citizen`: nothing can be sent to them until they write. `page`: all sending stops. */
  | { kind: "never"; code: string; reason: string; scope: "reply" | "citizen" | "page" };

/** A reply that could not be delivered, for a person to read. */
export interface ParkedReply {
  key: string;
  citizen: string;
  reply: Reply;
  code: string;
  reason: string;
  parkedAt: number;
}

/** Why the whole page cannot send, or for how long it waits. */
export interface SendingStop {
  code: string;
  reason: string;
  since: number;
  /** Absent: until an operator has mended it and started anew. */
  until?: number;
}
