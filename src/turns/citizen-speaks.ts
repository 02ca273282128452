/** A citizen writes or taps: pieces of one question are gathered, then heard together. */
import { isQuiet } from "../escalation/quiet.js";
import { maskPersonal, maskPieces } from "../triage/mask.js";
import type { Attachment, EventBody, MessageBody, PostbackBody } from "../vocabulary/event.js";
import type { Understanding } from "../vocabulary/understanding.js";
import { labelOf } from "./attachments.js";
import type { Draft } from "./draft.js";
import { deniesDanger } from "./denial.js";
import { hearErase } from "./erase.js";
import { hear } from "./hear.js";
import { noteSilence } from "./reaction.js";
import { raiseAlarm } from "./raise-alarm.js";
import { carryOut, whyOf } from "./respond.js";
import { tap } from "./tap.js";

/** Gathering ends after this many times the waiting time, even if pieces keep coming. */
const MOST_WAITS = 4;
/** What a gathered question may hold at most; more is read as it is. */
const MOST_PIECES = 20;

/** Letters of the last words that a list shows. */
const EXCERPT_LENGTH = 200;
const MOST_LETTERS = 20_000;

/** Notes that the citizen was here: the reply window counts from this moment. A time that has not come yet is now. */
export function noteContact(draft: Draft): void {
  const { citizen, event, situation } = draft;
  const at = Math.min(event.at, situation.now);
  citizen.firstWroteAt ??= at;
  noteSilence(draft, citizen.lastWroteAt);
  citizen.lastWroteAt = Math.max(citizen.lastWroteAt ?? 0, at);
  if ((draft.escalation?.lastWroteAt ?? Infinity) < citizen.lastWroteAt)
    draft.changeEscalation({ lastWroteAt: citizen.lastWroteAt });
  if (citizen.desk?.done !== undefined) draft.changeDesk({ done: undefined });
  // Whatever was put off waits no longer once the citizen is here.
  if (draft.escalation?.snoozedUntil !== undefined) draft.changeEscalation({ snoozedUntil: undefined });
}

/** Staff see the last words in their lists, without numbers that identify somebody. */
function noteWords(draft: Draft, text: string): void {
  const line = maskPersonal(text).replace(/\s+/g, " ").trim();
  if (line !== "") draft.changeDesk({ excerpt: line.slice(0, EXCERPT_LENGTH) });
}

/** Words or pictures from a citizen. */
export async function handleMessage(draft: Draft, body: MessageBody): Promise<void> {
  noteContact(draft);
  const text = body.text?.trim() ?? "";
  if (body.machine || (text === "" && body.attachments.length === 0 && body.choice === undefined)) {
    draft.why = { outcome: "note", reasons: ["tidak ada tulisan warga di dalamnya"] };
    return;
  }
  const words = text === "" ? body.attachments.map((each) => labelOf(each.kind)).join(" ") : text;
  noteWords(draft, words);
  if (hearErase(draft, text, body.choice)) return;
  if (isQuiet(draft.citizen, draft.situation.now)) {
    listenQuietly(draft, words);
    return;
  }
  if (body.choice !== undefined) {
    await tapAfterWords(draft, body.choice, text);
    return;
  }
  await gather(draft, body, text);
}

/** A tap on a button, the menu or Get Started. */
export async function handlePostback(draft: Draft, body: PostbackBody): Promise<void> {
  noteContact(draft);
  noteWords(draft, body.title ?? "");
  if (body.payload === undefined) return;
  if (isQuiet(draft.citizen, draft.situation.now)) {
    listenQuietly(draft, body.title ?? "");
    return;
  }
  await tapAfterWords(draft, body.payload, body.title ?? "");
}

/** What was typed before the tap is answered first; if that brought a person, the tap is for them. */
async function tapAfterWords(draft: Draft, payload: string, title: string): Promise<void> {
  await readGathered(draft);
  if (isQuiet(draft.citizen, draft.situation.now)) listenQuietly(draft, title);
  else await tap(draft, payload, title);
}

/** New words for an old message: a piece that still waits is replaced, danger is heard, nothing is answered twice. */
export async function handleEdit(draft: Draft, body: Extract<EventBody, { kind: "edit" }>): Promise<void> {
  noteContact(draft);
  draft.why = { outcome: "note", reasons: ["warga mengubah pesannya"] };
  const { gathering } = draft.citizen;
  if (gathering?.pieces.some((piece) => piece.mid === body.mid)) {
    const pieces = gathering.pieces.map((piece) =>
      piece.mid === body.mid ? { mid: piece.mid, text: maskPersonal(body.text) } : piece,
    );
    draft.citizen.gathering = { ...gathering, pieces };
  } else if (draft.escalation !== undefined) {
    draft.escalate({ ...keepOf(draft), summary: body.text });
  }
  const understood = draft.situation.understand(body.text);
  if (understood.outcome === "urgent") await carryOut(draft, body.text, understood);
}

