/**
 * What a message says it is not about: "kk hilang, bukan ktp". The denied word is left out, so that it does not speak for its
 * topic (negation scope up to the next word or two; Chapman et al., "NegEx", 2001).
 */
const DENIES = new Set(["bukan", "bukannya", "dudu", "sanes"]);
/** A message this short is about its denied word all the same. */
const WORDS_THAT_MUST_STAY = 2;

/** The words without the denied ones. */
export function withoutDenied(words: readonly string[]): readonly string[] {
  if (!words.some((word) => DENIES.has(word))) return words;
  const kept = words.filter((_, at) => {
    const before = words[at - 1];
    return before === undefined || !DENIES.has(before) || at === 1;
  });
  return kept.length >= WORDS_THAT_MUST_STAY ? kept : words;
}
