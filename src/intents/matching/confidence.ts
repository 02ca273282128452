/**
 * How far the scores can be trusted. Every example is scored by a core that has not learnt it (cross-validation), and a fifth
 * of the intents is hidden from each core, so that their examples stand for what no library answers (open-set recognition by
 * pseudo-unknown classes; Ge et al., 2017). A logistic model then learns which signals go with being right.
 */
import type { ConceptsOf } from "./concepts.js";
import { createCore, learnCore, type Core, type Corpus, type Sample } from "./core.js";
import { fitLogistic, probability, type Logistic, type Observation } from "./logistic.js";
import { seeded } from "./seeded.js";
import { ROOT_WORDS } from "./stem.js";

const FOLDS = 4;
/** Of the intents, this share is hidden in each fold. */
const HIDDEN = 0.2;
/** What is assumed of real traffic: this share is about topics next to the library's, this share about something else. */
const SHARE = { neighbour: 0.02, elsewhere: 0.05 };
/** More examples make the confidence no better, only later. */
const MOST_TRIALS = 6000;

/** What happened to one text that was scored without having been learnt. */
export interface Trial {
  /** Which sample it was. */
  sample: number;
  /** The intent that was meant; empty when it was hidden. */
  intent: string;
  guess: string;
  /** Among the best three. */
  isNear: boolean;
  /** What it stands for: a message for this library, one for a neighbouring topic it lacks, one about something else. */
  kind: "inside" | "neighbour" | "elsewhere";
  signals: number[];
}

/** Plain numbers: made in a worker, kept by the matcher. */
export interface Confidence {
  /** How likely the best intent is the one that was meant. */
  best: Logistic;
  /** How likely the one that was meant is among the best three. */
  three: Logistic;
  /** From this confidence on, what was answered out of fold was right as often as the target asks. */
  answerFrom: number;
}

/** A message that a person has marked: what it meant, or that no topic was meant. */
export interface Mark {
  words: readonly string[];
  /** The topic that was meant; undefined when none of the library was. */
  intent: string | undefined;
}

/** How much one mark of a person counts against one example of the library. */
const MARK_WEIGHT = 5;

/** Scores every sample in a fold that has not learnt it. */
export function tryOut(corpus: Corpus, conceptsOf: ConceptsOf): Trial[] {
  const { samples } = corpus;
  const random = seeded(4242);
  const intents = shuffled([...new Set(samples.map((sample) => sample.intent))], random);
  const fold = foldsOf(samples, random);
  const hiddenCount = Math.round(intents.length * HIDDEN);
  const telling = spreadOf(samples);
  const keep = MOST_TRIALS / Math.max(MOST_TRIALS, samples.length);
  return Array.from({ length: FOLDS }, (_, f) => {
    const hidden = new Set(intents.slice(f * hiddenCount, (f + 1) * hiddenCount));
    const isLearnt = (i: number): boolean => fold[i] !== f && !hidden.has(samples[i]?.intent ?? "");
    if (!samples.some((_, i) => isLearnt(i))) return [];
    const core = createCore(learnCore(corpus, isLearnt).learnt, conceptsOf, corpus);
    return samples.flatMap((sample, i) => {
      const isHidden = hidden.has(sample.intent);
      const isTried = isHidden ? i % 2 === 0 : fold[i] === f;
      if (!isTried || (keep < 1 && random() >= keep)) return [];
      const trial = tryOne(core, sample, i, isHidden ? "neighbour" : "inside");
      const strange = isHidden || i % STRANGE_EVERY !== 0 ? undefined : estranged(sample, telling, random);
      return strange === undefined ? [trial] : [trial, tryOne(core, strange, i, "elsewhere")];
    });
  }).flat();
}

/** Every so many samples is tried once more with its telling words exchanged. */
const STRANGE_EVERY = 2;
/** A word that stands in more intents than this is part of the frame: "how", "where", "please". */
const FRAME_FROM = 4;

/** How many intents each word stands in. */
function spreadOf(samples: readonly Sample[]): Map<string, number> {
  const intents = new Map<string, Set<string>>();
  for (const { words, intent } of samples)
    for (const word of words) {
      const known = intents.get(word);
      if (known === undefined) intents.set(word, new Set([intent]));
      else known.add(intent);
    }
  return new Map([...intents].map(([word, known]) => [word, known.size]));
}

