/** Tickets that live as long as a played conversation: the same changes as in a store, kept nowhere. */
import { metresBetween } from "../vocabulary/distance.js";
import { CLOSED_STATES, numberToken, type Ticket } from "../vocabulary/ticket.js";
import { applyChange, isDropped, ticketOf } from "../vocabulary/ticket-change.js";
import type { Turn } from "../vocabulary/turn.js";
import type { TicketReader } from "./reader.js";

export interface TicketsInMemory extends TicketReader {
  /** Applies a turn's changes; gives back its replies with the numbers filled in. */
  commit(turn: Turn): Turn["replies"];
  all(): Ticket[];
}

export function ticketsInMemory(): TicketsInMemory {
  const tickets = new Map<string, Ticket>();
  const scripts = new Map<string, string>();
  const last = new Map<string, number>();
  const newest = (): Ticket[] => [...tickets.values()].sort((a, b) => b.createdAt - a.createdAt);
  const numbered = <T>(value: T): T =>
    // What was plain JSON stays what it was, but for the numbers in its texts.
    JSON.parse(
      [...tickets.values()].reduce(
        (text, { id, number }) => (number === undefined ? text : text.replaceAll(numberToken(id), number)),
        JSON.stringify(value),
      ),
    ) as T;
  return {
    ticket: (id) => Promise.resolve(tickets.get(id)),
    ticketByNumber: (number) => Promise.resolve(newest().find((each) => each.number === number)),
    ticketsOf: (citizen, limit) =>
      Promise.resolve(
        newest()
          .filter(({ reporters }) => reporters.some((each) => each.citizen === citizen))
          .slice(0, limit),
      ),
    similarTickets: ({ kind, since, near, street }, limit) =>
      Promise.resolve(
        newest()
          .filter((each) => each.kind === kind && each.createdAt >= since && each.state !== "draft")
          .filter(({ state }) => !CLOSED_STATES.includes(state))
          .filter(({ place }) => street === undefined || place.street?.toLowerCase() === street.toLowerCase())
          .filter(({ place: { latitude, longitude } }) => {
            if (near === undefined) return true;
            if (latitude === undefined || longitude === undefined) return false;
            return metresBetween(near, { latitude, longitude }) <= near.metres;
          })
          .slice(0, limit),
      ),
    script: (fingerprint) => Promise.resolve(scripts.get(fingerprint)),
    all: newest,
    commit(turn) {
      for (const change of turn.tickets ?? []) {
        const before = tickets.get(ticketOf(change));
        if (isDropped(before, change)) tickets.delete(ticketOf(change));
        const after = applyChange(before, change);
        if (after === undefined) continue;
        if (change.kind === "file" && after.state !== "draft") {
          const count = (last.get(change.prefix) ?? 0) + 1;
          last.set(change.prefix, count);
          after.number = `${change.prefix}-${String(count).padStart(4, "0")}`;
        }
        tickets.set(after.id, after);
        tickets.set(after.id, numbered(after));
      }
      if (turn.script !== undefined) scripts.set(turn.script.fingerprint, turn.script.body);
      return numbered(turn.replies);
    },
  };
}
