/** Which intent is meant, how sure that is, and why. */
import type { WordsFile } from "../format.js";
import type { Records, Teaching } from "../library.js";
import { createConcepts, type ConceptsOf } from "./concepts.js";
import { fitConfidence, tryMarks, tryOut, type Confidence, type Mark, type Trial } from "./confidence.js";
import { readCorpus, type Core, type Corpus, type Sample } from "./core.js";
import { answerFrom, judge, TARGET, type Judged } from "./judge.js";
import { withoutDenied } from "./negation.js";
import { withoutNames } from "./slots.js";
import { createNormalizer, type Normalizer } from "./normalize.js";

export interface Match extends Judged {
  /** Share of the words' weight that the library knows. */
  knownShare: number;
  /** The words as they were read, after repair. */
  words: string[];
}

export interface Explanation {
  /** Words that were repaired: as written → as read. */
  repairs: { from: string; to: string }[];
  /** How much each word speaks for the best intent; most first. */
  mattered: { word: string; change: number }[];
  /** Words that were read as a meaning: the word → what it stands for. */
  meanings: { word: string; meanings: string[] }[];
}

export interface Matcher {
  match(text: string): Match;
  /** The same for words that are read already, as the normaliser gives them. */
  matchWords(words: readonly string[]): Match;
  explain(text: string): Explanation;
  normalizer: Normalizer;
  core: Core;
  /** Takes over a measured confidence. Until then only a clear lead counts as sure. */
  calibrate(confidence: Confidence): void;
  isCalibrated(): boolean;
  /** From this confidence on a message is answered without asking back. */
  answerFrom(): number;
}

/** What the library's record of emergencies says of danger and of what only sounds like it. */
function dangerTexts({ records }: Teaching): string[] {
  const { kelas: kinds, contoh_aman: safe = [] } = records.emergency;
  return [...Object.values(kinds).flatMap(({ contoh: examples = [] }) => examples), ...safe];
}

/** The library's words, with the names of its agencies as one more meaning: "jam buka dinsos" speaks for every agency. */
function languageOf({ words, agencies }: Pick<Records, "words" | "agencies">): WordsFile {
  const names = Object.entries(agencies)
    .flatMap(([id, { singkatan }]) => [id, singkatan])
    .filter((name) => /^[A-Za-z]+$/.test(name));
  return names.length === 0
    ? words
    : { ...words, sepadan: [...(words.sepadan ?? []), ["dinas", ...names].join(", ")] };
}

/** Where a sample stands. */
export interface Source {
  file: string;
  example?: number;
}

/** What is learnt: the examples, and what other files say belongs to this intent and not to theirs. */
function samplesOf(library: Teaching, normalizer: Normalizer): { samples: Sample[]; sources: Source[] } {
  const all: { sample: Sample; source: Source }[] = [];
  for (const { id, examples, notThis } of library.intents.values()) {
    for (const [example, text] of examples.entries())
      all.push({ sample: { words: normalizer.words(text), intent: id }, source: { file: id, example } });
    for (const { text, intent } of notThis)
      if (library.intents.has(intent))
        all.push({ sample: { words: normalizer.words(text), intent }, source: { file: id } });
  }
  const readable = all.filter(({ sample }) => sample.words.length > 0);
  return { samples: readable.map(({ sample }) => sample), sources: readable.map(({ source }) => source) };
}

/** How a library's texts are read before they become features. */
export interface Language {
  normalizer: Normalizer;
  conceptsOf: ConceptsOf;
}

/** A library's language: its own everyday spellings, its words of one meaning. */
export function readLanguage({ records }: Pick<Teaching, "records">): Language {
  const normalizer = createNormalizer(records.words);
  return { normalizer, conceptsOf: createConcepts(languageOf(records), normalizer) };
}

/** What a matcher learns from: the library's examples, read once. */
export interface Lesson extends Language {
  corpus: Corpus;
  /** Where each sample stands: the topic's file, and which of its examples it is; undefined for a "bukan". */
  sources: readonly Source[];
}

/** Reads a library's examples. */
export function readLesson(library: Teaching): Lesson {
  const language = readLanguage(library);
  const { samples, sources } = samplesOf(library, language.normalizer);
  const others = dangerTexts(library).map(language.normalizer.allWords);
  return { ...language, corpus: readCorpus(samples, language.conceptsOf, others), sources };
}

/** A matcher over what was learnt of a library. It is not calibrated yet. */
export function createMatcher(core: Core, { normalizer, conceptsOf }: Language): Matcher {
  let confidence: Confidence | undefined;
  const matchWords = (words: readonly string[]): Match => {
    if (words.length === 0) return { candidates: [], amongThem: 0, knownShare: 0, words: [] };
    const scored = core.score(withoutNames(withoutDenied(words), core.countOf));
    return {
      ...judge(scored, confidence),
      knownShare: scored.vector.knownWords,
      words: words.map(core.repair),
    };
  };
  return {
    match: (text) => matchWords(normalizer.words(text)),
    matchWords,
    explain: (text) => explain(normalizer.words(text), core, conceptsOf),
    normalizer,
    core,
    calibrate: (measured) => (confidence = measured),
    isCalibrated: () => confidence !== undefined,
    answerFrom: () => answerFrom(confidence),
  };
}

/** Measures the confidence out of fold on the library itself. Takes seconds for a large one: a server does it in a process of its own. */
export function measureConfidence(
  { corpus, conceptsOf }: Lesson,
  core: Core,
  marks: readonly Mark[] = [],
  target = TARGET,
): { confidence: Confidence; trials: Trial[] } {
  const trials = tryOut(corpus, conceptsOf);
  return { confidence: fitConfidence(trials, target, tryMarks(core, marks)), trials };
}

function explain(words: readonly string[], core: Core, conceptsOf: ConceptsOf): Explanation {
  const read = words.map(core.repair);
  const best = words.length === 0 ? "" : (core.score(words).ranked[0]?.intent ?? "");
  const shares = core.shares(words, best);
  return {
    repairs: words.flatMap((from, i) => (read[i] === from ? [] : [{ from, to: read[i] ?? from }])),
    mattered: words.map((word, i) => ({ word, change: shares[i] ?? 0 })).sort((a, b) => b.change - a.change),
    meanings: read
      .map((word) => ({ word, meanings: conceptsOf(word).map((name) => name.slice(name.indexOf(" ") + 1)) }))
      .filter(({ meanings }) => meanings.length > 0),
  };
}
