/** What the tests' servers know of the library, lent from one to the next: learning takes seconds, and until it is measured only a clear lead is answered. */
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";

/** Its name in a server's data folder. */
const FILE = "learnt.bin";
/** Where it waits for the next server, which checks whether it is still true. */
const LEARNT = path.join(__dirname, "..", "..", "node_modules", ".cache", "sabar-learnt.bin");

/** Puts what is known into a data folder, before a server starts on it. */
export function lendLearnt(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    copyFileSync(LEARNT, path.join(dataDir, FILE), constants.COPYFILE_EXCL);
  } catch {
    // Nothing to lend, something there already, or a folder that cannot be written on purpose: then it is learnt.
  }
}

/** Keeps what a server has learnt in its data folder for the next one. */
export function keepLearnt(dataDir: string): void {
  const own = path.join(dataDir, FILE);
  const copy = `${LEARNT}.${process.pid}`;
  try {
    if (existsSync(LEARNT) && readFileSync(LEARNT).equals(readFileSync(own))) return;
    mkdirSync(path.dirname(LEARNT), { recursive: true });
    copyFileSync(own, copy);
    renameSync(copy, LEARNT);
  } catch {
    // It had not learnt its library yet.
  }
}

/** Waits until a server has measured how far to trust what it learnt, and has kept it: a test that pulls the plug at once would have it learnt again. */
export async function untilLearnt(url: string, dataDir: string): Promise<void> {
  await waitWhile(60_000, async () => {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    const state = (await answer?.json().catch(() => undefined)) as
      { library?: { isMeasured: boolean } } | undefined;
    // A server that fails for another reason is the test's own business.
    return state?.library?.isMeasured === false;
  });
  await waitWhile(2000, () => Promise.resolve(!existsSync(path.join(dataDir, FILE))));
}

async function waitWhile(mostMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + mostMs;
  while (Date.now() < end && (await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}
