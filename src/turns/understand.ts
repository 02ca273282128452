/** Understands one message: danger first, then noise, then the intents, and honestly when nothing fits. */
import { isEnglish } from "../intents/matching/english.js";
import { createCore } from "../intents/matching/core.js";
import { createMatcher, readLanguage, type Match, type Matcher } from "../intents/matching/matcher.js";
import { simplify } from "../intents/matching/normalize.js";
import { createFindSlots } from "../intents/matching/slots.js";
import type { Library } from "../intents/library.js";
import { createDangerEar } from "../triage/danger.js";
import { findSurge, type RecentText, type Surge } from "../triage/copies.js";
import { withoutNumbers } from "../triage/mask.js";
import { createFindNoise } from "../triage/noise.js";
import { createFindUrgency, type AboutElse, type FindUrgency } from "../triage/urgent.js";
import type { Understanding } from "../vocabulary/understanding.js";
import { chooseOutcome } from "./choose-outcome.js";
import { learnLibrary, learnWell, type Learnt } from "./learn.js";

/** From this confidence on, a message is probably about a topic, though not surely enough to be answered. */
const PROBABLY_FROM = 0.75;

/** What a message stands in. */
export interface Context {
  /** What others wrote within the last hour. */
  recent?: readonly RecentText[];
  /** The topic answered last in this conversation, if that was not long ago. */
  topic?: string;
}

export interface Understander {
  understand(text: string, context?: Context): Understanding;
  matcher: Matcher;
  findUrgency: FindUrgency;
}

/** Learns a library and understands messages with it, its confidence measured. For tools and tests: it takes seconds. */
export function createUnderstander(library: Library): Understander {
  return understandWith(library, learnWell(library));
}

/** The same without the measuring: it only answers what is clearly in the lead. */
export function createQuickUnderstander(library: Library): Understander {
  return understandWith(library, learnLibrary(library).learnt);
}

/** Understands messages with what was learnt of this library (`learn.ts`). */
export function understandWith(library: Library, { core: learnt, ear, confidence }: Learnt): Understander {
  const language = readLanguage(library);
  const core = createCore(learnt, language.conceptsOf);
  const matcher = createMatcher(core, language);
  if (confidence !== undefined) matcher.calibrate(confidence);
  const { allWords } = matcher.normalizer;
  const { emergency } = library.records;
  const findUrgency = createFindUrgency(emergency, allWords, createDangerEar(library, core, ear));
  const findNoise = createFindNoise();
  const findSlots = createFindSlots(library.records.agencies, allWords);
  const danger = topicsOfDanger(library);
  const aboutElse = ({ candidates: [best] }: Match): AboutElse => {
    // What is answered with silence, spam and the like, calms nobody.
    if (best === undefined || danger.has(best.intent)) return "no";
    if (library.intents.get(best.intent)?.afterwards === "silence") return "no";
    if (best.confidence >= matcher.answerFrom()) return "surely";
    return best.confidence >= PROBABLY_FROM ? "probably" : "no";
  };
  return {
    matcher,
    findUrgency,
    understand(text, { recent = [], topic } = {}) {
      const match = matcher.match(text);
      const surge = findSurge(simplify(text), recent);
      // Whoever calls for help and leaves a number is in no less danger.
      const said = withoutNumbers(text);
      const { urgency, isHarmless } = findUrgency(
        said,
        aboutElse(said === text ? match : matcher.match(said)),
      );
      if (urgency !== undefined)
        return {
          outcome: "urgent",
          intent: urgency.intent,
          confidence: 1,
          candidates: match.candidates,
          urgency: { priority: urgency.priority, class: urgency.class, words: urgency.words },
          reasons: surge === undefined ? urgency.reasons : [...urgency.reasons, surgeSentence(surge)],
          ...(surge === undefined ? {} : { surge }),
        };
      const noise = findNoise(text, recent);
      const understood = chooseOutcome({ library, matcher, match, noise, isHarmless, topic, text });
      const slots = findSlots(allWords(text));
      return {
        ...understood,
        ...(surge === undefined || understood.outcome === "fold"
          ? {}
          : { surge, reasons: [...understood.reasons, surgeSentence(surge)] }),
        ...(Object.keys(slots).length === 0 ? {} : { slots }),
        ...(isEnglish(simplify(text).split(" ")) ? { language: "en" } : {}),
      };
    },
  };
}

/** The topics danger is answered with, and all that stand in one folder with an urgent one. */
function topicsOfDanger({ intents, records }: Library): Set<string> {
  const all = [...intents.values()];
  const groups = new Set(all.filter(({ afterwards }) => afterwards === "urgent").map(({ group }) => group));
  const near = all.filter(({ group }) => groups.has(group)).map(({ id }) => id);
  return new Set([...near, ...Object.values(records.emergency.kelas).map(({ topik }) => topik)]);
}

/** For staff: this one is not alone. */
function surgeSentence({ people, words }: Surge): string {
  return `${people} warga lain baru saja menulis tentang hal serupa (${words.join(", ")})`;
}
