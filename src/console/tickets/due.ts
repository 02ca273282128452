/** By when citizens hear of a ticket again, in words. */
import { DateTime } from "luxon";
import { CLOSED_STATES, type Ticket } from "../../vocabulary/ticket.js";
import { words } from "../words/words.js";

/** "Tenggat 1 Desember 2026 (3 hari lagi)", or how late it is; undefined when nothing is promised. */
export function dueWords(
  ticket: Pick<Ticket, "state" | "contactBy">,
  now: number,
  zone: string,
): { text: string; isLate: boolean } | undefined {
  if (ticket.contactBy === undefined || CLOSED_STATES.includes(ticket.state)) return undefined;
  const day = DateTime.fromISO(ticket.contactBy, { zone, locale: words.lang });
  const today = DateTime.fromMillis(now, { zone }).startOf("day");
  const days = Math.round(day.diff(today, "days").days);
  const date = day.toFormat("d LLLL yyyy");
  return days < 0
    ? { text: words.tickets.overdue(date, -days), isLate: true }
    : { text: words.tickets.due(date, days), isLate: false };
}

/** The city's date of a moment: 2026-12-01. */
export const dayOf = (now: number, zone: string): string =>
  DateTime.fromMillis(now, { zone }).toISODate() ?? "";
