/** Answers with one intent: in the wording that is due, with its buttons, and with what follows from it. */
import { countOneMore, timesToday } from "../answers/counting.js";
import { beginsHow, type Begins } from "../dialogues/registry.js";
import type { Intent } from "../intents/library.js";
import type { Place } from "../vocabulary/ticket.js";
import { keepsReport } from "./call-off.js";
import { choicesOf, linksOf, withButtons } from "./buttons.js";
import { startDialogue } from "./dialogue-turn.js";
import { introduce } from "./introduce.js";
import type { Draft } from "./draft.js";
import { raiseAlarm } from "./raise-alarm.js";
import { THANKS_INTENT } from "./courtesy.js";
import { noteReaction } from "./reaction.js";

/** "Say it more simply" reaches back this far. */
const REMEMBER_ANSWER_MS = 24 * 60 * 60 * 1000;

/** What is known beside the topic. */
export interface Named {
  /** An agency's id, named in the message. */
  agency?: string;
  language?: "en";
  /** What was written about this topic, where it is not what is answered now. */
  words?: string;
  /** Where the report made just before happened. */
  earlier?: Place;
}

/**
 * Says what the intent says next to this citizen today, and begins its dialogue if it has one. `asked` is what the citizen
 * wrote, if they wrote. `aside`: in the middle of another dialogue, which goes on.
 */
export async function answerIntent(
  draft: Draft,
  intent: Intent,
  asked: string | undefined,
  how?: "aside",
  named: Named = {},
): Promise<void> {
  draft.why.intent = intent.id;
  if (intent.id === THANKS_INTENT) noteReaction(draft, "thanks");
  else if (intent.id === draft.citizen.lastAnswer?.intent) noteReaction(draft, "repeat");
  switch (intent.afterwards) {
    case "silence":
      return;
    case "urgent":
      raiseAlarm(draft, { priority: "P0", class: intent.id, words: [] }, intent, asked);
      return;
    case "simpler": {
      const last = lastAnswer(draft);
      if (last !== undefined) {
        noteReaction(draft, "unclear");
        await answerIntent(draft, last, asked, how);
        return;
      }
      break;
    }
    case "cancel":
      draft.citizen.lastAnswer = undefined;
      if (await keepsReport(draft)) return;
      break;
    case "nothing":
    case "person":
    case "handover":
    case "once":
      break;
  }
  const begins = how === "aside" ? "never" : beginsHow(intent);
  if (begins === "instead") introduce(draft, [], [], asked);
  else speak(draft, intent, asked, { begins, named });
  if (begins === "at-once" || begins === "instead") {
    draft.citizen.lastAnswer = { intent: intent.id, wording: 1, at: draft.situation.now };
    draft.citizen.notUnderstood = undefined;
    await startDialogue(draft, intent, asked ?? named.words, named.earlier);
  }
}

/** The intent answered last, if that was not too long ago. */
function lastAnswer(draft: Draft): Intent | undefined {
  const last = draft.citizen.lastAnswer;
  if (last === undefined || draft.situation.now - last.at > REMEMBER_ANSWER_MS) return undefined;
  const intent = draft.situation.library.intents.get(last.intent);
  return intent?.afterwards === "simpler" ? undefined : intent;
}

function speak(
  draft: Draft,
  intent: Intent,
  asked: string | undefined,
  { begins, named }: { begins: Begins; named: Named },
): void {
  const { citizen, day } = draft;
  const times = timesToday(citizen.asked, day, intent.id);
  citizen.asked = countOneMore(citizen.asked, day, intent.id);
  if (intent.afterwards === "once" && times > 0) return;
  // A report may be made many times a day; only its questions get simpler.
  const turn = begins === "at-once" ? times % intent.wordings.length : times;
  const wording = intent.wordings[turn] === undefined ? undefined : wordingFor(intent, turn, named);
  if (wording === undefined) {
    handOverPatiently(draft, intent, asked ?? named.words);
    return;
  }
  draft.why.wording = times + 1;
  const filled = wording.bubbles.map((bubble) => draft.fillWithFacts(bubble, wording.agency, asked));
  const bubbles = filled.map((bubble) => bubble.text);
  // Where somebody may be in danger the number comes before everything else, the notice at first contact included.
  const isNumberFirst = begins === "at-once" && intent.emergency !== undefined;
  if (!isNumberFirst) introduce(draft, bubbles, wording.bubbles, asked);
  const choices = begins === "at-once" ? [] : choicesOf(draft, intent, begins);
  draft.replies.push(...withButtons(bubbles, linksOf(draft, intent), choices));
  if (isNumberFirst) introduce(draft, [], wording.bubbles, undefined);
  if (filled.some((bubble) => bubble.staleFacts.length > 0)) {
    // An old fact is said, but never as if it were certain.
    draft.sayCommon("fakta_lama", [], intent.agency);
    draft.why.reasons.push("fakta dalam jawaban perlu ditinjau lagi");
  }
  citizen.lastAnswer = { intent: intent.id, wording: times + 1, at: draft.situation.now };
  citizen.notUnderstood = undefined;
  passOn(draft, intent, asked ?? named.words);
}

/** The English wording for English; the one about the named agency where there is one; else the one that is due. */
function wordingFor(
  intent: Intent,
  times: number,
  { agency, language }: Named,
): { bubbles: string[]; agency: string } {
  if (language === "en" && intent.english !== undefined) return { ...intent.english, agency: intent.agency };
  if (agency !== undefined && intent.agencyWording !== undefined) return { ...intent.agencyWording, agency };
  return { bubbles: intent.wordings[times]?.bubbles ?? [], agency: intent.agency };
}

/** What has to happen beside the words. */
function passOn(draft: Draft, intent: Intent, asked: string | undefined): void {
  if (intent.afterwards !== "person" && intent.afterwards !== "handover") return;
  const isHandover = intent.afterwards === "handover";
  draft.escalate({
    reason: isHandover ? "asked" : "report",
    priority: intent.priority,
    agency: intent.agency,
    intent: intent.id,
    summary: asked ?? intent.title,
  });
  if (isHandover) draft.fallSilent("asked", draft.situation.botReturnsMs);
}

/** The fourth time the words have not helped: a person is asked, once. */
function handOverPatiently(draft: Draft, intent: Intent, asked: string | undefined): void {
  draft.why.reasons.push("sudah dijawab tiga kali hari ini");
  draft.escalate({
    reason: "patience",
    priority: intent.priority < "P2" ? intent.priority : "P2",
    agency: intent.agency,
    intent: intent.id,
    summary: asked ?? intent.title,
  });
  draft.sayCommon("ke_petugas_kesabaran", [], intent.agency);
}
