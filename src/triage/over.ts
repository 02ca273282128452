/**
 * Danger that is over: "kebakaran sudah padam", "banjirnya sudah surut" (the temporal context of Harkema et al., "ConText",
 * 2009). Only what stands before the words that end it is over; whoever is hurt, or calls for help, is not.
 */
import { createFindCues, type Hit } from "./cues.js";

/** Nothing of what follows these is over, nor is what they stand in front of: "masih", "tapi api muncul lagi". */
const STILL = new Set(["masih", "lagi", "kembali", "belum", "tolong", "help"]);

/** How many words say something else, when every danger in the words is said to have ended; undefined when one has not. */
export type FindOver = (words: readonly string[], dangers: readonly Hit[]) => number | undefined;

/** `phrases` as editors write them. */
export function createFindOver(phrases: readonly string[], plain: (text: string) => string[]): FindOver {
  const find = createFindCues(phrases, plain, 1);
  return (words, dangers) => {
    if (dangers.length === 0 || words.some((word) => STILL.has(word))) return undefined;
    const ends = find(words);
    const last = Math.max(-1, ...ends.map(({ places }) => places[0] ?? -1));
    if (!dangers.every(({ places }) => (places.at(-1) ?? 0) < last)) return undefined;
    return words.length - new Set([...dangers, ...ends].flatMap(({ places }) => places)).size;
  };
}
