/** What reaches us: one thing that happened, in our words, whoever told us. */
import type { StaffBody } from "./staff-act.js";
import type { TicketWork } from "./ticket.js";

/** Where in a delivery an event stood. A `standby` event is only overheard: another app owns the conversation. */
export type Channel = "messaging" | "standby" | "changes" | "inside";

/** One event. `id` is its identity: the same event delivered twice has the same id. Ids are strings, always. */
export interface InboundEvent {
  id: string;
  channel: Channel;
  /** The page it belongs to. */
  page: string;
  /** Who wrote or acted: the page-scoped id. Absent where the platform names nobody. */
  citizen?: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  body: EventBody;
}

export type EventBody =
  | MessageBody
  | PostbackBody
  | { kind: "edit"; mid: string; text: string; revision: number }
  | { kind: "reaction"; mid: string; action: "react" | "unreact"; emoji?: string }
  | { kind: "read"; until: number }
  | { kind: "delivery"; mids: string[]; until: number }
  | EchoBody
  | { kind: "referral"; ref?: string; source?: string }
  | { kind: "handover"; action: "pass" | "take" | "request" | "roles"; toApp?: string; fromApp?: string }
  | { kind: "policy"; action: string; reason?: string }
  | { kind: "order" }
  | CommentBody
  | StaffBody
  | TicketBody
  | { kind: "alarm"; name: AlarmName }
  /** Meta, or an operator, asks for everything about this citizen to be removed. */
  | { kind: "erase"; code: string; asked: "meta" | "operator" }
  /** Well signed, but nothing we act on. `name` is the platform's word for it, `raw` its JSON, kept as it came. */
  | { kind: "other"; name: string; raw: string };

export interface MessageBody {
  kind: "message";
  mid: string;
  text?: string;
  /** The payload of a tapped quick reply; `text` is then the writing on it. */
  choice?: string;
  attachments: Attachment[];
  /** The message this one quotes. */
  replyTo?: string;
  referral?: string;
  /** Written by a machine (a lead-form summary), not by the citizen: nobody expects an answer. */
  machine?: true;
}

/** A tap on a button, the menu, an ice breaker or Get Started. In standby there is no payload. */
export interface PostbackBody {
  kind: "postback";
  mid?: string;
  payload?: string;
  title?: string;
  referral?: string;
}

/** Something the page itself said. `sabar`: our own sending came back. `person`: staff in Business Suite, or another app. */
export interface EchoBody {
  kind: "echo";
  mid: string;
  by: "sabar" | "person";
  app?: string;
  metadata?: string;
  text?: string;
}

/** Something on the page's wall: a comment, a visitor's post, a mention. Kept now, answered later. */
export interface CommentBody {
  kind: "comment";
  item: string;
  verb: string;
  commentId?: string;
  postId?: string;
  from?: string;
  text?: string;
  /** True when a citizen wrote it and an answer would be due. */
  answerable: boolean;
}

/** What staff did with a ticket. The event belongs to the lane of the citizen who filed it; the others hear by alarms. */
export interface TicketBody {
  kind: "ticket";
  /** The ticket's id. */
  ticket: string;
  work: TicketWork;
  /** Who of the staff did it. */
  by: string;
}

/** `dialogue`: a waiting dialogue's time is up. `news:<ticket id>:<at>`: that entry of its history is to be told. */
export type AlarmName =
  "gathered" | "bot-returns" | "claim-lapses" | "snooze-ends" | "dialogue" | `news:${string}`;

/** The alarm by which a citizen hears of an entry in a ticket's history. */
export const newsAlarm = (ticketId: string, entryAt: number): AlarmName => `news:${ticketId}:${entryAt}`;

/** What such an alarm is about; undefined for the other alarms. */
export function newsOf(name: AlarmName): { ticket: string; entryAt: number } | undefined {
  const [kind, ticket, entryAt] = name.split(":");
  return kind === "news" && ticket !== undefined ? { ticket, entryAt: Number(entryAt) } : undefined;
}

export type AttachmentKind =
  "image" | "audio" | "video" | "file" | "sticker" | "location" | "link" | "share" | "unknown";

export interface Attachment {
  kind: AttachmentKind;
  url?: string;
  title?: string;
  stickerId?: string;
  /** The thumb beside the box one writes in: people tap it for "yes". */
  isThumb?: true;
  latitude?: number;
  longitude?: number;
}

/** True for the events somebody has to decide something about; the others are kept as they are. */
export function needsTurn(event: InboundEvent): boolean {
  if (event.citizen === undefined) return false;
  switch (event.body.kind) {
    case "message":
    case "postback":
    case "edit":
    case "reaction":
    case "referral":
    case "handover":
    case "order":
    case "staff":
    case "ticket":
    case "alarm":
    case "erase":
      return true;
    case "echo":
      return event.body.by === "person";
    case "read":
    case "delivery":
    case "policy":
    case "comment":
    case "other":
      return false;
  }
}
