/** Numbers of tickets and the changes that turns make to them: each number once, each change once, none over another. */
import type { Ticket } from "../../vocabulary/ticket.js";
import { numberToken } from "../../vocabulary/ticket.js";
import { applyChange, isDropped, ticketOf, type TicketChange } from "../../vocabulary/ticket-change.js";
import { StoreFailed } from "../port.js";
import { searchText } from "../ticket-text.js";
import type { Tables } from "./connect.js";
import type { TicketDocument } from "./documents.js";

/** Applies the changes of one event in order. Doing it again changes nothing. */
export type TicketWriter = (
  event: string,
  changes: readonly TicketChange[],
  numbers: Record<string, string>,
) => Promise<void>;

/** How many changes a ticket remembers as applied. A turn is done again within seconds or by the next owner of its lane, long before so many others. */
const REMEMBERED = 100;
const MOST_TRIES = 50;

/** Numbers for the tickets that a turn files, by id: the one a ticket has, or the next of its prefix, the same for every asking. */
export async function reserveNumbers(
  { tickets, ticketNumbers }: Pick<Tables, "tickets" | "ticketNumbers">,
  changes: readonly TicketChange[],
): Promise<Record<string, string>> {
  const numbers: Record<string, string> = {};
  for (const change of changes) {
    const id = ticketOf(change);
    const has = (await tickets.get(id))?.number;
    if (has !== undefined) numbers[id] = has;
    else if (change.kind === "file" && change.ticket.state !== "draft")
      numbers[id] = await reserve(ticketNumbers, id, change.prefix);
  }
  return numbers;
}

async function reserve(ticketNumbers: Tables["ticketNumbers"], id: string, prefix: string): Promise<string> {
  const ticket = `ticket:${id}`;
  const reserved = (await ticketNumbers.get(ticket))?.body;
  if (reserved !== undefined) return reserved;
  const counter = `prefix:${prefix}`;
  await ticketNumbers.insert([{ _id: counter, last: 0 }]);
  const last = (await ticketNumbers.changeAndGet({ _id: counter }, { $inc: { last: 1 } }))?.last;
  if (last === undefined) throw new StoreFailed("A ticket number could not be given.");
  const number = `${prefix}-${String(last).padStart(4, "0")}`;
  await ticketNumbers.insert([{ _id: ticket, body: number }]);
  // If another was faster, its number counts and this one is never used.
  return (await ticketNumbers.get(ticket))?.body ?? number;
}

/** Puts numbers in the place of their tokens, in any text. */
export function fillNumbers(words: string, numbers: Record<string, string>): string {
  return Object.entries(numbers).reduce(
    (filled, [id, number]) => filled.replaceAll(numberToken(id), number),
    words,
  );
}

export function ticketWriter({ tickets }: Pick<Tables, "tickets">): TicketWriter {
  const applyOne = async (
    tag: string,
    change: TicketChange,
    numbers: Record<string, string>,
  ): Promise<void> => {
    const id = ticketOf(change);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await tickets.get(id);
      if (before?.applied.includes(tag) === true) return;
      const known = before === undefined ? undefined : ticketFrom(before);
      if (before !== undefined && isDropped(known, change)) {
        if ((await tickets.remove({ _id: id, revision: before.revision })) === 0) continue;
        return;
      }
      const after = applyChange(known, change);
      if (after === undefined) return;
      const number = after.number ?? numbers[id];
      if (after.state !== "draft" && number !== undefined) after.number = number;
      const document = ticketDocument(after, numbers, before, tag);
      if (before === undefined) {
        if ((await tickets.insert([document])).size === 0) return;
      } else {
        const { _id, ...fields } = document;
        if (await tickets.change({ _id, revision: before.revision }, { $set: fields })) return;
      }
    }
    throw new StoreFailed("A ticket is changed too often at the moment.");
  };
  return async (event, changes, numbers) => {
    for (const [index, change] of changes.entries()) await applyOne(`${event}#${index}`, change, numbers);
  };
}

/** A ticket as it stands in its collection, after the change with this tag. */
export function ticketDocument(
  ticket: Ticket,
  numbers: Record<string, string>,
  before: TicketDocument | undefined,
  tag: string,
): TicketDocument {
  const { id, number, kind, agency, state, place, contactBy, createdAt, updatedAt, reporters } = ticket;
  return {
    _id: id,
    kind,
    agency,
    state,
    updatedAt,
    search: searchText(ticket),
    reporters: reporters.map(({ citizen }) => citizen),
    body: fillNumbers(JSON.stringify(ticket), numbers),
    revision: (before?.revision ?? 0) + 1,
    applied: [...(before?.applied ?? []), tag].slice(-REMEMBERED),
    ...(ticket.sealed === undefined ? {} : { sealed: true }),
    ...(number === undefined ? {} : { number }),
    ...(place.street === undefined ? {} : { street: place.street.toLowerCase() }),
    ...(place.latitude === undefined ? {} : { latitude: place.latitude, longitude: place.longitude }),
    ...(contactBy === undefined ? {} : { contactBy }),
    ...(state === "draft" ? {} : { filedAt: createdAt }),
  };
}

export function ticketFrom(row: TicketDocument): Ticket {
  return JSON.parse(row.body) as Ticket;
}
