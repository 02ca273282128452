/** "Boleh tambah foto kapan saja": pictures that come after a report belong to it. */
import { citizenNumber, CLOSED_STATES } from "../vocabulary/ticket.js";
import type { Draft } from "./draft.js";
import { answered } from "./ticket-answers.js";

/** The ticket talked about last takes pictures for so long. */
const TAKES_PICTURES_MS = 7 * 24 * 60 * 60 * 1000;

/** Adds pictures to the ticket filed, joined or asked about last. False when there is none, or it is closed. */
export async function addToTicket(draft: Draft, pictures: readonly string[]): Promise<boolean> {
  const { citizen, situation } = draft;
  const last = citizen.lastTicket;
  if (last === undefined || situation.now - last.at > TAKES_PICTURES_MS) return false;
  const ticket = await situation.tickets.ticket(last.id);
  if (ticket === undefined || CLOSED_STATES.includes(ticket.state)) return false;
  const at = situation.now;
  draft.tickets.push({
    kind: "photos",
    id: ticket.id,
    photos: pictures.map((id) => ({ id, at, by: "citizen" as const })),
    entry: { at, what: "photos" },
  });
  if (ticket.state === "needs-info") {
    draft.tickets.push(answered(ticket, at));
    citizen.askedAbout = undefined;
  }
  const wanted = (citizen.loosePictures ?? []).filter(({ id }) => pictures.includes(id));
  draft.pictures.push(...wanted.map(({ id, url }) => ({ id, url, ticket: ticket.id })));
  citizen.loosePictures = undefined;
  citizen.filedPictures = { ticket: ticket.id, ids: [...pictures], at };
  draft.why = { outcome: "note", intent: ticket.kind, reasons: ["foto susulan untuk laporan"] };
  const { report } = situation.library.records;
  draft.sayOneOf("foto_susulan", report.foto_susulan, { nomor: citizenNumber(ticket) });
  return true;
}
