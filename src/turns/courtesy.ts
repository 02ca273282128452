/** Topics of politeness: alone they are answered, beside a question they are no matter of their own. */

/** The topic of a citizen who says thanks. */
export const THANKS_INTENT = "terima-kasih";
/** The topic of a citizen who greets. */
export const GREETING_INTENT = "sapaan";

/** What is asked besides thanks and greetings; all of it when there is nothing else. */
export function withoutCourtesy<T extends { id: string }>(intents: readonly T[]): readonly T[] {
  const asked = intents.filter(({ id }) => id !== THANKS_INTENT && id !== GREETING_INTENT);
  return asked.length === 0 ? intents.slice(0, 1) : asked;
}
