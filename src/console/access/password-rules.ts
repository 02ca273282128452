/** Which passwords may be chosen: long ones that a guesser would not soon try. No rules about kinds of letters. */
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password.js";

export type PasswordProblem = "short" | "long" | "names" | "guessable";

/** Below this, zxcvbn expects that a guesser with the hash succeeds within days. */
const LEAST_SCORE = 3;
/** Shorter names would forbid too much. */
const SHORTEST_NAME = 4;

/** What is wrong with a password; undefined when it may be chosen. `names`: of the person, the city, the program. */
export async function problemOfPassword(
  password: string,
  names: readonly string[],
): Promise<PasswordProblem | undefined> {
  if (Array.from(password).length < SHORTEST_PASSWORD) return "short";
  if (password.length > LONGEST_PASSWORD) return "long";
  const parts = names.flatMap((name) => [name, ...name.split(/\s+/)]).map(squeezed);
  if (parts.some((part) => part.length >= SHORTEST_NAME && hasName(password, part))) return "names";
  return (await guesserAtHand()).check(password, [...names]).score < LEAST_SCORE ? "guessable" : undefined;
}

/** Within one word, or from the beginning of one on: "kota-contoh" is Kota Contoh, "biru di" is no Rudi. */
function hasName(password: string, part: string): boolean {
  const words = password.split(/[^\p{L}\p{N}]+/u).map(squeezed);
  return words.some((word, index) => word.includes(part) || words.slice(index).join("").startsWith(part));
}

/** "Kota Contoh" and "kota-contoh" are the same to a guesser. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

let guesser: Promise<ZxcvbnFactory> | undefined;

/** Its dictionaries take time and memory and are seldom needed: they wait for the first password chosen. */
function guesserAtHand(): Promise<ZxcvbnFactory> {
  guesser ??= makeGuesser();
  return guesser;
}

async function makeGuesser(): Promise<ZxcvbnFactory> {
  const [core, common, indonesian] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-id"),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...indonesian.dictionary },
    graphs: common.adjacencyGraphs,
  });
}
