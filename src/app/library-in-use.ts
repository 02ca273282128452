/** The library that answers now: learnt beside the start, replaced when its files change for the better, kept when they don't. */
import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { fingerprintOf, readSources } from "../intents/load.js";
import { readMarks, watchMarks, type StoredMark } from "../intents/marks.js";
import { formatProblem, type Problem } from "../intents/problems.js";
import { watchLibrary } from "../intents/watch.js";
import { understandWith, type Understander } from "../turns/understand.js";
import type { Config } from "./config.js";
import type { Mind } from "./deciding.js";
import type { LibraryStatus } from "./health.js";
import { readKept, type Known } from "./learning/kept.js";
import { learnApart, type Learner } from "./learning/learn-apart.js";
import { describeError } from "./log.js";
import { StartFailed } from "./start-failed.js";

export interface LibraryInUse {
  /** Resolves once there is a mind; rejects with StartFailed when there is no good library to begin with. */
  ready: Promise<void>;
  /** What answers now. Throws LibraryNotReady before it is there. */
  mind(): Mind;
  /** Undefined before there is a mind. */
  status(): LibraryStatus | undefined;
  close(): Promise<void>;
}

/** Asked for an answer before anything was learnt. */
export class LibraryNotReady extends Error {
  override name = "LibraryNotReady";
}

/** Where the library and the data folder are, and the share of answers that must be right, 0 to 1. */
export type LibrarySettings = Pick<Config, "intentsDir" | "dataDir" | "answerPrecision">;

/** How many lines of problems are kept for the health page. */
const MOST_PROBLEMS = 50;

/** Begins to learn the folder's library, and watches it and the marks from then on. Returns at once. */
export function openLibrary(settings: LibrarySettings, log: Logger, now: () => number): LibraryInUse {
  const { intentsDir: folder, dataDir, answerPrecision: target } = settings;
  let inUse: { mind: Mind; understander: Understander; marks: readonly StoredMark[] } | undefined;
  let status: Omit<LibraryStatus, "isMeasured"> | undefined;
  /** Measures how far to trust what is in use. */
  let measuring: Learner | undefined;
  /** Learns what may come into use. */
  let learning: Learner | undefined;
  let isClosed = false;
  const use = ({ library, learnt }: Known, marks: readonly StoredMark[]): Understander => {
    const understander = understandWith(library, learnt);
    const isFirst = inUse === undefined;
    inUse = { mind: { library, understand: understander.understand }, understander, marks };
    status = {
      intents: library.intents.size,
      fingerprint: library.fingerprint,
      loadedAt: now(),
      problems: [],
    };
    const about = { intents: library.intents.size, fingerprint: library.fingerprint.slice(0, 12) };
    log.info(about, isFirst ? "library learnt" : "library replaced");
    return understander;
  };
  const refuse = (found: readonly Problem[]): void => {
    const lines = linesOf(found);
    if (status === undefined) throw noGoodLibrary(folder, lines);
    status = { ...status, problems: lines };
    log.warn(
      { problems: lines.length, first: lines[0] },
      "library change not taken over; the last good one stays",
    );
  };

  /** Takes over what stands in the files now: known from before, or learnt apart. Resolves when it is in use or refused. */
  const takeOver = async (): Promise<void> => {
    if (isClosed) return;
    const marks = await readMarks(dataDir);
    const { sources } = await readSources(folder);
    const fingerprint = fingerprintOf(sources);
    if (status?.fingerprint === fingerprint && isDeepStrictEqual(inUse?.marks, marks)) {
      // Saved without a change, or a mistake taken back: what is in use is what stands in the files.
      status = { ...status, problems: [] };
      return;
    }
    const kept = await readKept(dataDir, { fingerprint, marks, target });
    if (kept === undefined) return learn(marks);
    await measuring?.stop();
    use(kept, marks);
  };

  /** What is in use goes on being measured until there is something better. */
  const learn = (marks: readonly StoredMark[]): Promise<void> =>
    new Promise((resolve, reject) => {
      let mine: Understander | undefined;
      const learner = learnApart({ folder, dataDir, marks, target }, (report) => {
        try {
          if (report.kind === "problems") refuse(report.problems);
          else if (report.kind === "measured") mine?.matcher.calibrate(report.confidence);
          else if (report.kind === "not-kept")
            log.warn(
              { reason: report.reason },
              "what was learnt is not kept; the next start learns it again",
            );
          else {
            void measuring?.stop();
            measuring = learner;
            mine = use(report, marks);
          }
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      learning = learner;
      learner.ended.then(resolve, (error: unknown) => {
        log.error(describeError(error), "learning the library failed");
        if (status === undefined) reject(error instanceof Error ? error : new Error(String(error)));
        else if (mine === undefined) refuse([notLearnt(folder)]);
        resolve();
      });
    });

  const ready = takeOver();
  // Whoever waits for it hears of it; a start that fails earlier waits for nothing.
  ready.catch(() => undefined);
  const watcher = watchLibrary(folder, {
    onChange: () => ready.then(takeOver),
    // A start that failed says so itself.
    onProblems: (found) => status !== undefined && refuse(found),
  });
  const unwatchMarks = watchMarks(dataDir, watcher.look);
  return {
    ready,
    mind() {
      if (inUse === undefined) throw new LibraryNotReady("The library is being learnt.");
      return inUse.mind;
    },
    status: () =>
      status === undefined
        ? undefined
        : { ...status, isMeasured: inUse?.understander.matcher.isCalibrated() === true },
    async close() {
      isClosed = true;
      unwatchMarks();
      await learning?.stop();
      await measuring?.stop();
      await watcher.close();
    },
  };
}

function linesOf(found: readonly Problem[]): string[] {
  return found
    .filter((each) => each.severity === "salah")
    .map(formatProblem)
    .slice(0, MOST_PROBLEMS);
}

function notLearnt(folder: string): Problem {
  const message = "Perubahan belum bisa dipelajari. Simpan berkasnya sekali lagi.";
  return { file: folder, line: 1, column: 1, severity: "salah", message };
}

function noGoodLibrary(folder: string, lines: readonly string[]): StartFailed {
  return new StartFailed(
    [`The library in ${folder} has mistakes; the server cannot start without a good one:`, ...lines].join(
      "\n",
    ),
  );
}
