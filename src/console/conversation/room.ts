/** Everything one page of a conversation shows, read from the store in one go. */
import type { Library } from "../../intents/library.js";
import type { Store } from "../../storage/port.js";
import type { Citizen } from "../../vocabulary/citizen.js";
import type { Author } from "../../vocabulary/staff-act.js";
import type { Listing } from "../../vocabulary/listing.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { mayDo } from "../access/rights.js";
import { maySee } from "../tickets/filter.js";
import { lockOf, type ReplyLock } from "../inbox/window.js";
import type { Presence, Present } from "../live/presence.js";
import { colleaguesOf } from "./colleagues.js";
import { timelineOf, type Line } from "./timeline.js";

export interface RoomParts {
  store: Store;
  library: () => Library;
  presence: Presence;
  hasHumanAgent: boolean;
  zone: string;
  now: () => number;
}

export interface Room {
  citizen: Citizen;
  listing: Listing;
  lines: Line[];
  /** There is more before the first line. */
  hasEarlier: boolean;
  lock: ReplyLock;
  /** The last words of a person, for the send-guard. */
  lastPerson: string | undefined;
  draft: string;
  tickets: Ticket[];
  others: Present[];
  library: Library;
  me: StaffMember;
  /** To whom it can be handed. */
  colleagues: Author[];
  mayAct: boolean;
  mayOpen: boolean;
  zone: string;
  now: number;
}

/** Lines on a page; older ones are a click away. */
const LINES = 120;

/** Undefined when nobody of this id ever wrote. `before`: only what happened earlier. */
export async function readRoom(
  parts: RoomParts,
  id: string,
  me: StaffMember,
  before: number | undefined,
): Promise<Room | undefined> {
  const { store } = parts;
  const now = parts.now();
  const [citizen, listing] = await Promise.all([store.citizen(id), store.desk.listing(id)]);
  if (citizen === undefined || listing === undefined) return undefined;
  const until = before ?? Number.MAX_SAFE_INTEGER;
  const [happened, said, receipts, draft, tickets, colleagues] = await Promise.all([
    store.desk.happenings(id, until, LINES),
    store.desk.said(id, until, LINES),
    store.desk.receipts(id),
    store.desk.draft(id, me.id),
    store.ticketsOf(id, 10),
    colleaguesOf(store.access, me.id),
  ]);
  const lines = timelineOf(happened, said, receipts);
  return {
    citizen,
    listing,
    lines: lines.slice(-LINES),
    hasEarlier: lines.length > LINES || happened.length === LINES || said.length === LINES,
    lock: lockOf(listing.windowEndsAt, now, parts.hasHumanAgent),
    lastPerson: citizen.desk?.personSpoke?.event,
    draft,
    tickets: tickets.filter((ticket) => maySee(me, ticket)),
    others: parts.presence.others(id, me.id),
    library: parts.library(),
    me,
    colleagues,
    mayAct: mayDo(me, "answer-citizens"),
    mayOpen: mayDo(me, "open-personal-data"),
    zone: parts.zone,
    now,
  };
}
