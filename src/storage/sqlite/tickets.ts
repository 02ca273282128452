/** What is known of tickets, for citizens and for staff. */
import { metresBetween } from "../../vocabulary/distance.js";
import { CLOSED_STATES, type Ticket } from "../../vocabulary/ticket.js";
import type { SimilarSearch, Store, TicketFilter } from "../port.js";
import type { Database, Row, Value } from "./driver.js";
import { text } from "./inbox.js";

type Tickets = Pick<
  Store,
  "ticket" | "ticketByNumber" | "ticketsOf" | "similarTickets" | "tickets" | "script"
>;

const OPEN = `state NOT IN ('draft', ${CLOSED_STATES.map((state) => `'${state}'`).join(", ")})`;
/** A degree of latitude is never shorter than this. */
const METRES_PER_DEGREE = 110_500;
const MOST_IN_SQUARE = 200;

/** The reading part. Its rows are written by commitTurn only. */
export function ticketsOf(database: Database): Tickets {
  const byId = database.prepare("SELECT body FROM tickets WHERE id = ?");
  const byNumber = database.prepare("SELECT body FROM tickets WHERE number = ?");
  const ofCitizen = database.prepare(
    "SELECT body FROM tickets JOIN ticket_reporters ON ticket = id WHERE citizen = ? ORDER BY at DESC, id LIMIT ?",
  );
  const script = database.prepare("SELECT body FROM scripts WHERE fingerprint = ?");
  const one = (row: Row | undefined) => Promise.resolve(row === undefined ? undefined : ticketFrom(row));
  return {
    ticket: (id) => one(byId.get(id)),
    ticketByNumber: (number) => one(byNumber.get(number)),
    ticketsOf: (citizen, limit) => Promise.resolve(ofCitizen.all(citizen, limit).map(ticketFrom)),
    similarTickets: (search, limit) => Promise.resolve(similar(database, search, limit)),
    tickets: (filter, { offset, limit }) => {
      const { where, values } = conditionsOf(filter);
      const rows = database
        .prepare(`SELECT body FROM tickets WHERE ${where} ORDER BY updated_at DESC, id LIMIT ? OFFSET ?`)
        .all(...values, limit, offset);
      const count = database.prepare(`SELECT count(*) AS n FROM tickets WHERE ${where}`).get(...values);
      return Promise.resolve({ tickets: rows.map(ticketFrom), total: Number(count?.n ?? 0) });
    },
    script: (fingerprint) => {
      const row = script.get(fingerprint);
      return Promise.resolve(row === undefined ? undefined : text(row.body));
    },
  };
}

function similar(database: Database, { kind, since, near, street }: SimilarSearch, limit: number): Ticket[] {
  const conditions = [`kind = ? AND filed_at >= ? AND ${OPEN}`];
  const values: Value[] = [kind, since];
  if (near !== undefined) {
    const lat = near.metres / METRES_PER_DEGREE;
    const lon = lat / Math.max(0.01, Math.cos((near.latitude * Math.PI) / 180));
    conditions.push("latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?");
    values.push(near.latitude - lat, near.latitude + lat, near.longitude - lon, near.longitude + lon);
  }
  if (street !== undefined) {
    conditions.push("street = ?");
    values.push(street.toLowerCase());
  }
  return (
    database
      .prepare(`SELECT body FROM tickets WHERE ${conditions.join(" AND ")} ORDER BY filed_at DESC LIMIT ?`)
      // Of a square around a point more are read than asked for: its corners are too far away.
      .all(...values, near === undefined ? limit : Math.max(limit, MOST_IN_SQUARE))
      .map(ticketFrom)
      .filter(({ place: { latitude, longitude } }) => {
        if (near === undefined) return true;
        if (latitude === undefined || longitude === undefined) return false;
        return metresBetween(near, { latitude, longitude }) <= near.metres;
      })
      .slice(0, limit)
  );
}

function conditionsOf({ states, agency, sealedOf, kind, text: wanted, overdueOn }: TicketFilter) {
  const conditions = ["1 = 1"];
  const values: Value[] = [];
  if (states !== undefined) {
    conditions.push(`state IN (${states.map(() => "?").join(", ")})`);
    values.push(...states);
  }
  if (agency !== undefined) {
    conditions.push("agency = ?");
    values.push(agency);
  }
  if (sealedOf !== undefined) {
    conditions.push("(json_extract(body, '$.sealed') IS NULL OR agency = ?)");
    values.push(sealedOf);
  }
  if (kind !== undefined) {
    conditions.push("kind = ?");
    values.push(kind);
  }
  if (wanted !== undefined) {
    conditions.push("instr(search, ?) > 0");
    values.push(wanted.toLowerCase());
  }
  if (overdueOn !== undefined) {
    conditions.push(`contact_by < ? AND ${OPEN}`);
    values.push(overdueOn);
  }
  return { where: conditions.join(" AND "), values };
}

function ticketFrom(row: Row): Ticket {
  return JSON.parse(text(row.body)) as Ticket;
}
