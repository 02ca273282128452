/** What the staff console asks of a store, beside the bot's own work (port.ts). */
import type { OutboxItem } from "../vocabulary/delivery.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Listing, Place } from "../vocabulary/listing.js";
import type { Reply } from "../vocabulary/reply.js";
import type { FoldReason } from "../vocabulary/staff-act.js";
import type { Why } from "../vocabulary/turn.js";

/** Which conversations, and in which order. All conditions hold together. */
export interface ListQuery {
  places: readonly Place[];
  holder?: string;
  /** Why it is folded away. */
  folded?: FoldReason;
  /** The reply window closes within these moments: after the first, up to the second. */
  windowEnds?: { after: number; upTo: number };
  /** Something happened since, or nothing has. */
  since?: number;
  before?: number;
  /** `need`: life in danger first, then what is urgent otherwise, then whose window closes first, closed windows last, then who has waited longest; `now` tells the closed ones. */
  order: "need" | "latest" | "window";
  now: number;
  limit: number;
}

/** How many conversations stand where. */
export interface PlaceCounts {
  places: Record<Place, number>;
  /** Held by the one who asks, and not done. */
  mine: number;
  /** Waiting for a person or an agency with less than the given time left. */
  soon: number;
  folded: Partial<Record<FoldReason, number>>;
  /** Needing a person, and nobody has them. */
  unclaimed: { urgent: number; other: number };
}

/** Something the page said, with what became of it. */
export interface Said {
  key: string;
  at: number;
  speaker: "bot" | "person";
  reply: Reply;
  state: "waiting" | "sent" | "parked";
  attempts: number;
  /** Why it has not gone out, in Indonesian. */
  reason?: string;
  /** When it was sent or parked. */
  endedAt?: number;
}

/** Something that happened, and how it was decided. */
export interface Happening {
  event: InboundEvent;
  why?: Why;
}

export interface ConsoleStore {
  listings(query: ListQuery): Promise<Listing[]>;
  listing(citizen: string): Promise<Listing | undefined>;
  /** Citizens whose id ends so, the latest first. */
  citizensEnding(digits: string, limit: number): Promise<string[]>;
  /** `mine` counts for this account; `soonUpTo` is when a window counts as closing soon; the bot's conversations count since `botSince`. */
  countListings(asked: {
    staff: string;
    now: number;
    soonUpTo: number;
    botSince: number;
  }): Promise<PlaceCounts>;

  /** The latest events of a conversation that happened before, oldest first. Receipts are left out. */
  happenings(citizen: string, before: number, limit: number): Promise<Happening[]>;
  /** The latest replies of a conversation from before, oldest first. */
  said(citizen: string, before: number, limit: number): Promise<Said[]>;
  /** Up to when the citizen's phone has received and shown what was sent; 0 when nothing is known. */
  receipts(citizen: string): Promise<{ deliveredUntil: number; readUntil: number }>;
  event(id: string): Promise<InboundEvent | undefined>;
  /** How the turn of an event was decided; undefined while it has not been. */
  whyOf(eventId: string): Promise<Why | undefined>;

  /** Puts a parked reply back on its way, once: undefined when it is not parked any more. */
  retryParked(key: string, now: number): Promise<OutboxItem | undefined>;

  /** What somebody has typed and not sent. */
  draft(citizen: string, staff: string): Promise<string>;
  /** An empty text removes it. */
  saveDraft(citizen: string, staff: string, text: string, now: number): Promise<void>;

  /** Texts not in the search index yet, in the order in which they came. */
  unindexed(limit: number): Promise<{ source: string; citizen: string; at: number; text: string }[]>;
  /** Adds texts, masked by then, to the index and remembers that it did. */
  index(texts: readonly { source: string; citizen: string; at: number; text: string }[]): Promise<void>;
  /** Conversations in which all these words or beginnings of words were written, the latest first. */
  search(words: readonly string[], limit: number): Promise<{ citizen: string; at: number; text: string }[]>;
}
