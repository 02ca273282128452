/**
 * Hears danger where no cue stands: a classifier between danger and everything harmless, and one between its kinds, learnt from the
 * examples in `_darurat.yaml`, the urgent topics, and all other topics as the harmless side. The same linear machine as the
 * matcher's (`intents/matching/core.ts`), with another question.
 */
import { createClassifier } from "../intents/matching/classifier.js";
import type { Core, Sample } from "../intents/matching/core.js";
import type { Normalizer } from "../intents/matching/normalize.js";
import { trainLines, type Lines } from "../intents/matching/svm.js";
import type { Vector } from "../intents/matching/vectors.js";
import type { Teaching } from "../intents/library.js";

export interface DangerHeard {
  /** The kind of danger, as it stands in `_darurat.yaml`. */
  kind: string;
  /** How much speaks for danger at all, and for this kind; far below zero where nothing does. */
  lead: number;
}

export interface DangerEar {
  /** The likeliest danger, however unlikely; undefined for a text without words. */
  hear(words: readonly string[]): DangerHeard | undefined;
  /** The words that speak most for this danger, most first. */
  why(words: readonly string[], kind: string): string[];
}

const HARMLESS = "";
const SOME_KIND = "*";

/** What the ear learns from: the samples a matcher has learnt, with their vectors, and the matcher's core. */
export interface DangerLesson {
  samples: readonly Sample[];
  vectors: readonly Vector[];
  core: Core;
  normalizer: Normalizer;
}

/** What was learnt. Plain values: made in another process, or kept in a file. */
export interface DangerLines {
  /** One line between any danger and everything harmless. */
  any: Lines;
  /** For each kind of danger a line between it and all else. */
  kinds: Lines;
}

/** Danger is one large side, not one of many topics; its lines begin nearer to the middle. */
const BIAS = -1;
/** A meaning alone ("somebody", "help") is in danger and out of it: it counts less than words and pieces of words. */
const SHARES = [1, 0.6, 1];

/** Learns from the library, over the vectors that were made of it. */
export function learnDanger(
  library: Teaching,
  { samples, vectors, core, normalizer }: DangerLesson,
): DangerLines {
  const told = dangerSamples(library, normalizer.allWords);
  const kinds = kindsOf(library);
  const meant = [
    ...samples.map(({ intent }) => kindOf(intent, library)),
    ...told.map(({ intent }) => intent),
  ];
  const all = [...vectors.slice(0, samples.length), ...told.map(({ words }) => core.vectorOf(words))];
  const space = { ...core.space, bias: BIAS };
  const isNamed = meant.map((kind) => kind !== SOME_KIND);
  const named = meant.filter((_, at) => isNamed[at]);
  return {
    any: trainLines({
      ...space,
      vectors: all,
      labels: Int32Array.from(meant, (kind) => (kind === HARMLESS ? 1 : 0)),
      classes: 1,
    }),
    kinds: trainLines({
      ...space,
      vectors: all.filter((_, at) => isNamed[at]),
      labels: Int32Array.from(named, (kind) => kinds.indexOf(kind)),
      classes: kinds.length,
    }),
  };
}

const kindsOf = ({ records }: Teaching): string[] => Object.keys(records.emergency.kelas);

/** The sum of the blocks' scores, each with its share. */
function weighed(blocks: readonly Float64Array[]): number[] {
  return Array.from(blocks[0] ?? [], (_, label) =>
    blocks.reduce((sum, scores, block) => sum + (SHARES[block] ?? 0) * (scores[label] ?? 0), 0),
  );
}

/** Hears with what was learnt of this library. */
export function createDangerEar(library: Teaching, core: Core, lines: DangerLines): DangerEar {
  const kinds = kindsOf(library);
  const any = createClassifier(lines.any);
  const each = createClassifier(lines.kinds);
  return {
    hear(words) {
      if (words.length === 0) return undefined;
      const vector = core.vectorOf(words);
      const scores = weighed(each.scores(vector).blocks);
      const loudest = scores.indexOf(Math.max(...scores));
      const kind = kinds[loudest];
      const [danger = 0] = weighed(any.scores(vector).blocks);
      return kind === undefined ? undefined : { kind, lead: danger + (scores[loudest] ?? 0) };
    },
    why(words, kind) {
      const label = kinds.indexOf(kind);
      const support = (some: readonly string[]): number => each.support(core.vectorOf(some), label);
      const whole = support(words);
      return words
        .map((word, place) => ({ word, share: whole - support(words.filter((_, other) => other !== place)) }))
        .filter(({ share }) => share > 0)
        .sort((one, other) => other.share - one.share)
        .slice(0, MOST_WORDS)
        .map(({ word }) => word);
    },
  };
}

/** How many words are named as the reason. */
const MOST_WORDS = 4;

/** What the record of emergencies tells of danger, and of what only sounds like it. */
export function dangerSamples(library: Teaching, plain: (text: string) => string[]): Sample[] {
  const { kelas: kinds, bukan_darurat: phrases, contoh_aman: safe = [] } = library.records.emergency;
  const samples: Sample[] = [];
  const add = (text: string, intent: string): void => {
    const words = plain(text);
    if (words.length > 0) samples.push({ words, intent });
  };
  for (const [kind, { contoh: examples = [] }] of Object.entries(kinds))
    for (const text of examples) add(text, kind);
  for (const text of [...phrases, ...safe]) add(text, HARMLESS);
  return samples;
}

/** The kind of danger an urgent topic stands for; a topic that answers several kinds tells only of some danger. */
function kindOf(intent: string, { intents, records }: Teaching): string {
  if (intents.get(intent)?.afterwards !== "urgent") return HARMLESS;
  const kinds = Object.entries(records.emergency.kelas).filter(([, { topik }]) => topik === intent);
  return kinds.length > 1 ? SOME_KIND : (kinds[0]?.[0] ?? HARMLESS);
}
