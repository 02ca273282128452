/**
 * `npm run intents`: checks the whole library and plays its tests. With `-- --saran` it prints the suggestions, too, what helps
 * most first. With `-- --compare <git revision or folder> --messages file` it tells what would change for these messages.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { config as loadDotenv } from "dotenv";
import { readConfig } from "../src/app/config.js";
import type { Library } from "../src/intents/library.js";
import { loadLibrary } from "../src/intents/load.js";
import { measureConfidence } from "../src/intents/matching/matcher.js";
import { adviseEditors } from "../src/intents/matching/report.js";
import { formatProblem, type Problem } from "../src/intents/problems.js";
import { adviseCues } from "../src/triage/advise-cues.js";
import { runFileTests } from "../src/turns/file-tests.js";
import { learnLibrary } from "../src/turns/learn.js";
import { understandWith } from "../src/turns/understand.js";
import { printComparison } from "./compare.js";
import { lineOf, lineOfTest } from "./test-lines.js";

async function main(): Promise<void> {
  loadDotenv({ quiet: true });
  const { values } = parseArgs({
    options: { saran: { type: "boolean" }, compare: { type: "string" }, messages: { type: "string" } },
  });
  const { intentsDir, timezone } = readConfig(process.env);
  const { library, problems } = await loadLibrary(intentsDir);
  if (values.compare !== undefined && library !== undefined) {
    if (values.messages === undefined)
      throw new Error("Sebutkan juga --messages dengan berkas pesan, satu pesan satu baris.");
    const isRead = await printComparison(values.compare, { library, folder: intentsDir }, values.messages);
    process.exitCode = isRead ? 0 : 1;
    return;
  }
  // What is wrong in the files is told at once; playing the tests takes a few seconds more.
  const wrong = problems.filter(({ severity }) => severity === "salah");
  for (const problem of wrong) console.log(formatProblem(problem));
  const { failed, advice } =
    library === undefined ? { failed: [], advice: [] } : await examine(library, intentsDir, timezone);
  const errors = [...wrong, ...failed];
  const all = [...problems.filter(({ severity }) => severity === "saran"), ...advice];
  for (const problem of failed) console.log(formatProblem(problem));
  if (values.saran) for (const problem of all) console.log(formatProblem(problem));
  const intents = library === undefined ? "" : `${library.intents.size} topik. `;
  const hint = all.length > 0 && !values.saran ? ' (lihat dengan "npm run intents -- --saran")' : "";
  console.log(
    errors.length === 0
      ? `Semua benar. ${intents}${all.length} saran${hint}.`
      : `${errors.length} yang salah, ${all.length} saran${hint}.`,
  );
  process.exitCode = errors.length === 0 ? 0 : 1;
}

/** Plays the tests, and finds out what an editor should mend. */
async function examine(
  library: Library,
  folder: string,
  zone: string,
): Promise<{ failed: Problem[]; advice: Problem[] }> {
  const { learnt, lesson, core } = learnLibrary(library);
  const { confidence, trials } = measureConfidence(lesson, core);
  const understander = understandWith(library, { ...learnt, confidence });
  const tests = await runFileTests({ library, understander, zone, now: Date.now() });
  const failed = tests.map(({ intent, index, message }): Problem => ({
    file: intent.file,
    ...lineOfTest(path.join(folder, intent.file), index),
    message: `Uji gagal: ${message}`,
    severity: "salah",
  }));
  const advice = [...adviseEditors(library, lesson, trials), ...adviseCues(library, understander.findUrgency)]
    .sort((a, b) => b.weight - a.weight)
    .map(({ intent, example, message }): Problem => ({
      file: intent.file,
      ...lineOf(path.join(folder, intent.file), example === undefined ? [] : ["contoh", example]),
      message,
      severity: "saran",
    }));
  return { failed, advice };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
