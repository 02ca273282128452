/** The primary of a replica set steps down and another member is elected: nobody is told 200 for nothing, and nothing is lost, doubled or reordered. */
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { startReplicaSet, type ReplicaSet } from "../support/replica-set";
import { temporaryFolder } from "../support/sabar";
import { startOneServer } from "./one-server";
import { STEP_DOWNS } from "./plans";
import { playFaults } from "./play";
import { reportText } from "./report";

describeMongo("When the primary steps down", () => {
  let mongo: MongoServer;
  let set: ReplicaSet;

  beforeAll(async () => {
    mongo = await startMongo({ isOwn: true });
    set = await startReplicaSet(Number(new URL(mongo.newDatabase()).port));
  }, 120_000);
  afterAll(async () => {
    await set.close();
    await mongo.close();
  });

  it("hears 500 within Facebook's five seconds until another is elected, and answers once, without a new start", async () => {
    const server = await startOneServer(set.uri("one"));
    const ready = async (): Promise<number> => (await fetch(`${server.sabar.url}/readyz`)).status;
    try {
      await server.deliverUntilKept("7300000000000001", "m_before");
      await server.sabar.idle(60_000);
      const before = [...set.passedOn];
      set.stepDown();
      const citizens = [2, 3, 4].map((n) => `730000000000000${n}`);
      const during = await Promise.all(
        citizens.map((citizen) => server.deliverOnce(citizen, `m_during-${citizen}`)),
      );
      expect(during).toEqual([500, 500, 500]);
      expect(await ready()).toBe(503);
      expect((await fetch(`${server.sabar.url}/healthz`)).status).toBe(200);
      set.elect();
      await Promise.all(citizens.map((citizen) => server.deliverUntilKept(citizen, `m_during-${citizen}`)));
      await server.sabar.idle(90_000);
      for (const citizen of ["7300000000000001", ...citizens]) server.expectOneAnswer(citizen);
      expect(await ready()).toBe(200);
      // It really was the other member.
      expect([before[1], set.passedOn[1]! > 0]).toEqual([0, true]);
      expect(set.interrupted.refused).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  }, 200_000);

  it("again and again under two busy servers, loses, doubles and reorders nothing, though some writes were carried out and answered with an error", async () => {
    const place = temporaryFolder();
    try {
      const report = await playFaults(
        STEP_DOWNS,
        {
          newDatabase: () => set.uri("busy"),
          stop() {
            set.stepDown();
            return Promise.resolve();
          },
          start() {
            set.elect();
            return Promise.resolve();
          },
        },
        place.folder,
      );
      const { refused, carriedOut, cutOff } = set.interrupted;
      console.log(
        reportText(report),
        `\n${refused} commands refused, ${carriedOut} writes carried out and answered with an error, ${cutOff} cut off`,
      );
      expect(report.faults).toEqual([]);
      expect(report.accepted).toBe(STEP_DOWNS.messages);
      expect(report.repeatedInFlight).toBe(0);
      expect(Math.min(...set.passedOn, carriedOut, cutOff)).toBeGreaterThan(0);
    } finally {
      place.remove();
    }
  }, 400_000);
});
