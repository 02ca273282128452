/** The report of a broken road: danger first, then whatever is not known yet, read back, one ticket. */
import { ticketId } from "../tickets/identity.js";
import type { Priority } from "../vocabulary/understanding.js";
import { orLeave } from "./ask.js";
import {
  beginForm,
  correctForm,
  emptyForm,
  fillSlot,
  isFilled,
  type Beginning,
  type Form,
  type Slot,
} from "./form.js";
import { DANGER_QUESTION, dangerIn } from "./danger-answer.js";
import { joinsAnother } from "./doubles.js";
import { fileReport, keepDraft, leavingReport, readBack, type Draft } from "./report.js";
import { sayWhoseItIs, withLandmark } from "./spot.js";
import type { Setting } from "./setting.js";
import type { Dialogue, Line, Talk } from "./talk.js";
import { longestMatch } from "./words.js";

export const ROAD_REPORT = "jalan-rusak";

/** What the report goes on with after every answer. */
interface Start {
  ticket: string;
  form: Form;
  /** The place is as exact as it will get, and doubles have been looked for. */
  isPlaced?: true;
  /** The last answer said more than was asked. */
  isNoted?: true;
}

export const roadStart = (from: Beginning, setting: Setting): Start => ({
  ticket: ticketId(from.eventId),
  form: beginForm(from, slotsOf(setting), setting),
});

/** The dialogue in this turn's setting. */
export function roadReport(setting: Setting): Dialogue {
  const slots = slotsOf(setting);
  return {
    intent: ROAD_REPORT,
    version: "1",
    // Only this file writes what is kept under its name.
    run: (talk, start) => goOn(talk, setting, slots, start as Start),
  };
}

async function goOn(talk: Talk, setting: Setting, slots: Slot[], start: Start): Promise<void> {
  const draft = (): Draft => draftOf(start, setting);
  const again = (): never => talk.startAgain({ ticket: start.ticket, form: emptyForm("") } satisfies Start);
  await orLeave(talk, setting, leavingReport(talk, setting, draft, again), async () => {
    const { form } = start;
    if (form.values.bahaya === "korban" || form.values.bahaya === "putus") {
      leaveAtOnce(talk, setting, draft());
      return;
    }
    const asking = askingOf(talk, setting, draft(), start);
    const open = slots.find((slot) => !isFilled(slot, form));
    if (form.place !== undefined && start.isPlaced === undefined && open?.name !== "bahaya") {
      const place = await withLandmark(talk, setting, form.place, asking);
      const placed: Start = { ...start, form: { ...form, place }, isPlaced: true, isNoted: undefined };
      if (await joinsAnother(talk, setting, draftOf(placed, setting))) return;
      sayWhoseItIs(talk, setting, place);
      talk.startAgain(placed);
    }
    if (open !== undefined) {
      const filled = await fillSlot(talk, setting, { slot: open, slots, form }, asking);
      const isNoted = isFilled(open, filled) ? undefined : true;
      talk.startAgain({ ...start, form: filled, isNoted } satisfies Start);
    }
    const wrong = await readBack(talk, setting, {
      lines: linesOf(form, setting),
      fix: fixable(setting),
      correct: (heard) => correctForm(form, heard, slots, setting),
      asking,
    });
    if (wrong !== undefined)
      talk.startAgain("form" in wrong ? corrected(start, wrong.form) : without(start, wrong.ask));
    fileReport(talk, setting, draft());
  });
}

function askingOf(talk: Talk, setting: Setting, draft: Draft, { isNoted }: Start) {
  const { report } = setting.records;
  const noted: Line = { key: "tercatat", wordings: report.tercatat };
  return {
    before: isNoted ? noted : undefined,
    onSilence: () => {
      keepDraft(talk, setting, draft);
      talk.say({ key: "pengingat", wordings: report.pengingat });
    },
  };
}

/** Victims or a closed road: no form. Staff are alarmed with all that is known. */
function leaveAtOnce(talk: Talk, setting: Setting, draft: Draft): void {
  const isVictim = draft.form.values.bahaya === "korban";
  keepDraft(talk, setting, { ...draft, priority: isVictim ? "P0" : "P1" });
  const { ada_korban, jalan_putus } = setting.records.report.baris;
  talk.act({
    kind: "urgent",
    priority: isVictim ? "P0" : "P1",
    summary: `${draft.summary}: ${isVictim ? ada_korban : jalan_putus}. ${draft.form.words}`,
  });
}

