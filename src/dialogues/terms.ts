/** Finds the term a citizen asks about: "sptjm itu apa?" */
import type { Records } from "../intents/library.js";
import type { Line } from "./talk.js";
import { holds, plain } from "./words.js";

const MOST_WORDS = 8;

/** The sentence that explains a term of the glossary. */
export function termLine(
  term: string | undefined,
  { terms, dialogue }: Pick<Records, "terms" | "dialogue">,
): Line | undefined {
  const known = term === undefined ? undefined : terms[term];
  return known === undefined
    ? undefined
    : {
        key: `istilah:${known.istilah}`,
        wordings: [dialogue.istilah],
        values: { istilah: known.istilah, arti: known.arti },
      };
}

/** The term whose meaning is asked for, if nothing else is asked. */
export function termAsked(
  text: string,
  { terms, dialogue }: Pick<Records, "terms" | "dialogue">,
): string | undefined {
  const said = plain(text);
  if (said === "" || said.split(" ").length > MOST_WORDS) return undefined;
  const asking = longestIn(said, dialogue.kata_tanya_istilah.map(plain));
  if (asking === undefined) return undefined;
  const filler = new Set(dialogue.kata_tambahan.map(plain));
  const found = Object.entries(terms)
    .map(([id, { istilah }]) => ({ id, phrase: plain(istilah) }))
    .filter(({ phrase }) => holds(said, phrase))
    .sort((a, b) => b.phrase.length - a.phrase.length)
    .find(({ phrase }) =>
      [phrase, asking]
        .reduce((rest, part) => ` ${rest} `.replace(` ${part} `, " ").trim(), said)
        .split(" ")
        .every((word) => word === "" || filler.has(word)),
    );
  return found?.id;
}

const longestIn = (text: string, phrases: readonly string[]): string | undefined =>
  phrases.filter((phrase) => holds(text, phrase)).sort((a, b) => b.length - a.length)[0];
