/** Asks patiently: three wordings, each simpler, then a person; questions in the middle, silence and commands included. */
import type { DialogueChoice, Heard, Line, Talk } from "./talk.js";
import type { Setting } from "./setting.js";
import { termAsked, termLine } from "./terms.js";
import { isCommand, type Command } from "./words.js";

/** Ordinary replies end 24 hours after the citizen's last message; the reminder has to be earlier. */
export const REMIND_AFTER_MS = 23 * 60 * 60 * 1000;
/** Whoever is silent for so long after the reminder begins anew. */
export const FORGET_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_ASIDES = 6;

export interface Question<A> {
  name: string;
  /** First, second and third wording. */
  wordings: readonly string[];
  values?: Record<string, string>;
  choices?: DialogueChoice[];
  /** Put before the first wording, in the same bubble. */
  before?: Line;
  /** What the answer is, or undefined when it is none. `attempt` counts from 0. */
  read(heard: Heard, attempt: number): A | undefined;
  /** Said before the second wording, instead of "not understood". */
  beforeSimpler?(heard: Heard): Line | undefined;
  /** Pictures that came without words and are no answer; without it a person has to look at them. */
  onPictures?(ids: string[]): void;
  /** The answer is announced: "ada, sebentar". What to say; then the second wording is enough. */
  waits?(heard: Heard): Line | undefined;
  /** Silence, the first time. Without it the dialogue is over, quietly. */
  onSilence?(): void;
  /** Words that are no answer end the dialogue and are read as any others, instead of being asked about again. */
  mayLeave?: true;
  /** A topic of its own is what is asked for: the dialogue goes there. */
  opensTopics?: boolean;
}

/** Why a dialogue is left before its end. */
export type LeftHow = "cancel" | "again" | "person" | "patience" | "silence" | "taken" | "elsewhere";

/** Thrown by a question that will get no answer; caught at the edge of a dialogue. */
export class Left extends Error {
  override name = "Left";
  constructor(
    readonly how: LeftHow,
    /** The words are a topic of their own. */
    readonly open?: { intent: string; text: string },
  ) {
    super(`The dialogue was left: ${how}.`);
  }
}

/** What one message was to the question that waited. Kept in the log, so it holds nothing but what is needed. */
type Reading<A> =
  | { is: "answer"; answer: A }
  | { is: "command"; command: Command }
  | { is: "left" | "silence" | "old-tap" | "leave" }
  | { is: "aside" | "open"; intent: string; text: string }
  | { is: "sent"; other: NonNullable<Heard["other"]> }
  | { is: "pictures"; ids: string[] }
  | { is: "announced" | "term"; line: Line }
  | { is: "unclear"; explain?: Line };

/** Asks until there is an answer. Throws Left when there will be none. */
export async function ask<A>(talk: Talk, setting: Setting, question: Question<A>): Promise<A> {
  const { records } = setting;
  let before = question.before;
  let attempt = 0;
  let isReminded = false;
  for (let turns = 0; ; turns += 1) {
    talk.say({
      key: `tanya:${question.name}`,
      wordings: question.wordings,
      wording: attempt,
      before,
      values: question.values,
      choices: question.choices,
    });
    const patience = isReminded ? FORGET_AFTER_MS : REMIND_AFTER_MS;
    const now = attempt;
    const reading = await talk.hear(question.name, patience, (heard) =>
      read(heard, question, { attempt: now, setting, turns }),
    );
    switch (reading.is) {
      case "answer":
        return reading.answer;
      case "command":
        throw new Left(reading.command);
      case "left":
        throw new Left("taken");
      case "leave":
        throw new Left("elsewhere");
      case "silence":
        talk.act({ kind: "reaction", how: "silence", step: question.name, wording: attempt + 1 });
        if (isReminded || question.onSilence === undefined) throw new Left("silence");
        isReminded = true;
        question.onSilence();
        before = undefined;
        continue;
      case "old-tap":
        before = { key: "tombol_lama", wordings: records.dialogue.tombol_lama };
        continue;
      case "open":
        throw new Left("elsewhere", { intent: reading.intent, text: reading.text });
      case "aside":
        talk.act(
          setting.isReport(reading.intent)
            ? { kind: "later", intent: reading.intent, text: reading.text }
            : { kind: "aside", intent: reading.intent, text: reading.text },
        );
        before = { key: "kita_lanjut", wordings: records.dialogue.kita_lanjut };
        continue;
      case "sent":
        talk.act({ kind: "attachment", attachment: reading.other });
        before = { key: "kita_lanjut", wordings: records.dialogue.kita_lanjut };
        continue;
      case "pictures":
        question.onPictures?.(reading.ids);
        before = { key: "foto_diterima", wordings: records.report.foto_diterima };
        continue;
      case "term":
        talk.say(reading.line);
        before = undefined;
        continue;
      case "announced":
        before = reading.line;
        attempt = Math.max(attempt, 1);
        continue;
      case "unclear":
        talk.act({ kind: "reaction", how: "unclear", step: question.name, wording: attempt + 1 });
        attempt += 1;
        if (attempt >= question.wordings.length) throw new Left("patience");
        before = reading.explain ?? { key: "belum_terbaca", wordings: records.dialogue.belum_terbaca };
    }
  }
}

