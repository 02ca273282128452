/** "Batal" when there is nothing to call off any more: a report that was sent is not unsent by a word. */
import { citizenNumber, CLOSED_STATES } from "../vocabulary/ticket.js";
import type { Draft } from "./draft.js";
import { personChoice } from "./respond.js";

/** Who calls something off so long after a report may mean the report. */
const MEANS_REPORT_MS = 24 * 60 * 60 * 1000;

/** Says that the report sent last goes on, and who can take it back. False, and silent, when there is none. */
export async function keepsReport(draft: Draft): Promise<boolean> {
  const { citizen, situation } = draft;
  const last = citizen.lastTicket;
  if (last === undefined || situation.now - last.at > MEANS_REPORT_MS) return false;
  const ticket = await situation.tickets.ticket(last.id);
  if (ticket === undefined || ticket.state === "draft" || CLOSED_STATES.includes(ticket.state)) return false;
  const { report } = situation.library.records;
  draft.sayOneOf("tetap_diproses", report.tetap_diproses, { nomor: citizenNumber(ticket) });
  const said = draft.replies.pop();
  if (said !== undefined) draft.replies.push({ ...said, choices: [personChoice(draft)] });
  return true;
}
