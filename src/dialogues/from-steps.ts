/** Turns the steps of an intent file into a dialogue: questions and explanations in their order, then an ending. */
import type { ChoiceQuestion, Explanation, Script, ScriptStep } from "../intents/script.js";
import { ticketId } from "../tickets/identity.js";
import { ask, Left, orLeave, type Leaving } from "./ask.js";
import { beginForm, emptyForm, fillSlot, isFilled, type Beginning } from "./form.js";
import { leavingReport } from "./report.js";
import type { Setting } from "./setting.js";
import { applies, listOf, slotsOf, wordsOf, type Start } from "./steps-form.js";
import { askingOf, draftOf, finishReport, type Going } from "./steps-report.js";
import type { Dialogue, Heard, Talk } from "./talk.js";
import { termLine } from "./terms.js";
import { chosen, COMMANDS, isOneOf } from "./words.js";

/** The beginning of a dialogue in steps. A report takes what it can from the first words. */
export function stepsStart(from: Beginning, script: Script, setting: Setting): Start {
  const isReport = script.endings.some(({ report }) => report !== undefined);
  return {
    ticket: ticketId(from.eventId),
    form: isReport ? beginForm(from, slotsOf(script, setting), setting) : emptyForm(from.heard.text),
    done: [],
  };
}

/** The dialogue of a script in this turn's setting. */
export function fromSteps(script: Script, setting: Setting): Dialogue {
  return {
    intent: script.intent,
    version: "1",
    // Only this file writes what is kept under its name.
    run: (talk, start) => goOn({ talk, setting, script }, start as Start),
  };
}

async function goOn(going: Going, start: Start): Promise<void> {
  const { talk, setting, script } = going;
  await orLeave(talk, setting, leavingOf(going, start), async () => {
    const step = nextStep(script, start);
    if (step === undefined) {
      await finish(going, start);
      return;
    }
    if (step.kind === "explain") {
      await explain(going, step, start);
      talk.startAgain({ ...start, done: [...start.done, step.name], isNoted: undefined } satisfies Start);
    }
    const slots = slotsOf(script, setting);
    const slot = slots.find(({ name }) => name === step.name);
    if (slot === undefined) throw new Error(`The step ${step.name} has no question.`);
    const asking = { ...askingOf(going, start), values: wordsOf(start) };
    const form = isFilled(slot, start.form)
      ? start.form
      : await fillSlot(talk, setting, { slot, slots, form: start.form }, asking);
    const isNoted = isFilled(slot, form) ? undefined : true;
    const after: Start = { ...start, form, isNoted };
    if (isNoted === undefined && step.kind === "choose") follow(going, step, after);
    if (isNoted === undefined) after.done = [...after.done, step.name];
    talk.startAgain(after);
  });
}

/** The first step that is not done yet, applies here, and is not jumped over. */
function nextStep(script: Script, { done, form, to }: Start): ScriptStep | undefined {
  if (script.endings.some(({ name }) => name === to)) return undefined;
  const from = to === undefined ? 0 : script.steps.findIndex(({ name }) => name === to);
  return script.steps.slice(from).find((step) => !done.includes(step.name) && applies(step, form));
}

/** Goes where the choice leads; nowhere in particular means on. */
function follow({ talk, setting }: Going, step: ChoiceQuestion, start: Start): void {
  const choice = step.choices.find(({ title }) => title === start.form.values[step.name]);
  if (choice === undefined || choice.leadsTo === "lanjut") return;
  if (choice.leadsTo === "petugas") throw new Left("person");
  if (choice.leadsTo === "darurat") {
    talk.act({ kind: "urgent", priority: "P1", summary: `${choice.title}. ${start.form.words}` });
    throw new Left("taken");
  }
  if (setting.titleOf(choice.leadsTo) !== "")
    throw new Left("elsewhere", { intent: choice.leadsTo, text: start.form.words });
  start.to = choice.leadsTo;
}

