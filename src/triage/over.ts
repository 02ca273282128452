/**
 * Danger that is over: "kebakaran sudah padam", "banjirnya sudah surut" (the temporal context of Harkema et al., "ConText",
 * 2009). Only what stands before the words that end it is over; whoever is hurt, or calls for help, is not.
 */
import { createFindCues, type Hit } from "./cues.js";

/** Nothing of what follows these is over, nor is what they stand in front of: "masih", "tapi api muncul lagi". */
const STILL = new Set(["masih", "lagi", "kembali", "belum", "tolong", "help"]);

/** True when every danger in the words is said to have ended. `phrases` as editors write them. */
export type IsOver = (words: readonly string[], dangers: readonly Hit[]) => boolean;

export function createIsOver(phrases: readonly string[], plain: (text: string) => string[]): IsOver {
  const find = createFindCues(phrases, plain, 1);
  return (words, dangers) => {
    if (phrases.length === 0 || dangers.length === 0 || words.some((word) => STILL.has(word))) return false;
    const ends = find(words).map(({ places }) => places[0] ?? -1);
    const last = Math.max(-1, ...ends);
    return dangers.every(({ places }) => (places.at(-1) ?? 0) < last);
  };
}
