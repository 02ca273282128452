/** Reads the answer to "is anybody hurt, is the road closed?", also when it says that nobody is. */
import type { Records } from "../intents/library.js";
import type { ScriptChoice } from "../intents/script.js";
import type { Heard } from "./talk.js";
import { holds, isOneOf, plain, plainPhrases, plainWords } from "./words.js";

/** Victims, a closed road, somebody fell there before, nothing of all that. */
export type Danger = "korban" | "putus" | "pernah" | "tidak";

/** The name of the questions about danger, in code and in intent files. */
export const DANGER_QUESTION = "bahaya";

type Known = Pick<Records, "report" | "words">;

/** What the text says about danger. `isAsked`: a bare no is an answer, too. */
export function dangerIn({ text }: Pick<Heard, "text">, isAsked: boolean, known: Known): Danger | undefined {
  const { jalan } = known.report;
  const { rest, isDenied } = withoutDenials(text, known);
  const said = (phrases: readonly string[]): boolean =>
    rest.some((each) => plainPhrases(phrases).some((phrase) => holds(each, phrase)));
  if (said(jalan.kata_pernah_jatuh)) return "pernah";
  if (said(jalan.kata_korban)) return "korban";
  if (said(jalan.kata_putus)) return "putus";
  if (isDenied) return "tidak";
  return isAsked && isOneOf(text, jalan.kata_tidak, known.words) ? "tidak" : undefined;
}

/**
 * The plain text, as written and in plain words, without what is denied in it: "ga ada yg celaka, tapi gelap" is
 * "tapi gelap". `more`: other words for danger.
 */
export function withoutDenials(
  text: string,
  { report, words }: Known,
  more: readonly string[] = [],
): { rest: string[]; isDenied: boolean } {
  const plainest = plain(text);
  const plainer = plainWords(text, words);
  const { kata_bukan, kata_pernah_jatuh, kata_korban, kata_putus } = report.jalan;
  const denials = plainPhrases(kata_bukan).filter((each) => holds(plainest, each) || holds(plainer, each));
  if (denials.length === 0) return { rest: [plainest, plainer], isDenied: false };
  const dangers = [kata_pernah_jatuh, kata_korban, kata_putus, more].flatMap(plainPhrases);
  const denied = denials
    .flatMap((denial) => dangers.map((danger) => `${denial} ${danger}`))
    .sort((a, b) => b.length - a.length);
  const without = (each: string): string =>
    denied.reduce((left, phrase) => ` ${left} `.replaceAll(` ${phrase} `, " ").trim(), each);
  // What is denied in plain words is denied however it was spelt.
  if (without(plainer) !== plainer) return { rest: [without(plainer)], isDenied: true };
  return { rest: [without(plainest), plainer], isDenied: without(plainest) !== plainest };
}

/** Words for danger in a script: those of the choices that lead to an alarm. */
export const dangersOf = (choices: readonly ScriptChoice[]): string[] =>
  choices.flatMap(({ title, leadsTo, words }) => (leadsTo === "darurat" ? [title, ...words] : []));