interface Where {
  attempt: number;
  setting: Setting;
  turns: number;
}

function read<A>(heard: Heard, question: Question<A>, { attempt, setting, turns }: Where): Reading<A> {
  if (heard.kind === "left") return { is: "left" };
  if (heard.kind === "silence") return { is: "silence" };
  if (heard.kind === "old-tap") return { is: "old-tap" };
  const command = isCommand(heard, setting.records);
  if (command !== undefined) return { is: "command", command };
  const answer = question.read(heard, attempt);
  if (answer !== undefined) return { is: "answer", answer };
  const term =
    turns < MOST_ASIDES ? termLine(termAsked(heard.text, setting.records), setting.records) : undefined;
  if (term !== undefined) return { is: "term", line: term };
  const line = turns < MOST_ASIDES ? question.waits?.(heard) : undefined;
  if (line !== undefined) return { is: "announced", line };
  if (heard.meant !== undefined) return { is: "command", command: heard.meant };
  if (heard.pictures.length > 0 && question.onPictures !== undefined)
    return { is: "pictures", ids: heard.pictures };
  if (heard.other !== undefined && heard.text === "" && turns < MOST_ASIDES)
    return { is: "sent", other: heard.other };
  if (question.mayLeave) return { is: "leave" };
  if (heard.topic !== undefined && turns < MOST_ASIDES)
    return {
      is: question.opensTopics ? "open" : "aside",
      intent: heard.topic,
      text: heard.text.slice(0, 200),
    };
  return { is: "unclear", explain: attempt === 0 ? question.beforeSimpler?.(heard) : undefined };
}

/** How a dialogue ends when it is left. */
export interface Leaving {
  /** What a person should know of what was said so far. */
  summary(): string;
  /** Keeps what there is, for staff: a draft. */
  keep?(): void;
  /** Takes back what was kept. */
  drop?(): void;
  /** Begins anew. */
  again(): never;
}

/** Runs a dialogue's body and ends it decently when a question gets no answer. */
export async function orLeave(
  talk: Talk,
  setting: Setting,
  leaving: Leaving,
  body: () => Promise<void>,
): Promise<void> {
  const { dialogue } = setting.records;
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    switch (error.how) {
      case "cancel":
        leaving.drop?.();
        talk.act({ kind: "forget-pictures" });
        talk.say({ key: "dibatalkan", wordings: dialogue.dibatalkan });
        return;
      case "again":
        talk.say({ key: "diulang", wordings: dialogue.diulang });
        leaving.again();
        return;
      case "person":
      case "patience":
        leaving.keep?.();
        talk.act({
          kind: "person",
          reason: error.how === "person" ? "asked" : "patience",
          priority: "P2",
          summary: leaving.summary(),
        });
        talk.say({ key: "dialog:ke_petugas", wordings: dialogue.ke_petugas });
        return;
      case "taken":
      case "silence":
        leaving.keep?.();
        return;
      case "elsewhere":
        talk.act(error.open === undefined ? { kind: "unread" } : { kind: "open", ...error.open });
    }
  }
}
