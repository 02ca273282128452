/** Responds to what a citizen wrote: understood, unclear, not understood, noise or danger. */
import { beginsHow } from "../dialogues/registry.js";
import type { Intent } from "../intents/library.js";
import { gazetteerOf } from "../tickets/gazetteer.js";
import { readPlace } from "../tickets/read-place.js";
import { maskPersonal } from "../triage/mask.js";
import { LIMITS, payloadOfIntent, type Choice } from "../vocabulary/reply.js";
import type { FoldReason } from "../vocabulary/staff-act.js";
import type { Why } from "../vocabulary/turn.js";
import type { Noise, Understanding } from "../vocabulary/understanding.js";
import { answerIntent } from "./answer-intent.js";
import { noteReaction } from "./reaction.js";
import { THANKS_INTENT, withoutCourtesy } from "./courtesy.js";
import type { Draft } from "./draft.js";
import { introduce } from "./introduce.js";
import { raiseAlarm } from "./raise-alarm.js";
import { withOtherTopics, wordsOfEach } from "./several-topics.js";

/** Payload of the button below "which of these do you mean?" that says: none. */
export const NONE_OF_THESE = "none-of-these";

/** Words kept with a turn. */
const MOST_WORDS = 12;
/** A candidate below this says nothing about the agency either. */
const AGENCY_CONFIDENCE = 0.3;

/** What a text means, with what others wrote lately. */
export const understand = (draft: Draft, text: string): Understanding =>
  draft.situation.understand(text, { recent: draft.situation.recent, topic: topicOf(draft) });

/** "And what does it cost?" reaches back this far. */
const FOLLOW_UP_MS = 30 * 60 * 1000;

/** What this conversation was about last. */
function topicOf({ citizen, situation }: Draft): string | undefined {
  const last = citizen.lastAnswer;
  return last !== undefined && situation.now - last.at <= FOLLOW_UP_MS ? last.intent : undefined;
}

/** Reads the text and says what is to be said. */
export async function respond(draft: Draft, text: string): Promise<Understanding> {
  const understood = withOtherTopics(text, understand(draft, text), draft.situation.understand);
  draft.why = whyOf(understood);
  await carryOut(draft, text, understood);
  return understood;
}

/** What is kept of an understanding, so that staff can see why the bot said what it said. */
export function whyOf(understood: Understanding): Why {
  const { outcome, intent, confidence, reasons, words, urgency } = understood;
  const runnerUp = understood.candidates.find((each) => each.intent !== intent);
  return {
    outcome,
    intent,
    confidence,
    reasons,
    words: (urgency?.words ?? words ?? []).slice(0, MOST_WORDS),
    ...(runnerUp === undefined ? {} : { runnerUp }),
  };
}

const FOLDED: Record<Noise["kind"], FoldReason> = { copies: "copies", spam: "spam", insult: "insult" };

/** Acts on an understanding that is already there. */
export async function carryOut(draft: Draft, text: string, understood: Understanding): Promise<void> {
  const { noise } = understood;
  const isFolded = understood.outcome === "fold" && noise !== undefined;
  if (isFolded) draft.changeDesk({ folded: { reason: FOLDED[noise.kind], details: noise.reasons } });
  else if (draft.citizen.desk?.folded !== undefined) draft.changeDesk({ folded: undefined });
  const { intents } = draft.situation.library;
  const intent = understood.intent === undefined ? undefined : intents.get(understood.intent);
  switch (understood.outcome) {
    case "urgent":
      if (understood.urgency !== undefined) raiseAlarm(draft, understood.urgency, intent, text);
      return;
    case "answer":
      if (intent === undefined) return;
      // English is answered in English or by a person.
      if (understood.language === "en" && intent.english === undefined)
        handOverHonestly(draft, text, undefined);
      else await answerAll(draft, intent, text, understood);
      return;
    case "clarify":
      askWhich(draft, text, understood);
      return;
    case "fold": {
      // An insult gets one calm line a day; copies and advertising get none.
      const insult = intents.get("hinaan");
      if (understood.noise?.kind === "insult" && insult !== undefined)
        await answerIntent(draft, insult, text, "aside");
      return;
    }
    case "escalate":
      handOverHonestly(draft, text, understood);
  }
}

