/** What a store promises about people who asked for their data to be removed (a turn with `erase` removes them). */
import type { Erasure } from "../vocabulary/erasure.js";

export interface ErasureStore {
  /** The record of the removal with this code. */
  find(code: string): Promise<Erasure | undefined>;
  /**
   * Removes what has come in about people since they were removed: echoes and receipts of the last words said to them,
   * and those words once they are delivered. Whoever has written again begins anew and is left alone. The id of a
   * removed person is forgotten after a day. One sweep looks at some, the next goes on with others, and after the last it
   * begins anew. Returns how many people were looked at.
   */
  sweep(now: number): Promise<number>;
  /** Names of picture files that nothing refers to any more and that are to be deleted. */
  leftFiles(limit: number): Promise<string[]>;
  /** The file is gone. */
  fileGone(file: string): Promise<void>;
}

/** How long what comes in late is looked for. */
export const SWEPT_MS = 24 * 60 * 60 * 1000;

/** People looked at in one sweep. */
export const MOST_SWEPT = 50;
