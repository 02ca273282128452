/**
 * `npm run --silent bench:library [-- --half development|final|last] [--show]`: how the sample city's library fares: out of
 * fold on its own examples, and on messages of citizens that are no examples (test/fixtures/understanding).
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureConfidence } from "../../src/intents/matching/matcher.js";
import { probability } from "../../src/intents/matching/logistic.js";
import { learnLibrary } from "../../src/turns/learn.js";
import { understandWith, type Understander } from "../../src/turns/understand.js";
import { openLibraryForTool } from "../open-library.js";

const FOLDER = path.join(__dirname, "..", "..", "test", "fixtures", "understanding");
const percent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

interface Line {
  expected: string;
  text: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { half: { type: "string" }, show: { type: "boolean" } } });
  const library = await openLibraryForTool(undefined);
  const began = performance.now();
  const { learnt, lesson, core } = learnLibrary(library);
  const understander = understandWith(library, learnt);
  const ready = performance.now() - began;
  const { confidence, trials } = measureConfidence(lesson, core);
  const measured = performance.now() - began - ready;
  understander.matcher.calibrate(confidence);
  const inside = trials.filter(({ kind }) => kind === "inside");
  const answered = trials.filter(
    ({ signals }) => probability(confidence.best, signals) >= confidence.answerFrom,
  );
  const insideAnswered = answered.filter(({ kind }) => kind === "inside");
  console.log(
    `${library.intents.size} topics, ${lesson.corpus.samples.length} examples, learnt in ${ready.toFixed(0)} ms, measured in ${measured.toFixed(0)} ms, model ${(core.bytes / 1e6).toFixed(1)} MB`,
  );
  console.log(
    `out of fold: right ${percent(inside.filter(({ guess, intent }) => guess === intent).length, inside.length)}, ` +
      `among the best three ${percent(inside.filter(({ isNear }) => isNear).length, inside.length)}; ` +
      `answered from ${confidence.answerFrom.toFixed(3)} on: ${percent(insideAnswered.length, inside.length)}, right ${percent(insideAnswered.filter(({ guess, intent }) => guess === intent).length, insideAnswered.length)}`,
  );
  const show = values.show ?? false;
  report(understander, linesOf(values.half ?? "development"), show);
  noise(understander.understand, readLines("noise.txt"), show);
  speed(understander, linesOf("last"));
}

function linesOf(half: string): Line[] {
  if (half === "last") return readLines("last.txt");
  const parity = half === "final" ? 1 : 0;
  return ["citizens.txt", "danger.txt"].flatMap((name) =>
    readLines(name).filter((_, index) => index % 2 === parity),
  );
}

function readLines(name: string): Line[] {
  return readFileSync(path.join(FOLDER, name), "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#") && line.includes(" | "))
    .map((line) => ({
      expected: line.slice(0, line.indexOf(" | ")),
      text: line.slice(line.indexOf(" | ") + 3),
    }));
}

const NO_TOPIC = new Set(["luar", "P0", "P1", "aman"]);
const NOISE = new Set(["spam", "buzzer", "hinaan"]);

function report({ understand }: Understander, lines: readonly Line[], show: boolean): void {
  const count = { right: 0, buttons: 0, wrong: 0, missed: 0, several: 0 };
  const tell = (kind: string, { expected, text }: Line, what: string): void => {
    if (show) console.log(`  ${kind}: ${expected} | ${text} → ${what}`);
  };
  const topics = lines.filter(({ expected }) => !NO_TOPIC.has(expected) && !expected.includes("+"));
  for (const line of topics) {
    const { outcome, intent, candidates } = understand(line.text);
    const isRight =
      (outcome === "answer" && intent === line.expected) || (outcome === "fold" && NOISE.has(line.expected));
    if (isRight) count.right += 1;
    else if (outcome === "clarify" && candidates.some((each) => each.intent === line.expected))
      count.buttons += 1;
    else if (outcome === "answer" || outcome === "fold") {
      count.wrong += 1;
      tell("wrong", line, `${outcome} ${intent ?? ""}`);
    } else {
      count.missed += 1;
      tell("missed", line, outcome);
    }
  }
  console.log(
    `citizens' messages (${topics.length}): right ${percent(count.right, topics.length)}, right among the buttons ${percent(count.buttons, topics.length)}, wrong ${percent(count.wrong, topics.length)}, handed over ${percent(count.missed, topics.length)}`,
  );
  const several = lines.filter(({ expected }) => expected.includes("+"));
  const both = several.filter(({ expected, text }) => {
    const { intent, more = [] } = understand(text);
    return [intent, ...more].join("+") === expected;
  });
  if (several.length > 0)
    console.log(`two questions in one (${several.length}): both answered in order ${both.length}`);
  const outside = lines.filter(({ expected }) => expected === "luar");
  const outsideAnswered = outside.filter(({ text }) => understand(text).outcome === "answer");
  console.log(`outside (${outside.length}): answered ${outsideAnswered.length}`);
  dangers(understand, lines, tell);
}

/** What was set aside, and whether it was noise; everything else a citizen wrote counts against it. */
function noise(understand: Understander["understand"], lines: readonly Line[], show: boolean): void {
  const aside = lines.filter(({ text }) => understand(text).outcome === "fold");
  const rightly = aside.filter(({ expected }) => NOISE.has(expected));
  const said = (what: string, some: readonly Line[]): void => {
    if (show) for (const { text } of some) console.log(`  ${what}: ${text}`);
  };
  said(
    "set aside",
    aside.filter(({ expected }) => !NOISE.has(expected)),
  );
  said(
    "not set aside",
    lines.filter((line) => NOISE.has(line.expected) && !aside.includes(line)),
  );
  const all = lines.filter(({ expected }) => NOISE.has(expected));
  console.log(
    `noise: ${percent(rightly.length, aside.length)} of the ${aside.length} set aside (of ${lines.length}); ${percent(rightly.length, all.length)} of the ${all.length} noise set aside`,
  );
}

