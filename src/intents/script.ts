/** The dialogue of an intent file, as the program goes through it. */
import { createHash } from "node:crypto";
import type { Ending, Step } from "./format-steps.js";
import { READERS } from "./format-steps.js";

/** Earlier step → the choices one of which must have been made there. */
export type OnlyIf = Record<string, string[]>;

interface CommonStep {
  name: string;
  /** First, second and third wording. */
  wordings: string[];
  onlyIf: OnlyIf;
}

/** One thing explained. */
export interface Explanation extends CommonStep {
  kind: "explain";
  terms: string[];
  bring: string[];
}

/** A question with buttons. */
export interface ChoiceQuestion extends CommonStep {
  kind: "choose";
  terms: string[];
  label?: string;
  choices: ScriptChoice[];
}

export interface ScriptChoice {
  title: string;
  /** `lanjut`, `petugas`, `darurat`, a step, an ending or an intent. */
  leadsTo: string;
  words: string[];
  bring: string[];
}

/** A question that is answered with a place, pictures or words. */
export interface OpenQuestion extends CommonStep {
  kind: "open";
  reads: (typeof READERS)[keyof typeof READERS];
  maySkip: boolean;
  label?: string;
}

export type ScriptStep = Explanation | ChoiceQuestion | OpenQuestion;

export interface ScriptEnding {
  name: string;
  answer?: string;
  report?: { prefix: string; workingDays: number; summary: string; sealed?: true };
}

/** Plain JSON: it is kept as it was when a citizen began, so that a change of the file disturbs nobody. */
export interface Script {
  intent: string;
  title: string;
  agency: string;
  steps: ScriptStep[];
  /** The first one is where the steps lead. */
  endings: ScriptEnding[];
}

/** A choice may lead to these besides steps, endings and intents. */
export const BUILT_IN_TARGETS = ["lanjut", "petugas", "darurat"] as const;

/** The script of an intent file. */
export function scriptFrom(
  intent: { id: string; title: string; agency: string },
  steps: readonly Step[],
  endings: Readonly<Record<string, Ending>>,
): Script {
  return {
    intent: intent.id,
    title: intent.title,
    agency: intent.agency,
    steps: steps.map(stepFrom),
    endings: Object.entries(endings).map(([name, { jawaban, laporan }]) => ({
      name,
      answer: jawaban,
      report:
        laporan === undefined
          ? undefined
          : {
              prefix: laporan.awalan,
              workingDays: Number.parseInt(laporan.dikabari, 10),
              summary: laporan.ringkas,
              ...(laporan.rahasia === undefined ? {} : { sealed: true }),
            },
    })),
  };
}

function stepFrom(step: Step): ScriptStep {
  const onlyIf = Object.fromEntries(
    Object.entries(step.bila ?? {}).map(([name, choices]) => [name, [choices].flat()]),
  );
  if ("jelaskan" in step)
    return {
      kind: "explain",
      name: step.nama,
      wordings: [step.jelaskan, ...step.lebih_mudah],
      terms: step.istilah ?? [],
      bring: step.bawa ?? [],
      onlyIf,
    };
  const wordings = [step.tanya, ...step.lebih_mudah];
  if ("pilihan" in step)
    return {
      kind: "choose",
      name: step.nama,
      wordings,
      terms: step.istilah ?? [],
      label: step.label,
      choices: Object.entries(step.pilihan).map(([title, leadsTo]) => ({
        title,
        leadsTo,
        words: step.kata?.[title] ?? [],
        bring: step.bawa?.[title] ?? [],
      })),
      onlyIf,
    };
  return {
    kind: "open",
    name: step.nama,
    wordings,
    reads: READERS[step.terima],
    maySkip: step.boleh_dilewati === "ya",
    label: step.label,
    onlyIf,
  };
}

/** True when the dialogue begins with the answer; otherwise it waits behind a button. */
export const beginsAtOnce = (script: Script): boolean =>
  script.endings.some(({ report }) => report !== undefined) ||
  script.steps.every(({ kind }) => kind !== "explain");

const written = new WeakMap<Script, { fingerprint: string; body: string }>();

/** A script as it is kept beside a dialogue, with its fingerprint: the same script, the same fingerprint. Scripts do not change, so each is written once. */
export function writeScript(script: Script): { fingerprint: string; body: string } {
  const known = written.get(script);
  if (known !== undefined) return known;
  const body = JSON.stringify(script);
  const made = { fingerprint: createHash("sha256").update(body).digest("hex").slice(0, 16), body };
  written.set(script, made);
  return made;
}
