/** Reads short answers: commands, choices, and phrases in free text. */
import type { Records } from "../intents/library.js";
import type { DialogueChoice, Heard } from "./talk.js";

/** What was read last: one message is read many times in a row, by every question that it may answer. */
const latest = new Map<string, string>();
const MOST_LATEST = 500;

/** Small letters and digits with single spaces between them; stretched letters are shortened. */
export function plain(text: string): string {
  const known = latest.get(text);
  if (known !== undefined) return known;
  const made = simplify(text);
  if (latest.size >= MOST_LATEST) latest.clear();
  latest.set(text, made);
  return made;
}

const simplify = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .trim();

const plainLists = new WeakMap<readonly string[], readonly string[]>();

/** A list of phrases, all plain. The lists stand in records, which do not change, so each is read once. */
export function plainPhrases(phrases: readonly string[]): readonly string[] {
  const known = plainLists.get(phrases);
  if (known !== undefined) return known;
  const made = phrases.map(plain);
  plainLists.set(phrases, made);
  return made;
}

/** The same with everyday spelling replaced by plain words, as `_kata.yaml` says: "dpn" → "depan". */
export function plainWords(text: string, words: Records["words"]): string {
  return plain(text)
    .split(" ")
    .map((word) => (Object.hasOwn(words.kata, word) ? (words.kata[word] ?? word) : word))
    .join(" ");
}

/** True when the phrase stands in the text as whole words. Both are plain. */
export const holds = (text: string, phrase: string): boolean => ` ${text} `.includes(` ${phrase} `);

/** The value whose phrase stands in the text; of several the one with the longest phrase. */
export function longestMatch(
  text: string,
  phrases: Readonly<Record<string, readonly string[]>>,
  words: Records["words"],
): string | undefined {
  const texts = [plain(text), plainWords(text, words)].map((each) => ` ${each} `);
  let best: { value: string; length: number } | undefined;
  for (const [value, list] of Object.entries(phrases))
    for (const phrase of [plain(value), ...plainPhrases(list)])
      if (phrase.length > (best?.length ?? 0) && texts.some((each) => each.includes(` ${phrase} `)))
        best = { value, length: phrase.length };
  return best?.value;
}

/** True when one of the phrases stands in the text. */
export const mentions = (text: string, phrases: readonly string[], words: Records["words"]): boolean =>
  longestMatch(text, { yes: phrases }, words) !== undefined;

/** True when the whole message is one of the phrases, give or take politeness. */
export function isOneOf(text: string, phrases: readonly string[], words: Records["words"]): boolean {
  const said = plain(text);
  // No letters at all: a thumb is a thumb in every colour.
  if (said === "") return phrases.includes(text.replace(/\p{Emoji_Modifier}|\uFE0F|\s/gu, ""));
  const bare = withoutPoliteness(said, words);
  const polite = politeOf(words);
  const barest = said
    .split(" ")
    .filter((word) => !polite.has(word))
    .join(" ");
  return plainPhrases(phrases).some((phrase) => phrase === said || phrase === bare || phrase === barest);
}

const politeWords = new WeakMap<Records["words"], ReadonlySet<string>>();

function politeOf(words: Records["words"]): ReadonlySet<string> {
  const polite = politeWords.get(words) ?? new Set(words.basa_basi);
  politeWords.set(words, polite);
  return polite;
}

function withoutPoliteness(said: string, words: Records["words"]): string {
  const polite = politeOf(words);
  const all = said.split(" ");
  const isWord = (word: string): boolean => !polite.has(word);
  const from = all.findIndex(isWord);
  return from < 0 ? said : all.slice(from, all.findLastIndex(isWord) + 1).join(" ");
}

export type Command = "cancel" | "again" | "person";

/** A word that always works. */
export function isCommand(
  heard: Heard,
  { dialogue, words }: Pick<Records, "dialogue" | "words">,
): Command | undefined {
  if (heard.choice === COMMANDS.person) return "person";
  if (heard.choice === COMMANDS.cancel) return "cancel";
  if (heard.kind !== "words") return undefined;
  const { batal, ulang, petugas } = dialogue.perintah;
  if (isOneOf(heard.text, batal, words)) return "cancel";
  if (isOneOf(heard.text, ulang, words)) return "again";
  return isOneOf(heard.text, petugas, words) ? "person" : undefined;
}

/** Values of choices that are commands. */
export const COMMANDS = { person: "!petugas", cancel: "!batal" } as const;

/** The choice that was tapped or whose writing was typed. */
export function chosen(heard: Heard, choices: readonly DialogueChoice[]): string | undefined {
  if (heard.choice !== undefined) return choices.find(({ value }) => value === heard.choice)?.value;
  const said = plain(heard.text);
  return said === "" ? undefined : choices.find(({ title }) => plain(title) === said)?.value;
}
