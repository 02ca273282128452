/** What an operator does with a whole installation, as processes: back up, check, hand out, remove, and put back. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { newCitizen } from "../../src/vocabulary/citizen";
import { message, NOW, turn } from "../storage/samples";
import { runScript, type Ran } from "../support/run";
import { temporaryFolder } from "../support/sabar";

const HER = "7100000000000001";
const HIM = "7100000000000002";

const place = temporaryFolder();
const data = path.join(place.folder, "data");
const backup = path.join(place.folder, "backup.ndjson.gz");
const store = (args: string[], dataDir = data): Promise<Ran> =>
  runScript("store", args, { env: { DATA_DIR: dataDir } });
const sent = path.join(data, "sent", HER);

/** Two people who wrote and were answered; staff have sent one of them a file. */
beforeAll(async () => {
  mkdirSync(sent, { recursive: true });
  writeFileSync(path.join(sent, "11111111-1111-4111-8111-111111111111.pdf"), "%PDF-");
  const opened = await openSqliteStore(path.join(data, "simulator.db"));
  for (const [id, citizen] of [
    ["m1", HER],
    ["m2", HIM],
  ] as const) {
    await opened.accept([message(id, citizen, `pesan dari ${id}`)], NOW);
    await opened.commitTurn(id, turn(newCitizen(citizen), [`jawaban untuk ${id}`]), NOW);
    await opened.noteDelivery(`${id}#0`, { kind: "sent", mid: `mid-${id}` }, 0, NOW);
  }
  await opened.close();
});
afterAll(() => place.remove());

describe("npm run store", () => {
  it("writes a backup that only its owner may read", async () => {
    const { code, out } = await store(["backup", backup]);
    expect([code, out]).toEqual([0, expect.stringContaining(`Written: ${backup}`)]);
    expect(statSync(backup).mode & 0o077).toBe(0);
    expect((await store(["check"])).code).toBe(0);
  });

  it("hands out what is stored about one person, and nothing of the other", async () => {
    const file = path.join(place.folder, "her.json");
    expect((await store(["export", "--citizen", HER, file])).code).toBe(0);
    const handed = readFileSync(file, "utf8");
    expect(handed).toContain("pesan dari m1");
    expect(handed).toContain("jawaban untuk m1");
    expect(handed).not.toContain("m2");
  });

  it("removes a person only when it is told to, with the files that were sent to them", async () => {
    const asked = await store(["erase", "--citizen", HER]);
    expect([asked.code, existsSync(sent)]).toEqual([1, true]);
    expect(asked.out).toContain("Add --yes");
    const done = await store(["erase", "--citizen", HER, "--yes"]);
    expect([done.code, existsSync(sent)]).toEqual([0, false]);
    expect(done.out).toMatch(/"messages":1.*\nThe code that proves it: HPS-/);
    const [code = ""] = /HPS-[\w-]+/.exec(done.out) ?? [];
    const prove = (typed: string, citizen: string): Promise<Ran> =>
      store(["prove", typed, "--citizen", citizen]);
    const proof = await prove(code.toLowerCase().replaceAll("-", " "), HER);
    expect([proof.code, proof.out]).toEqual([0, expect.stringContaining("nothing is stored about them")]);
    expect((await prove(code, HIM)).out).toContain("somebody else");
    expect((await prove("HPS-AAAA-AAAA-AAAA-AAAA", HER)).out).toContain("No removal has this code");
    const gone = await store(["export", "--citizen", HER, path.join(place.folder, "again.json")]);
    expect([gone.code, gone.out]).toEqual([1, expect.stringContaining("Nothing is stored")]);
    expect((await store(["check"])).code).toBe(0);
  });

  it("puts a backup back into an empty place, whole", async () => {
    const elsewhere = path.join(place.folder, "elsewhere");
    mkdirSync(elsewhere);
    expect((await store(["restore", backup], elsewhere)).code).toBe(0);
    expect((await store(["check"], elsewhere)).code).toBe(0);
    const file = path.join(place.folder, "restored.json");
    expect((await store(["export", "--citizen", HER, file], elsewhere)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("jawaban untuk m1");
  });
});
