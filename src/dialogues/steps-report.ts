/** How a dialogue in steps ends with a report. */
import type { Script, ScriptEnding } from "../intents/script.js";
import { joinsAnother } from "./doubles.js";
import { correctForm } from "./form.js";
import { fileReport, keepDraft, readBack, type Draft } from "./report.js";
import type { Setting } from "./setting.js";
import { sayWhoseItIs, withLandmark } from "./spot.js";
import { corrected, slotsOf, without, wordsOf, type Start } from "./steps-form.js";
import type { Heard, Talk } from "./talk.js";

/** A dialogue under way. */
export interface Going {
  talk: Talk;
  setting: Setting;
  script: Script;
}

/** Finds doubles, reads back, and files. */
export async function finishReport(going: Going, start: Start, ending: ScriptEnding): Promise<void> {
  const { talk, setting, script } = going;
  const { form } = start;
  const asking = askingOf(going, start);
  if (form.place !== undefined && start.isPlaced === undefined) {
    const place = await withLandmark(talk, setting, form.place, asking);
    const placed: Start = { ...start, form: { ...form, place }, isPlaced: true, isNoted: undefined };
    if (await joinsAnother(talk, setting, draftOf(going, placed, ending))) return;
    sayWhoseItIs(talk, setting, place);
    talk.startAgain(placed);
  }
  const draft = draftOf(going, start, ending);
  const { baris } = setting.records.report;
  const lines = [
    script.title,
    ...draft.details.map(({ label, value }) => `${label}: ${value}`),
    ...(form.place === undefined ? [] : [`${baris.tempat}: ${form.place.words}`]),
    ...(form.pictures.length === 0 ? [] : [`${baris.foto}: ${form.pictures.length}`]),
  ];
  const fix = script.steps.flatMap((step) =>
    step.kind === "explain" || !start.done.includes(step.name)
      ? []
      : [
          {
            name: step.name,
            label: step.label ?? baris[step.kind === "open" && step.reads === "pictures" ? "foto" : "tempat"],
          },
        ],
  );
  const slots = slotsOf(script, setting);
  const correct = (heard: Heard) => correctForm(form, heard, slots, setting);
  const wrong = await readBack(talk, setting, { lines, fix, correct, asking });
  if (wrong !== undefined)
    talk.startAgain("form" in wrong ? corrected(start, wrong.form) : without(script, start, wrong.ask));
  fileReport(talk, setting, draft);
  if (ending.answer !== undefined)
    talk.say({ key: `akhir:${ending.name}`, wordings: [ending.answer], values: wordsOf(start) });
}

/** The report as far as it is known. */
export function draftOf({ setting, script }: Going, start: Start, ending: ScriptEnding | undefined): Draft {
  const { form } = start;
  const report = ending?.report ?? script.endings.find((each) => each.report !== undefined)?.report;
  const words: Record<string, string> = {
    tempat: setting.records.report.baris.belum_disebut,
    ...wordsOf(start),
  };
  return {
    ticket: start.ticket,
    kind: script.intent,
    agency: setting.agencyOf(script.intent),
    sealed: report?.sealed,
    priority: "P2",
    prefix: report?.prefix ?? "LPR",
    workingDays: report?.workingDays ?? 3,
    summary: (report?.summary ?? script.title).replace(
      /\{([\w-]+)\}/g,
      (_, name: string) => words[name] ?? "",
    ),
    details: script.steps.flatMap((step) => {
      const value = form.values[step.name];
      return step.kind === "explain" || value === undefined
        ? []
        : [{ label: step.label ?? step.name, value }];
    }),
    form,
  };
}

/** How its questions behave: silence keeps a draft. */
export function askingOf(going: Going, start: Start) {
  const { talk, setting, script } = going;
  const { report } = setting.records;
  const isReport = script.endings.some((each) => each.report !== undefined);
  return {
    before: start.isNoted ? { key: "tercatat", wordings: report.tercatat } : undefined,
    onSilence: isReport
      ? () => {
          keepDraft(talk, setting, draftOf(going, start, undefined));
          talk.say({ key: "pengingat", wordings: report.pengingat });
        }
      : undefined,
  };
}
