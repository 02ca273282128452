/** The process that reads and learns a library: one task in; its problems, or what was learnt and how far to trust it, out. */
import type { Library } from "../../intents/library.js";
import { loadLibrary } from "../../intents/load.js";
import { learnLibrary, measure, type Learnt } from "../../turns/learn.js";
import { keep, readLearnt } from "./kept.js";
import type { Report, Task } from "./learn-apart.js";

/** Resolves when it is on its way. A server that has gone hears nothing, and needs nothing. */
const report = (what: Report): Promise<void> =>
  new Promise((resolve) => process.send?.(what, undefined, undefined, () => resolve()));

async function learn({ folder, dataDir, marks, target }: Task): Promise<void> {
  const { library, problems } = await loadLibrary(folder);
  if (library === undefined) {
    return report({ kind: "problems", problems });
  }
  const grounds = { library, marks, target };
  const known = await readLearnt(dataDir, grounds);
  const learnt = known ?? (await learnNow(library, marks, target));
  if (known !== undefined) await report({ kind: "learnt", library, learnt });
  try {
    keep(dataDir, grounds, learnt);
  } catch (error) {
    await report({ kind: "not-kept", reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Tells what was learnt before it measures how far to trust it, which takes longer. */
async function learnNow(library: Library, marks: Task["marks"], target: number): Promise<Learnt> {
  const learning = learnLibrary(library);
  await report({ kind: "learnt", library, learnt: learning.learnt });
  const confidence = measure(learning, marks, target);
  await report({ kind: "measured", confidence });
  return { ...learning.learnt, confidence };
}

// The server decides when it ends, not whoever presses Ctrl-C in its terminal.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (task) => {
  // What the parent hands over, and nobody else can.
  learn(task as Task).then(
    () => process.disconnect(),
    (error: unknown) => {
      throw error;
    },
  );
});
