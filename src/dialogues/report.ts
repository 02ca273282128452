/** How a report ends: read back, filed as one ticket, or kept as a draft. */
import { contactDay, dayInWords } from "../answers/working-days.js";
import { foreignOwner } from "../tickets/gazetteer.js";
import { checkCode } from "../tickets/identity.js";
import { citizenNumber, type Ticket, type TicketDetail, type TicketPhoto } from "../vocabulary/ticket.js";
import type { TicketChange } from "../vocabulary/ticket-change.js";
import type { Priority } from "../vocabulary/understanding.js";
import { ask, type Leaving } from "./ask.js";
import type { Form } from "./form.js";
import type { Setting } from "./setting.js";
import type { Heard, Line, Talk } from "./talk.js";
import { chosen, COMMANDS, isOneOf, plain } from "./words.js";

/** A report as it will be filed. */
export interface Draft {
  /** The ticket's id. */
  ticket: string;
  kind: string;
  agency: string;
  sealed?: true;
  priority: Priority;
  prefix: string;
  workingDays: number;
  summary: string;
  details: TicketDetail[];
  form: Form;
}

/** What a report that was read back still needs: something to ask anew, or the form as it was put right at once. */
export type Wrong = { ask: string } | { form: Form };

/**
 * Reads the report back. `fix`: the names of what may be changed, with their labels; `correct`: what a message puts right by
 * itself. Gives undefined when all is right.
 */
export async function readBack(
  talk: Talk,
  setting: Setting,
  {
    lines,
    fix,
    correct,
    asking,
  }: {
    lines: string[];
    fix: { name: string; label: string }[];
    correct(heard: Heard): Form | undefined;
    asking: { before?: Line; onSilence?(): void };
  },
): Promise<Wrong | undefined> {
  const { report, words } = setting.records;
  const { benar, tempat, lain, batal } = report.tombol_benar;
  const choices = [
    { title: benar, value: "benar" },
    { title: tempat, value: "tempat" },
    { title: lain, value: "lain" },
    { title: batal, value: COMMANDS.cancel },
  ];
  const answer = await ask<string | { form: Form }>(talk, setting, {
    name: "benar",
    wordings: report.benar,
    values: { isi: lines.join("\n") },
    choices,
    ...asking,
    read: (heard) => {
      const picked = chosen(heard, choices);
      if (picked !== undefined) return picked;
      if (isOneOf(heard.text, report.kata_benar, words)) return "benar";
      if (isOneOf(heard.text, report.kata_salah, words)) return "lain";
      const form = correct(heard);
      return form === undefined ? undefined : { form };
    },
  });
  if (typeof answer !== "string") return answer;
  if (answer === "benar") return undefined;
  if (answer === "tempat") return { ask: "tempat" };
  const parts = fix.map(({ name, label }) => ({ title: label.slice(0, 20), value: name }));
  return ask<Wrong>(talk, setting, {
    name: "ubah-apa",
    wordings: report.ubah_apa,
    choices: parts,
    read: (heard) => {
      const name = chosen(heard, parts) ?? parts.find(({ title }) => names(heard.text, title))?.value;
      if (name !== undefined) return { ask: name };
      const form = correct(heard);
      return form === undefined ? undefined : { form };
    },
  });
}

/** "tempatnya" names "Tempat". */
const names = (text: string, label: string): boolean =>
  [plain(label), `${plain(label)}nya`].some((word) => plain(text) === word);

/** Files the one ticket and says its number, its agency and the day of the next contact. */
export function fileReport(talk: Talk, setting: Setting, draft: Draft): void {
  const { records, now, zone } = setting;
  const ticket = ticketFrom(draft, setting, "received");
  file(talk, draft.form.pictures, { kind: "file", ticket, prefix: draft.prefix });
  const body = foreignOwner(ticket.place, records.places);
  const values = {
    nomor: citizenNumber(ticket),
    dinas: records.agencies[draft.agency]?.singkatan ?? draft.agency,
    tanggal: dayInWords(ticket.contactBy ?? "", now, zone, records),
    badan: body ?? "",
  };
  if (body === undefined) talk.say({ key: "terkirim", wordings: records.report.terkirim, values });
  else talk.say({ key: "terkirim_luar", wordings: records.report.terkirim_luar, values });
}

/** Keeps what there is as a draft that staff see; nothing when there is nothing. */
export function keepDraft(talk: Talk, setting: Setting, draft: Draft): void {
  const { form } = draft;
  if (form.place === undefined && form.pictures.length === 0 && form.words === "") return;
  file(talk, form.pictures, {
    kind: "file",
    ticket: ticketFrom(draft, setting, "draft"),
    prefix: draft.prefix,
  });
}

/** How a report is left: kept as a draft, or taken back. */
export const leavingReport = (
  talk: Talk,
  setting: Setting,
  draft: () => Draft,
  again: () => never,
): Leaving => ({
  summary: () => `${draft().summary}. ${draft().form.words}`,
  keep: () => {
    keepDraft(talk, setting, draft());
  },
  drop: () => {
    file(talk, [], { kind: "drop", id: draft().ticket });
  },
  again,
});

function ticketFrom(draft: Draft, setting: Setting, state: "draft" | "received"): Ticket {
  const { form, kind, agency, sealed, priority, summary, details } = draft;
  const { now, citizen, records, zone } = setting;
  return {
    id: draft.ticket,
    checkCode: checkCode(draft.ticket),
    kind,
    agency,
    ...(sealed === undefined ? {} : { sealed }),
    state,
    priority,
    summary,
    place: form.place ?? { words: form.words === "" ? summary : form.words },
    details: [...details, { label: setting.titleOf(kind), value: form.words }].filter(
      ({ value }) => value !== "",
    ),
    photos: photosOf(form, now),
    reporters: [{ citizen, at: now, words: form.words }],
    history: [{ at: now, what: state === "draft" ? "drafted" : "filed", to: state }],
    contactBy: state === "draft" ? undefined : contactDay(records, zone, now, draft.workingDays),
    createdAt: now,
    updatedAt: now,
  };
}

export const photosOf = (form: Form, at: number): TicketPhoto[] =>
  form.pictures.map((id) => ({ id, at, by: "citizen" }));

/** A change of a ticket, with the pictures it needs. */
export function file(talk: Talk, pictures: string[], change: TicketChange): void {
  talk.act({ kind: "ticket", change, pictures });
}
