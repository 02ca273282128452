/** Notes how a citizen took the last words: asked again, did not understand, fell silent, or thanked. */
import type { Reaction } from "../vocabulary/turn.js";
import type { Draft } from "./draft.js";

/** Nothing for so long after an answer is silence. */
const SILENCE_MS = 24 * 60 * 60 * 1000;

/** What an answer came to. The first thing noted in a turn stays. */
export function noteReaction(draft: Draft, how: Reaction["how"]): void {
  const last = draft.citizen.lastAnswer;
  if (last !== undefined) draft.reaction ??= { how, intent: last.intent, wording: last.wording };
}

/** Whoever writes again long after an answer has said nothing to it. `before`: when they wrote last. */
export function noteSilence(draft: Draft, before: number | undefined): void {
  const { citizen, situation } = draft;
  const last = citizen.lastAnswer;
  if (last === undefined || situation.now - last.at <= SILENCE_MS || (before ?? 0) > last.at) return;
  noteReaction(draft, "silence");
}

/** For staff, in a few words. */
export function reactionInWords({ how, wording, step }: Reaction): string {
  const what = `cara ke-${wording}${step === undefined ? "" : ` langkah "${step}"`}`;
  switch (how) {
    case "repeat":
      return `warga bertanya lagi setelah ${what}`;
    case "unclear":
      return `warga belum paham ${what}`;
    case "silence":
      return `warga diam setelah ${what}`;
    case "thanks":
      return `warga berterima kasih setelah ${what}`;
  }
}