function dangers(
  understand: Understander["understand"],
  lines: readonly Line[],
  tell: (kind: string, line: Line, what: string) => void,
): void {
  const urgent = lines.filter(({ expected }) => expected === "P0" || expected === "P1");
  const heard = urgent.filter((line) => {
    const { outcome, urgency } = understand(line.text);
    if (outcome !== "urgent") tell("not heard", line, outcome);
    return urgency !== undefined;
  });
  const highest = urgent.filter(
    ({ expected, text }) => expected === "P0" && understand(text).urgency?.priority === "P0",
  );
  const harmless = lines.filter(({ expected }) => expected !== "P0" && expected !== "P1");
  const alarms = harmless.filter((line) => {
    const { urgency } = understand(line.text);
    if (urgency !== undefined) tell("false alarm", line, `${urgency.priority} ${urgency.words.join(", ")}`);
    return urgency !== undefined;
  });
  const falseHighest = alarms.filter(({ text }) => understand(text).urgency?.priority === "P0");
  console.log(
    `danger (${urgent.length}): heard ${heard.length}, of the P0 as P0 ${highest.length} of ${urgent.filter(({ expected }) => expected === "P0").length}; ` +
      `harmless (${harmless.length}): alarms ${alarms.length} (${percent(alarms.length, harmless.length)}), of them P0 ${falseHighest.length} (${percent(falseHighest.length, harmless.length)})`,
  );
}

/** The best of ten passes for each message: what the machine can do when nobody else is at it. */
function speed({ understand }: Understander, lines: readonly Line[]): void {
  const times = lines.map(({ text }) => {
    let best = Infinity;
    for (let pass = 0; pass < 10; pass += 1) {
      const start = performance.now();
      understand(text);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
  console.log(`one message, whole path: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
