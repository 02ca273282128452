/** The library that answers now: learnt beside the start, replaced when its files change for the better, kept when they don't. */
import type { Logger } from "pino";
import { fingerprintOf, readSources } from "../intents/load.js";
import { readMarks } from "../intents/marks.js";
import { formatProblem, type Problem } from "../intents/problems.js";
import { watchLibrary } from "../intents/watch.js";
import { understandWith, type Understander } from "../turns/understand.js";
import type { Config } from "./config.js";
import type { Mind } from "./deciding.js";
import type { LibraryStatus } from "./health.js";
import { readKept, type Known } from "./learning/kept.js";
import { learnInThread, type Report, type Thread } from "./learning/learn-in-thread.js";
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

/** Begins to learn the folder's library, and watches it from then on. Returns at once. */
export function openLibrary(
  { intentsDir: folder, dataDir, answerPrecision: target }: LibrarySettings,
  log: Logger,
  now: () => number,
): LibraryInUse {
  let inUse: { mind: Mind; understander: Understander } | undefined;
  let status: Omit<LibraryStatus, "isMeasured"> | undefined;
  let thread: Thread | undefined;
  let isClosed = false;
  const use = ({ library, learnt }: Known): void => {
    const understander = understandWith(library, learnt);
    const isFirst = inUse === undefined;
    inUse = { mind: { library, understand: understander.understand }, understander };
    status = {
      intents: library.intents.size,
      fingerprint: library.fingerprint,
      loadedAt: now(),
      problems: [],
    };
    const about = { intents: library.intents.size, fingerprint: library.fingerprint.slice(0, 12) };
    log.info(about, isFirst ? "library learnt" : "library replaced");
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

  /** Takes over what stands in the files now: known from before, or learnt in a thread. Resolves when it is in use or refused. */
  const takeOver = async (): Promise<void> => {
    if (isClosed) return;
    const marks = await readMarks(dataDir);
    const { sources } = await readSources(folder);
    const fingerprint = fingerprintOf(sources);
    if (status?.fingerprint === fingerprint) {
      // Saved without a change, or a mistake taken back: what is in use is what stands in the files.
      status = { ...status, problems: [] };
      return;
    }
    await thread?.stop();
    const kept = await readKept(dataDir, { fingerprint, marks, target });
    if (kept !== undefined) use(kept);
    else
      await new Promise<void>((resolve, reject) => {
        thread = learnInThread({ folder, dataDir, marks, target }, (report) => {
          try {
            hear(report);
            resolve();
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        thread.ended.then(resolve, (error: unknown) => {
          log.error(describeError(error), "learning the library failed");
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      });
  };
  const hear = (report: Report): void => {
    if (report.kind === "problems") refuse(report.problems);
    else if (report.kind === "learnt") use(report);
    else if (report.kind === "measured") inUse?.understander.matcher.calibrate(report.confidence);
    else log.warn({ reason: report.reason }, "what was learnt is not kept; the next start learns it again");
  };

  const ready = takeOver();
  // Whoever waits for it hears of it; a start that fails earlier waits for nothing.
  ready.catch(() => undefined);
  const watcher = watchLibrary(folder, {
    onChange: () => ready.then(takeOver),
    onProblems: refuse,
  });
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
      await thread?.stop();
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

function noGoodLibrary(folder: string, lines: readonly string[]): StartFailed {
  return new StartFailed(
    [`The library in ${folder} has mistakes; the server cannot start without a good one:`, ...lines].join(
      "\n",
    ),
  );
}
