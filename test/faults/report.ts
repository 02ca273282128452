/** What came of an evening with faults, for a test and for a person. */
import type { Verdict } from "./checker";

export interface Report extends Verdict {
  accepted: number;
  sent: number;
  kills: number;
  pauses: number;
  /** Calls to the Send API without an answer. */
  doubts: number;
  /** How late the latest echo was. */
  latestEchoMs: number;
  databaseRestarts: number;
  seconds: number;
}

/** For a person to read. */
export function reportText(report: Report): string {
  const { accepted, sent, kills, pauses, databaseRestarts, repeatedInFlight, seconds, faults } = report;
  const { doubts, latestEchoMs } = report;
  return [
    `${accepted} messages accepted, ${sent} replies sent in ${seconds} s; ${kills} kills, ${pauses} pauses, ${databaseRestarts} starts of the database`,
    `${doubts} sends without an answer; the latest echo came after ${latestEchoMs} ms`,
    `${repeatedInFlight} replies sent again because they were in flight at a kill or pause`,
    faults.length === 0
      ? "nothing lost, nothing doubled, nothing reordered, no lane with two owners"
      : faults.slice(0, 50).join("\n"),
  ].join("\n");
}
