/** A server on MongoDB answers each citizen once. Many servers, killed and paused: faults.test.ts. */
import { textMessage } from "../../src/simulator/payloads";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { freePort, startSabar, temporaryFolder } from "../support/sabar";
import { KEYS, startStandIn } from "../support/stand-in";

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
});
