/** A numbered report that an agency works on, and what may happen to it. */
import type { Priority } from "./understanding.js";

/**
 * Where a ticket stands. A citizen is told every change in a sentence of `intents/_laporan.yaml`.
 * `draft`: begun and not sent; it has no number. `needs-info`: waits for the citizen. `not-city`: passed to the body that
 * owns the place. `joined`: the same as another ticket, which goes on. `impossible`: closed without a repair.
 */
export type TicketState =
  | "draft"
  | "received"
  | "forwarded"
  | "scheduled"
  | "working"
  | "needs-info"
  | "not-city"
  | "joined"
  | "done"
  | "impossible"
  | "reopened";

export const TICKET_STATES: readonly TicketState[] = [
  "draft",
  "received",
  "forwarded",
  "scheduled",
  "working",
  "needs-info",
  "not-city",
  "joined",
  "done",
  "impossible",
  "reopened",
];

/** Nothing more is expected of the city in these. `done` may still be disputed for DISPUTE_DAYS. */
export const CLOSED_STATES: readonly TicketState[] = ["not-city", "joined", "done", "impossible"];

/** How long a citizen may say that something that is called done is not. */
export const DISPUTE_DAYS = 14;

/** Where it is, as far as it is known. */
export interface Place {
  /** As the citizen said it, shortened, with numbers of persons masked. Never empty. */
  words: string;
  /** Name of the street as it stands in the gazetteer, or as the citizen wrote it. */
  street?: string;
  landmark?: string;
  kelurahan?: string;
  kecamatan?: string;
  rt?: string;
  rw?: string;
  /** Degrees, WGS84. Both or none. */
  latitude?: number;
  longitude?: number;
  /** Who owns the road, where the gazetteer knows: `kota`, or the name of another body. */
  owner?: string;
  /** The place lies outside of the city. */
  outside?: true;
}

/** One who reported it: the first filed it, the others joined. */
export interface Reporter {
  citizen: string;
  at: number;
  /** What they said, masked and shortened. */
  words?: string;
}

/** A picture of it; the picture itself is read by its id (`Store.picture`). */
export interface TicketPhoto {
  id: string;
  at: number;
  by: "citizen" | "staff";
}

/** One answer of the report, in words for people. */
export interface TicketDetail {
  /** What was asked, in a few Indonesian words: "Ukuran". */
  label: string;
  value: string;
}

/** One line of a ticket's history. */
export interface TicketEntry {
  at: number;
  what: "drafted" | "filed" | "moved" | "joined" | "photos" | "answered" | "disputed" | "note" | "contact";
  /** Present when the state changed. */
  to?: TicketState;
  /** Who of the staff did it; absent for citizens and the assistant. */
  by?: string;
  /** For staff: what was noted, said, or asked. */
  note?: string;
  /** The sentence the citizens were told. */
  sentence?: string;
}

export interface Ticket {
  /** Made from the event that began it: the same event always gives the same id. */
  id: string;
  /** `JLN-0001`; given by the store when the ticket is filed. Absent while it is a draft. */
  number?: string;
  /** Four letters and digits that a stranger cannot guess; asked for together with the number. */
  checkCode: string;
  /** The intent it came from, such as `jalan-rusak`. */
  kind: string;
  /** An id of `_dinas.yaml`. */
  agency: string;
  /** Only people of this very agency may read it, and it goes to no other. */
  sealed?: true;
  state: TicketState;
  priority: Priority;
  /** One line for lists. */
  summary: string;
  place: Place;
  details: TicketDetail[];
  photos: TicketPhoto[];
  reporters: Reporter[];
  history: TicketEntry[];
  /** The day by which the citizens hear from the city again: 2026-12-01. */
  contactBy?: string;
  createdAt: number;
  updatedAt: number;
}

/** In whose name a ticket is worked on when none of its reporters is left: no person, and in no list of conversations. */
export const NOBODY = "nobody";

/** What staff decide about a ticket. Each move carries what its sentence to the citizens needs. */
export type TicketMove =
  | { to: "forwarded"; agency: string; note?: string }
  /** `day`: 2026-12-01 */
  | { to: "scheduled"; day: string; note?: string }
  | { to: "working"; note?: string }
  /** `what` is asked of the citizen and follows "Kami butuh": "foto dari dekat". */
  | { to: "needs-info"; what: string }
  /** `owner`: the body it was passed to, by name. */
  | { to: "not-city"; owner: string; note?: string }
  /** `into`: the id of the ticket that goes on. */
  | { to: "joined"; into: string; note?: string }
  /** Needs a note, and a picture or the reason why there is none. */
  | { to: "done"; note: string; photos: string[]; withoutPhoto?: string }
  /** `reason` follows "karena". */
  | { to: "impossible"; reason: string }
  | { to: "reopened"; reason: string };

/** What staff do with a ticket: a move, a note only staff see, or another day for the next contact. */
export type TicketWork =
  | { action: "move"; move: TicketMove }
  | { action: "note"; text: string }
  | { action: "contact"; day: string };

/** Where each state may lead. `joined` is final; `done` may be opened again. */
const NEXT: Record<TicketState, readonly TicketState[]> = {
  draft: ["received"],
  received: ["forwarded", "scheduled", "working", "needs-info", "not-city", "joined", "done", "impossible"],
  forwarded: ["forwarded", "scheduled", "working", "needs-info", "not-city", "joined", "done", "impossible"],
  scheduled: ["forwarded", "scheduled", "working", "needs-info", "joined", "done", "impossible"],
  working: ["forwarded", "scheduled", "needs-info", "joined", "done", "impossible"],
  "needs-info": [
    "forwarded",
    "scheduled",
    "working",
    "needs-info",
    "not-city",
    "joined",
    "done",
    "impossible",
  ],
  "not-city": ["reopened"],
  joined: [],
  done: ["reopened"],
  impossible: ["reopened"],
  reopened: ["forwarded", "scheduled", "working", "needs-info", "not-city", "joined", "done", "impossible"],
};

/** The states a ticket may go to from here. */
export const nextStates = (state: TicketState): readonly TicketState[] => NEXT[state];

/** True when the ticket may go there. */
export const mayMove = (from: TicketState, to: TicketState): boolean => NEXT[from].includes(to);

/**
 * Stands in a reply or a sentence for the number of a ticket that is filed in the same turn. The number is only known
 * when the turn is committed; the store puts it in, there and nowhere else.
 */
export const numberToken = (ticketId: string): string => `\u{E000}${ticketId}\u{E001}`;

/** How citizens read a number: with the check code, `JLN-0001-KM7P`. */
export const citizenNumber = (ticket: Pick<Ticket, "id" | "number" | "checkCode">): string =>
  `${ticket.number ?? numberToken(ticket.id)}-${ticket.checkCode}`;
