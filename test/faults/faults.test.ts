/** Servers are killed with SIGKILL and paused, and the database is started anew: nothing is lost, doubled or reordered. */
import { describeMongo } from "../support/describe-mongo";
import { startMongo } from "../support/mongo";
import { temporaryFolder } from "../support/sabar";
import { ALONE, SHORT, type Plan } from "./plans";
import { playFaults } from "./play";
import { reportText } from "./report";

const WITHIN_MS = 600_000;

async function play(plan: Plan, withMongo: boolean): Promise<void> {
  const place = temporaryFolder();
  const mongo = withMongo ? await startMongo({ isOwn: true }) : undefined;
  try {
    const report = await playFaults(plan, mongo, place.folder);
    console.log(reportText(report));
    expect(report.faults).toEqual([]);
    expect(report.accepted).toBe(plan.messages);
    expect(report.kills).toBeGreaterThan(0);
    expect(report.pauses).toBeGreaterThan(0);
    expect(report.kills + report.pauses).toBe(plan.faults);
  } finally {
    await mongo?.close();
    place.remove();
  }
}

describe("One server on a SQLite file", () => {
  it("keeps every promise while it is killed and paused", () => play(ALONE, false), WITHIN_MS);
});

describeMongo("Three servers on MongoDB", () => {
  it(
    "keep every promise while they are killed and paused and the database is started anew",
    () => play(SHORT, true),
    WITHIN_MS,
  );
});