/** One thing explained, until it is clear. The third "belum" brings a person. */
async function explain({ talk, setting, script }: Going, step: Explanation, start: Start): Promise<void> {
  const { dialogue, words } = setting.records;
  const { jelas, belum, petugas } = dialogue.tombol;
  const choices = [
    { title: jelas, value: "jelas" },
    { title: belum, value: "belum" },
    { title: petugas, value: COMMANDS.person },
  ];
  const applying = script.steps.filter((each) => each.kind === "explain" && applies(each, start.form));
  const values = {
    ...wordsOf(start),
    nomor: String(applying.findIndex(({ name }) => name === step.name) + 1),
    jumlah: String(applying.length),
  };
  const terms = step.terms.flatMap((term) => termLine(term, setting.records) ?? []);
  const isClear = (heard: Heard): boolean =>
    chosen(heard, choices) === "jelas" || isOneOf(heard.text, dialogue.kata_jelas, words);
  for (let attempt = 0; attempt < step.wordings.length; attempt += 1) {
    // A term is explained once; the second time its words are known and did not help.
    if (attempt === 1) for (const term of terms) talk.say(term);
    talk.say({
      key: `langkah:${step.name}`,
      wordings: step.wordings,
      wording: attempt,
      before: attempt === 0 ? { key: "langkah_ke", wordings: [dialogue.langkah_ke], values } : undefined,
      values,
    });
    const answer = await ask<"jelas" | "belum">(talk, setting, {
      name: step.name,
      // What has to be simpler is the step, not this question: it only changes its words.
      wordings: turned(dialogue.sampai_sini_jelas, attempt),
      choices,
      read: (heard) => {
        if (isClear(heard)) return "jelas";
        const isUnclear =
          chosen(heard, choices) === "belum" || isOneOf(heard.text, dialogue.kata_belum, words);
        return isUnclear ? "belum" : undefined;
      },
    });
    if (answer === "jelas") return;
    talk.act({ kind: "reaction", how: "unclear", step: step.name, wording: attempt + 1 });
  }
  throw new Left("patience");
}

/** The same wordings, beginning with another one. */
const turned = (wordings: readonly string[], by: number): string[] =>
  wordings.map((_, index) => wordings[(index + by) % wordings.length] ?? "");

async function finish(going: Going, start: Start): Promise<void> {
  const { talk, setting, script } = going;
  const ending = script.endings.find(({ name }) => name === start.to) ?? script.endings[0];
  if (ending?.report !== undefined) {
    await finishReport(going, start, ending);
    return;
  }
  const list = listOf(script, start);
  if (start.lists === undefined && ending?.answer !== undefined)
    talk.say({
      key: `akhir:${ending.name}`,
      wordings: [ending.answer],
      values: wordsOf(start),
      // Without a list nothing follows: whoever needs more gets a person.
      choices:
        list.length > 0
          ? undefined
          : [{ title: setting.records.dialogue.tombol.petugas, value: COMMANDS.person }],
    });
  if (list.length > 0) await offerList(talk, setting, { list, start, title: script.title });
}

/** The list of what to bring; "Kirim daftarnya" repeats it in one message. Anything else ends the dialogue. */
async function offerList(
  talk: Talk,
  setting: Setting,
  { list, start, title }: { list: string[]; start: Start; title: string },
): Promise<void> {
  const { dialogue, words } = setting.records;
  const { daftar, selesai } = dialogue.tombol;
  const choices = [
    { title: daftar, value: "daftar" },
    { title: selesai, value: "selesai" },
  ];
  const lists = start.lists ?? 0;
  await ask<"daftar">(talk, setting, {
    name: "daftar",
    wordings:
      lists === 0
        ? dialogue.daftar.slice(0, 1)
        : dialogue.daftar_lagi.slice((lists - 1) % 2, ((lists - 1) % 2) + 1),
    values: { daftar: list.map((each) => `- ${each}`).join("\n"), judul: title },
    choices,
    mayLeave: true,
    read: (heard) =>
      chosen(heard, choices) === "daftar" || isOneOf(heard.text, dialogue.perintah.daftar, words)
        ? "daftar"
        : undefined,
  });
  talk.startAgain({ ...start, lists: lists + 1 } satisfies Start);
}

function leavingOf(going: Going, start: Start): Leaving {
  const { talk, setting, script } = going;
  const again = (): never =>
    talk.startAgain({ ticket: start.ticket, form: emptyForm(""), done: [] } satisfies Start);
  const isReport = script.endings.some(({ report }) => report !== undefined);
  if (isReport) return leavingReport(talk, setting, () => draftOf(going, start, undefined), again);
  return { summary: () => summaryOf(script, start), again };
}

const summaryOf = (script: Script, { done, form }: Start): string =>
  [script.title, ...done.map((name) => form.values[name] ?? name)].join(": ");
