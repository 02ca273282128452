/** Learns a library: what its topics sound like, what danger sounds like, and how far both can be trusted. */
import type { Teaching } from "../intents/library.js";
import type { Confidence, Mark } from "../intents/matching/confidence.js";
import { createCore, learnCore, type Core, type LearntCore } from "../intents/matching/core.js";
import { measureConfidence, readLesson, type Lesson } from "../intents/matching/matcher.js";
import { learnDanger, type DangerLines } from "../triage/danger.js";

/** All that is learnt of a library. Plain values: made in a process of its own, kept in a file, taken up by `understandWith`. */
export interface Learnt {
  core: LearntCore;
  ear: DangerLines;
  /** Missing until it is measured: then only a clear lead counts as sure. */
  confidence?: Confidence;
}

/** What was learnt, and what it was learnt from. */
export interface Learning {
  learnt: Learnt;
  lesson: Lesson;
  core: Core;
}

/** Learns at once. Same library, same result. */
export function learnLibrary(library: Teaching): Learning {
  const lesson = readLesson(library);
  const { corpus, conceptsOf, normalizer } = lesson;
  const { learnt, vectors } = learnCore(corpus);
  const core = createCore(learnt, conceptsOf, corpus);
  const ear = learnDanger(library, { samples: corpus.samples, vectors, core, normalizer });
  return { learnt: { core: learnt, ear }, lesson, core };
}

/** The same with the confidence measured, which takes longer. */
export function learnWell(library: Teaching): Learnt {
  const { learnt, lesson, core } = learnLibrary(library);
  return { ...learnt, confidence: measureConfidence(lesson, core).confidence };
}

/** A message that a person has marked, as it stands in the file of marks. */
export interface MarkedText {
  text: string;
  /** The topic that was meant; null when none of the library was. */
  intent: string | null;
}

/** Measures the confidence with what people have marked. `target`: share of answers that must be right, 0 to 1. */
export function measure(
  { lesson, core }: Learning,
  marks: readonly MarkedText[],
  target: number,
): Confidence {
  const read = marks.map(({ text, intent }): Mark => ({
    words: lesson.normalizer.words(text),
    intent: intent ?? undefined,
  }));
  return measureConfidence(lesson, core, read, target).confidence;
}
