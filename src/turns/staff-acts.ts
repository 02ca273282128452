/** Staff act on a conversation from the console: what that changes, or why it is not done. */
import { HUMAN_WINDOW_MS, REPLY_WINDOW_MS, type Escalation } from "../vocabulary/escalation.js";
import { LIMITS } from "../vocabulary/reply.js";
import type { Author, Refusal, StaffBody } from "../vocabulary/staff-act.js";
import type { Draft } from "./draft.js";
import { giveBack, takeOver } from "./person-speaks.js";
import { splitText } from "./split-text.js";

/** Events from before there were accounts. */
const SOMEBODY: Author = { id: "", name: "Petugas" };

/** Carries out one act, or notes in `why.refused` why it was not. */
export function handleStaff(draft: Draft, body: StaffBody): void {
  const by = body.by ?? SOMEBODY;
  draft.why = { outcome: "command", reasons: [] };
  const refused = carryOut(draft, body, by);
  if (refused !== undefined) draft.why = { outcome: "note", reasons: [], refused };
}

function carryOut(draft: Draft, body: StaffBody, by: Author): Refusal | undefined {
  switch (body.action) {
    case "reply":
      return reply(draft, body, by);
    case "note":
      return undefined;
    case "claim":
      return claim(draft, by, body.force === true);
    case "release":
      if (draft.escalation?.holder === undefined) return "nothing";
      letGo(draft);
      return undefined;
    case "hand":
      if (draft.escalation === undefined) return "nothing";
      hold(draft, body.to);
      return undefined;
    case "take-over":
      takeOver(draft, by, draft.citizen.desk?.excerpt);
      draft.changeEscalation({ waitsFor: "staff", waitingSince: draft.situation.now });
      hold(draft, by);
      return undefined;
    case "give-back":
      giveBack(draft);
      return undefined;
    case "snooze":
      if (body.until <= draft.situation.now) return "nothing";
      draft.setAlarm("snooze-ends", body.until);
      return change(draft, { snoozedUntil: body.until });
    case "wake":
      return change(draft, { snoozedUntil: undefined });
    case "to-agency":
      return change(draft, {
        agency: body.agency,
        state: "taken",
        waitsFor: "agency",
        snoozedUntil: undefined,
        holder: holderAtRest(draft, by),
      });
    case "not-urgent":
      return change(draft, { reason: "not-understood", priority: "P2", words: [] });
    default:
      return settle(draft, body, by);
  }
}

/** What ends a conversation for staff, and what begins it again. */
function settle(
  draft: Draft,
  body: Extract<StaffBody, { action: "close" | "reopen" | "fold" | "unfold" }>,
  by: Author,
): Refusal | undefined {
  const { desk } = draft.citizen;
  switch (body.action) {
    case "close": {
      const { escalation } = draft;
      if (escalation === undefined) return "nothing";
      giveBack(draft);
      draft.changeDesk({ done: { ...escalation, state: "closed", holder: undefined } });
      return undefined;
    }
    case "reopen":
      if (draft.escalation !== undefined) return "nothing";
      draft.escalate({
        reason: desk?.done?.reason ?? "person",
        priority: desk?.done?.priority ?? "P3",
        agency: desk?.done?.agency,
        summary: desk?.excerpt,
      });
      draft.changeDesk({ done: undefined });
      draft.changeEscalation({ isReopened: true });
      hold(draft, by);
      return undefined;
    case "fold":
      if (draft.escalation !== undefined) giveBack(draft);
      draft.changeDesk({
        folded: { reason: body.reason, details: [`disisihkan ${by.name}`] },
        done: undefined,
      });
      return undefined;
    case "unfold":
      if (desk?.folded === undefined) return "nothing";
      draft.changeDesk({ folded: undefined });
      draft.escalate({ reason: "not-understood", priority: "P3", summary: desk.excerpt });
      return undefined;
  }
}

/** Says it in the page's name, unless a colleague was faster or Facebook takes it no more. */
function reply(draft: Draft, body: Extract<StaffBody, { action: "reply" }>, by: Author): Refusal | undefined {
  const { citizen, situation, event } = draft;
  const faster = citizen.desk?.personSpoke;
  const isUnseen = faster !== undefined && faster.event !== body.after && faster.by !== by.id;
  if (isUnseen && body.force !== true) return "colleague";
  const windowMs = situation.hasHumanAgent ? HUMAN_WINDOW_MS : REPLY_WINDOW_MS;
  if (citizen.lastWroteAt === undefined || situation.now >= citizen.lastWroteAt + windowMs) return "window";
  draft.speaker = "person";
  draft.say(splitText(body.text, LIMITS.text));
  const { file } = body;
  if (file !== undefined)
    draft.replies.push({ kind: "file", text: file.type === "image" ? "[Foto]" : `[${file.name}]`, file });
  takeOver(draft, by, undefined);
  draft.changeDesk({
    personSpoke: { event: event.id, by: by.id, name: by.name, at: situation.now },
    folded: undefined,
  });
  draft.changeEscalation({ holder: holderAtRest(draft, by) });
  return undefined;
}

function claim(draft: Draft, by: Author, isForced: boolean): Refusal | undefined {
  const { escalation } = draft;
  if (escalation === undefined) return "nothing";
  if (escalation.holder !== undefined && escalation.holder.id !== by.id && !isForced) return "held";
  hold(draft, by);
  return undefined;
}

/** Who claims has a while to answer; until then the bot does not talk over them. */
function hold(draft: Draft, by: Author): void {
  const { now, claimMs } = draft.situation;
  const lapsesAt = now + claimMs;
  const since = draft.escalation?.holder?.id === by.id ? draft.escalation.holder.since : now;
  draft.changeEscalation({ holder: { ...by, since, lapsesAt }, snoozedUntil: undefined });
  draft.setAlarm("claim-lapses", lapsesAt);
  const { quiet } = draft.citizen;
  if (quiet === undefined || quiet.reason === "claim") draft.fallSilent("claim", claimMs);
}

/** The claim came to nothing: it is everybody's again. */
export function lapseClaim(draft: Draft): void {
  const holder = draft.escalation?.holder;
  if (holder?.lapsesAt !== draft.event.at) return;
  draft.why = { outcome: "command", reasons: [holder.name] };
  letGo(draft);
}

/** Nobody has it any more; a silence that was only for the claim ends with it. */
function letGo(draft: Draft): void {
  draft.changeEscalation({ holder: undefined });
  if (draft.citizen.quiet?.reason === "claim") draft.citizen.quiet = undefined;
}

/** The time it was put off to has come. */
export function endSnooze(draft: Draft): void {
  if (draft.escalation?.snoozedUntil !== draft.event.at) return;
  draft.why = { outcome: "command", reasons: [] };
  draft.changeEscalation({ snoozedUntil: undefined });
}

/** Somebody has it, and nothing is due from them now. */
function holderAtRest(draft: Draft, by: Author): Escalation["holder"] {
  const since = draft.escalation?.holder?.id === by.id ? draft.escalation.holder.since : draft.situation.now;
  return { ...by, since };
}

function change(draft: Draft, to: Partial<Escalation>): Refusal | undefined {
  if (draft.escalation === undefined) return "nothing";
  draft.changeEscalation(to);
  return undefined;
}
