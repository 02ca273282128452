/** The store in one SQLite file keeps the promises of the port, and a few of its own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createGroupCommit } from "../../src/storage/sqlite/group-commit";
import { openDatabase } from "../../src/storage/sqlite/driver";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { openSqliteRecords } from "../../src/storage/sqlite/records";
import { StoreFailed } from "../../src/storage/port";
import { temporaryFolder } from "../support/sabar";
import { message, NOW, turn } from "./samples";
import { contract } from "./store.contract";

contract("SQLite", () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, "deeper", "sabar.db");
  return Promise.resolve({
    open: () => openSqliteStore(file),
    pretendNewer() {
      const database = openDatabase(file);
      database.exec("PRAGMA user_version = 1000");
      database.close();
      return Promise.resolve();
    },
    records: () => openSqliteRecords(file),
    bytes: () => [file, `${file}-wal`].map((each) => readFileSync(each, "latin1")).join(""),
    remove() {
      remove();
      return Promise.resolve();
    },
  });
});

describe("The group commit", () => {
  const place = temporaryFolder();
  const database = openDatabase(path.join(place.folder, "group.db"));
  const group = createGroupCommit(database);
  database.exec("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT");
  const insert = database.prepare("INSERT INTO t (n) VALUES (?)");
  const all = (): unknown[] =>
    database
      .prepare("SELECT n FROM t ORDER BY n")
      .all()
      .map((row) => row.n);
  afterAll(() => {
    group.close();
    database.close();
    place.remove();
  });

  it("lets one job fail without taking the others with it, and undoes all of that one", async () => {
    const outcomes = await Promise.allSettled([
      group.write(() => insert.run(1)),
      group.write(() => {
        insert.run(2);
        insert.run(1);
      }),
      group.write(() => {
        insert.run(3);
        throw new Error("changed its mind");
      }),
      group.write(() => insert.run(4)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(
      outcomes.slice(1, 3).every((each) => (each as PromiseRejectedResult).reason instanceof StoreFailed),
    ).toBe(true);
    expect(all()).toEqual([1, 4]);
  });

  it("works again after a failure", async () => {
    await group.write(() => insert.run(5));
    expect(all()).toEqual([1, 4, 5]);
  });

  it("commits what waits when told to", () => {
    const written = group.write(() => insert.run(6));
    group.flush();
    expect(all()).toEqual([1, 4, 5, 6]);
    return written;
  });
});

describe("A SQLite file", () => {
  it("holds nothing of a removed person any more, not even in what is free", async () => {
    const { folder, remove } = temporaryFolder();
    const file = path.join(folder, "sabar.db");
    const store = await openSqliteStore(file);
    for (let n = 0; n < 60; n += 1) {
      const event = message(`m${n}`, n % 2 === 0 ? "7100000000000001" : "7100000000000002");
      const words = n % 2 === 0 ? `kunyitasem ${n} ${"panjang ".repeat(n)}` : `temulawak ${n}`;
      await store.accept([event], NOW);
      const known = (await store.citizen(event.citizen ?? "")) ?? event.citizen ?? "";
      await store.commitTurn(event.id, turn(known, [words]), NOW);
      await store.noteDelivery(`m${n}#0`, { kind: "sent" }, 0, NOW);
    }
    await store.desk.index(await store.desk.unindexed(1000));
    await store.accept([message("last", "7100000000000001")], NOW);
    const known = (await store.citizen("7100000000000001"))!;
    await store.commitTurn("last", turn(known, [], { erase: { code: "HPS-X", asked: "citizen" } }), NOW);
    await store.erasures.sweep(NOW + 25 * 60 * 60 * 1000);
    await store.close();
    const bytes = readFileSync(file).toString("latin1");
    expect(bytes).toContain("temulawak");
    expect(bytes).not.toContain("kunyitasem");
    expect(bytes).not.toContain("7100000000000001");
    remove();
  });

  it("belongs to one process; the sentence says so", async () => {
    const { folder, remove } = temporaryFolder();
    const file = path.join(folder, "sabar.db");
    const first = await openSqliteStore(file);
    await expect(openSqliteStore(file)).rejects.toThrow(/in use by another process/);
    await first.close();
    remove();
  });

  it("that is none is refused with a sentence that names it", async () => {
    const { folder, remove } = temporaryFolder();
    await expect(openSqliteStore(path.join("/proc", "sabar.db"))).rejects.toThrow(/cannot be opened/);
    await expect(openSqliteStore(folder)).rejects.toThrow(/cannot be opened/);
    remove();
  });
});
