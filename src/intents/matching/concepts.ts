/**
 * Words of one meaning: "lenyap", "raib" and "lost" all stand for what "hilang" stands for, so that one example speaks for
 * all of them. In the field's terms: a hand-made synonym lexicon used as class features (Miller, "WordNet", 1995; Brown et
 * al., "Class-based n-gram models", 1992), the cheap relative of word vectors.
 */
import type { WordsFile } from "../format.js";
import { EVERYDAY_ENGLISH } from "./everyday-english.js";
import { EVERYDAY_INDONESIAN } from "./everyday-indonesian.js";
import type { Normalizer } from "./normalize.js";
import { stem } from "./stem.js";

/** The meanings of a plain word; none for most words. */
export type ConceptsOf = (word: string) => readonly string[];

const NONE: readonly string[] = [];

/**
 * The library's own groups (`sepadan` in `_kata.yaml`) and the everyday ones that come with the matcher. A group is named
 * after its first word; a word may stand in several.
 */
export function createConcepts(words: WordsFile, normalizer: Normalizer): ConceptsOf {
  const meanings = new Map<string, string[]>();
  const addGroup = (source: string, group: string): void => {
    const members = group.split(/[,\s]+/).filter((word) => word !== "");
    const name = `${source} ${members[0] ?? ""}`;
    for (const member of members) {
      const plain = normalizer.allWords(member);
      for (const word of new Set(plain.length === 1 ? [...plain, member] : [member])) {
        const known = meanings.get(word);
        if (known === undefined) meanings.set(word, [name]);
        else if (!known.includes(name)) known.push(name);
      }
    }
  };
  for (const group of words.sepadan ?? []) addGroup("city", group);
  for (const group of EVERYDAY_INDONESIAN) addGroup("id", group);
  for (const group of EVERYDAY_ENGLISH) addGroup("en", group);
  return (word) => meanings.get(word) ?? meanings.get(stem(word)) ?? NONE;
}
