/**
 * `npm run --silent bench:match -- --train a.jsonl --test b.jsonl --json`: the matcher on any data. Trains on lines of
 * `{"text","intent"}` and prints for each line of the other file `{"text","intent","confidence","candidates":[…]}`, always its
 * best intent, whatever the threshold. Times and the model's size go to standard error. Everyday words come from the library's
 * `_kata.yaml` (`--intents DIR`).
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { learnTexts, type Labelled } from "../../src/intents/matching/learn-texts.js";
import { openLibraryForTool } from "../open-library.js";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      train: { type: "string" },
      test: { type: "string" },
      json: { type: "boolean" },
      intents: { type: "string" },
    },
  });
  if (values.train === undefined || values.test === undefined) {
    console.error("Usage: npm run --silent bench:match -- --train a.jsonl --test b.jsonl [--json]");
    process.exitCode = 1;
    return;
  }
  const { records } = await openLibraryForTool(values.intents);
  const train = readLines(values.train);
  const test = readLines(values.test);
  const began = performance.now();
  const matcher = learnTexts(train, records.words);
  const trained = performance.now();
  matcher.calibrate();
  const calibrated = performance.now();
  const times: number[] = [];
  for (const { text } of test) {
    const start = performance.now();
    const { candidates } = matcher.match(text);
    times.push(performance.now() - start);
    const best = candidates[0];
    const line = {
      text,
      intent: best?.intent ?? null,
      confidence: round(best?.confidence ?? 0),
      candidates: candidates.map(({ intent, confidence }) => ({ intent, confidence: round(confidence) })),
    };
    console.log(
      values.json ? JSON.stringify(line) : `${line.confidence.toFixed(4)} ${line.intent ?? "-"}\t${text}`,
    );
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
  console.error(
    `${train.length} examples, ${matcher.intents} intents. Training ${(trained - began).toFixed(0)} ms, calibration ${(calibrated - trained).toFixed(0)} ms. ` +
      `Prediction p50 ${at(0.5)} ms, p99 ${at(0.99)} ms. Model ${(matcher.bytes / 1e6).toFixed(2)} MB. ` +
      `Answers from confidence ${matcher.answerFrom().toFixed(4)} on.`,
  );
}

/** The lines of a JSONL file; one that is no such object is named with its number. */
function readLines(file: string): Labelled[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const value: unknown = parse(line);
      if (typeof value !== "object" || value === null || !("text" in value) || typeof value.text !== "string")
        throw new Error(`${file}:${index + 1} is no {"text","intent"}`);
      return [
        {
          text: value.text,
          intent: "intent" in value && typeof value.intent === "string" ? value.intent : "",
        },
      ];
    });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
