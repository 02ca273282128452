/** A person of the city speaks, here or in Business Suite, and the bot steps back. */
import type { EventBody } from "../vocabulary/event.js";
import type { Author } from "../vocabulary/staff-act.js";
import type { Draft } from "./draft.js";

/** Meta's own inbox app, where staff answer in Business Suite (developers.facebook.com, Conversation Routing). One page of the documentation prints it a digit short. */
const PAGE_INBOX_APPS = ["263902037430900", "26390203743090"];

/** Somebody answered outside of this program: that conversation is theirs now. */
export function handlePersonEcho(draft: Draft, text: string | undefined): void {
  draft.why = { outcome: "quiet", reasons: ["dijawab orang di luar Sabar"] };
  takeOver(draft, undefined, text);
  const { event, situation } = draft;
  draft.changeDesk({ personSpoke: { event: event.id, by: "", name: "Business Suite", at: situation.now } });
}

/** The platform moved the conversation from one app to another. */
export function handleHandover(draft: Draft, body: Extract<EventBody, { kind: "handover" }>): void {
  const isOurs = body.toApp === draft.situation.appId;
  if (body.action === "pass" && isOurs && draft.citizen.quiet?.reason === "person") {
    draft.why = { outcome: "command", reasons: ["percakapan dikembalikan lewat Facebook"] };
    giveBack(draft);
  } else if ((body.action === "pass" || body.action === "take") && body.toApp !== undefined && !isOurs) {
    const where = PAGE_INBOX_APPS.includes(body.toApp) ? "Kotak Masuk Halaman" : "aplikasi lain";
    draft.why = { outcome: "quiet", reasons: [`percakapan dipindahkan ke ${where}`] };
    takeOver(draft, undefined, undefined);
  }
}

/** The conversation belongs to a person until it is given back, or they have been silent for the set time. The next word is the citizen's. */
export function takeOver(draft: Draft, by: Author | undefined, said: string | undefined): void {
  draft.citizen.gathering = undefined;
  draft.fallSilent("person", draft.situation.botReturnsMs);
  if (draft.escalation === undefined)
    draft.escalate({ reason: "person", priority: "P3", summary: said ?? "Petugas menulis lebih dulu." });
  draft.changeEscalation({ state: "taken", waitsFor: "citizen", snoozedUntil: undefined });
  if (by === undefined && draft.escalation?.holder?.lapsesAt !== undefined)
    draft.changeEscalation({ holder: { ...draft.escalation.holder, lapsesAt: undefined } });
}

/** The conversation is the bot's again. */
export function giveBack(draft: Draft): void {
  // Where nobody but the bot has spoken, it does not announce that it is back.
  const { quiet } = draft.citizen;
  if (quiet !== undefined && quiet.reason !== "claim") draft.citizen.returned = true;
  draft.citizen.quiet = undefined;
  draft.changeEscalation({ state: "closed" });
}
