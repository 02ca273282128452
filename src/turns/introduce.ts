/** The first words of an answer: the notice at first contact, the assistant's return, the salam given back. */
import { startsWithSalam } from "../answers/fill.js";
import { bubblesOf } from "../intents/bubbles.js";
import type { Draft } from "./draft.js";

/** The notice about the automatic assistant is given again after this much silence. */
const NOTICE_AGAIN_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Puts what is due before an answer. `bubbles` are the filled bubbles and may get the salam in front of the first one;
 * `unfilled` tells whether the answer returns the salam by itself.
 */
export function introduce(
  draft: Draft,
  bubbles: string[],
  unfilled: readonly string[],
  asked: string | undefined,
): void {
  const { citizen, situation } = draft;
  const { common } = situation.library.records;
  const returnsSalam = unfilled.some((bubble) => bubble.includes("{balas_salam}"));
  if (
    !returnsSalam &&
    asked !== undefined &&
    bubbles[0] !== undefined &&
    startsWithSalam(asked, common.balasan_salam)
  )
    bubbles[0] = `${draft.fill("{balas_salam}", "humas", asked)} ${bubbles[0]}`;
  if (citizen.noticeAt === undefined || situation.now - citizen.noticeAt > NOTICE_AGAIN_MS) {
    citizen.noticeAt = situation.now;
    citizen.returned = undefined;
    const notice = common.perkenalan[0];
    if (notice !== undefined) draft.say(bubblesOf(draft.fill(notice, "humas", asked)));
  } else if (citizen.returned) {
    citizen.returned = undefined;
    draft.sayCommon("asisten_kembali");
  }
}
