/** Reads the answer to "is anybody hurt, is the road closed?", also when it says that nobody is. */
import type { Records } from "../intents/library.js";
import type { ScriptChoice } from "../intents/script.js";
import type { Heard } from "./talk.js";
import { isOneOf, plain, plainWords } from "./words.js";

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
    rest.some((each) => phrases.some((phrase) => ` ${each} `.includes(` ${plain(phrase)} `)));
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
  const { kata_bukan, kata_pernah_jatuh, kata_korban, kata_putus } = report.jalan;
  const dangers = [...kata_pernah_jatuh, ...kata_korban, ...kata_putus, ...more].map(plain);
  const denied = kata_bukan
    .map(plain)
    .flatMap((denial) => dangers.map((danger) => `${denial} ${danger}`))
    .sort((a, b) => b.length - a.length);
  const without = (each: string): string =>
    denied.reduce((left, phrase) => ` ${left} `.replaceAll(` ${phrase} `, " ").trim(), each);
  const plainer = plainWords(text, words);
  // What is denied in plain words is denied however it was spelt.
  if (without(plainer) !== plainer) return { rest: [without(plainer)], isDenied: true };
  return { rest: [without(plain(text)), plainer], isDenied: without(plain(text)) !== plain(text) };
}

/** Words for danger in a script: those of the choices that lead to an alarm. */
export const dangersOf = (choices: readonly ScriptChoice[]): string[] =>
  choices.flatMap(({ title, leadsTo, words }) => (leadsTo === "darurat" ? [title, ...words] : []));