/** One topic, or several one after the other: then it is said how many there are. A report waits until the rest is answered. */
async function answerAll(
  draft: Draft,
  understoodFirst: Intent,
  text: string,
  understood: Understanding,
): Promise<void> {
  const { intents, records } = draft.situation.library;
  const { more = [], slots, language } = understood;
  const found = [understoodFirst, ...more.flatMap((id) => intents.get(id) ?? [])];
  const [intent = understoodFirst, ...others] = withoutCourtesy(found).slice(0, MOST_TOPICS);
  if (found.some(({ id }) => id === THANKS_INTENT)) noteReaction(draft, "thanks");
  draft.why.intent = intent.id;
  if (others.length === 0) {
    await answerIntent(draft, intent, text, undefined, { agency: slots?.agency, language });
    return;
  }
  const all = [intent, ...others].sort((a, b) => Number(isDialogue(a)) - Number(isDialogue(b)));
  const words = wordsOfEach(
    text,
    all.map(({ id }) => id),
    {
      understand: draft.situation.understand,
      namesPlace: (part) =>
        readPlace(part, undefined, gazetteerOf(records.places), false).place !== undefined,
    },
  );
  const before = draft.replies.length;
  draft.sayOneOf("beberapa_hal", records.dialogue.beberapa_hal, {
    jumlah: records.dialogue.bilangan[all.length - 1] ?? String(all.length),
    daftar: all.map(({ title }) => title).join(", "),
  });
  const bubbles = draft.replies.splice(before).map((reply) => reply.text);
  introduce(draft, bubbles, [], text);
  draft.say(bubbles);
  let wording: number | undefined;
  for (const [index, each] of all.entries()) {
    if (draft.citizen.dialogue !== undefined || draft.citizen.quiet !== undefined) {
      const later = { intent: each.id, words: maskPersonal(words.get(each.id) ?? text) };
      draft.citizen.later = [...(draft.citizen.later ?? []), later];
      continue;
    }
    if (index > 0) draft.sayOneOf("hal_berikutnya", records.dialogue.hal_berikutnya, { judul: each.title });
    draft.why.wording = undefined;
    await answerIntent(draft, each, undefined, undefined, { words: words.get(each.id) });
    if (each === intent) wording = draft.why.wording;
  }
  // Staff see the topic that was asked first, not the one that happened to be answered last.
  draft.why.intent = intent.id;
  draft.why.wording = wording;
}

const MOST_TOPICS = 3;

const isDialogue = (intent: Intent): boolean => {
  const begins = beginsHow(intent);
  return begins === "at-once" || begins === "instead";
};

/** "Which of these do you mean?", with a button for each and one for none of them. */
function askWhich(draft: Draft, text: string, understood: Understanding): void {
  const { library } = draft.situation;
  const intents = understood.candidates.flatMap(({ intent }) => library.intents.get(intent) ?? []);
  const choices: Choice[] = intents.map((intent) => ({
    title: shortTitle(intent.title),
    payload: payloadOfIntent(intent.id),
  }));
  choices.push({ title: library.records.common.tidak_satu_pun, payload: NONE_OF_THESE });
  draft.citizen.unclear = maskPersonal(text);
  const before = draft.replies.length;
  if (!draft.sayCommon("maksudnya_yang_mana", choices)) {
    handOverHonestly(draft, text, understood);
    return;
  }
  const bubbles: string[] = [];
  const replies = draft.replies.splice(before);
  introduce(draft, bubbles, [], text);
  draft.replies.push(...replies);
}

/** A title that fits a button, cut between words. */
function shortTitle(title: string): string {
  if (title.length <= LIMITS.title) return title;
  const cut = title.slice(0, LIMITS.title - 1);
  const space = cut.lastIndexOf(" ");
  return `${space > 8 ? cut.slice(0, space) : cut}…`;
}

/** Not understood: says so, says what happens next and when, and lets a person read it. */
export function handOverHonestly(draft: Draft, text: string, understood: Understanding | undefined): void {
  const best = understood?.candidates[0];
  const likely =
    best !== undefined && best.confidence >= AGENCY_CONFIDENCE
      ? draft.situation.library.intents.get(best.intent)
      : undefined;
  const times = draft.citizen.notUnderstood ?? 0;
  draft.citizen.notUnderstood = times + 1;
  draft.escalate({
    reason: "not-understood",
    priority: "P2",
    agency: likely?.agency,
    intent: likely?.id,
    summary: text,
  });
  const bubbles: string[] = [];
  introduce(draft, bubbles, [], text);
  draft.sayCommon("tidak_paham", [personChoice(draft)], likely?.agency);
}

/** The button that asks for a person. */
export function personChoice(draft: Draft): Choice {
  return {
    title: draft.situation.library.records.common.tombol_petugas,
    payload: payloadOfIntent("bicara-petugas"),
  };
}
