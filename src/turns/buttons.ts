/** Hangs an intent's buttons on the last bubble of what is said. */
import type { Begins } from "../dialogues/registry.js";
import type { Intent } from "../intents/library.js";
import {
  LIMITS,
  payloadOfIntent,
  payloadOfWalk,
  type Button,
  type Choice,
  type Reply,
} from "../vocabulary/reply.js";
import type { Draft } from "./draft.js";

/** The intents one can go on to, as quick replies; before them the way through the steps, slowly, where there is one. */
export function choicesOf(draft: Draft, intent: Intent, begins: Begins): Choice[] {
  const { pelan } = draft.situation.library.records.dialogue.tombol;
  const walk = begins === "button" ? [{ title: pelan, payload: payloadOfWalk(intent.id) }] : [];
  return [
    ...walk,
    ...intent.choices.map((choice) => ({ title: choice.title, payload: payloadOfIntent(choice.intent) })),
  ];
}

/** The buttons that leave the conversation, with their addresses and numbers filled in. */
export function linksOf(draft: Draft, intent: Intent): Button[] {
  return intent.links.map(({ title, target }) => {
    const filled = draft.fill(target, intent.agency);
    return filled.startsWith("tel:")
      ? { kind: "call", title, phone: filled.slice("tel:".length) }
      : { kind: "link", title, url: filled };
  });
}

/** The bubbles as replies. A last bubble too long for a button template keeps its words and loses the links. */
export function withButtons(bubbles: readonly string[], links: Button[], choices: Choice[]): Reply[] {
  return bubbles.map((text, index) => {
    if (index < bubbles.length - 1) return { kind: "text", text };
    const below = choices.length > 0 ? choices : undefined;
    return links.length > 0 && text.length <= LIMITS.buttonText
      ? { kind: "buttons", text, buttons: links, choices: below }
      : { kind: "text", text, choices: below };
  });
}
