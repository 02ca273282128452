/** Short questions that lean on the topic of the conversation: "bayar ga?", "dimana?", "bisa diwakilkan?" */
import { plain } from "../dialogues/words.js";
import { PARTS, type Part } from "../intents/format-steps.js";
import { bubblesOf } from "../intents/bubbles.js";
import type { Intent, Records } from "../intents/library.js";
import type { Draft } from "./draft.js";

/** A topic is leant on for so long. */
const TOPIC_LASTS_MS = 24 * 60 * 60 * 1000;
const MOST_WORDS = 8;

/** The part of an answer that a text asks for, if it asks for nothing else. */
export function partAsked(text: string, { dialogue }: Records): Part | undefined {
  const words = plain(text)
    .split(" ")
    .filter((word) => word !== "");
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const { filler, phrases } = questionsOf(dialogue);
  const whole = ` ${words.join(" ")} `;
  const found = phrases.find(({ spaced }) => whole.includes(spaced));
  if (found === undefined) return undefined;
  const rest = whole.replace(found.spaced, " ").trim().split(" ");
  return rest.every((word) => word === "" || filler.has(word)) ? found.part : undefined;
}

interface Questions {
  /** Longest first, with a space on both sides. */
  phrases: { part: Part; spaced: string }[];
  filler: ReadonlySet<string>;
}

const questions = new WeakMap<Records["dialogue"], Questions>();

/** The short questions of a record, read once. */
function questionsOf(dialogue: Records["dialogue"]): Questions {
  const known = questions.get(dialogue);
  if (known !== undefined) return known;
  const made = {
    phrases: PARTS.flatMap((part) =>
      dialogue.susulan[part].map((phrase) => ({ part, spaced: ` ${plain(phrase)} ` })),
    ).sort((a, b) => b.spaced.length - a.spaced.length),
    filler: new Set(dialogue.kata_tambahan.map(plain)),
  };
  questions.set(dialogue, made);
  return made;
}

/** The topic that is leant on: that of the dialogue, else that of the last answer. */
export function topicOf(draft: Draft): Intent | undefined {
  const { citizen, situation } = draft;
  const last = citizen.lastAnswer;
  const isFresh = last !== undefined && situation.now - last.at <= TOPIC_LASTS_MS;
  const id = citizen.dialogue?.intent ?? (isFresh ? last.intent : undefined);
  return id === undefined ? undefined : situation.library.intents.get(id);
}

/** The part that is asked for, if the topic has an answer to it. */
export function followUpOf(draft: Draft, text: string): { intent: Intent; part: Part } | undefined {
  const part = partAsked(text, draft.situation.library.records);
  const intent = topicOf(draft);
  if (part === undefined || intent === undefined) return undefined;
  const hasPart = intent.parts[part] !== undefined || (part === "tempat" && intent.priority === "P3");
  return hasPart ? { intent, part } : undefined;
}

/** Says one part of a topic's answer. */
export function sayPart(draft: Draft, intent: Intent, part: string): void {
  const { dialogue } = draft.situation.library.records;
  const known = PARTS.find((each) => each === part);
  const text = known === undefined ? undefined : intent.parts[known];
  if (text !== undefined) draft.say(bubblesOf(draft.fill(text, intent.agency)));
  else draft.sayOneOf("tempat_dinas", dialogue.tempat_dinas, {}, intent.agency);
}
