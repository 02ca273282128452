/** A tapped button: of a dialogue, of an intent, of the menu, or of a message that is long gone. */
import { COMMANDS } from "../dialogues/words.js";
import type { Heard } from "../dialogues/talk.js";
import type { Intent } from "../intents/library.js";
import { intentOfPayload, payloadOfIntent, stepOfPayload, walkOfPayload } from "../vocabulary/reply.js";
import { answerIntent } from "./answer-intent.js";
import { continueDialogue, startDialogue } from "./dialogue-turn.js";
import type { Draft } from "./draft.js";
import { hear } from "./hear.js";
import { handOverHonestly, NONE_OF_THESE } from "./respond.js";
import { tellNews } from "./tell-news.js";

/** Meta's Get Started button and what the profile script sets it to. */
const GET_STARTED = "GET_STARTED";

/** Opens what a payload stands for; one that nothing knows any more is read by its writing. */
export async function tap(draft: Draft, payload: string, title: string): Promise<void> {
  const { library } = draft.situation;
  const step = stepOfPayload(payload);
  if (step !== undefined) {
    await tapStep(draft, step, title);
    return;
  }
  const walk = walkOfPayload(payload);
  const id = payload === GET_STARTED ? library.records.profile.mulai : (intentOfPayload(payload) ?? walk);
  const intent = id === undefined ? undefined : library.intents.get(id);
  if (intent !== undefined) {
    tellNews(draft);
    await tapIntent(draft, intent, { title, isWalk: walk !== undefined });
  } else if (payload === NONE_OF_THESE) {
    draft.why = { outcome: "escalate", reasons: ["bukan satu pun dari pilihan yang ditawarkan"] };
    handOverHonestly(draft, draft.citizen.unclear ?? title, undefined);
    draft.citizen.unclear = undefined;
  } else if (title !== "") {
    await hear(draft, { text: title, attachments: [], mid: draft.event.id });
  } else {
    draft.why = { outcome: "escalate", reasons: ["tombol yang tidak dikenal lagi"] };
    handOverHonestly(draft, title, undefined);
  }
}

/** The payload carries intent, question and value: only a tap for the question that waits is its answer. */
async function tapStep(
  draft: Draft,
  { intent, question, value }: { intent: string; question: string; value: string },
  title: string,
): Promise<void> {
  tellNews(draft);
  const waiting = draft.citizen.dialogue;
  if (waiting !== undefined) {
    const isItsAnswer = waiting.intent === intent && waiting.question === question;
    const isCommand = value === COMMANDS.person || value === COMMANDS.cancel;
    const heard: Heard =
      isItsAnswer || isCommand
        ? { kind: "tap", text: title, choice: value, pictures: [] }
        : { kind: "old-tap", text: title, pictures: [] };
    if ((await continueDialogue(draft, heard)) === "handled") return;
  }
  const { intents, records } = draft.situation.library;
  const person = intents.get("bicara-petugas");
  draft.why = { outcome: "command", intent, reasons: [`menekan tombol lama "${title}"`] };
  if (value === COMMANDS.person && person !== undefined) {
    await answerIntent(draft, person, undefined);
    return;
  }
  draft.sayOneOf("tombol_lama", records.dialogue.tombol_lama);
  const topic = intents.get(intent);
  if (topic !== undefined) offer(draft, topic);
}

/** Hangs the way back to a topic on what was said last. */
function offer(draft: Draft, topic: Intent): void {
  const last = draft.replies.pop();
  if (last === undefined) return;
  draft.replies.push({
    ...last,
    choices: [{ title: topic.title.slice(0, 20), payload: payloadOfIntent(topic.id) }],
  });
}

async function tapIntent(
  draft: Draft,
  intent: Intent,
  { title, isWalk }: { title: string; isWalk: boolean },
): Promise<void> {
  draft.why = { outcome: "command", intent: intent.id, reasons: [`menekan tombol "${title}"`] };
  if (isWalk) {
    await startDialogue(draft, intent, undefined);
    return;
  }
  if (draft.citizen.dialogue !== undefined) {
    const command = { cancel: COMMANDS.cancel, handover: COMMANDS.person, simpler: undefined }[
      intent.afterwards as string
    ];
    const isOwn = intent.id === draft.citizen.dialogue.intent;
    const heard: Heard = isOwn
      ? { kind: "old-tap", text: title, pictures: [] }
      : { kind: "words", text: "", pictures: [], topic: intent.id, choice: command };
    if ((await continueDialogue(draft, heard)) === "handled") return;
  }
  await answerIntent(draft, intent, undefined);
}
