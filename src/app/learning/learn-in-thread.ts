/** Reads and learns a library in a thread of its own, so that the server goes on listening and answering meanwhile. */
import { createRequire } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Library } from "../../intents/library.js";
import type { Confidence } from "../../intents/matching/confidence.js";
import type { Problem } from "../../intents/problems.js";
import type { Learnt, MarkedText } from "../../turns/learn.js";

/** What the thread is given. */
export interface Task {
  /** Where the library stands. */
  folder: string;
  /** Where what was learnt is kept. */
  dataDir: string;
  marks: readonly MarkedText[];
  /** Share of answers that must be right, 0 to 1. */
  target: number;
}

/** What the thread tells, in this order. */
export type Report =
  | { kind: "problems"; problems: Problem[] }
  | { kind: "learnt"; library: Library; learnt: Learnt }
  | { kind: "measured"; confidence: Confidence }
  | { kind: "not-kept"; reason: string };

export interface Thread {
  /** Resolves when the thread has ended, by itself or because it was stopped; rejects when it failed. */
  ended: Promise<void>;
  /** Its result is of no use any more. After this nothing is reported. */
  stop(): Promise<void>;
}

/** Starts the thread. */
export function learnInThread(task: Task, onReport: (report: Report) => void): Thread {
  const worker = startWorker(task);
  // Nobody waits for it at the end of the program.
  worker.unref();
  worker.on("message", onReport);
  return {
    ended: new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("exit", () => resolve());
    }),
    async stop() {
      worker.off("message", onReport);
      await worker.terminate();
    },
  };
}

/** Compiled, the thread is a file like any other; run from the sources (tests, tools), it needs their loader first. */
function startWorker(workerData: Task): Worker {
  const extension = path.extname(__filename);
  const file = path.join(__dirname, `thread${extension}`);
  if (extension !== ".ts") return new Worker(file, { workerData });
  const loader = createRequire(__filename).resolve("tsx/cjs");
  return new Worker(`require(${JSON.stringify(loader)}); require(${JSON.stringify(file)});`, {
    eval: true,
    workerData,
  });
}
