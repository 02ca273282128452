/** Carries out what a dialogue decided, in its order: words, tickets, questions in the middle, people. */
import type { DialogueTurn } from "../dialogues/engine.js";
import type { Act } from "../dialogues/talk.js";
import type { Intent } from "../intents/library.js";
import type { TicketPhoto } from "../vocabulary/ticket.js";
import { ticketOf, type TicketChange } from "../vocabulary/ticket-change.js";
import { answerIntent } from "./answer-intent.js";
import { receiveAttachments } from "./attachments.js";
import type { Draft } from "./draft.js";
import { sayPart } from "./follow-up.js";
import { raiseAlarm } from "./raise-alarm.js";

/** What a dialogue did, with the intent it belongs to and the question that waits now. */
interface Doing {
  intent: string;
  did: DialogueTurn["did"];
  question: string | undefined;
}

/** Its emergency words are said when a form is left because of danger and its own topic has none. */
const DANGER_INTENT = "bahaya-sekarang";

export async function carryOutActs(
  draft: Draft,
  { intent, did, question }: Doing,
): Promise<"handled" | "unread"> {
  let outcome: "handled" | "unread" = "handled";
  const agency = draft.situation.library.intents.get(intent)?.agency ?? "humas";
  for (const each of did) {
    if ("say" in each) draft.sayLine(each.say, { intent, question: question ?? "", agency });
    else if (each.act.kind === "unread") outcome = "unread";
    else await carryOut(draft, intent, each.act);
  }
  if (outcome === "handled") await goOnWithLater(draft);
  return outcome;
}

async function carryOut(draft: Draft, own: string, act: Exclude<Act, { kind: "unread" }>): Promise<void> {
  const { citizen, situation } = draft;
  const { intents, records } = situation.library;
  switch (act.kind) {
    case "aside":
      await answerAside(draft, act.intent, act.text);
      return;
    case "later": {
      putOff(draft, act.intent, act.text, own);
      const judul = intents.get(act.intent)?.title ?? "";
      draft.sayOneOf("nanti_setelah_ini", records.dialogue.nanti_setelah_ini, { judul });
      return;
    }
    case "open": {
      const intent = intents.get(act.intent);
      if (intent !== undefined) await answerIntent(draft, intent, act.text === "" ? undefined : act.text);
      return;
    }
    case "attachment":
      receiveAttachments(draft, [act.attachment]);
      return;
    case "urgent":
      raiseAlarm(
        draft,
        { priority: act.priority, class: own, words: [] },
        dangerIntent(intents, own),
        act.summary,
      );
      return;
    case "person":
      draft.escalate({
        reason: act.reason,
        priority: act.priority,
        agency: intents.get(own)?.agency,
        intent: own,
        summary: act.summary,
      });
      if (act.reason === "asked") draft.fallSilent("asked", situation.botReturnsMs);
      return;
    case "reaction":
      draft.reaction ??= { how: act.how, intent: own, wording: act.wording, step: act.step };
      return;
    case "about-ticket":
      citizen.lastTicket = { id: act.ticket, at: situation.now };
      return;
    case "ticket":
      fileChange(draft, act);
      return;
    case "forget-pictures":
      citizen.loosePictures = undefined;
  }
}

/** A topic that has words for danger says its own. */
function dangerIntent(intents: ReadonlyMap<string, Intent>, own: string): Intent | undefined {
  const intent = intents.get(own);
  return intent?.emergency === undefined ? intents.get(DANGER_INTENT) : intent;
}

/** A ticket's change with its pictures: from here on they are fetched. */
function fileChange(draft: Draft, { change, pictures }: Extract<Act, { kind: "ticket" }>): void {
  const { citizen, situation } = draft;
  const loose = citizen.loosePictures ?? [];
  const identity = loose.flatMap(({ id, isIdentity }) => (isIdentity === true ? [id] : []));
  draft.tickets.push(withoutPhotos(change, identity));
  const isSent = change.kind === "join" || (change.kind === "file" && change.ticket.state !== "draft");
  const id = ticketOf(change);
  const wanted = loose.filter((each) => pictures.includes(each.id) && !identity.includes(each.id));
  draft.pictures.push(...wanted.map(({ id: picture, url }) => ({ id: picture, url, ticket: id })));
  if (isSent) {
    if (wanted.length > 0)
      citizen.filedPictures = { ticket: id, ids: wanted.map((each) => each.id), at: situation.now };
    // They belong to this report, not to the one that may follow in the same turn.
    draft.came = { pictures: [] };
    citizen.lastTicket = { id, at: situation.now };
    citizen.loosePictures = undefined;
    citizen.loosePoint = undefined;
  }
}

/** The same change without pictures of identity cards. */
function withoutPhotos(change: TicketChange, ids: readonly string[]): TicketChange {
  const left = (photos: readonly TicketPhoto[]): TicketPhoto[] =>
    photos.filter(({ id }) => !ids.includes(id));
  if (change.kind === "join") return { ...change, photos: left(change.photos) };
  if (change.kind !== "file") return change;
  return { ...change, ticket: { ...change.ticket, photos: left(change.ticket.photos) } };
}

/** Answers something else in the middle, without leaving the dialogue. `intent#part`: a part of a topic's answer. */
async function answerAside(draft: Draft, id: string, text: string): Promise<void> {
  const { intents } = draft.situation.library;
  const [topic = "", part] = id.split("#");
  const intent = intents.get(topic);
  if (intent === undefined) return;
  if (part !== undefined) {
    sayPart(draft, intent, part);
    return;
  }
  const waiting = draft.citizen.dialogue;
  await answerIntent(draft, intent, text === "" ? undefined : text, "aside");
  // What was asked in the middle does not take the place of what waits.
  if (draft.citizen.quiet === undefined) draft.citizen.dialogue = waiting;
}

/** The dialogue is over: topics that were put off come now, one at a time. */
async function goOnWithLater(draft: Draft): Promise<void> {
  const { citizen, situation, tickets } = draft;
  const [next, ...rest] = citizen.later ?? [];
  if (next === undefined || citizen.dialogue !== undefined || citizen.quiet !== undefined) return;
  citizen.later = rest.length > 0 ? rest : undefined;
  const intent = situation.library.intents.get(next.intent);
  if (intent === undefined) return;
  draft.sayOneOf("hal_berikutnya", situation.library.records.dialogue.hal_berikutnya, {
    judul: intent.title,
  });
  const earlier = tickets.flatMap((each) => (each.kind === "file" ? each.ticket.place : []))[0];
  await answerIntent(draft, intent, undefined, undefined, { words: next.words, earlier });
}

/** Remembers a topic for after the dialogue of `own`, once. */
function putOff({ citizen }: Draft, intent: string, words: string, own: string): void {
  const others = (citizen.later ?? []).filter((each) => each.intent !== intent);
  citizen.later = intent === own ? others : [...others, { intent, words }];
}
