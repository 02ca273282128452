/** Changes of a ticket as values: a turn decides them, the store applies them to the ticket as it is then. */
import {
  mayMove,
  type Reporter,
  type Ticket,
  type TicketEntry,
  type TicketPhoto,
  type TicketState,
} from "./ticket.js";

/**
 * `file` writes a new ticket, or completes a draft with the same id; the store gives a filed one its number,
 * `<prefix>-0001` and on. The others change a ticket that is there, whoever else has changed it in the meantime.
 */
export type TicketChange =
  | { kind: "file"; ticket: Ticket; prefix: string }
  | { kind: "move"; id: string; to: TicketState; agency?: string; contactBy?: string; entry: TicketEntry }
  | { kind: "join"; id: string; reporter: Reporter; photos: TicketPhoto[]; entry: TicketEntry }
  | { kind: "photos"; id: string; photos: TicketPhoto[]; entry: TicketEntry }
  /** Takes pictures out again; the store lets go of them and of their files, too. */
  | { kind: "withdraw"; id: string; photos: string[] }
  | { kind: "note"; id: string; contactBy?: string; entry: TicketEntry }
  /** Takes a draft back; nothing happens to a filed one. */
  | { kind: "drop"; id: string };

/** The id of the ticket that a change is about. */
export const ticketOf = (change: TicketChange): string =>
  change.kind === "file" ? change.ticket.id : change.id;

/**
 * The ticket after a change, or undefined when the change does not apply: the ticket is not there, is filed already,
 * or may not go where the change wants it to go. Joining twice counts once. `drop` is for the store: see `isDropped`.
 */
export function applyChange(ticket: Ticket | undefined, change: TicketChange): Ticket | undefined {
  if (change.kind === "file")
    return ticket === undefined || ticket.state === "draft" ? { ...change.ticket } : undefined;
  if (ticket === undefined || change.kind === "drop") return undefined;
  if (change.kind === "withdraw")
    return { ...ticket, photos: ticket.photos.filter(({ id }) => !change.photos.includes(id)) };
  const { entry } = change;
  const after: Ticket = { ...ticket, history: [...ticket.history, entry], updatedAt: entry.at };
  switch (change.kind) {
    case "move":
      if (!mayMove(ticket.state, change.to)) return undefined;
      return {
        ...after,
        state: change.to,
        agency: change.agency ?? ticket.agency,
        contactBy: change.contactBy ?? ticket.contactBy,
      };
    case "join":
      if (ticket.reporters.some(({ citizen }) => citizen === change.reporter.citizen)) return undefined;
      return {
        ...after,
        reporters: [...ticket.reporters, change.reporter],
        photos: addPhotos(ticket.photos, change.photos),
      };
    case "photos":
      return { ...after, photos: addPhotos(ticket.photos, change.photos) };
    case "note":
      return { ...after, contactBy: change.contactBy ?? ticket.contactBy };
  }
}

/** True when this change takes the ticket away. */
export const isDropped = (ticket: Ticket | undefined, change: TicketChange): boolean =>
  change.kind === "drop" && ticket?.state === "draft";

/** No ticket holds more pictures than this; the rest stays where it was sent. */
export const MOST_PHOTOS = 20;

function addPhotos(there: readonly TicketPhoto[], more: readonly TicketPhoto[]): TicketPhoto[] {
  const known = new Set(there.map(({ id }) => id));
  return [...there, ...more.filter(({ id }) => !known.has(id))].slice(0, MOST_PHOTOS);
}