function slotsOf({ records }: Setting): Slot[] {
  const { jalan, tempat, foto } = records.report;
  const { words } = records;
  const titles = (choices: Readonly<Record<string, unknown>>) =>
    Object.keys(choices).map((title) => ({ title, value: title }));
  const { korban, putus, tidak } = jalan.tombol_bahaya;
  return [
    {
      name: DANGER_QUESTION,
      kind: "value",
      wordings: jalan.bahaya,
      choices: [
        { title: korban, value: "korban" },
        { title: putus, value: "putus" },
        { title: tidak, value: "tidak" },
      ],
      read: (heard, isAsked) => dangerIn(heard, isAsked, records),
    },
    { name: "tempat", kind: "place", wordings: tempat },
    { name: "foto", kind: "pictures", wordings: foto, maySkip: true },
    {
      name: "ukuran",
      kind: "value",
      wordings: jalan.ukuran,
      choices: titles(jalan.pilihan_ukuran),
      maySkip: true,
      read: (heard) => longestMatch(heard.text, jalan.pilihan_ukuran, words),
    },
    {
      name: "sejak",
      kind: "value",
      wordings: jalan.sejak,
      choices: titles(jalan.pilihan_sejak),
      maySkip: true,
      read: (heard) => longestMatch(heard.text, jalan.pilihan_sejak, words),
    },
  ];
}

function draftOf({ ticket, form }: Start, setting: Setting): Draft {
  const { records } = setting;
  const { jalan, baris } = records.report;
  const kind = longestMatch(form.words, jalan.jenis, records.words) ?? Object.keys(jalan.jenis)[0] ?? "";
  const values: Record<string, string> = {
    jenis: kind,
    ukuran: form.values.ukuran?.toLowerCase() ?? "",
    sejak: form.values.sejak?.toLowerCase() ?? "",
    tempat: form.place?.words ?? baris.belum_disebut,
  };
  const details = [
    { label: baris.jenis, value: kind },
    { label: baris.ukuran, value: form.values.ukuran ?? "" },
    { label: baris.sejak, value: form.values.sejak ?? "" },
    { label: baris.bahaya, value: dangerInWords(form, records) },
  ];
  return {
    ticket,
    kind: ROAD_REPORT,
    agency: setting.agencyOf(ROAD_REPORT),
    priority: priorityOf(form),
    prefix: jalan.awalan,
    workingDays: Number.parseInt(jalan.dikabari, 10),
    summary: jalan.ringkas.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
    details: details.filter(({ value }) => value !== ""),
    form,
  };
}

const priorityOf = (form: Form): Priority => (form.values.bahaya === "pernah" ? "P1" : "P2");

function dangerInWords(form: Form, records: Setting["records"]): string {
  const { baris } = records.report;
  switch (form.values.bahaya) {
    case "pernah":
      return baris.pernah_jatuh;
    case "korban":
      return baris.ada_korban;
    case "putus":
      return baris.jalan_putus;
    default:
      return "";
  }
}

/** What is read back: five lines at most. */
function linesOf(form: Form, { records }: Setting): string[] {
  const { baris } = records.report;
  const size = form.values.ukuran?.toLowerCase();
  const since = form.values.sejak?.toLowerCase();
  const danger = dangerInWords(form, records);
  return [
    `${baris.tempat}: ${form.place?.words ?? ""}`,
    ...(size === undefined ? [] : [`${baris.ukuran}: ${size}`]),
    ...(since === undefined ? [] : [`${baris.sejak}: ${since}`]),
    ...(danger === "" ? [] : [`${baris.bahaya}: ${danger}`]),
    ...(form.pictures.length === 0 ? [] : [`${baris.foto}: ${form.pictures.length}`]),
  ];
}

function fixable({ records }: Setting) {
  const { baris } = records.report;
  return [
    { name: "ukuran", label: baris.ukuran },
    { name: "sejak", label: baris.sejak },
    { name: "foto", label: baris.foto },
    { name: "tempat", label: baris.tempat },
  ];
}

/** The same report as it was put right; another place is looked up anew. */
const corrected = (start: Start, form: Form): Start => ({
  ...start,
  form,
  isPlaced: form.place?.words === start.form.place?.words ? start.isPlaced : undefined,
});

/** The same report with one answer taken out, to be asked anew. */
function without(start: Start, name: string): Start {
  const values = Object.fromEntries(Object.entries(start.form.values).filter(([key]) => key !== name));
  const skipped = start.form.skipped.filter((each) => each !== name);
  const form: Form = { ...start.form, values, skipped };
  if (name === "foto") return { ...start, form: { ...form, pictures: [] } };
  if (name === "tempat") return { ticket: start.ticket, form: { ...form, place: undefined } };
  return { ...start, form };
}