/** The same sentence about something else: the words that tell the topic are exchanged for any others of the dictionary. */
function estranged(
  { words, intent }: Sample,
  spread: ReadonlyMap<string, number>,
  random: () => number,
): Sample | undefined {
  let changed = 0;
  const strange = words.map((word) => {
    if ((spread.get(word) ?? 0) >= FRAME_FROM) return word;
    changed += 1;
    return ROOT_WORDS[Math.floor(random() * ROOT_WORDS.length)] ?? word;
  });
  return changed === 0 ? undefined : { words: strange, intent };
}

/** Each intent's samples spread evenly over the folds. */
function foldsOf(samples: readonly Sample[], random: () => number): number[] {
  const fold = samples.map(() => 0);
  const seen = new Map<string, number>();
  const order = shuffled(
    samples.map((_, index) => index),
    random,
  );
  for (const i of order) {
    const intent = samples[i]?.intent ?? "";
    const count = seen.get(intent) ?? 0;
    fold[i] = count % FOLDS;
    seen.set(intent, count + 1);
  }
  return fold;
}

function tryOne(core: Core, { words, intent }: Sample, sample: number, kind: Trial["kind"]): Trial {
  const { ranked, signals } = core.score(words);
  return {
    sample,
    intent: kind === "inside" ? intent : "",
    guess: ranked[0]?.intent ?? "",
    isNear: kind === "inside" && ranked.some((each) => each.intent === intent),
    kind,
    signals,
  };
}

/** Fits the confidence to what came out, and to what people have marked since. `target`: share of answers that must be right. */
export function fitConfidence(
  trials: readonly Trial[],
  target: number,
  marked: readonly Trial[] = [],
): Confidence {
  const isRight = (trial: Trial): boolean => trial.kind === "inside" && trial.guess === trial.intent;
  const observe = (isTrue: (trial: Trial) => boolean): Observation[] => observations(trials, marked, isTrue);
  const best = fitLogistic(observe(isRight));
  return {
    best,
    three: fitLogistic(observe((trial) => trial.isNear)),
    answerFrom: thresholdFor(target, best, observe(isRight)),
  };
}

/** The lowest confidence from which on the share of right ones reaches the target (risk-coverage; El-Yaniv and Wiener, 2010). */
function thresholdFor(target: number, best: Logistic, tried: readonly Observation[]): number {
  const sorted = tried
    .map(({ signals, isTrue, weight }) => ({ sure: probability(best, signals), isTrue, weight }))
    .sort((a, b) => b.sure - a.sure);
  let right = 0;
  let all = 0;
  let threshold = LOWEST_ANSWER;
  let isReached = false;
  for (const { sure, isTrue, weight } of sorted) {
    all += weight;
    if (isTrue) right += weight;
    if (right / all >= target) [threshold, isReached] = [sure, true];
  }
  return isReached ? Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_ANSWER, threshold)) : HIGHEST_THRESHOLD;
}

/** Nothing is answered below the first, and everything above the second, whatever a small library's examples say. */
const LOWEST_ANSWER = 0.5;
const HIGHEST_THRESHOLD = 0.97;

/** How marked messages fare with the whole core; a mark of an intent that is gone counts for nothing. */
export function tryMarks(core: Core, marks: readonly Mark[]): Trial[] {
  return marks
    .filter(
      ({ words, intent }) => words.length > 0 && (intent === undefined || core.intents.includes(intent)),
    )
    .map(({ words, intent }) =>
      tryOne(core, { words, intent: intent ?? "" }, -1, intent === undefined ? "elsewhere" : "inside"),
    );
}

/** Each kind of trial is weighed as the share of real traffic it stands for. */
function observations(
  trials: readonly Trial[],
  marked: readonly Trial[],
  isTrue: (trial: Trial) => boolean,
): Observation[] {
  const share = { ...SHARE, inside: 1 - SHARE.neighbour - SHARE.elsewhere };
  const count = { inside: 0, neighbour: 0, elsewhere: 0 };
  for (const { kind } of trials) count[kind] += 1;
  return [
    ...trials.map((trial) => ({
      signals: trial.signals,
      isTrue: isTrue(trial),
      weight: (share[trial.kind] * trials.length) / count[trial.kind],
    })),
    ...marked.map((trial) => ({ signals: trial.signals, isTrue: isTrue(trial), weight: MARK_WEIGHT })),
  ];
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
