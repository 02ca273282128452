/** Decides who answers an event: a person, the alarm, a command, an intent, or nobody. */
import { isQuiet } from "../escalation/quiet.js";
import type { Citizen } from "../vocabulary/citizen.js";
import type { AlarmName, InboundEvent } from "../vocabulary/event.js";
import type { Turn } from "../vocabulary/turn.js";
import { Draft, type Situation } from "./draft.js";
import {
  handleEdit,
  handleMessage,
  handlePostback,
  noteContact,
  overhear,
  readGathered,
} from "./citizen-speaks.js";
import { dialogueWaited, leaveDialogue } from "./dialogue-turn.js";
import { bringNews, handleTicket } from "./ticket-work.js";
import { handleHandover, handlePersonEcho } from "./person-speaks.js";
import { endSnooze, handleStaff, lapseClaim } from "./staff-acts.js";

/** One event in, one decision out. Looks at nothing but its arguments, and what they let it look up. */
export async function handleTurn(event: InboundEvent, citizen: Citizen, situation: Situation): Promise<Turn> {
  const draft = new Draft(event, citizen, situation);
  const { body } = event;
  if (event.channel === "standby" && body.kind !== "echo") {
    overhear(draft, body);
    return draft.finish();
  }
  switch (body.kind) {
    case "message":
      await handleMessage(draft, body);
      break;
    case "postback":
      await handlePostback(draft, body);
      break;
    case "edit":
      await handleEdit(draft, body);
      break;
    case "order":
      noteContact(draft);
      if (!isQuiet(draft.citizen, situation.now)) draft.sayCommon("terima_pesanan");
      break;
    case "reaction":
    case "referral":
      // Both open the reply window; neither asks for an answer.
      noteContact(draft);
      break;
    case "echo":
      handlePersonEcho(draft, body.text);
      break;
    case "staff":
      handleStaff(draft, body);
      break;
    case "ticket":
      await handleTicket(draft, body);
      break;
    case "handover":
      handleHandover(draft, body);
      break;
    case "alarm":
      await ring(draft, body.name);
      break;
    case "erase":
      draft.erase = { code: body.code, asked: body.asked };
      return draft.finish();
    case "read":
    case "delivery":
    case "policy":
    case "comment":
    case "other":
      break;
  }
  await leaveWhenQuiet(draft);
  return draft.finish();
}

/** A person has this conversation now, or must take it: whatever dialogue waited is left. A mere claim only pauses it. */
async function leaveWhenQuiet(draft: Draft): Promise<void> {
  const { quiet, dialogue } = draft.citizen;
  if (dialogue !== undefined && quiet !== undefined && quiet.reason !== "claim") await leaveDialogue(draft);
}

async function ring(draft: Draft, name: AlarmName): Promise<void> {
  switch (name) {
    case "gathered":
      return readGathered(draft);
    case "dialogue":
      return dialogueWaited(draft);
    case "bot-returns":
      wakeUp(draft);
      return;
    case "claim-lapses":
      lapseClaim(draft);
      return;
    case "snooze-ends":
      endSnooze(draft);
      return;
    default:
      return bringNews(draft, name);
  }
}

/** The person has been silent for the set time: the conversation is the bot's again. */
function wakeUp(draft: Draft): void {
  const { quiet } = draft.citizen;
  if (quiet?.until !== draft.event.at) return;
  draft.citizen.quiet = undefined;
  if (quiet.reason === "claim") return;
  draft.citizen.returned = true;
  draft.why = { outcome: "command", reasons: ["petugas diam cukup lama; asisten menjawab lagi"] };
  // What somebody has answered is done; what nobody has answered stays in the queue.
  const { escalation } = draft;
  if (escalation?.state === "taken" && (escalation.waitsFor ?? "citizen") === "citizen")
    draft.changeEscalation({ state: "closed" });
}