/** The rest did not come: what was gathered is read as it is. */
export async function readGathered(draft: Draft): Promise<void> {
  const { gathering } = draft.citizen;
  const isAlarm = draft.event.body.kind === "alarm";
  if (gathering === undefined || (isAlarm && gathering.alarmAt !== draft.event.at)) return;
  draft.citizen.gathering = undefined;
  const text = gathering.pieces.map((piece) => piece.text).join("\n");
  await hear(draft, {
    text,
    attachments: gathering.attachments,
    mid: gathering.pieces[0]?.mid ?? draft.event.id,
  });
}

/** Keeps the piece and waits for the rest; danger does not wait. */
async function gather(draft: Draft, body: MessageBody, text: string): Promise<void> {
  const { citizen, situation } = draft;
  const earlier = citizen.gathering;
  const written = [...(earlier?.pieces ?? []), ...(text === "" ? [] : [{ mid: body.mid, text }])];
  const masked = maskPieces(written.map((piece) => piece.text));
  const pieces = written.map(({ mid }, at) => ({ mid, text: masked[at] ?? "" }));
  const attachments = [...(earlier?.attachments ?? []), ...body.attachments.map(lean)];
  const together = pieces.map((piece) => piece.text).join("\n");
  if (situation.gatherMs === 0) {
    await hear(draft, { text: maskPersonal(text), attachments, mid: body.mid });
    return;
  }
  const urgent = text === "" ? undefined : findUrgent(draft, text, together);
  if (urgent !== undefined) {
    citizen.gathering = undefined;
    draft.why = whyOf(urgent);
    await carryOut(draft, together, urgent);
    return;
  }
  const since = earlier?.since ?? situation.now;
  const latest = since + situation.gatherMs * MOST_WAITS;
  const alarmAt =
    pieces.length + attachments.length >= MOST_PIECES || together.length > MOST_LETTERS
      ? situation.now
      : Math.min(situation.now + situation.gatherMs, latest);
  citizen.gathering = { since, alarmAt, pieces, attachments };
  draft.why = { outcome: "note", reasons: ["menunggu kelanjutan pesan"] };
  draft.setAlarm("gathered", alarmAt);
  draft.signs.push("seen", "typing_on");
}

/** What is needed of an attachment later: where a picture is, and where a place is. */
const lean = ({ kind, url, latitude, longitude, isThumb }: Attachment): Attachment => ({
  kind,
  ...(isThumb === undefined ? {} : { isThumb }),
  ...(url === undefined || (kind !== "image" && kind !== "link") ? {} : { url }),
  ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
});

/** The alarm of this piece alone, or of the pieces together. */
function findUrgent(draft: Draft, text: string, together: string): Understanding | undefined {
  if (deniesDanger(draft, together)) return undefined;
  const alone = draft.situation.understand(text);
  if (alone.outcome === "urgent") return alone;
  if (together === text) return undefined;
  const joined = draft.situation.understand(together);
  return joined.outcome === "urgent" ? joined : undefined;
}

/** Another app owns the conversation: we may listen, not speak. Danger is brought to staff all the same. */
export function overhear(draft: Draft, body: EventBody): void {
  noteContact(draft);
  draft.why = { outcome: "quiet", reasons: ["percakapan milik aplikasi lain"] };
  const text = body.kind === "message" ? (body.text ?? "") : "";
  noteWords(draft, text);
  const { urgency, intent, reasons } = draft.situation.understand(text);
  if (urgency === undefined) return;
  draft.why = { outcome: "urgent", intent, reasons };
  draft.escalate({
    reason: "urgent",
    priority: urgency.priority,
    intent,
    words: urgency.words,
    summary: text,
  });
}

/** A person has this conversation: nothing is said, staff see the new words, and danger is still heard. */
function listenQuietly(draft: Draft, text: string): void {
  draft.why = { outcome: "quiet", reasons: ["percakapan sedang dipegang petugas"] };
  draft.escalate({ ...keepOf(draft), summary: text });
  if (text === "") return;
  const understood = draft.situation.understand(text);
  if (understood.outcome !== "urgent" || understood.urgency === undefined) return;
  const intent =
    understood.intent === undefined ? undefined : draft.situation.library.intents.get(understood.intent);
  draft.why = { outcome: "urgent", confidence: understood.confidence, reasons: understood.reasons };
  raiseAlarm(draft, understood.urgency, intent, text);
}

/** The reason and priority an open escalation has already; for a silence without one, that a person talks. */
function keepOf(
  draft: Draft,
): { reason: "person"; priority: "P4" } | Pick<NonNullable<Draft["escalation"]>, "reason" | "priority"> {
  return draft.escalation ?? { reason: "person", priority: "P4" };
}
