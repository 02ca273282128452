/** A disk that is full, and has room again, for one process that runs: none of its files may grow meanwhile. */
import { execFileSync, spawnSync } from "node:child_process";

/** Whether this machine can limit what a running process may write. */
export const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;

/** From now on every write of this process fails (EFBIG), as on a full disk (ENOSPC). */
export function fillDisk(pid: number): void {
  limit(pid, "0");
}

export function makeRoom(pid: number): void {
  limit(pid, "unlimited");
}

/** The soft limit only: the hard one could not be raised again by everybody. */
function limit(pid: number, bytes: string): void {
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
}

/**
 * A group of tests that fill the disk. Without prlimit they are left out, and left-out.ts says so; where CI is set,
 * its absence is a failure.
 */
export function describeOnFullDisk(name: string, tests: () => void): void {
  if (hasPrlimit) describe(name, tests);
  else if (process.env.CI !== undefined)
    describe(name, () => {
      it("finds prlimit", () => {
        throw new Error("prlimit is missing. It belongs to util-linux.");
      });
    });
  else describe.skip(name, tests);
}
