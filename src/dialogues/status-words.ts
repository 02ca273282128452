/** What is said about where a report stands. */
import { dayInWords } from "../answers/working-days.js";
import { STATES } from "../intents/format-dialogues.js";
import { citizenNumber, CLOSED_STATES, type Ticket, type TicketState } from "../vocabulary/ticket.js";
import type { Setting } from "./setting.js";

/** The word of the records for a state. */
export const stateName = (state: TicketState): keyof typeof STATES =>
  // Every state has its word; the table is complete by its type.
  (Object.entries(STATES).find(([, each]) => each === state)?.[0] ?? "diterima") as keyof typeof STATES;

/** The values of the sentences `status` and `sudah_lapor`. */
export function statusValues(ticket: Ticket, setting: Setting): Record<string, string> {
  const { records, now, zone } = setting;
  const isOpen = !CLOSED_STATES.includes(ticket.state) && ticket.state !== "draft";
  const promise =
    isOpen && ticket.contactBy !== undefined && ticket.contactBy >= new Date(now).toISOString().slice(0, 10)
      ? records.report.janji.replace("{tanggal}", dayInWords(ticket.contactBy, now, zone, records))
      : "";
  return {
    nomor: citizenNumber(ticket),
    judul: setting.titleOf(ticket.kind),
    tempat: ticket.place.words,
    sebutan: records.report.sebutan[stateName(ticket.state)],
    dinas: records.agencies[ticket.agency]?.singkatan ?? ticket.agency,
    janji: promise,
  };
}
