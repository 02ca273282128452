/**
 * Roots of Indonesian words, by the confix-stripping stemmer of `natural` (Asian, Williams and Tahaghoghi, "Stemming
 * Indonesian", 2005; Adriani et al., 2007) and its list of root words.
 */
import roots from "natural/lib/natural/stemmers/indonesian/data/kata-dasar.json";
import stemmer from "natural/lib/natural/stemmers/indonesian/stemmer_id";
import { remember } from "./remember.js";

const SHORTEST_STEMMED = 4;
/** The stemmer tries every combination of affixes; a longer "word" is no word and would only cost time. */
const LONGEST_STEMMED = 30;

const rootWords = new Set(roots);

/** All root words the stemmer knows. */
export const ROOT_WORDS: readonly string[] = roots;

/** How a word begins or ends that may have affixes. Infixes ("kinerja") are so rare that they are left alone: it halves the work. */
const MAY_HAVE_AFFIX = /^(?:di|ke|se|me|be|te|pe|ku|kau)|(?:nya|[km]u|[lkt]ah|pun|an|i|is|isme|wati)$/;

/** The root of a word, as the stemmer sees it. */
export const stem = remember((word: string) =>
  word.length < SHORTEST_STEMMED ||
  word.length > LONGEST_STEMMED ||
  rootWords.has(word) ||
  !MAY_HAVE_AFFIX.test(word) ||
  /\d/.test(word)
    ? word
    : stemmer.stem(word),
);

/** True for an Indonesian word of the dictionary, with or without affixes. */
export const isRealWord = remember(
  (word: string) => word.length >= SHORTEST_STEMMED && (rootWords.has(word) || rootWords.has(stem(word))),
);
