/**
 * Is a message plain English? Told by its little words, which every sentence has and no Indonesian one (language
 * identification by common words; Ingle, 1976; Grefenstette, "Comparing two language identification schemes", 1995).
 */
const LITTLE_WORDS = new Set(
  "i my me you your we our the an is are was were be am do does did how what where when which who why can could would should to of in on at for from with and or if it this that there have has had need want get a please not no".split(
    " ",
  ),
);
/** Little words of Indonesian and its neighbours that a mixed message has. */
const OURS = new Set(
  "di ke dari yang dan saya sy aku gimana gmn bagaimana apa ya min kak ga gak tidak mau bisa ini itu untuk buat dimana kapan berapa udah sudah belum blm sama dong nih pak bu tolong mohon".split(
    " ",
  ),
);
const LEAST = 2;
const LEAST_SHARE = 0.35;

/** `words` as they were written, in lower case. */
export function isEnglish(words: readonly string[]): boolean {
  const little = words.filter((word) => LITTLE_WORDS.has(word)).length;
  return little >= LEAST && little >= words.length * LEAST_SHARE && !words.some((word) => OURS.has(word));
}
