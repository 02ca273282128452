/** MongoDB goes away or stands still: Facebook hears 500 in time and delivers again, and everything is answered once. */
import mongoose from "mongoose";
import { openMongoStore } from "../../src/storage/mongo/open";
import { COLLECTIONS } from "../../src/storage/mongo/schemas";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { startOneServer, type OneServer } from "./one-server";

describeMongo("When MongoDB is away", () => {
  let mongo: MongoServer;
  let server: OneServer;

  beforeAll(async () => {
    mongo = await startMongo({ isOwn: true });
    server = await startOneServer(mongo.newDatabase());
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await mongo.close();
  });

  it("hears 500 within Facebook's five seconds while it stands still, and answers once when it goes on", async () => {
    mongo.pause();
    try {
      const all = await Promise.all(
        [1, 2, 3].map((n) => server.deliverOnce(`710000000000000${n}`, `m_still${n}`)),
      );
      expect(all).toEqual([500, 500, 500]);
      expect((await fetch(`${server.sabar.url}/healthz`)).status).toBe(200);
    } finally {
      mongo.resume();
    }
    await Promise.all([1, 2, 3].map((n) => server.deliverUntilKept(`710000000000000${n}`, `m_still${n}`)));
    await server.sabar.idle(90_000);
    for (const n of [1, 2, 3]) server.expectOneAnswer(`710000000000000${n}`);
  }, 200_000);

  it("hears 500 while it is gone, and answers once when it is back", async () => {
    await mongo.stop();
    expect(await server.deliverOnce("7200000000000001", "m_gone")).toBe(500);
    await mongo.start();
    await server.deliverUntilKept("7200000000000001", "m_gone");
    await server.sabar.idle(90_000);
    server.expectOneAnswer("7200000000000001");
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
