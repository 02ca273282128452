/** News of tickets: told at once within the reply window, else when the citizen writes again. */
import { REPLY_WINDOW_MS } from "../vocabulary/escalation.js";
import type { Draft } from "./draft.js";

/** More is not kept; a citizen who was away long hears the latest. */
const MOST_NEWS = 5;

/** Tells news now, or keeps it: nothing may be said outside of the window, nor while a person has the conversation. */
export function tellOrKeep(draft: Draft, sentence: string): void {
  const { citizen, situation } = draft;
  const isOpen = situation.now - (citizen.lastWroteAt ?? 0) < REPLY_WINDOW_MS;
  if (isOpen && citizen.quiet === undefined) {
    draft.sayOneOf("kabar", [sentence]);
    isTold(draft);
  } else citizen.news = [...(citizen.news ?? []), sentence].slice(-MOST_NEWS);
}

/** What came while they were away. */
export function tellNews(draft: Draft): void {
  const { news } = draft.citizen;
  if (news === undefined) return;
  draft.citizen.news = undefined;
  const { report } = draft.situation.library.records;
  draft.sayOneOf("kabar_tertunda", report.kabar_tertunda);
  for (const sentence of news) draft.sayOneOf("kabar", [sentence]);
  isTold(draft);
}

/** From now on an answer to it can be meant. */
function isTold({ citizen }: Draft): void {
  if (citizen.askedAbout !== undefined) citizen.askedAbout = { ...citizen.askedAbout, isTold: true };
}
