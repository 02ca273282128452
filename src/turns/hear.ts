/** What a citizen sent, words and attachments together, reaches whoever it is for: the waiting dialogue, a topic, or a person. */
import { beginsHow } from "../dialogues/registry.js";
import type { Heard } from "../dialogues/talk.js";
import { termAsked, termLine } from "../dialogues/terms.js";
import { isOneOf } from "../dialogues/words.js";
import { pictureId } from "../tickets/identity.js";
import { pointInLink } from "../tickets/place-words.js";
import type { Attachment } from "../vocabulary/event.js";
import type { Point } from "../vocabulary/distance.js";
import type { Understanding } from "../vocabulary/understanding.js";
import { addToTicket } from "./later-pictures.js";
import { receiveAttachments } from "./attachments.js";
import { deniesDanger } from "./denial.js";
import { continueDialogue, startDialogue } from "./dialogue-turn.js";
import { GREETING_INTENT } from "./courtesy.js";
import type { Draft } from "./draft.js";
import { followUpOf, sayPart, topicOf } from "./follow-up.js";
import { keepsIdentityOut } from "./identity-pictures.js";
import { introduce } from "./introduce.js";
import { carryOut, respond, understand, whyOf } from "./respond.js";
import { tellNews } from "./tell-news.js";
import { hearAboutTicket } from "./ticket-answers.js";

/** Everything that was gathered: the words in one text, the attachments in order. */
export interface Sent {
  text: string;
  attachments: readonly Attachment[];
  /** The message it came with; names the pictures. */
  mid: string;
}

/** Pictures and places without words wait so long for the report they belong to. */
const LOOSE_MS = 60 * 60 * 1000;
const MOST_LOOSE = 10;

/** Words, attachments or both; nobody else has this conversation. */
export async function hear(draft: Draft, sent: Sent): Promise<void> {
  const about = draft.citizen.askedAbout;
  tellNews(draft);
  const text = sent.text;
  const isIdentity = keepsIdentityOut(draft, sent);
  const pictures = isIdentity ? [] : noteLoosePictures(draft, sent);
  draft.came = {
    point: pointOf(sent) ?? loosePoint(draft),
    pictures: isIdentity ? [] : loosePictures(draft),
  };
  if (draft.citizen.dialogue !== undefined) {
    if (await hearInDialogue(draft, sent, pictures)) return;
  } else if (isIdentity && !sent.attachments.some(({ kind }) => kind === "image")) return;
  const point = pointOf(sent);
  if (text === "" && point === undefined) {
    if (pictures.length > 0 && (await addToTicket(draft, pictures))) return;
    const kinds = sent.attachments.map(({ kind }) => kind);
    receiveAttachments(draft, isIdentity ? kinds.filter((kind) => kind !== "image") : kinds);
    return;
  }
  if (text === "") {
    draft.citizen.loosePoint = point === undefined ? undefined : { ...point, at: draft.situation.now };
    receiveAttachments(draft, ["location"]);
    return;
  }
  if (about?.isTold && (await hearAboutTicket(draft, about, text, understand(draft, text)))) return;
  if (await leansOnTopic(draft, text)) return;
  await respond(draft, text);
}

/** True when the waiting dialogue took it, or danger or noise did. */
async function hearInDialogue(draft: Draft, sent: Sent, pictures: string[]): Promise<boolean> {
  const understood = sent.text === "" ? undefined : understand(draft, sent.text);
  const isUrgent = understood?.outcome === "urgent" && !deniesDanger(draft, sent.text);
  if (understood !== undefined && (isUrgent || understood.outcome === "fold")) {
    draft.why = whyOf(understood);
    await carryOut(draft, sent.text, understood);
    return true;
  }
  const heard = heardOf(draft, sent, pictures, understood);
  return (await continueDialogue(draft, heard)) === "handled";
}

function heardOf(draft: Draft, sent: Sent, pictures: string[], understood: Understanding | undefined): Heard {
  const { attachments } = sent;
  const text = sent.text === "" && attachments.some(({ isThumb }) => isThumb) ? THUMB : sent.text;
  const point = pointOf(sent);
  const other = attachments.find(({ kind }) => kind !== "image" && kind !== "location")?.kind;
  return {
    kind: text !== "" || point !== undefined ? "words" : pictures.length > 0 ? "pictures" : "other",
    text,
    point,
    pictures,
    ...(text === "" && other !== undefined ? { other } : {}),
    ...meaningOf(draft, text, understood),
  };
}

