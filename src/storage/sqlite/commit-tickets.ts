/** The part of a turn's commit that writes tickets, their numbers, pictures and scripts. */
import { numberToken, type Ticket } from "../../vocabulary/ticket.js";
import { applyChange, isDropped, ticketOf, type TicketChange } from "../../vocabulary/ticket-change.js";
import type { Turn } from "../../vocabulary/turn.js";
import { searchText } from "../ticket-text.js";
import type { Database } from "./driver.js";
import { text } from "./inbox.js";

/** Puts numbers in the place of their tokens, in any text. */
export type FillNumbers = (text: string) => string;

/** Inside a transaction: applies a turn's ticket changes in order, and gives back how to fill their numbers in. */
export function prepareTicketCommit(database: Database): (turn: Turn, now: number) => FillNumbers {
  const read = database.prepare("SELECT body FROM tickets WHERE id = ?");
  const next = database.prepare(
    "INSERT INTO ticket_numbers (prefix, last) VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
  );
  const write = prepareTicketWrite(database);
  const picture = database.prepare(
    "INSERT OR IGNORE INTO pictures (id, ticket, citizen, state, at, not_before, body) VALUES (?, ?, ?, 'wanted', ?, ?, ?)",
  );
  const withdraw = preparePictureDrop(database);
  const remove = database.prepare("DELETE FROM tickets WHERE id = ?");
  const removeReporters = database.prepare("DELETE FROM ticket_reporters WHERE ticket = ?");
  const script = database.prepare(
    "INSERT OR IGNORE INTO scripts (fingerprint, kept_at, body) VALUES (?, ?, ?)",
  );

  const ticketBy = (id: string): Ticket | undefined => {
    const row = read.get(id);
    return row === undefined ? undefined : (JSON.parse(text(row.body)) as Ticket);
  };
  const apply = (change: TicketChange, fill: FillNumbers): Ticket | undefined => {
    const before = ticketBy(ticketOf(change));
    if (isDropped(before, change)) {
      remove.run(ticketOf(change));
      removeReporters.run(ticketOf(change));
    }
    const after = applyChange(before, change);
    if (after === undefined) return undefined;
    if (change.kind === "file" && after.state !== "draft")
      after.number = `${change.prefix}-${String(Number(next.get(change.prefix)?.last)).padStart(4, "0")}`;
    const token = numberToken(after.id);
    const body = fill(JSON.stringify(after)).replaceAll(token, after.number ?? token);
    write(after, body);
    return after;
  };

  return (turn, now) => {
    const numbers = new Map<string, string>();
    const fill: FillNumbers = (words) =>
      [...numbers].reduce((filled, [id, number]) => filled.replaceAll(numberToken(id), number), words);
    for (const change of turn.tickets ?? []) {
      if (change.kind === "withdraw") for (const id of change.photos) withdraw(id, now);
      const after = apply(change, fill) ?? ticketBy(ticketOf(change));
      if (after?.number !== undefined) numbers.set(after.id, after.number);
    }
    for (const each of turn.pictures ?? [])
      picture.run(each.id, each.ticket, turn.citizen.id, now, now, JSON.stringify({ url: each.url }));
    if (turn.script !== undefined) script.run(turn.script.fingerprint, now, turn.script.body);
    return fill;
  };
}

/** Inside a transaction: lets go of a picture, and remembers its file for as long as it is there. */
export function preparePictureDrop(database: Database): (id: string, now: number) => void {
  const leave = database.prepare(
    "INSERT OR IGNORE INTO left_files (file, at) SELECT json_extract(body, '$.file'), ? FROM pictures WHERE id = ? AND json_extract(body, '$.file') IS NOT NULL",
  );
  const drop = database.prepare("DELETE FROM pictures WHERE id = ?");
  return (id, now) => {
    leave.run(now, id);
    drop.run(id);
  };
}

/** Writes a ticket's row, and who reported it. `body` is its JSON. */
export function prepareTicketWrite(database: Database): (ticket: Ticket, body: string) => void {
  const write = database.prepare(
    "INSERT OR REPLACE INTO tickets (id, number, kind, agency, state, street, latitude, longitude, contact_by, filed_at, updated_at, search, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const reporter = database.prepare(
    "INSERT OR IGNORE INTO ticket_reporters (citizen, ticket, at) VALUES (?, ?, ?)",
  );
  return (ticket, body) => {
    const { place } = ticket;
    write.run(
      ticket.id,
      ticket.number ?? null,
      ticket.kind,
      ticket.agency,
      ticket.state,
      place.street?.toLowerCase() ?? null,
      place.latitude ?? null,
      place.longitude ?? null,
      ticket.contactBy ?? null,
      ticket.state === "draft" ? null : ticket.createdAt,
      ticket.updatedAt,
      searchText(ticket),
      body,
    );
    for (const each of ticket.reporters) reporter.run(each.citizen, ticket.id, each.at);
  };
}
