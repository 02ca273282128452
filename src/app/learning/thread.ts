/** The thread that reads and learns a library: one task in; its problems, or what was learnt and then how far to trust it, out. */
import { parentPort, workerData } from "node:worker_threads";
import { loadLibrary } from "../../intents/load.js";
import { learnLibrary, measure } from "../../turns/learn.js";
import { keep } from "./kept.js";
import type { Report, Task } from "./learn-in-thread.js";

const report = (what: Report): void => parentPort?.postMessage(what);

async function learn({ folder, dataDir, marks, target }: Task): Promise<void> {
  const { library, problems } = await loadLibrary(folder);
  if (library === undefined) {
    report({ kind: "problems", problems });
    return;
  }
  const learning = learnLibrary(library);
  report({ kind: "learnt", library, learnt: learning.learnt });
  const confidence = measure(learning, marks, target);
  report({ kind: "measured", confidence });
  const grounds = { fingerprint: library.fingerprint, marks, target };
  try {
    keep(dataDir, grounds, { library, learnt: { ...learning.learnt, confidence } });
  } catch (error) {
    report({ kind: "not-kept", reason: error instanceof Error ? error.message : String(error) });
  }
}

// What the parent hands over, and nobody else can.
void learn(workerData as Task);
