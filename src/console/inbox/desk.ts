/** The parts that all pages of Kotak Masuk share, and what every one of them shows beside its own. */
import { randomUUID } from "node:crypto";
import type { Request } from "express";
import type { Library } from "../../intents/library.js";
import type { Store } from "../../storage/port.js";
import type { OutboxItem } from "../../vocabulary/delivery.js";
import type { SentFile } from "../../vocabulary/reply.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import type { Ticket, TicketMove } from "../../vocabulary/ticket.js";
import { mayDo } from "../access/rights.js";
import type { Acting } from "../conversation/act.js";
import type { Newsroom } from "../live/news.js";
import type { Presence } from "../live/presence.js";
import type { Push } from "../push/push.js";
import { timeOf } from "../times.js";
import { words } from "../words/words.js";
import type { ListData } from "./list.js";
import type { LastHeard } from "./last-heard.js";
import { searchConversations } from "./search.js";
import { BOT_MS, queryFor, SOON_MS, type Wanted } from "./views.js";

export interface DeskParts {
  store: Store;
  library: () => Library;
  news: Newsroom;
  presence: Presence;
  acting: Acting;
  push: Push;
  /** Puts a reply that was parked back on its way. */
  deliver: (items: readonly OutboxItem[]) => void;
  /** The JPEG of a ticket's picture; undefined when there is none with this id. */
  picture: (id: string) => Promise<Uint8Array | undefined>;
  /** Keeps a file that goes to a citizen; undefined when it is neither a photo nor a PDF. */
  keepFile: (citizen: string, bytes: Buffer, name: string) => Promise<SentFile | undefined>;
  /** Lets go of one that did not go out after all. */
  dropFile: (citizen: string, id: string) => Promise<void>;
  readFile: (citizen: string, id: string) => Promise<Uint8Array | undefined>;
  /** Keeps a picture that staff bring for a ticket and gives back its id; undefined when it is no photo. */
  keepPhoto: (bytes: Buffer, ticket: string, citizen: string) => Promise<string | undefined>;
  /** What citizens will read when the ticket makes this move. `into`: the ticket that goes on. */
  sentenceFor: (ticket: Ticket, move: TicketMove, into: Ticket | undefined) => string;
  /** Puts in what the library knows; what it does not know stays as it is. */
  fillText: (text: string) => string;
  /** True while staff are at work, so that silence from Facebook is strange. */
  isServiceTime: (at: number) => boolean;
  lastHeard: LastHeard;
  hasHumanAgent: boolean;
  zone: string;
  now: () => number;
}

/** Rows on a page at first, and at most. */
const SHOWN = 50;
const MOST_SHOWN = 400;
/** No word from Facebook for this long in service time needs looking at. */
const BLIND_MS = 15 * 60 * 1000;

/** The list beside every conversation. `open`: the one that is shown. */
export async function readList(
  parts: DeskParts,
  asked: { wanted: Wanted; request: Request; me: StaffMember; open?: string },
): Promise<ListData> {
  const { store } = parts;
  const now = parts.now();
  const { wanted, me } = asked;
  const shown = shownOf(asked.request.query.show);
  const query = textOf(asked.request.query.q);
  const [counts, found] = await Promise.all([
    store.desk.countListings({ staff: me.id, now, soonUpTo: now + SOON_MS, botSince: now - BOT_MS }),
    query === undefined ? undefined : searchConversations(store, query, SHOWN),
  ]);
  const listings =
    found?.listings ?? (await store.desk.listings(queryFor(wanted, { staff: me.id, now, limit: shown + 1 })));
  return {
    wanted,
    counts,
    listings: listings.slice(0, shown),
    hasMore: listings.length > shown && shown < MOST_SHOWN,
    shown,
    ...(query !== undefined && { query }),
    ...(found && { found: found.texts }),
    ...(asked.open !== undefined && { open: asked.open }),
    me: me.id,
    mayAct: mayDo(me, "answer-citizens"),
    presence: parts.presence,
    now,
    formKey: randomUUID,
  };
}

/** What stands above everything: that sending has stopped, or that nothing comes in. */
export async function readBanners(parts: DeskParts): Promise<string[]> {
  const now = parts.now();
  const [stop, heardAt] = await Promise.all([parts.store.sendingStop(), parts.lastHeard(now - BLIND_MS)]);
  const isBlind =
    now - heardAt > BLIND_MS && parts.isServiceTime(now) && parts.isServiceTime(heardAt + BLIND_MS);
  return [
    ...(stop === undefined ? [] : [words.desk.stopped(stop.reason)]),
    ...(isBlind ? [words.desk.blind(timeOf(heardAt, parts.zone))] : []),
  ];
}

function shownOf(value: unknown): number {
  const count = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : SHOWN;
  return Math.min(MOST_SHOWN, Math.max(SHOWN, count));
}

/** What somebody searches for, or undefined for nothing. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim().slice(0, 100) : "";
  return text === "" ? undefined : text;
}
