/** The store in MongoDB keeps the promises of the port. */
import mongoose from "mongoose";
import { openMongoStore } from "../../src/storage/mongo/open";
import { openMongoRecords } from "../../src/storage/mongo/records";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { escalation, message, NOW, turn } from "./samples";
import { contract } from "./store.contract";

describeMongo("MongoDB", () => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongo();
  }, 60_000);
  afterAll(() => server.close());

  it("hands no event out again that another instance has settled while this one stood still", async () => {
    const uri = server.newDatabase();
    const [one, two] = [await openMongoStore({ uri }), await openMongoStore({ uri })];
    await one.accept([message("a", "1")], NOW);
    await two.accept([message("a", "1")], NOW);
    const taken = await two.shared?.take("1");
    expect(taken?.events.map(({ id }) => id)).toEqual(["a"]);
    await two.commitTurn("a", turn("1", []), NOW);
    await two.shared?.leave("1");
    // Only now the first one comes to the lane, with what it had kept.
    const connection = await mongoose.createConnection(uri).asPromise();
    const citizens = connection.collection<{ _id: string; lane: string[]; knock: boolean }>("citizens");
    await citizens.updateOne({ _id: "1" }, { $addToSet: { lane: "a" }, $set: { knock: true } });
    expect((await one.shared?.take("1"))?.events).toEqual([]);
    expect((await citizens.findOne({ _id: "1" }))?.lane).toEqual([]);
    await connection.close();
    await one.close();
    await two.close();
  });

  it("sends nothing from a lane that a late note has taken back, before it has looked at it", async () => {
    const uri = server.newDatabase();
    const [one, two] = [await openMongoStore({ uri }), await openMongoStore({ uri })];
    // Two instances: each is sure of its lanes once it was seen by the other.
    await one.shared?.beat();
    await one.accept([message("a", "1"), message("b", "1")], NOW);
    await one.shared?.take("1");
    await one.commitTurn("a", turn("1", ["satu"]), NOW);
    await one.commitTurn("b", turn((await one.citizen("1")) ?? "1", ["dua"]), NOW);
    expect(one.shared?.isOurs("1")).toBe(true);
    // It stood still; the other one has sent both, and has given the lane back.
    const connection = await mongoose.createConnection(uri).asPromise();
    const citizens = connection.collection<{ _id: string; owner: string | null; fence: number }>("citizens");
    await citizens.updateOne({ _id: "1" }, { $set: { owner: null }, $inc: { fence: 1 } });
    expect((await two.shared?.take("1"))?.unsent.map(({ key }) => key)).toEqual(["a#0", "b#0"]);
    await two.noteDelivery("a#0", { kind: "sent", mid: "m1" }, 0, NOW);
    await two.noteDelivery("b#0", { kind: "sent", mid: "m2" }, 0, NOW);
    await two.shared?.leave("1");
    // Its first note fails and makes it let go; the next one takes the lane, which is free.
    await expect(one.noteDelivery("a#0", { kind: "sent", mid: "m1" }, 0, NOW)).rejects.toThrow();
    await one.noteDelivery("a#0", { kind: "sent", mid: "m1" }, 0, NOW);
    expect(one.shared?.isOurs("1")).toBe(false);
    // It is called to look, and then has nothing to send.
    expect(await one.shared?.calls(10)).toEqual(["1"]);
    expect((await one.shared?.take("1"))?.unsent).toEqual([]);
    expect(one.shared?.isOurs("1")).toBe(true);
    expect(await one.shared?.calls(10)).toEqual([]);
    await connection.close();
    await one.close();
    await two.close();
  });

  it("loses nothing of somebody who writes again while the removal is swept", async () => {
    const uri = server.newDatabase();
    const [one, two] = [await openMongoStore({ uri }), await openMongoStore({ uri })];
    for (let n = 0; n < 25; n += 1) {
      const citizen = `2${n}`;
      await one.accept([message(`bye${n}`, citizen)], NOW);
      await one.shared?.take(citizen);
      await one.commitTurn(
        `bye${n}`,
        turn(citizen, [], { erase: { code: `HPS-${n}`, asked: "citizen" } }),
        NOW,
      );
      await one.shared?.leave(citizen);
      const writeAgain = async (): Promise<void> => {
        await two.accept([message(`again${n}`, citizen)], NOW + 1);
        for (let tries = 0; (await two.shared?.take(citizen)) === undefined; tries += 1)
          if (tries > 200) throw new Error("The lane was never free.");
        const said = turn(citizen, ["Baik"], { escalation: escalation(`e${n}`, citizen) });
        await two.commitTurn(`again${n}`, said, NOW + 1);
        await two.noteDelivery(`again${n}#0`, { kind: "sent", mid: `m${n}` }, 0, NOW + 1);
        await two.shared?.leave(citizen);
      };
      await Promise.all([one.erasures.sweep(NOW + 2), writeAgain()]);
      expect((await one.citizen(citizen))?.revision).toBe(1);
      expect((await one.openEscalations()).map(({ id }) => id)).toContain(`e${n}`);
    }
    await one.close();
    await two.close();
  }, 60_000);

  contract("MongoDB", () => {
    const uri = server.newDatabase();
    return Promise.resolve({
      open: () => openMongoStore({ uri }),
      async pretendNewer() {
        const connection = await mongoose.createConnection(uri).asPromise();
        const versions = connection.collection<{ _id: string; body: string }>("pagestate");
        await versions.updateOne({ _id: "version" }, { $set: { body: "1000" } }, { upsert: true });
        await connection.close();
      },
      records: () => openMongoRecords(uri),
      remove: () => Promise.resolve(),
    });
  });
});
