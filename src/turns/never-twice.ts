/** Never the same words twice in a row, whatever led to them. */
import { createHash } from "node:crypto";
import type { Reply } from "../vocabulary/reply.js";
import type { Draft } from "./draft.js";

/** Puts a few words before a bubble that would repeat the one before it, and remembers the last one. A person may repeat themselves. */
export function sayNothingTwice(draft: Draft): void {
  const { replies, citizen, situation } = draft;
  const openers = situation.library.records.dialogue.sekali_lagi;
  let last = citizen.lastSaid;
  replies.forEach((reply, index) => {
    if (draft.speaker === "bot" && fingerprint(reply.text) === last) {
      const reworded = openers
        .map((opener): Reply => ({ ...reply, text: `${opener} ${reply.text}` }))
        .find(({ text }) => fingerprint(text) !== last);
      if (reworded !== undefined) replies[index] = reworded;
    }
    last = fingerprint(replies[index]?.text ?? "");
  });
  if (last !== undefined) citizen.lastSaid = last;
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("base64").slice(0, 12);
