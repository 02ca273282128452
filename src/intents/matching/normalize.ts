/** Everyday Indonesian → plain words: spelling, slang, stretched letters, polite openers. */
import AggressiveTokenizerId from "natural/lib/natural/tokenizers/aggressive_tokenizer_id";
import type { WordsFile } from "../format.js";

const INVISIBLE = /\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|\u2060|\ufe0f|\ufeff/g;
const ACCENTS = /[\u0300-\u036f]/g;
/** Nothing but the letters and signs of a typewriter: most messages. */
const PLAIN = /^[\t\n\r -~]*$/;
const LINK = /\b(?:https?:\/\/|www\.)\S+/g;
/** A polite opener or closer is only taken off when this many words are left. */
const WORDS_THAT_MUST_STAY = 2;
/** What is longer is read up to here. */
const MOST_CHARACTERS = 2000;

const tokenizer = new AggressiveTokenizerId();

export interface Normalizer {
  /** The plain words of a text, polite words at both ends taken off. */
  words(text: string): string[];
  /** True for a plain word that is only polite. */
  isPolite(word: string): boolean;
  /** The plain words with nothing taken off. */
  allWords(text: string): string[];
}

/** A normaliser with the library's own dictionary of everyday spellings. */
export function createNormalizer({ kata, basa_basi: polite }: WordsFile): Normalizer {
  const dictionary = new Map(
    Object.entries(kata).map(([from, to]) => [simplify(from), simplify(to).split(" ")]),
  );
  // Whole phrases only: "mohon bantuan" is polite, "bantuan" is a topic.
  const politePhrases = polite
    .map((phrase) => simplify(phrase).split(" "))
    .sort((a, b) => b.length - a.length);
  const plain = (word: string): readonly string[] => {
    const single = squeeze(unfold(word));
    return dictionary.get(word) ?? dictionary.get(single) ?? [single];
  };
  // One message is read by several: danger, noise and topics ask for its words one after the other.
  let latest = { text: "", words: [] as readonly string[] };
  const allWords = (text: string): string[] => {
    if (text !== latest.text)
      latest = {
        text,
        words: tokenizer
          .tokenize(simplify(text.slice(0, MOST_CHARACTERS)))
          .filter((word) => word !== "")
          .flatMap(plain),
      };
    return [...latest.words];
  };
  const politeWords = new Set(politePhrases.filter(({ length }) => length === 1).flat());
  return {
    allWords,
    isPolite: (word) => politeWords.has(word),
    words(text) {
      const words = allWords(text);
      const stands = (phrase: readonly string[], at: number): boolean =>
        at >= 0 && words[at] === phrase[0] && standsAt(phrase, words, at);
      let from = 0;
      let to = words.length;
      for (let found = true; found && to - from > WORDS_THAT_MUST_STAY;) {
        const opener = politePhrases.find((phrase) => phrase.length <= to - from && stands(phrase, from));
        from += opener?.length ?? 0;
        const closer = politePhrases.find(
          (phrase) => phrase.length <= to - from && stands(phrase, to - phrase.length),
        );
        to -= closer?.length ?? 0;
        found = opener !== undefined || closer !== undefined;
      }
      return to - from >= WORDS_THAT_MUST_STAY ? words.slice(from, to) : words;
    },
  };
}

function standsAt(phrase: readonly string[], words: readonly string[], at: number): boolean {
  return phrase.every((word, offset) => words[at + offset] === word);
}

/** Lower case without accents, links, signs and invisible characters; letters and digits with single spaces between. */
export function simplify(text: string): string {
  const lower = PLAIN.test(text)
    ? text.toLowerCase().replace(LINK, " ")
    : text
        .normalize("NFKC")
        .toLowerCase()
        .replace(INVISIBLE, "")
        .replace(LINK, " ")
        .normalize("NFD")
        .replace(ACCENTS, "");
  return lower
    .replace(/(\p{L})['’‘`´](\p{L})/gu, "$1$2")
    .replace(/\be\s?-\s?(ktp|kk)\b/g, "e$1")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** "kira2" is said twice and written once: the word itself says as much. */
function unfold(word: string): string {
  const match = /^([a-z]{2,})2(nya|an)?$/.exec(word);
  return match === null ? word : `${match[1] ?? ""}${match[2] ?? ""}`;
}

/** "tolooong" → "tolong", "dongg" → "dong"; numbers stay. */
export function squeeze(word: string): string {
  if (word.length < 3 || /\d/.test(word)) return word;
  return word
    .replace(/(.)\1{2,}/g, "$1")
    .replace(/([aeiouhgkn])\1$/, (pair, letter: string) => (word.length > 3 ? letter : pair));
}
