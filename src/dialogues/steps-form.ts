/** The questions of a script as slots of a form, and what its answers amount to. */
import type { Script, ScriptChoice, ScriptStep } from "../intents/script.js";
import { dangersOf, withoutDenials } from "./danger-answer.js";
import type { Form, Slot } from "./form.js";
import type { Setting } from "./setting.js";
import type { Heard } from "./talk.js";
import { termLine } from "./terms.js";
import { holds, plain, plainPhrases, plainWords } from "./words.js";

/** What it goes on with after every step. */
export interface Start {
  ticket: string;
  form: Form;
  /** Steps that were explained. */
  done: string[];
  /** A choice led to this step or ending; what lies between is left out. */
  to?: string;
  isPlaced?: true;
  isNoted?: true;
  /** The list was sent so often after the end. */
  lists?: number;
}

/** True when the step is for what was answered before. */
export const applies = (step: ScriptStep, form: Form): boolean =>
  Object.entries(step.onlyIf).every(([name, titles]) => titles.includes(form.values[name] ?? ""));

/** What stands for {name} in the sentences of a script. */
export const wordsOf = ({ form }: Start): Record<string, string> => ({
  ...form.values,
  ...(form.place === undefined ? {} : { tempat: form.place.words }),
});

/** What to bring, for the answers that were given. */
export function listOf(script: Script, { form }: Start): string[] {
  const items = script.steps
    .filter((step) => applies(step, form))
    .flatMap((step) => {
      if (step.kind === "explain") return step.bring;
      if (step.kind === "open") return [];
      return step.choices.find(({ title }) => title === form.values[step.name])?.bring ?? [];
    });
  return [...new Set(items)];
}

/** The same dialogue as its form was put right; another place is looked up anew. */
export const corrected = (start: Start, form: Form): Start => ({
  ...start,
  form,
  isPlaced: form.place?.words === start.form.place?.words ? start.isPlaced : undefined,
});

/** The same dialogue with one answer taken out, to be asked anew. */
export function without(script: Script, start: Start, name: string): Start {
  const values = Object.fromEntries(Object.entries(start.form.values).filter(([key]) => key !== name));
  const step = script.steps.find((each) => each.name === name);
  const done = start.done.filter((each) => each !== name);
  const skipped = start.form.skipped.filter((each) => each !== name);
  const form: Form = { ...start.form, values, skipped };
  const isPlace = name === "tempat" || (step?.kind === "open" && step.reads === "place");
  if (isPlace) {
    const placeStep = script.steps.find((each) => each.kind === "open" && each.reads === "place")?.name;
    return {
      ...start,
      done: done.filter((each) => each !== placeStep),
      isPlaced: undefined,
      form: { ...form, place: undefined },
    };
  }
  if (step?.kind === "open" && step.reads === "pictures")
    return { ...start, done, form: { ...form, pictures: [] } };
  return { ...start, done, form };
}

/** The questions of a script. */
export function slotsOf(script: Script, setting: Setting): Slot[] {
  const { records } = setting;
  return script.steps.flatMap((step): Slot[] => {
    if (step.kind === "explain") return [];
    const { name, wordings } = step;
    if (step.kind === "choose")
      return [
        {
          name,
          kind: "value",
          wordings,
          choices: step.choices.map(({ title }) => ({ title, value: title })),
          opensTopics: step.choices.some(({ leadsTo }) => setting.titleOf(leadsTo) !== ""),
          before: () => termLine(step.terms[0], records),
          read: (heard, isAsked) => choiceIn(heard, step.choices, isAsked, records),
        },
      ];
    const kind = step.reads === "words" ? "value" : step.reads;
    return [
      {
        name,
        kind,
        wordings,
        maySkip: step.maySkip,
        read: (heard, isAsked) =>
          isAsked && heard.topic === undefined && heard.kind === "words"
            ? heard.text.slice(0, 200)
            : undefined,
      },
    ];
  });
}

/** The choice whose words stand in the message. The answer to the question may also be one of them in short. */
function choiceIn(
  heard: Heard,
  choices: readonly ScriptChoice[],
  isAsked: boolean,
  records: Setting["records"],
): string | undefined {
  const texts = [plain(heard.text), plainWords(heard.text, records.words)];
  const { rest } = withoutDenials(heard.text, records, dangersOf(choices));
  let best: { title: string; length: number } | undefined;
  for (const { title, words: also, leadsTo } of choices)
    for (const phrase of [plain(title), ...plainPhrases(also)])
      if (
        phrase.length > (best?.length ?? 0) &&
        // "Tidak ada yang terjebak" names a danger, and denies it.
        (leadsTo === "darurat" ? rest : texts).some(
          (text) => (isAsked || phrase.length > 3) && holds(text, phrase),
        )
      )
        best = { title, length: phrase.length };
  return best?.title;
}
