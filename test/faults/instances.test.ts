/** A server on MongoDB answers each citizen once. Many servers, killed and paused: faults.test.ts. */
import { signBody } from "../../src/messenger/signature";
import { textMessage } from "../../src/simulator/payloads";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { freePort, startSabar, temporaryFolder } from "../support/sabar";
import { KEYS, startStandIn } from "../support/stand-in";

/** Sends that the page may make in a second. */
const PER_SECOND = 10;

describeMongo("Servers on MongoDB", () => {
  const place = temporaryFolder();
  let mongo: MongoServer;

  beforeAll(async () => {
    mongo = await startMongo({ isOwn: true });
  }, 60_000);
  afterAll(async () => {
    await mongo.close();
    place.remove();
  });

  it("answer a message once, also after a new start", async () => {
    const port = await freePort();
    const standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    const options = {
      port,
      dataDir: place.folder,
      graphUrl: standIn.graphUrl,
      env: { MONGODB_URI: mongo.newDatabase() },
    };
    const talk = { pageId: KEYS.pageId, citizen: "7000000000000001", at: Date.now() };
    for (let starts = 1; starts <= 2; starts += 1) {
      const sabar = await startSabar(options);
      await standIn.facebook.deliver("a", textMessage(talk, "ktp saya hilang, gimana ya", "m_mongo1"));
      await sabar.idle(60_000);
      expect(await sabar.stop()).toBe(0);
      const heard = standIn.heard(talk.citizen);
      expect(heard.join("\n")).toMatch(/kehilangan/i);
      expect(new Set(heard).size).toBe(heard.length);
    }
    await standIn.close();
  }, 120_000);

  it("keep one pace together: they send no faster than the page may", async () => {
    const ports = [await freePort(), await freePort()];
    const standIn = await startStandIn(`http://127.0.0.1:${ports[0]}/webhook`);
    const arrived: number[] = [];
    standIn.graph.onSending(() => arrived.push(performance.now()));
    const env = { MONGODB_URI: mongo.newDatabase(), SENDS_PER_SECOND: String(PER_SECOND) };
    const servers = await Promise.all(
      ports.map((port, n) =>
        startSabar({ port, dataDir: `${place.folder}/${n}`, graphUrl: standIn.graphUrl, env }),
      ),
    );
    // Each has seen the other by then: a server beats every few seconds.
    await new Promise((resolve) => setTimeout(resolve, 9000));
    const people = Array.from({ length: 24 }, (_, n) => `74000000000000${10 + n}`);
    await Promise.all(
      people.map(async (citizen, n) => {
        const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
        const body = JSON.stringify(textMessage(talk, "ktp saya hilang, gimana ya", `m_pace${n}`));
        const answer = await fetch(`${servers[n % 2]!.url}/webhook`, {
          method: "POST",
          body,
          headers: {
            "content-type": "application/json",
            "x-hub-signature-256": signBody(body, KEYS.appSecret),
          },
        });
        expect(answer.status).toBe(200);
      }),
    );
    await servers[0]!.idle(120_000);
    for (const server of servers) expect(await server.stop()).toBe(0);
    expect(arrived.length).toBeGreaterThan(people.length);
    const most = Math.max(
      ...arrived.map((from) => arrived.filter((at) => at >= from && at < from + 3000).length),
    );
    // What leaves evenly may arrive a little closer together: the first calls have their connections to make.
    expect(most).toBeLessThanOrEqual(3 * PER_SECOND * 1.2);
    await standIn.close();
  }, 200_000);
});
