/** What this folder needs of a log: facts first, then a sentence. A pino logger fits. */
export interface EdgeLog {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

/** Says nothing. */
export const SILENT: EdgeLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
