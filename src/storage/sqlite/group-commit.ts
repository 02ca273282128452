/** Commits together whatever is asked for together: one fsync for all that wait, and each learns its own outcome. */
import { StoreFailed, TurnOutdated } from "../port.js";
import type { Database } from "./driver.js";

interface Job {
  work: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** So long without a commit is a quiet moment. */
const QUIET_MS = 250;

export interface GroupCommit {
  /** Runs `work` inside the next transaction and resolves with its result once that is on disk. `work` may run twice, so it does nothing but database work. */
  write<T>(work: () => T): Promise<T>;
  /** Commits what waits, at once. */
  flush(): void;
  /** Commits what waits, and ends. */
  close(): void;
}

/** Longest that a job waits for company. */
const MOST_WAIT_MS = 8;

/** A group commit over one database. */
export function createGroupCommit(database: Database): GroupCommit {
  let waiting: Job[] = [];
  let oldestAt = 0;
  let seen = 0;
  let endedAt = 0;
  let tookMs = 0;
  // SQLite moves its log into the database when it has grown long, in the middle of somebody's commit; in quiet moments it is moved before that, and emptied: what was removed is not to be found there either.
  const quiet = setTimeout(() => moveLog(database), QUIET_MS).unref();
  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    if (jobs.length === 0) return;
    const beganAt = performance.now();
    if (!runTogether(database, jobs)) runApart(database, jobs);
    endedAt = performance.now();
    tookMs = endedAt - beganAt;
    quiet.refresh();
  };
  /**
   * Once a round of the event loop. A commit costs much the same for one as for many: under load groups grow while jobs keep
   * coming, and after a commit at least twice as long as it took; when it is quiet nobody waits.
   */
  const look = (): void => {
    const at = performance.now();
    const isComplete = waiting.length === seen && at - endedAt >= 2 * tookMs;
    if (isComplete || at - oldestAt >= MOST_WAIT_MS) {
      flush();
      return;
    }
    seen = waiting.length;
    setImmediate(look);
  };
  return {
    flush,
    close() {
      flush();
      clearTimeout(quiet);
    },
    write<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // After the requests that arrived in this round have asked, too.
        if (waiting.length === 0) {
          oldestAt = performance.now();
          seen = 0;
          setImmediate(look);
        }
        waiting.push({ work, resolve: resolve as Job["resolve"], reject });
      });
    },
  };
}

function moveLog(database: Database): void {
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // A full disk: it shows at the next commit, and the log stays as it is.
  }
}

/** The fast way: all in one transaction without precautions. False when one of them failed; then nothing has happened. */
function runTogether(database: Database, jobs: Job[]): boolean {
  const results: unknown[] = [];
  try {
    database.exec("BEGIN IMMEDIATE");
    for (const job of jobs) results.push(job.work());
    database.exec("COMMIT");
  } catch {
    rollBack(database);
    return false;
  }
  jobs.forEach((job, index) => job.resolve(results[index]));
  return true;
}

/** The careful way: each in a savepoint, so that one that fails does not take the others with it. */
function runApart(database: Database, jobs: Job[]): void {
  const outcomes: { job: Job; result?: unknown; error?: unknown }[] = [];
  try {
    database.exec("BEGIN IMMEDIATE");
    for (const job of jobs) {
      database.exec("SAVEPOINT job");
      try {
        outcomes.push({ job, result: job.work() });
        database.exec("RELEASE job");
      } catch (error) {
        outcomes.push({ job, error });
        database.exec("ROLLBACK TO job; RELEASE job");
      }
    }
    database.exec("COMMIT");
  } catch (error) {
    rollBack(database);
    const failed = asStoreFailed(error);
    for (const job of jobs) job.reject(failed);
    return;
  }
  for (const { job, result, error } of outcomes)
    if (error === undefined) job.resolve(result);
    else job.reject(error instanceof TurnOutdated ? error : asStoreFailed(error));
}

/** SQLite may have rolled back by itself, as it does when the disk is full; then there is nothing to roll back. */
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch (error) {
    // "no transaction is active" is what we want; any other trouble shows at the next BEGIN.
    if (!(error instanceof Error)) throw error;
  }
}

/** Keeps the cause; the sentence names no data. */
export function asStoreFailed(cause: unknown): StoreFailed {
  return cause instanceof StoreFailed
    ? cause
    : new StoreFailed("The database file could not be written.", { cause });
}