/** A topic of its own, a part of the topic, or a command in other words. */
function meaningOf(
  draft: Draft,
  text: string,
  understood: Understanding | undefined,
): Pick<Heard, "topic" | "meant"> {
  const part = text === "" ? undefined : followUpOf(draft, text);
  if (part !== undefined) return { topic: `${part.intent.id}#${part.part}` };
  if (understood?.intent === undefined || !isClear(understood)) return {};
  const intent = draft.situation.library.intents.get(understood.intent);
  if (intent === undefined) return {};
  switch (intent.afterwards) {
    case "simpler":
    case "silence":
      return {};
    case "cancel":
      return isShort(text) && !isPlainNo(draft, text) ? { meant: "cancel" } : {};
    case "handover":
      return { meant: "person" };
    default:
      // "senin pagi 50 ribu" greets nobody.
      if (intent.id === GREETING_INTENT && text.split(/\s+/).length >= LONG_GREETING) return {};
      return intent.id === draft.citizen.dialogue?.intent ? {} : { topic: intent.id };
  }
}

/** Within a form a likely question is taken for one: read as an answer it would stand in the report. */
const isClear = ({ outcome, confidence }: Understanding): boolean =>
  outcome === "answer" || (outcome === "clarify" && confidence >= LIKELY);

const LIKELY = 0.8;

/** A greeting of so many words is about something. */
const LONG_GREETING = 4;

/** How records write the thumb beside the box. */
const THUMB = "👍";

/** "Tidak" answers the question; it does not end the talk. */
function isPlainNo({ situation }: Draft, text: string): boolean {
  const { report, words } = situation.library.records;
  return isOneOf(text, [...report.jalan.kata_tidak, ...report.kata_salah], words);
}

const isShort = (text: string): boolean => text.split(/\s+/).length <= 5;

/** "bayar ga?" after an answer, "pelan-pelan" below one. */
async function leansOnTopic(draft: Draft, text: string): Promise<boolean> {
  const { records } = draft.situation.library;
  const term = termLine(termAsked(text, records), records);
  if (term !== undefined) {
    draft.why = { outcome: "answer", reasons: ["bertanya arti sebuah istilah"] };
    introduce(draft, [], [], undefined);
    draft.sayOneOf(term.key, term.wordings, term.values);
    return true;
  }
  const followUp = followUpOf(draft, text);
  if (followUp !== undefined) {
    draft.why = {
      outcome: "answer",
      intent: followUp.intent.id,
      reasons: [`pertanyaan susulan: ${followUp.part}`],
    };
    sayPart(draft, followUp.intent, followUp.part);
    return true;
  }
  const topic = topicOf(draft);
  // A report that was filed must not begin anew because somebody says yes.
  if (topic === undefined || beginsHow(topic) !== "button") return false;
  if (!isOneOf(text, records.dialogue.perintah.pelan, records.words)) return false;
  draft.why = { outcome: "command", intent: topic.id, reasons: ["minta dijelaskan pelan-pelan"] };
  await startDialogue(draft, topic, undefined);
  return true;
}

/** A pin, or the point in the address of a map. */
function pointOf({ text, attachments }: Sent): Point | undefined {
  for (const { latitude, longitude } of attachments)
    if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  return pointInLink([text, ...attachments.map(({ url = "" }) => url)].join(" "));
}

/** Remembers where new pictures are, and gives back their ids. They are fetched when a report keeps them. */
function noteLoosePictures(draft: Draft, { attachments, mid }: Sent): string[] {
  const { citizen, situation } = draft;
  const fresh = attachments.flatMap(({ kind, url }, n) =>
    kind === "image" && url !== undefined ? [{ id: pictureId(mid, n), url, at: situation.now }] : [],
  );
  const isWaiting = citizen.dialogue !== undefined;
  const kept = (citizen.loosePictures ?? []).filter(({ at }) => isWaiting || situation.now - at <= LOOSE_MS);
  const all = [...kept, ...fresh].slice(-MOST_LOOSE);
  citizen.loosePictures = all.length > 0 ? all : undefined;
  return fresh.map(({ id }) => id);
}

/** A place that was sent before anything was said about it. */
function loosePoint({ citizen, situation }: Draft): Point | undefined {
  const { loosePoint: loose } = citizen;
  if (loose === undefined || situation.now - loose.at > LOOSE_MS) return undefined;
  return { latitude: loose.latitude, longitude: loose.longitude };
}

const loosePictures = ({ citizen }: Draft): string[] =>
  (citizen.loosePictures ?? []).flatMap(({ id, isIdentity }) => (isIdentity === true ? [] : [id]));
