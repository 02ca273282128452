/** "Balas di sini ya", "kalau belum beres, tulis saja di sini": what citizens write back to the news of a ticket. */
import { gazetteerOf } from "../tickets/gazetteer.js";
import { readPlace } from "../tickets/read-place.js";
import { mentions } from "../dialogues/words.js";
import { citizenNumber, DISPUTE_DAYS, mayMove, type Ticket } from "../vocabulary/ticket.js";
import type { TicketChange } from "../vocabulary/ticket-change.js";
import type { Understanding } from "../vocabulary/understanding.js";
import type { Draft } from "./draft.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Letters of an answer that staff see; the rest is in the conversation. */
const LONGEST_NOTE = 500;

/** The citizen has something to say to these. */
export const invitesAnswer = ({ state }: Ticket): boolean => state === "needs-info" || state === "done";

/**
 * Takes what was asked for into the ticket, or opens it again when it is not done at all. `about`: the ticket of the news
 * that was told last, before this message. False when the words are about something else.
 */
export async function hearAboutTicket(
  draft: Draft,
  about: { ticket: string; at: number } | undefined,
  text: string,
  understood: Understanding,
): Promise<boolean> {
  const { situation } = draft;
  if (understood.outcome === "urgent" || understood.outcome === "fold") return false;
  if (about === undefined || situation.now - about.at > DISPUTE_DAYS * DAY_MS) return false;
  const ticket = await situation.tickets.ticket(about.ticket);
  if (ticket === undefined) return false;
  if (ticket.state === "needs-info" && mayAnswer(understood, ticket)) {
    takeAnswer(draft, ticket, text);
    return true;
  }
  if (ticket.state === "done" && isDisputed(draft, ticket, text)) {
    dispute(draft, ticket);
    return true;
  }
  return false;
}

/** The answer is in: the agency goes on. For pictures and words alike. */
export const answered = (ticket: Ticket, at: number, note?: string): TicketChange => ({
  kind: "move",
  id: ticket.id,
  to: "forwarded",
  entry: { at, what: "answered", to: "forwarded", note },
});

/** Anything but a question of its own. */
function mayAnswer({ outcome, intent }: Understanding, { kind }: Ticket): boolean {
  if (outcome === "answer") return intent === kind;
  return outcome === "clarify" || outcome === "escalate";
}

function takeAnswer(draft: Draft, ticket: Ticket, text: string): void {
  const { report } = draft.situation.library.records;
  draft.why = { outcome: "note", intent: ticket.kind, reasons: ["keterangan warga untuk laporan"] };
  draft.tickets.push(answered(ticket, draft.situation.now, text.slice(0, LONGEST_NOTE)));
  draft.citizen.askedAbout = undefined;
  draft.sayOneOf("keterangan_masuk", report.keterangan_masuk, { nomor: citizenNumber(ticket) });
}

/** "Masih bolong", and no other street is named. */
function isDisputed({ situation }: Draft, ticket: Ticket, text: string): boolean {
  const { report, words, places } = situation.library.records;
  if (!mayMove(ticket.state, "reopened") || !mentions(text, report.kata_belum_beres, words)) return false;
  const street = readPlace(text, undefined, gazetteerOf(places), false).place?.street;
  return street === undefined || street === ticket.place.street;
}

function dispute(draft: Draft, ticket: Ticket): void {
  const { situation, citizen } = draft;
  const { report, agencies } = situation.library.records;
  const at = situation.now;
  draft.why = { outcome: "note", intent: ticket.kind, reasons: ["warga menyatakan belum beres"] };
  draft.tickets.push({
    kind: "move",
    id: ticket.id,
    to: "reopened",
    entry: { at, what: "disputed", to: "reopened" },
  });
  citizen.askedAbout = undefined;
  citizen.lastTicket = { id: ticket.id, at };
  draft.sayOneOf("dibantah", report.dibantah, {
    nomor: citizenNumber(ticket),
    dinas: agencies[ticket.agency]?.singkatan ?? ticket.agency,
  });
}
