/** What the tests' servers know of the library, lent from one to the next: learning takes seconds, and until it is measured only a clear lead is answered. */
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";

/** What one server of the tests has learnt of the library, the others need not learn again: a server checks whether it is still true. */
const LEARNT = path.join(__dirname, "..", "..", "node_modules", ".cache", "sabar-learnt.bin");

/** Puts what is known into a data folder, before a server starts on it. */
export function lendLearnt(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    copyFileSync(LEARNT, path.join(dataDir, "learnt.bin"), constants.COPYFILE_EXCL);
  } catch {
    // Nothing to lend, something there already, or a folder that cannot be written on purpose: then it is learnt.
  }
}

/** Keeps what a server has learnt in its data folder for the next one. */
export function keepLearnt(dataDir: string): void {
  const own = path.join(dataDir, "learnt.bin");
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

/** What was learnt is kept a moment after it is measured: a test that pulls the plug at once would have it learnt again. */
export async function untilKept(dataDir: string): Promise<void> {
  const until = Date.now() + 2000;
  while (Date.now() < until && !existsSync(path.join(dataDir, "learnt.bin")))
    await new Promise((resolve) => setTimeout(resolve, 25));
}
