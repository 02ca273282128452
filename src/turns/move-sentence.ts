/** The sentence in which citizens hear of a ticket's new state. Staff read it before it goes out. */
import { fill } from "../answers/fill.js";
import { dayInWords } from "../answers/working-days.js";
import { stateName } from "../dialogues/status-words.js";
import type { Library } from "../intents/library.js";
import { citizenNumber, type Ticket, type TicketMove } from "../vocabulary/ticket.js";

export interface MoveContext {
  library: Library;
  zone: string;
  now: number;
  /** The ticket that goes on, where two are joined. */
  into?: Ticket | undefined;
}

/** The sentence of the records for this move, filled in. */
export function moveSentence(ticket: Ticket, move: TicketMove, context: MoveContext): string {
  const { library, zone, now } = context;
  const { agencies, report } = library.records;
  const agency = move.to === "forwarded" ? move.agency : ticket.agency;
  const values: Record<string, string> = {
    nomor: citizenNumber(ticket),
    tempat: ticket.place.words,
    dinas: agencies[agency]?.singkatan ?? agency,
    isi: contentOf(move, context),
  };
  const text = report.keadaan[stateName(move.to)].replace(/\{(\w+)\}/g, (whole, name: string) =>
    (values[name] ?? whole).replace(/[{}]/g, name in values ? "" : "$&"),
  );
  return fill(text, { records: library.records, agency, zone, now }).text.trim();
}

function contentOf(move: TicketMove, { into, zone, now, library }: MoveContext): string {
  switch (move.to) {
    case "scheduled":
      return dayInWords(move.day, now, zone, library.records);
    case "needs-info":
      return move.what;
    case "not-city":
      return move.owner;
    case "joined":
      return into === undefined ? "" : citizenNumber(into);
    case "done":
      return move.note;
    case "impossible":
    case "reopened":
      return move.reason;
    case "forwarded":
    case "working":
      return move.note ?? "";
  }
}
