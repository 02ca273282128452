/** Lets a dialogue speak within a turn: begins it, hands it what was heard, and carries out what it decided. */
import { beginsHow, dialogueOf, makesReport, startOf } from "../dialogues/registry.js";
import { beginDialogue, resumeDialogue, type DialogueTurn } from "../dialogues/engine.js";
import type { Setting } from "../dialogues/setting.js";
import { DialogueChanged, type Heard } from "../dialogues/talk.js";
import type { Intent, Library } from "../intents/library.js";
import { writeScript, type Script } from "../intents/script.js";
import { maskPersonal } from "../triage/mask.js";
import { REPLY_WINDOW_MS } from "../vocabulary/escalation.js";
import type { Place } from "../vocabulary/ticket.js";
import { carryOutActs } from "./dialogue-acts.js";
import type { Draft } from "./draft.js";

/**
 * Begins the dialogue of an intent. `asked`: the words that led to it; `earlier`: where the report before it happened.
 * Does nothing when it has none.
 */
export async function startDialogue(
  draft: Draft,
  intent: Intent,
  asked: string | undefined,
  earlier?: Place,
): Promise<void> {
  await leaveDialogue(draft);
  const { script } = intent;
  if (script !== undefined) draft.script = writeScript(script);
  const setting = settingOf(draft, script);
  const dialogue = dialogueOf(intent.id, setting);
  if (dialogue === undefined) return;
  const heard: Heard = {
    kind: "words",
    text: maskPersonal(asked ?? ""),
    point: draft.came.point,
    pictures: draft.came.pictures,
  };
  const start = startOf(intent.id, { eventId: draft.event.id, heard, earlier }, setting);
  const turn = await beginDialogue(dialogue, start, draft.situation.now);
  await settle(draft, intent.id, turn);
}

/**
 * Hands what was heard to the dialogue that waits. `unread`: the dialogue is over, or none waits, and the words are to be
 * read as any others.
 */
export async function continueDialogue(draft: Draft, heard: Heard): Promise<"handled" | "unread"> {
  const sleeping = draft.citizen.dialogue;
  if (sleeping === undefined) return "unread";
  const setting = settingOf(draft, await scriptOf(draft, sleeping.script));
  const dialogue = dialogueOf(sleeping.intent, setting);
  const intent = draft.situation.library.intents.get(sleeping.intent);
  if (dialogue === undefined || intent === undefined) {
    draft.citizen.dialogue = undefined;
    return "unread";
  }
  draft.why = {
    outcome: "command",
    intent: intent.id,
    reasons: [`percakapan bertahap: ${sleeping.question}`],
  };
  try {
    const turn = await resumeDialogue(dialogue, sleeping.saved, heard, draft.situation.now);
    return await settle(draft, intent.id, turn, sleeping);
  } catch (error) {
    if (!(error instanceof DialogueChanged)) throw error;
    draft.citizen.dialogue = undefined;
    draft.sayOneOf("mulai_lagi", setting.records.dialogue.mulai_lagi);
    await startDialogue(draft, intent, undefined);
    return "handled";
  }
}

/** A person or an alarm takes over: what there is of a report is kept as a draft, and nothing is said. */
export async function leaveDialogue(draft: Draft): Promise<void> {
  if (draft.citizen.dialogue === undefined) return;
  const { why } = draft;
  const said = draft.replies.length;
  await continueDialogue(draft, { kind: "left", text: "", pictures: [] });
  draft.replies.length = said;
  draft.citizen.dialogue = undefined;
  draft.why = why;
}

/** The time of the dialogue that waits is up. Beyond the reply window nothing can be said, so nothing is. */
export async function dialogueWaited(draft: Draft): Promise<void> {
  const { citizen, event, situation } = draft;
  if (citizen.dialogue?.wakesAt !== event.at) return;
  const said = draft.replies.length;
  await continueDialogue(draft, { kind: "silence", text: "", pictures: [] });
  if (situation.now - (citizen.lastWroteAt ?? 0) >= REPLY_WINDOW_MS) draft.replies.length = said;
}

/** Says and does what the dialogue decided, and puts it to sleep. */
async function settle(
  draft: Draft,
  intent: string,
  { did, sleep }: DialogueTurn,
  before?: NonNullable<Draft["citizen"]["dialogue"]>,
): Promise<"handled" | "unread"> {
  const { citizen, situation } = draft;
  citizen.dialogue =
    sleep === undefined
      ? undefined
      : {
          intent,
          saved: sleep.saved,
          script: before?.script ?? draft.script?.fingerprint,
          question: sleep.question,
          since: before?.since ?? situation.now,
          wakesAt: sleep.wakesAt,
        };
  if (sleep?.wakesAt !== undefined) draft.setAlarm("dialogue", sleep.wakesAt);
  return carryOutActs(draft, { intent, did, question: sleep?.question });
}

/** The script as it was when the dialogue began: that of the library if it is the same, else the one that was kept. */
async function scriptOf(draft: Draft, fingerprint: string | undefined): Promise<Script | undefined> {
  if (fingerprint === undefined) return undefined;
  const { library, tickets } = draft.situation;
  for (const { script } of library.intents.values())
    if (script !== undefined && writeScript(script).fingerprint === fingerprint) return script;
  const kept = await tickets.script(fingerprint);
  // Only `startDialogue` writes what is kept there.
  return kept === undefined ? undefined : (JSON.parse(kept) as Script);
}

/** What dialogues may look at in this turn. */
export function settingOf(draft: Draft, script: Script | undefined): Setting {
  const { library, zone, now, tickets } = draft.situation;
  const { intents, records } = library;
  return {
    records,
    titleOf: (id) => intents.get(id)?.title ?? "",
    agencyOf: (id) => intents.get(id)?.agency ?? "pengaduan",
    isReport: (id) => {
      const intent = intents.get(id);
      return intent !== undefined && (makesReport(intent) || beginsHow(intent) === "instead");
    },
    script,
    tickets,
    prefixes: prefixesOf(library),
    citizen: draft.citizen.id,
    zone,
    now,
  };
}

const prefixes = new WeakMap<Library, ReadonlySet<string>>();

/** The beginnings of all ticket numbers, gathered once for each library. */
function prefixesOf(library: Library): ReadonlySet<string> {
  let found = prefixes.get(library);
  if (found === undefined) {
    found = new Set([
      library.records.report.jalan.awalan,
      ...[...library.intents.values()].flatMap(({ script }) =>
        (script?.endings ?? []).flatMap(({ report }) => report?.prefix ?? []),
      ),
    ]);
    prefixes.set(library, found);
  }
  return found;
}
