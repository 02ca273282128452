/** The log: structured lines, without citizens' words and without secrets. */
import pino, { type Logger } from "pino";

/** Fields that may carry a secret or a citizen's words if somebody logs a whole object by mistake. */
const NEVER = [
  "token",
  "pageToken",
  "appSecret",
  "verifyToken",
  "authorization",
  "text",
  "*.token",
  "*.pageToken",
  "*.appSecret",
  "*.verifyToken",
  "*.authorization",
  "*.text",
  "*.headers",
  "*.config",
];

/** A logger for the given level; `silent` writes nothing. */
export function createLog(level: string): Logger {
  return pino({ level, base: undefined, redact: { paths: NEVER, censor: "[not logged]" } });
}

/** What may be logged of a failure: its kind, code and place, never its data. */
export function describeError(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const at = error.stack
    ?.split("\n")
    .find((line) => line.trimStart().startsWith("at "))
    ?.trim();
  return { error: error.name, code, at };
}
