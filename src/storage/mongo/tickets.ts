/** What is known of tickets, for citizens and for staff; and the scripts that dialogues go through. */
import { metresBetween } from "../../vocabulary/distance.js";
import { CLOSED_STATES } from "../../vocabulary/ticket.js";
import type { SimilarSearch, Store, TicketFilter } from "../port.js";
import type { Tables } from "./connect.js";
import { escapeRegex } from "./console/listings.js";
import type { Filter } from "./table.js";
import { ticketFrom } from "./write-tickets.js";

type Tickets = Pick<
  Store,
  "ticket" | "ticketByNumber" | "ticketsOf" | "similarTickets" | "tickets" | "script"
>;

/** Filed and not closed. */
export const OPEN_TICKET: Filter = { state: { $nin: ["draft", ...CLOSED_STATES] } };
/** A degree of latitude is never shorter than this. */
const METRES_PER_DEGREE = 110_500;
/** Candidates that are measured. */
const MOST_SIMILAR = 200;

export function ticketsOf({ tickets, scripts }: Tables): Tickets {
  const first = async (filter: Filter) => {
    const [row] = await tickets.find(filter, { limit: 1 });
    return row === undefined ? undefined : ticketFrom(row);
  };
  return {
    ticket: (id) => first({ _id: id }),
    ticketByNumber: (number) => first({ number }),
    ticketsOf: async (citizen, limit) =>
      (await tickets.find({ reporters: citizen }))
        .map(ticketFrom)
        .sort((a, b) => joinedAt(b, citizen) - joinedAt(a, citizen) || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    async similarTickets(search, limit) {
      const rows = await tickets.find(similarFilter(search), { sort: { filedAt: -1 }, limit: MOST_SIMILAR });
      const { near } = search;
      return rows
        .map(ticketFrom)
        .filter(({ place: { latitude, longitude } }) => {
          if (near === undefined) return true;
          if (latitude === undefined || longitude === undefined) return false;
          return metresBetween(near, { latitude, longitude }) <= near.metres;
        })
        .slice(0, limit);
    },
    async tickets(filter, { offset, limit }) {
      const wanted = listFilter(filter);
      const [rows, total] = await Promise.all([
        tickets.find(wanted, { sort: { updatedAt: -1, _id: 1 }, skip: offset, limit }),
        tickets.count(wanted),
      ]);
      return { tickets: rows.map(ticketFrom), total };
    },
    script: async (fingerprint) => (await scripts.get(fingerprint))?.body,
  };
}

function joinedAt({ reporters }: { reporters: { citizen: string; at: number }[] }, citizen: string): number {
  return reporters.find((each) => each.citizen === citizen)?.at ?? 0;
}

function similarFilter({ kind, since, near, street }: SimilarSearch): Filter {
  const filter: Filter = { kind, filedAt: { $gte: since }, ...OPEN_TICKET };
  if (near !== undefined) {
    const lat = near.metres / METRES_PER_DEGREE;
    const lon = lat / Math.max(0.01, Math.cos((near.latitude * Math.PI) / 180));
    filter.latitude = { $gte: near.latitude - lat, $lte: near.latitude + lat };
    filter.longitude = { $gte: near.longitude - lon, $lte: near.longitude + lon };
  }
  if (street !== undefined) filter.street = street.toLowerCase();
  return filter;
}

function listFilter({ states, agency, sealedOf, kind, text, overdueOn }: TicketFilter): Filter {
  const all: Filter[] = [];
  if (states !== undefined) all.push({ state: { $in: states } });
  if (agency !== undefined) all.push({ agency });
  if (sealedOf !== undefined) all.push({ $or: [{ sealed: { $ne: true } }, { agency: sealedOf }] });
  if (kind !== undefined) all.push({ kind });
  if (text !== undefined) all.push({ search: { $regex: escapeRegex(text.toLowerCase()) } });
  if (overdueOn !== undefined) all.push({ contactBy: { $lt: overdueOn }, ...OPEN_TICKET });
  return all.length === 0 ? {} : { $and: all };
}
