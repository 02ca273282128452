/** Learns any labelled texts, not only a library's: the matcher as a measuring tool sees it. */
import type { Candidate } from "../../vocabulary/understanding.js";
import type { WordsFile } from "../format.js";
import { createConcepts } from "./concepts.js";
import { fitConfidence, tryOut, type Confidence } from "./confidence.js";
import { createCore, learnCore, readCorpus } from "./core.js";
import { judge, TARGET } from "./judge.js";
import { createNormalizer } from "./normalize.js";

export interface Labelled {
  text: string;
  intent: string;
}

export interface TextMatcher {
  /** The best three, always. */
  match(text: string): { candidates: Candidate[] };
  /** Measures the confidence; before that it is only a rule of thumb. */
  calibrate(): void;
  answerFrom(): number;
  intents: number;
  /** Size of what was learnt. */
  bytes: number;
}

/** The same steps as for a library: read, learn, judge. A text that says nothing gets the first intent with confidence 0. */
export function learnTexts(texts: readonly Labelled[], words: WordsFile): TextMatcher {
  const normalizer = createNormalizer(words);
  const conceptsOf = createConcepts(words, normalizer);
  const samples = texts
    .map(({ text, intent }) => ({ words: normalizer.words(text), intent }))
    .filter((sample) => sample.words.length > 0);
  const corpus = readCorpus(samples, conceptsOf);
  const core = createCore(learnCore(corpus).learnt, conceptsOf, corpus);
  let confidence: Confidence | undefined;
  return {
    match(text) {
      const read = normalizer.words(text);
      if (read.length === 0)
        return { candidates: core.intents.slice(0, 1).map((intent) => ({ intent, confidence: 0 })) };
      return { candidates: judge(core.score(read), confidence).candidates };
    },
    calibrate: () => (confidence = fitConfidence(tryOut(corpus, conceptsOf), TARGET)),
    answerFrom: () => confidence?.answerFrom ?? 1,
    intents: core.intents.length,
    bytes: core.bytes,
  };
}
