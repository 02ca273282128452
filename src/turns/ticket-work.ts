/** Staff work on a ticket: the change is checked, put into a sentence for citizens, and told to everybody who reported it. */
import { stateName } from "../dialogues/status-words.js";
import { contactDay } from "../answers/working-days.js";
import { newsAlarm, newsOf, type AlarmName, type TicketBody } from "../vocabulary/event.js";
import { mayMove, type Ticket, type TicketEntry, type TicketMove } from "../vocabulary/ticket.js";
import type { Draft } from "./draft.js";
import { moveSentence } from "./move-sentence.js";
import { tellOrKeep } from "./tell-news.js";
import { invitesAnswer } from "./ticket-answers.js";

/** Working days until the next contact after every change. */
const NEXT_CONTACT_DAYS = 3;

/** What staff decided about a ticket. A move that is not possible any more changes nothing. */
export async function handleTicket(draft: Draft, { ticket: id, work, by }: TicketBody): Promise<void> {
  const { situation } = draft;
  const ticket = await situation.tickets.ticket(id);
  if (ticket === undefined) {
    draft.why = { outcome: "note", reasons: ["laporan ini tidak ada"] };
    return;
  }
  const at = situation.now;
  switch (work.action) {
    case "note":
      draft.why = { outcome: "note", intent: ticket.kind, reasons: ["catatan petugas pada laporan"] };
      draft.tickets.push({ kind: "note", id, entry: { at, what: "note", by, note: work.text } });
      return;
    case "contact":
      draft.why = { outcome: "note", intent: ticket.kind, reasons: ["tanggal kabar berikutnya diubah"] };
      draft.tickets.push({
        kind: "note",
        id,
        contactBy: work.day,
        entry: { at, what: "contact", by, note: work.day },
      });
      return;
    case "move":
      await move(draft, ticket, { move: work.move, by });
  }
}

/** Why a move cannot be made, in an Indonesian sentence for staff; undefined when it can. */
export function refusalOf(
  ticket: Ticket,
  move: TicketMove,
  agencies: Readonly<Record<string, unknown>>,
): string | undefined {
  if (ticket.sealed && leavesAgency(ticket, move)) return "Laporan rahasia tidak diteruskan ke dinas lain.";
  if (!mayMove(ticket.state, move.to)) return "Dari keadaan sekarang, laporan ini tidak bisa ke sana.";
  switch (move.to) {
    case "forwarded":
      return move.agency in agencies ? undefined : "Dinas ini tidak ada di daftar.";
    case "scheduled":
      return /^\d{4}-\d{2}-\d{2}$/.test(move.day) ? undefined : "Tulis tanggalnya.";
    case "needs-info":
      return isSaid(move.what) ? undefined : "Tulis apa yang dibutuhkan dari warga.";
    case "not-city":
      return isSaid(move.owner) ? undefined : "Tulis siapa pemiliknya.";
    case "joined":
      return move.into === ticket.id ? "Laporan tidak bisa digabung dengan dirinya sendiri." : undefined;
    case "done":
      if (!isSaid(move.note)) return "Tulis apa yang sudah dikerjakan.";
      return move.photos.length > 0 || isSaid(move.withoutPhoto)
        ? undefined
        : "Sertakan foto, atau tulis mengapa tidak ada foto.";
    case "impossible":
    case "reopened":
      return isSaid(move.reason) ? undefined : "Tulis alasannya.";
    case "working":
      return undefined;
  }
}

/** A sealed ticket goes to no other agency, neither by itself nor within another ticket. */
const leavesAgency = (ticket: Ticket, move: TicketMove): boolean =>
  move.to === "joined" || (move.to === "forwarded" && move.agency !== ticket.agency);

const isSaid = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

async function move(
  draft: Draft,
  ticket: Ticket,
  { move, by }: { move: TicketMove; by: string },
): Promise<void> {
  const { situation } = draft;
  const { records } = situation.library;
  const into = move.to === "joined" ? await situation.tickets.ticket(move.into) : undefined;
  const refusal =
    into?.sealed === true ? "Laporan tujuan bersifat rahasia." : refusalOf(ticket, move, records.agencies);
  if (refusal !== undefined || (move.to === "joined" && into?.number === undefined)) {
    draft.why = { outcome: "note", intent: ticket.kind, reasons: [refusal ?? "laporan tujuan tidak ada"] };
    return;
  }
  const at = situation.now;
  const sentence = moveSentence(ticket, move, { into, ...situation });
  const entry: TicketEntry = { at, what: "moved", to: move.to, by, note: noteOf(move), sentence };
  draft.why = { outcome: "note", intent: ticket.kind, reasons: [`laporan menjadi "${stateName(move.to)}"`] };
  draft.tickets.push({
    kind: "move",
    id: ticket.id,
    to: move.to,
    agency: move.to === "forwarded" ? move.agency : undefined,
    contactBy: contactDay(records, situation.zone, at, NEXT_CONTACT_DAYS),
    entry,
  });
  if (move.to === "done" && move.photos.length > 0)
    draft.tickets.push({
      kind: "photos",
      id: ticket.id,
      photos: move.photos.map((id) => ({ id, at, by: "staff" as const })),
      entry: { at, what: "photos", by },
    });
  if (into !== undefined)
    for (const reporter of ticket.reporters)
      draft.tickets.push({
        kind: "join",
        id: into.id,
        reporter,
        photos: ticket.photos,
        entry: { at, what: "joined", by },
      });
  for (const { citizen } of ticket.reporters) draft.setAlarm(newsAlarm(ticket.id, at), at, citizen);
}

function noteOf(move: TicketMove): string | undefined {
  switch (move.to) {
    case "done":
      return [move.note, move.withoutPhoto].filter((part) => part !== undefined).join(" | ");
    case "scheduled":
      return [move.day, move.note].filter((part) => part !== undefined).join(" | ");
    case "needs-info":
      return move.what;
    case "not-city":
      return [move.owner, move.note].filter((part) => part !== undefined).join(" | ");
    case "joined":
      return move.into;
    case "impossible":
    case "reopened":
      return move.reason;
    case "forwarded":
    case "working":
      return move.note;
  }
}

/** The alarm that brings a change to one of those who reported it. */
export async function bringNews(draft: Draft, name: AlarmName): Promise<void> {
  const news = newsOf(name);
  if (news === undefined) return;
  const ticket = await draft.situation.tickets.ticket(news.ticket);
  const entry = ticket?.history.find(({ at, sentence }) => at === news.entryAt && sentence !== undefined);
  draft.why = { outcome: "note", intent: ticket?.kind, reasons: ["kabar laporan untuk warga"] };
  if (entry?.sentence === undefined || ticket === undefined) return;
  const at = draft.situation.now;
  draft.citizen.lastTicket = { id: ticket.id, at };
  if (invitesAnswer(ticket)) draft.citizen.askedAbout = { ticket: ticket.id, at };
  tellOrKeep(draft, entry.sentence);
}
