/** Answer, ask back, hand over or set aside: what is done with a match that is no emergency by its words. */
import type { Library } from "../intents/library.js";
import type { Match, Matcher } from "../intents/matching/matcher.js";
import { findSeveral } from "../intents/matching/parts.js";
import type { Candidate, Noise, Understanding } from "../vocabulary/understanding.js";

export interface Read {
  library: Library;
  matcher: Matcher;
  match: Match;
  noise: Noise | undefined;
  /** It only sounds like danger. */
  isHarmless: boolean;
  /** The topic answered last. */
  topic: string | undefined;
  text: string;
}

/** What is not answered is asked back, if the right one is this likely among the three that are offered. */
export const CLARIFY_FROM = 0.3;
/** An intent of danger that is matched this surely, or by a clear lead before that is measured, raises the alarm even when neither cue nor ear has. */
export const URGENT_FROM = 0.8;
/** The second and third that are offered must be at least this likely. */
const OFFER_FROM = 0.01;
/** With less of its words known to the library a message is not guessed at. */
const LEAST_KNOWN = 0.12;
/** A follow-up is short, made of known words, and together with the topic before it points there. */
const FOLLOW_UP = { mostWords: 5, leastKnown: 0.6, leastTogether: 0.6 };

/** Decides by values only; the same reading gives the same outcome. */
export function chooseOutcome(read: Read): Understanding {
  const { library, matcher, match, noise, isHarmless } = read;
  const { candidates } = match;
  const best = candidates[0];
  const confidence = best?.confidence ?? 0;
  const intent = best === undefined ? undefined : library.intents.get(best.intent);
  const base = { confidence, candidates, words: match.words };
  const isEmergency = intent?.afterwards === "urgent";
  if (isEmergency && !isHarmless && confidence >= URGENT_FROM)
    return {
      ...base,
      outcome: "urgent",
      intent: intent.id,
      urgency: {
        // Neither cue nor ear has heard it: a person looks first, within the hour.
        priority: "P1",
        class: intent.id,
        words: match.words.slice(0, 6),
      },
      reasons: [`sangat mirip contoh topik "${intent.title}"; belum pasti, mohon segera dilihat`],
    };
  if (noise !== undefined) return { ...base, outcome: "fold", noise, reasons: noise.reasons };
  if (match.words.length === 0)
    return { ...base, outcome: "escalate", reasons: ["tidak ada kata yang bisa dibaca"] };
  const several = findSeveral(read.text, matcher).filter((each) => isAnswerable(each, read));
  if (several.length >= 2) return answerSeveral(several, base, library);
  if (match.knownShare < LEAST_KNOWN)
    return { ...base, outcome: "escalate", reasons: ["hampir semua katanya belum dikenal pustaka"] };
  if (
    intent !== undefined &&
    best !== undefined &&
    isAnswerable(best, read) &&
    !isEmergency &&
    confidence >= matcher.answerFrom()
  )
    return {
      ...base,
      outcome: "answer",
      intent: intent.id,
      reasons: [`cocok dengan topik "${intent.title}"`],
    };
  return followUp(read, base) ?? askBack(read, base);
}

type Base = Pick<Understanding, "confidence" | "candidates" | "words">;

/** Silence is only for what the noise detector confirms; a mistaken match must not swallow a citizen's words. */
function isAnswerable({ intent }: Candidate, { library, isHarmless }: Read): boolean {
  const afterwards = library.intents.get(intent)?.afterwards;
  return afterwards !== undefined && afterwards !== "silence" && !(isHarmless && afterwards === "urgent");
}

function answerSeveral(several: readonly Candidate[], base: Base, library: Library): Understanding {
  const titles = several.map(({ intent }) => `"${library.intents.get(intent)?.title ?? intent}"`);
  return {
    ...base,
    outcome: "answer",
    intent: several[0]?.intent,
    more: several.slice(1).map(({ intent }) => intent),
    confidence: Math.min(...several.map((each) => each.confidence)),
    candidates: [...several],
    reasons: [`menanyakan ${several.length} topik: ${titles.join(", ")}`],
  };
}

/** "Syaratnya apa?" after an answer about the lost KTP asks about the lost KTP; a clear message is never bent this way. */
function followUp({ library, matcher, match, topic }: Read, base: Base): Understanding | undefined {
  const intent = topic === undefined ? undefined : library.intents.get(topic);
  if (intent === undefined || intent.afterwards === "urgent" || intent.afterwards === "silence")
    return undefined;
  if (match.words.length > FOLLOW_UP.mostWords || match.knownShare < FOLLOW_UP.leastKnown) return undefined;
  const together = matcher.matchWords([...matcher.normalizer.words(intent.title), ...match.words])
    .candidates[0];
  if (together?.intent !== intent.id || together.confidence < FOLLOW_UP.leastTogether) return undefined;
  return {
    ...base,
    outcome: "answer",
    intent: intent.id,
    confidence: together.confidence,
    reasons: [`melanjutkan topik "${intent.title}"`],
  };
}

function askBack(read: Read, base: Base): Understanding {
  const offered = base.candidates.filter(
    (each, index) =>
      isAnswerable(each, read) &&
      // Nobody is asked whether they meant to insult.
      read.library.intents.get(each.intent)?.afterwards !== "once" &&
      (index === 0 || each.confidence >= OFFER_FROM),
  );
  if (offered.length === 0 || read.match.amongThem < CLARIFY_FROM)
    return { ...base, outcome: "escalate", reasons: ["tidak ada topik yang cukup cocok"] };
  return {
    ...base,
    candidates: offered,
    outcome: "clarify",
    intent: offered[0]?.intent,
    reasons: [
      offered.length === 1
        ? "mungkin topik ini, tetapi belum pasti"
        : "dua atau tiga topik sama-sama mungkin",
    ],
  };
}
