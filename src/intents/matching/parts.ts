/**
 * Several questions in one message: "ktp hilang gmn? trus dukcapil buka jam berapa". The message is cut where people cut
 * (a question mark, "terus", "sekalian", "dan"), and the parts are read one by one (clause segmentation before
 * classification; Kim et al., "Two-stage multi-intent detection", 2017).
 */
import type { Candidate } from "../../vocabulary/understanding.js";
import type { Matcher } from "./matcher.js";

/** Where one question ends and another begins. A comma or a full stop is none: "bapak wafat, kk mau diganti" is one matter. */
const CUTS =
  /[?;]+|\b(?:terus|trus|trs|lalu|sekalian|sama|dan|serta|plus|juga|selain itu|satu lagi|1 lagi|oh ya|oiya|oh iya|btw)\b/giu;
/** A part with fewer words says too little. */
const SHORTEST_PART = 2;
/** More questions than that are read by a person. */
const MOST_PARTS = 3;

/** The topics a message asks about, in its order: two or three when its parts are each sure of their own, else none. */
export function findSeveral(text: string, matcher: Matcher): Candidate[] {
  const pieces = text
    .split(CUTS)
    .map((piece) => matcher.normalizer.words(piece))
    .filter((words) => !words.every(matcher.normalizer.isPolite));
  if (pieces.length < 2) return [];
  const found: Candidate[] = [];
  for (const words of joinShort(pieces)) {
    const best = matcher.matchWords(words).candidates[0];
    // A part that nobody understands leaves the whole to be read as one.
    if (best === undefined || best.confidence < matcher.answerFrom()) return [];
    if (found.at(-1)?.intent !== best.intent) found.push(best);
  }
  const isDistinct = new Set(found.map(({ intent }) => intent)).size === found.length;
  return found.length >= 2 && found.length <= MOST_PARTS && isDistinct ? found : [];
}

/** A part too short to stand alone goes with the one before it. */
function joinShort(pieces: readonly string[][]): string[][] {
  const joined: string[][] = [];
  for (const words of pieces) {
    const before = joined.at(-1);
    if (before !== undefined && (words.length < SHORTEST_PART || before.length < SHORTEST_PART))
      before.push(...words);
    else if (words.length > 0) joined.push([...words]);
  }
  return joined;
}
