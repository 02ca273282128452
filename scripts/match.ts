/**
 * `npm run --silent match -- --file messages.txt --json`: one message a line in (or from standard input), one JSON object a
 * line out, each understood as the first message of a new citizen. `intent` is null for escalate and fold; for clarify it is
 * the first of the candidates that would be offered.
 */
import { constants, createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createUnderstander } from "../src/turns/understand.js";
import type { Understanding } from "../src/vocabulary/understanding.js";
import { openLibraryForTool } from "./open-library.js";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { file: { type: "string" }, json: { type: "boolean" }, intents: { type: "string" } },
  });
  if (values.file !== undefined) await access(values.file, constants.R_OK);
  const { understand } = createUnderstander(await openLibraryForTool(values.intents));
  // Whoever reads may have read enough: `… | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const input = values.file === undefined ? process.stdin : createReadStream(values.file);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const understood = understand(line);
    console.log(values.json ? JSON.stringify(asObject(line, understood)) : asLine(line, understood));
  }
}

/** The contract that other tools rely on: these keys, in this order. */
function asObject(text: string, { outcome, intent, confidence, candidates, reasons }: Understanding): object {
  return {
    text,
    outcome,
    intent: outcome === "escalate" || outcome === "fold" ? null : (intent ?? null),
    confidence: round(confidence),
    candidates: candidates.map((each) => ({ intent: each.intent, confidence: round(each.confidence) })),
    reasons,
  };
}

function asLine(text: string, { outcome, intent, confidence, reasons }: Understanding): string {
  return `${outcome.padEnd(9)} ${(intent ?? "-").padEnd(22)} ${confidence.toFixed(2)}  ${text}   (${reasons.join("; ")})`;
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
