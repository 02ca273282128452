/** Small counts with a time, which all instances share and a restart does not lose: how often something was told, how often a password was wrong. */
import { createHash } from "node:crypto";

export interface Tally {
  count: number;
  at: number;
  /** Nobody asks for it after this moment, in milliseconds; then it may be removed. */
  keptUntil: number;
}

export interface TallyStore {
  /** What is kept under a name. It may be one whose time is over. */
  get(name: string): Promise<Tally | undefined>;
  /**
   * Puts `after` in the place of `before`; undefined stands for nothing. False, and nothing is written, when something
   * else stands there by now: of several who saw the same, one alone goes on.
   */
  swap(name: string, before: Tally | undefined, after: Tally | undefined): Promise<boolean>;
  /** Removes up to so many whose time is over; returns how many. */
  forget(now: number, limit: number): Promise<number>;
}

/** A name for what is counted. It tells nobody what was typed, from where, and about whom. */
export const tallyName = (kind: string, what: string): string =>
  `${kind} ${createHash("sha256").update(what).digest("base64url")}`;
