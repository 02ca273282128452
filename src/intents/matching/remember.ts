/** Remembers answers, so many at most: citizens repeat words, attackers don't. */

const MOST_REMEMBERED = 20_000;
/** A longer word is nobody's; remembering it would only fill memory. */
const LONGEST_REMEMBERED = 40;

/** The same function, faster for what it was asked before. The answer must depend on the word alone. */
export function remember<T>(answer: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const now = answer(word);
    if (known.size < MOST_REMEMBERED && word.length <= LONGEST_REMEMBERED) known.set(word, now);
    return now;
  };
}
