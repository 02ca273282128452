/** A whole installation moves from one store to another and back, and is the same; also when the move is broken off. */
import path from "node:path";
import { copyRecords, digestsOf } from "../../src/storage/copy-records";
import { openMongoStore } from "../../src/storage/mongo/open";
import { openMongoRecords } from "../../src/storage/mongo/records";
import type { Store } from "../../src/storage/port";
import type { RecordStore } from "../../src/storage/records";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { openSqliteRecords } from "../../src/storage/sqlite/records";
import type { Listing } from "../../src/vocabulary/listing";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { temporaryFolder } from "../support/sabar";
import { aTicket } from "../support/tickets";
import { echo, escalation, message, NOW, turn } from "./samples";

const listing: Listing = {
  citizen: "1",
  place: "needs",
  isUrgent: true,
  windowEndsAt: NOW + 1,
  waitingSince: NOW,
  lastAt: NOW,
  excerpt: "halo",
};

/** Some of everything a store keeps. */
async function fill(store: Store): Promise<void> {
  const events = [
    message("a", "1", "halo 'ꦱꦧꦂ' 🙏"),
    message("b", "2"),
    message("c", "1"),
    echo("e", "1", "sabar:a#0"),
  ];
  await store.accept(events, NOW);
  const first = turn("1", ["satu", "dua", "tiga"], {
    escalation: escalation("esc-1", "1"),
    alarms: [{ name: "gathered", at: NOW + 4000 }],
    tickets: [{ kind: "file", ticket: aTicket("t1"), prefix: "JLN" }],
    pictures: [{ id: "p1", url: "https://scontent.fbcdn.net/a.jpg", ticket: "t1" }],
    script: { fingerprint: "abc", body: "{}" },
    listing,
  });
  await store.commitTurn("a", first, NOW);
  await store.noteDelivery("a#0", { kind: "sent", mid: "m_1" }, 0, NOW + 5);
  await store.noteDelivery(
    "a#1",
    { kind: "never", code: "551", reason: "Tidak ada", scope: "reply" },
    0,
    NOW + 6,
  );
  await store.noteDelivery(
    "a#2",
    { kind: "later", code: "4", reason: "Penuh", scope: "reply" },
    NOW + 9000,
    NOW + 7,
  );
  await store.desk.saveDraft("1", "sari", "Bapak", NOW);
  await store.setSendingStop({ code: "190", reason: "Token dicabut", since: NOW });
  const staff = {
    id: "rina",
    login: "rina",
    name: "Rina",
    roles: ["administrator", "officer"] as const,
    state: "active" as const,
    passwordHash: "hash",
    totpSecret: "S",
    totpStep: 5,
    isDemo: false,
    createdAt: NOW,
  };
  const by = { action: "staff-added" as const, staff: { id: "x", name: "X" } };
  await store.access.commitAccess({ kind: "add-staff", staff }, by, NOW);
  await store.access.commitAccess(
    { kind: "backup-codes", staff: "rina", backupHashes: ["k", "j"] },
    by,
    NOW + 1,
  );
  const session = {
    id: "s1",
    tokenHash: "t",
    staff: "rina",
    startedAt: NOW,
    seenAt: NOW,
    address: "::1",
    browser: "F",
  };
  await store.access.commitAccess(
    { kind: "sign-in", session, proof: { kind: "totp", step: 6 } },
    by,
    NOW + 2,
  );
  const push = { endpoint: "https://push.example/1", p256dh: "p", auth: "a" };
  await store.access.commitAccess({ kind: "push", staff: "rina", session: "s1", push }, by, NOW + 3);
  const keys = { publicKey: "public", privateKey: "private" };
  await store.access.commitAccess({ kind: "push-keys", keys }, by, NOW + 4);
}

describeMongo("An installation", () => {
  const place = temporaryFolder();
  let mongo: MongoServer;
  beforeAll(async () => {
    mongo = await startMongo();
  }, 60_000);
  afterAll(async () => {
    await mongo.close();
    place.remove();
  });
  const file = (name: string): string => path.join(place.folder, name);
  const within = async <T>(
    opened: Promise<RecordStore>[],
    work: (...stores: RecordStore[]) => Promise<T>,
  ) => {
    const stores = await Promise.all(opened);
    try {
      return await work(...stores);
    } finally {
      for (const store of stores) await store.close();
    }
  };
  const copyAll = (from: RecordStore, to: RecordStore): Promise<void> =>
    copyRecords(from, to, () => undefined);

  it("moves from SQLite to MongoDB and back, every field of every record, and works there", async () => {
    const uri = mongo.newDatabase();
    const store = await openSqliteStore(file("one.db"));
    await fill(store);
    await store.close();
    await within([openSqliteRecords(file("one.db")), openMongoRecords(uri)], async (one, two) => {
      let portions = 0;
      // Broken off in the middle, then run again.
      const broken = copyRecords(one, two, () => {
        portions += 1;
        if (portions === 4) throw new Error("the plug was pulled");
      });
      await expect(broken).rejects.toThrow("plug");
      await copyAll(one, two);
      expect(await digestsOf(two)).toEqual(await digestsOf(one));
      expect(await two.check()).toEqual([]);
    });
    const moved = await openMongoStore({ uri });
    expect((await moved.waiting(0, 10)).map(({ event }) => event.id).sort()).toEqual(["b", "c"]);
    const known = (await moved.citizen("1"))!;
    expect(await moved.commitTurn("c", turn(known, ["empat"]), NOW + 10)).toHaveLength(1);
    expect((await moved.unsent(0, 10)).map(({ key }) => key)).toEqual(["a#2", "c#0"]);
    const second = turn((await moved.citizen("2")) ?? "2", [], {
      tickets: [{ kind: "file", ticket: aTicket("t2"), prefix: "JLN" }],
    });
    await moved.commitTurn("b", second, NOW + 11);
    expect((await moved.ticket("t2"))?.number).toBe("JLN-0002");
    await moved.audit.append({ action: "signed-out" }, NOW + 12);
    await moved.close();
    await within([openMongoRecords(uri), openSqliteRecords(file("back.db"))], async (two, three) => {
      await copyAll(two, three);
      expect(await digestsOf(three)).toEqual(await digestsOf(two));
      expect(await three.check()).toEqual([]);
    });
    const back = await openSqliteStore(file("back.db"));
    expect((await back.history("1", 20)).map(({ text }) => text)).toContain("empat");
    expect((await back.access.staffByLogin("rina"))?.roles).toEqual(["officer", "administrator"]);
    await back.close();
  });

  it("is not written to while a server works on it", async () => {
    const uri = mongo.newDatabase();
    const store = await openMongoStore({ uri });
    await within([openMongoRecords(uri)], async (records) => {
      await expect(records.write("page", [])).rejects.toThrow(/Stop all of them/);
    });
    await store.close();
  });
});
