/** Scores a text against all intents: the classifier, the example it looks most like, and the signals to judge both by. */
import { createClassifier } from "./classifier.js";
import type { ConceptsOf } from "./concepts.js";
import { learnFeatures, restoreFeatures, type Features, type Numbers } from "./features.js";
import { createNearest, indexExamples, type ExampleIndex } from "./nearest.js";
import { createRepair, createVocabularyIndex, type Repair, type VocabularyIndex } from "./repair.js";
import { signalsOf, topThree } from "./signals.js";
import { trainLines, type Lines } from "./svm.js";
import { createBuild, weigh, type Vector, type Weights } from "./vectors.js";

/** One thing a citizen might write, in plain words, and the intent it means. */
export interface Sample {
  words: readonly string[];
  intent: string;
}

export interface Core {
  intents: readonly string[];
  repair: Repair;
  /** How often a word stands in what was learnt. */
  countOf(word: string): number;
  score(words: readonly string[]): Scored;
  /** How much each word adds to the score of an intent, in the order of the words. */
  shares(words: readonly string[], intent: string): number[];
  vectorOf(words: readonly string[]): Vector;
  /** Size of the space of features: for other classifiers over the same vectors. */
  space: { features: number; starts: readonly number[] };
  /** Size of what was learnt. */
  bytes: number;
}

export interface Ranked {
  intent: string;
  score: number;
}

export interface Scored {
  /** Intents by score, best first; three at most. */
  ranked: Ranked[];
  /** What the confidence is judged by. */
  signals: number[];
  vector: Vector;
}

/** What a core has learnt. Plain values: made in another process, or kept in a file. */
export interface LearntCore {
  intents: readonly string[];
  /** How often each word stands in the texts. */
  vocabulary: ReadonlyMap<string, number>;
  /** The features' hashes, block by block. */
  features: readonly Int32Array[];
  weights: Weights;
  lines: Lines;
  examples: ExampleIndex;
}

/** Texts that are read once; cores are learnt from all of them or from some. */
export interface Corpus {
  samples: readonly Sample[];
  /** Texts of no intent whose words count as known, too. */
  others: readonly (readonly string[])[];
  features: Features;
  /** The features of the samples, and behind them those of the other texts. */
  numbers: readonly Numbers[];
  words: VocabularyIndex;
}

/** Reads samples, and texts of no intent. */
export function readCorpus(
  samples: readonly Sample[],
  conceptsOf: ConceptsOf,
  others: readonly (readonly string[])[] = [],
): Corpus {
  const texts = [...samples.map(({ words }) => words), ...others];
  return {
    samples,
    others,
    ...learnFeatures(texts, conceptsOf),
    words: createVocabularyIndex(countWords(texts)),
  };
}

/** Learns from a corpus, or from those of its samples that `isLearnt` takes. Gives the learnt texts' vectors, too. */
export function learnCore(
  { samples, others, features, numbers }: Corpus,
  isLearnt: (sample: number) => boolean = () => true,
): { learnt: LearntCore; vectors: Vector[] } {
  const chosen = samples.flatMap((_, at) => (isLearnt(at) ? [at] : []));
  const own = chosen.flatMap((at) => samples[at] ?? []);
  const read = [...chosen.flatMap((at) => numbers[at] ?? []), ...numbers.slice(samples.length)];
  const intents = [...new Set(own.map(({ intent }) => intent))];
  const idOf = new Map(intents.map((intent, id) => [intent, id]));
  const labels = Int32Array.from(own, ({ intent }) => idOf.get(intent) ?? 0);
  const weights = weigh(read, features.sizes);
  const vectors = read.map(createBuild(weights));
  const space = { features: weights.telling.length, starts: weights.starts };
  const learning = vectors.slice(0, own.length);
  return {
    vectors,
    learnt: {
      intents,
      vocabulary: countWords([...own.map(({ words }) => words), ...others]),
      features: features.hashes,
      weights,
      lines: trainLines({ vectors: learning, labels, classes: intents.length, ...space }),
      examples: indexExamples(learning, labels, space.starts[2] ?? 0),
    },
  };
}

/** A core that knows what was learnt. `reading`: the corpus it was learnt from, where that is at hand. */
export function createCore(
  learnt: LearntCore,
  conceptsOf: ConceptsOf,
  reading?: Pick<Corpus, "features" | "words">,
): Core {
  const { intents, weights, lines, examples } = learnt;
  const features = reading?.features ?? restoreFeatures(learnt.features, conceptsOf);
  const repair = createRepair(learnt.vocabulary, reading?.words);
  const build = createBuild(weights);
  const vectorOf = (words: readonly string[]): Vector => build(features.read(words, repair));
  const classifier = createClassifier(lines);
  const nearest = createNearest(examples, intents.length);
  return {
    intents,
    repair,
    countOf: (word) => learnt.vocabulary.get(word) ?? 0,
    score(words) {
      const vector = vectorOf(words);
      const scores = classifier.scores(vector);
      const top = topThree(scores.total);
      return {
        ranked: top.map((id) => ({ intent: intents[id] ?? "", score: scores.total[id] ?? 0 })),
        signals: signalsOf(scores, nearest, top, vector),
        vector,
      };
    },
    shares(words, intent) {
      const label = intents.indexOf(intent);
      if (label < 0) return words.map(() => 0);
      const total = (each: readonly string[]): number => classifier.support(vectorOf(each), label);
      const whole = total(words);
      return words.map((_, place) => whole - total(words.filter((__, other) => other !== place)));
    },
    vectorOf,
    space: { features: weights.telling.length, starts: weights.starts },
    bytes:
      classifier.bytes +
      nearest.bytes +
      weights.telling.byteLength +
      learnt.features.reduce((sum, { byteLength }) => sum + byteLength, 0),
  };
}

function countWords(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
