/**
 * Reads and learns a library in a process of its own: the server goes on listening and answering meanwhile, learning gives way to
 * it, and the memory that learning takes is given back.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import path from "node:path";
import type { Library } from "../../intents/library.js";
import type { Confidence } from "../../intents/matching/confidence.js";
import type { Problem } from "../../intents/problems.js";
import type { Learnt, MarkedText } from "../../turns/learn.js";

/** What the learner is given. */
export interface Task {
  /** Where the library stands. */
  folder: string;
  /** Where what was learnt is kept. */
  dataDir: string;
  marks: readonly MarkedText[];
  /** Share of answers that must be right, 0 to 1. */
  target: number;
}

/** What the learner tells: the problems of the library; or what was learnt, then how far to trust it unless that is known already. */
export type Report =
  | { kind: "problems"; problems: Problem[] }
  | { kind: "learnt"; library: Library; learnt: Learnt }
  | { kind: "measured"; confidence: Confidence }
  | { kind: "not-kept"; reason: string };

export interface Learner {
  /** Resolves when the learner has ended, by itself or because it was stopped; rejects when it failed. */
  ended: Promise<void>;
  /** Its result is of no use any more. After this nothing is reported. */
  stop(): Promise<void>;
}

/** Answers come first: the learner is nicer than the server by this much. */
const NICENESS = 5;

/** Starts the learner. */
export function learnApart(task: Task, onReport: (report: Report) => void): Learner {
  const child = startProcess();
  let isStopped = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (isStopped || code === 0) resolve();
      else reject(new Error(`The learner ended with ${signal ?? `code ${code}`}.`));
    });
  });
  // Whoever needs it hears of it.
  ended.catch(() => undefined);
  child.on("message", (report) => {
    if (!isStopped) onReport(report as Report);
  });
  child.send(task);
  // Nobody waits for it at the end of the program.
  child.unref();
  child.channel?.unref();
  return {
    ended,
    async stop() {
      isStopped = true;
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
    },
  };
}

/** Compiled, the learner is a file like any other; run from the sources (tests, tools), it needs their loader first. */
function startProcess(): ChildProcess {
  const extension = path.extname(__filename);
  const loader = (): string[] => ["--require", createRequire(__filename).resolve("tsx/cjs")];
  const child = fork(path.join(__dirname, `learner${extension}`), [], {
    execArgv: extension === ".ts" ? loader() : [],
    serialization: "advanced",
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICENESS);
  } catch {
    // It has ended already, or the system lets nobody be nice: then it learns like any other.
  }
  return child;
}
