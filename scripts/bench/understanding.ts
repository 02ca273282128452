/**
 * `npm run --silent bench:understanding -- --data DIR [--rivals] [--sets a,b]`: how well texts are understood on public sets
 * (MASSIVE 1.1, CLINC150, STIF-Indonesia), always trained on train and measured on dev. `--rivals` runs other matchers beside
 * ours (`npm ci --ignore-scripts` in scripts/bench/rivals first). Sets: id, id-full, jv, clinc, clinc-full, noise.
 */
import { parseArgs } from "node:util";
import type { WordsFile } from "../../src/intents/format.js";
import { learnTexts } from "../../src/intents/matching/learn-texts.js";
import { seeded } from "../../src/intents/matching/seeded.js";
import { openLibraryForTool } from "../open-library.js";
import { draw, readSet, readSlang, split, withNoise, withSlang, type Example } from "./data-sets.js";
import { atThreshold, aurocOutside, rightAtPrecision, type Judged } from "./judge-answers.js";
import { RIVALS, type Rival } from "./rivals.js";

const SEEDS = [1, 2, 3];
/** In CLINC150's test set, as published, this share is out of scope. */
const OUTSIDE_SHARE = 0.18;
const percent = (share: number): string => (100 * share).toFixed(1);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Task {
  name: string;
  language: string;
  trains: readonly (readonly Example[])[];
  test: readonly Example[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: "string" }, rivals: { type: "boolean" }, sets: { type: "string" } },
  });
  const { data } = values;
  if (data === undefined) throw new Error("Say with --data where massive_id-ID.jsonl and the others are.");
  const { records } = await openLibraryForTool(undefined);
  const wanted = (values.sets ?? "id,id-full,jv,clinc,clinc-full,noise").split(",");
  for (const task of tasksOf(data, wanted)) {
    const parts = [
      `ours ${percent(mean(task.trains.map((train) => accuracy(train, task.test, records.words))))}`,
    ];
    for (const rival of values.rivals ? RIVALS : [])
      parts.push(`${rival.name} ${percent(await rivalAccuracy(rival, task))}`);
    console.log(`${task.name.padEnd(24)} ${parts.join("   ")}`);
  }
  if (wanted.includes("clinc")) for (const shots of [10, 20]) doubt(data, records.words, shots);
  if (wanted.includes("clinc-full")) doubt(data, records.words, undefined);
}

function* tasksOf(data: string, wanted: readonly string[]): Generator<Task> {
  const id = readSet(data, "massive_id-ID");
  const [train, dev] = [split(id, "train"), split(id, "dev")];
  const few = (set: readonly Example[], shots: number): Example[][] =>
    SEEDS.map((seed) => draw(set, shots, seed));
  if (wanted.includes("id"))
    for (const shots of [5, 10, 20])
      yield { name: `MASSIVE id ${shots}-shot`, language: "id", trains: few(train, shots), test: dev };
  if (wanted.includes("id-full"))
    yield { name: "MASSIVE id full", language: "id", trains: [train], test: dev };
  if (wanted.includes("jv")) {
    const jv = readSet(data, "massive_jv-ID");
    const trains = SEEDS.map((seed) => [...draw(train, 20, seed), ...draw(split(jv, "train"), 5, seed)]);
    yield { name: "MASSIVE jv, 20 id + 5 jv", language: "id", trains, test: split(jv, "dev") };
  }
  if (wanted.includes("noise")) {
    const random = seeded(99);
    const noisy = (change: (text: string) => string): Example[] =>
      dev.map((each) => ({ ...each, text: change(each.text) }));
    const trains = few(train, 20);
    for (const [name, least, luck] of [
      ["id 20-shot, real slang", 1, random],
      ["the same, pairs seen twice", 2, seeded(99)],
    ] as const) {
      const slang = readSlang(data, least);
      yield { name, language: "id", trains, test: noisy((text) => withSlang(text, slang, luck)) };
    }
    yield {
      name: "id 20-shot, medium noise",
      language: "id",
      trains,
      test: noisy((text) => withNoise(text, random)),
    };
  }
  const clinc = readSet(data, "clinc150");
  const [known, asked] = [split(clinc, "train"), split(clinc, "dev")];
  if (wanted.includes("clinc"))
    for (const shots of [5, 10, 20])
      yield { name: `CLINC150 ${shots}-shot`, language: "en", trains: few(known, shots), test: asked };
  if (wanted.includes("clinc-full"))
    yield { name: "CLINC150 full", language: "en", trains: [known], test: asked };
}

function accuracy(train: readonly Example[], test: readonly Example[], words: WordsFile): number {
  const matcher = learnTexts(train, words);
  return mean(test.map(({ text, intent }) => (matcher.match(text).candidates[0]?.intent === intent ? 1 : 0)));
}

async function rivalAccuracy(rival: Rival, { trains, test, language }: Task): Promise<number> {
  const results: number[] = [];
  for (const train of trains) {
    const guess = await rival.learn(train, language);
    let right = 0;
    for (const { text, intent } of test) if ((await guess(text)) === intent) right += 1;
    results.push(right / test.length);
  }
  return mean(results);
}

/** Knowing when one does not know: CLINC150's dev set with its out-of-scope questions, weighed as in its test set. */
function doubt(data: string, words: WordsFile, shots: number | undefined): void {
  const clinc = readSet(data, "clinc150");
  const inside = split(clinc, "dev");
  const outside = clinc.filter(({ split: part }) => part === "oos_dev" || part === "oos_train");
  const weight = ((OUTSIDE_SHARE / (1 - OUTSIDE_SHARE)) * inside.length) / outside.length;
  const figures = (shots === undefined ? [1] : SEEDS).map((seed) => {
    const train = split(clinc, "train");
    const matcher = learnTexts(shots === undefined ? train : draw(train, shots, seed), words);
    matcher.calibrate();
    const judged = [...inside, ...outside].map(({ text, intent, split: part }): Judged => {
      const best = matcher.match(text).candidates[0];
      const isOutside = part.startsWith("oos");
      return {
        confidence: best?.confidence ?? 0,
        isRight: !isOutside && best?.intent === intent,
        isOutside,
        weight: isOutside ? weight : 1,
      };
    });
    return {
      at98: rightAtPrecision(judged, 0.98),
      auroc: aurocOutside(judged),
      own: atThreshold(judged, matcher.answerFrom()),
    };
  });
  console.log(
    `CLINC150 ${shots ?? "full"}: right at 98 % precision ${percent(mean(figures.map((each) => each.at98)))}, ` +
      `AUROC of out-of-scope ${percent(mean(figures.map((each) => each.auroc)))}, ` +
      `at its own threshold precision ${percent(mean(figures.map((each) => each.own.precision)))} with ${percent(mean(figures.map((each) => each.own.right)))} answered right`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
