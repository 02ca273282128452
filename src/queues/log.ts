/** What the queues need of a log: facts first, then a sentence. A pino logger fits. */
export interface QueueLog {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
  /** For proving afterwards what happened. */
  debug?(facts: object, sentence: string): void;
}

/** Waits; a stopped program does not wait for it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** The name of what went wrong, without its data. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
