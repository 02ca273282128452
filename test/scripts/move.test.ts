/** `npm run store -- copy` from SQLite to MongoDB as a process: killed and run again, and not content with a difference. */
import { spawn } from "node:child_process";
import path from "node:path";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { openMongoStore } from "../../src/storage/mongo/open";
import { openMongoRecords } from "../../src/storage/mongo/records";
import { newCitizen } from "../../src/vocabulary/citizen";
import { message, NOW, turn } from "../storage/samples";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { ROOT, runScript, type Ran } from "../support/run";
import { temporaryFolder } from "../support/sabar";

const PEOPLE = 4000;

describeMongo("npm run store, between SQLite and MongoDB", () => {
  const place = temporaryFolder();
  const file = path.join(place.folder, "sabar.db");
  let mongo: MongoServer;
  let uri: string;

  beforeAll(async () => {
    mongo = await startMongo();
    uri = mongo.newDatabase();
    const store = await openSqliteStore(file);
    const people = Array.from({ length: PEOPLE }, (_, n) => `7${String(n).padStart(15, "0")}`);
    await store.accept(
      people.map((citizen, n) => message(`m${n}`, citizen, `pesan ke-${n}`)),
      NOW,
    );
    await Promise.all(
      people.map((citizen, n) => store.commitTurn(`m${n}`, turn(newCitizen(citizen), [`jawaban ${n}`]), NOW)),
    );
    await store.close();
  }, 120_000);
  afterAll(async () => {
    await mongo.close();
    place.remove();
  });

  const env = { DATA_DIR: path.join(place.folder, "none") };
  const store = (...args: string[]): Promise<Ran> => runScript("store", args, { env });
  const countThere = async (): Promise<number> => {
    const records = await openMongoRecords(uri);
    const count = await records.count("events");
    await records.close();
    return count;
  };

  it("is killed in the middle, run again, and ends with the same on both sides", async () => {
    const child = spawn(
      process.execPath,
      [
        path.join(ROOT, "node_modules", "tsx", "dist", "cli.mjs"),
        "scripts/store.ts",
        "copy",
        "--from",
        file,
        "--to",
        uri,
      ],
      {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
        detached: true,
      },
    );
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    const until = Date.now() + 60_000;
    while ((await countThere()) === 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
    // With its children: the script runs below a starter.
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    const half = await countThere();
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(PEOPLE);
    const again = await store("copy", "--from", file, "--to", uri);
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringContaining("Everything is the same on both sides."),
    ]);
    expect(again.out).toMatch(new RegExp(`ok +events +${PEOPLE} → ${PEOPLE}`));
    expect(again.out).toMatch(/a server with this address uses the database .*-simulator/);
    const opened = await openMongoStore({ uri });
    expect((await opened.unsent(0, PEOPLE * 2)).length).toBe(PEOPLE);
    await opened.close();
  }, 180_000);

  it("comes back the same, and says so when one side has something that the other has not", async () => {
    const back = path.join(place.folder, "back.db");
    expect((await store("copy", "--from", uri, "--to", back)).code).toBe(0);
    const planted = await openSqliteStore(back);
    await planted.accept([message("planted", "9")], NOW);
    await planted.close();
    const differs = await store("copy", "--from", uri, "--to", back);
    expect(differs.code).toBe(1);
    expect(differs.out).toMatch(new RegExp(`FAIL events +${PEOPLE} → ${PEOPLE + 1}`));
    expect(differs.out).toContain("The two sides differ.");
  }, 180_000);

  it("backs up, checks and restores a MongoDB, too", async () => {
    const archive = path.join(place.folder, "mongo.ndjson.gz");
    const settings = { ...env, MONGODB_URI: uri, ...page };
    const run = (args: string[], more = settings): Promise<Ran> => runScript("store", args, { env: more });
    const written = await run(["backup", archive]);
    expect([written.code, written.err]).toEqual([0, ""]);
    const elsewhere = { ...settings, MONGODB_URI: mongo.newDatabase() };
    const restored = await run(["restore", archive], elsewhere);
    expect([restored.code, restored.out]).toEqual([0, expect.stringContaining("records written")]);
    const checked = await run(["check"], elsewhere);
    expect([checked.code, checked.out]).toEqual([0, expect.stringMatching(new RegExp(`events +${PEOPLE}`))]);
  }, 180_000);
});

/** A connected page, so that the place of the settings is the page's own. */
const page = {
  MESSENGER_PAGE_ID: "102938475610293",
  MESSENGER_APP_ID: "1029384756574839",
  MESSENGER_APP_SECRET: "0123456789abcdef0123456789abcdef",
  MESSENGER_VERIFY_TOKEN: "token-of-the-tests",
  MESSENGER_PAGE_TOKEN: "EAAtokenofthetests",
};
