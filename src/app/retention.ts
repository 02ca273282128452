/** Removes what has been kept long enough, little by little, while everything goes on. */
import { describeError } from "./log.js";
import type { Parts } from "./start.js";

const EVERY_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Removed in one go, of each kind; turns and requests come in between. */
const PORTION = 100;
const PAUSE_MS = 100;
/** Pictures that staff uploaded and did not use go after a day; so far back they are looked for. */
const UPLOADS_SOUGHT_MS = 8 * DAY_MS;
/** Small counts removed at a time. */
const MOST_TALLIES = 5000;

/** Begins soon after the start; the returned function ends it. */
export function keepRetention(
  { store, sentFiles, log, now }: Pick<Parts, "store" | "sentFiles" | "log" | "now">,
  keepDays: number,
): () => void {
  let isRunning = false;
  let isStopped = false;
  const run = async (): Promise<void> => {
    let removed = 0;
    for (;;) {
      const some = isStopped ? 0 : await store.forget(now() - keepDays * DAY_MS, PORTION);
      if (some === 0) break;
      removed += some;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    if (removed > 0) log.info({ removed, keepDays }, "removed what was kept long enough");
  };
  /** One that fails holds none of the others up. */
  const surely = (work: () => Promise<unknown>): Promise<unknown> =>
    work().catch((error: unknown) =>
      log.error(describeError(error), "old data could not be removed; trying again"),
    );
  const runAll = async (): Promise<void> => {
    await surely(() => store.erasures.sweep(now()));
    await surely(() => store.tallies.forget(now(), MOST_TALLIES));
    await surely(() => store.dropUnusedUploads(now() - UPLOADS_SOUGHT_MS, now() - DAY_MS, now()));
    await surely(() => sentFiles.forget(now() - keepDays * DAY_MS));
    await surely(run);
  };
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    void runAll().finally(() => {
      isRunning = false;
    });
  }, EVERY_MS).unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
