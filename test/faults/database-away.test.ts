/** MongoDB goes away or stands still: Facebook hears 500 in time and delivers again, and everything is answered once. */
import mongoose from "mongoose";
import { signBody } from "../../src/messenger/signature";
import { textMessage } from "../../src/simulator/payloads";
import { openMongoStore } from "../../src/storage/mongo/open";
import { COLLECTIONS } from "../../src/storage/mongo/schemas";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";

/** Facebook gives up on an answer after this long (Messenger Platform, "Webhooks"). */
const FACEBOOK_WAITS_MS = 5000;

describeMongo("When MongoDB is away", () => {
  const place = temporaryFolder();
  let mongo: MongoServer;
  let standIn: StandIn;
  let sabar: Sabar;

  beforeAll(async () => {
    mongo = await startMongo({ isOwn: true });
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    sabar = await startSabar({
      port,
      dataDir: place.folder,
      graphUrl: standIn.graphUrl,
      env: { MONGODB_URI: mongo.newDatabase() },
    });
  }, 120_000);
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    await mongo.close();
    place.remove();
  });

  /** One delivery as Facebook makes it; the status and how long it took, or nothing in time. */
  const deliverOnce = async (citizen: string, text: string, mid: string): Promise<number | "no answer"> => {
    const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
    const body = JSON.stringify(textMessage(talk, text, mid));
    const answer = await fetch(`${sabar.url}/webhook`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "x-hub-signature-256": signBody(body, KEYS.appSecret) },
      signal: AbortSignal.timeout(FACEBOOK_WAITS_MS),
    }).catch(() => undefined);
    return answer?.status ?? "no answer";
  };

  /** Again and again, as Facebook does, until it is kept; then once more, because the first may have been kept, too. */
  const deliverUntilKept = async (...message: Parameters<typeof deliverOnce>): Promise<void> => {
    const until = Date.now() + 60_000;
    while ((await deliverOnce(...message)) !== 200)
      if (Date.now() > until) throw new Error(`never kept\n${sabar.output().slice(-2000)}`);
    expect(await deliverOnce(...message)).toBe(200);
  };

  const LOST = "ktp saya hilang, gimana ya";
  const expectOneAnswer = (citizen: string): void => {
    const heard = standIn.heard(citizen);
    expect(heard.join("\n")).toMatch(/kehilangan/i);
    expect(new Set(heard).size).toBe(heard.length);
  };

  it("hears 500 within Facebook's five seconds while it stands still, and answers once when it goes on", async () => {
    mongo.pause();
    try {
      const all = await Promise.all(
        [1, 2, 3].map((n) => deliverOnce(`710000000000000${n}`, LOST, `m_still${n}`)),
      );
      expect(all).toEqual([500, 500, 500]);
      expect((await fetch(`${sabar.url}/healthz`)).status).toBe(200);
    } finally {
      mongo.resume();
    }
    await Promise.all([1, 2, 3].map((n) => deliverUntilKept(`710000000000000${n}`, LOST, `m_still${n}`)));
    await sabar.idle(90_000);
    for (const n of [1, 2, 3]) expectOneAnswer(`710000000000000${n}`);
  }, 200_000);

  it("hears 500 while it is gone, and answers once when it is back", async () => {
    await mongo.stop();
    expect(await deliverOnce("7200000000000001", LOST, "m_gone")).toBe(500);
    await mongo.start();
    await deliverUntilKept("7200000000000001", LOST, "m_gone");
    await sabar.idle(90_000);
    expectOneAnswer("7200000000000001");
  }, 200_000);
});

describeMongo("A database whose indexes are gone", () => {
  it("has all of them again after a start", async () => {
    const mongo = await startMongo();
    const uri = mongo.newDatabase();
    await (await openMongoStore({ uri })).close();
    const connection = await mongoose.createConnection(uri).asPromise();
    const names = Object.keys(COLLECTIONS) as (keyof typeof COLLECTIONS)[];
    const indexes = async (): Promise<string[]> => {
      const all = await Promise.all(
        names.map(async (name) =>
          (await connection.collection(name).indexes()).map(({ key }) => `${name} ${JSON.stringify(key)}`),
        ),
      );
      return all.flat().sort();
    };
    const before = await indexes();
    const declared = names.flatMap((name) =>
      COLLECTIONS[name].indexes.map(([key]) => `${name} ${JSON.stringify(key)}`),
    );
    expect(before).toEqual(expect.arrayContaining(declared));
    for (const name of names)
      for (const { name: index } of await connection.collection(name).indexes())
        if (index !== undefined && index !== "_id_") await connection.collection(name).dropIndex(index);
    expect((await indexes()).filter((each) => declared.includes(each))).toEqual([]);
    await (await openMongoStore({ uri })).close();
    expect(await indexes()).toEqual(before);
    await connection.close();
    await mongo.close();
  }, 120_000);
});
