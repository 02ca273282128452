/** The audit log: it only grows, a change by hand shows, and its export is harmless. */
import { openDatabase } from "../../src/storage/sqlite/driver";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { verifyChain } from "../../src/storage/audit-chain";
import { csvLine } from "../../src/console/audit/csv";
import type { Store } from "../../src/storage/port";
import { startConsole, type TestConsole } from "../support/console";
import { temporaryFolder } from "../support/sabar";

const verdictOf = (store: Store) => verifyChain((after, limit) => store.audit.after(after, limit));

describe("The audit log", () => {
  let place: ReturnType<typeof temporaryFolder>;
  let file: string;
  let store: Store;

  beforeEach(async () => {
    place = temporaryFolder();
    file = `${place.folder}/sabar.db`;
    store = await openSqliteStore(file);
    for (const name of ["Sari", "Rudi", "Rina"])
      await store.audit.append(
        {
          action: "personal-data-opened",
          staff: { id: name, name },
          object: "conversation:1",
          detail: { purpose: "Mengurus tiket" },
        },
        1000,
      );
  });
  afterEach(async () => {
    await store.close();
    place.remove();
  });

  /** Whoever can write the file, without the program. */
  async function tamper(sql: string): Promise<void> {
    await store.close();
    const database = openDatabase(file);
    database.exec(sql);
    database.close();
    store = await openSqliteStore(file);
  }

  it("is whole when nobody has touched it, however many write at once", async () => {
    const before = await verdictOf(store);
    await Promise.all(
      Array.from({ length: 1200 }, (_, n) =>
        store.audit.append(
          { action: "signed-in", staff: { id: "s", name: "S" }, detail: { n: String(n) } },
          n,
        ),
      ),
    );
    expect(await verdictOf(store)).toMatchObject({ isWhole: true, rows: before.rows + 1200 });
  });

  it("cannot be changed or shortened by the program's own connection (S-15)", async () => {
    await store.close();
    const database = openDatabase(file);
    expect(() => database.exec("UPDATE audit SET staff = 'lain' WHERE sequence = 1")).toThrow("only grows");
    expect(() => database.exec("DELETE FROM audit WHERE sequence = 1")).toThrow("only grows");
    database.close();
    store = await openSqliteStore(file);
    expect((await verdictOf(store)).isWhole).toBe(true);
  });

  it.each([
    ["who", "UPDATE audit SET staff = 'Lain' WHERE sequence = 2"],
    ["a name", `UPDATE audit SET body = replace(body, 'Rudi', 'Rudy') WHERE sequence = 2`],
    ["when", "UPDATE audit SET at = at + 1 WHERE sequence = 2"],
    ["what", "UPDATE audit SET action = 'signed-out' WHERE sequence = 2"],
    ["what for", `UPDATE audit SET body = replace(body, 'Mengurus tiket', 'Iseng') WHERE sequence = 2`],
    ["the line into nonsense", "UPDATE audit SET body = '{' WHERE sequence = 2"],
    ["the hash", "UPDATE audit SET hash = 'ff' WHERE sequence = 2"],
    ["the order", "DELETE FROM audit WHERE sequence = 2"],
  ])("tells which line it is when somebody changes %s in the file", async (_what, sql) => {
    const whole = await verdictOf(store);
    expect(whole.isWhole).toBe(true);
    await tamper(`DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_shortened; ${sql}`);
    expect(await verdictOf(store)).toEqual({ isWhole: false, rows: 1, brokenAt: 2 });
  });

  it("shows a cut end by its last hash, which is shown and exported", async () => {
    const whole = await verdictOf(store);
    await tamper(
      "DROP TRIGGER audit_is_never_shortened; DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
    );
    const cut = await verdictOf(store);
    expect(cut.isWhole && whole.isWhole && cut.lastHash !== whole.lastHash).toBe(true);
  });
});

describe("The page of the audit log", () => {
  let sabar: TestConsole;
  beforeAll(async () => {
    sabar = await startConsole();
    await sabar.add("sari", ["administrator"]);
    await sabar.add("rudi", ["officer"], { name: '=HYPERLINK("http://jahat.example","klik")' });
  });
  afterAll(() => sabar.close());

  it("answers who opened whose data between two days", async () => {
    const rudi = await sabar.store.access.staffByLogin("rudi");
    const day = 24 * 60 * 60 * 1000;
    for (const [age, conversation] of [
      [9, "lama"],
      [2, "dicari"],
      [0, "baru"],
    ] as const)
      await sabar.store.audit.append(
        {
          action: "personal-data-opened",
          staff: { id: rudi!.id, name: "Rudi" },
          object: `conversation:${conversation}`,
          detail: { purpose: `keperluan ${conversation}` },
        },
        sabar.clock.now - age * day,
      );
    const who = await sabar.signIn("sari");
    const page = await who.get(
      `/console/records/audit?from=2026-11-20&until=2026-11-24&action=personal-data-opened&staff=${rudi!.id}`,
    );
    expect(page.text).toContain("keperluan dicari");
    expect(page.text).not.toContain("keperluan lama");
    expect(page.text).not.toContain("keperluan baru");
    expect((await who.get("/console/records/audit?check=1")).text).toContain("Catatan utuh");
  });

  it("leafs through a long log without losing a line", async () => {
    for (let n = 0; n < 120; n += 1)
      await sabar.store.audit.append(
        { action: "signed-out", detail: { reason: `baris ${n}.` } },
        sabar.clock.now,
      );
    const who = await sabar.signIn("sari");
    const seen: string[] = [];
    let path: string | undefined = "/console/records/audit?action=signed-out";
    while (path !== undefined) {
      const { text } = await who.get(path);
      seen.push(...[...text.matchAll(/baris (\d+)\./g)].map(([, n]) => n ?? ""));
      const older: string | undefined = /href="([^"]*before=\d+)">Catatan yang lebih lama/.exec(text)?.[1];
      path = older?.replaceAll("&amp;", "&");
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => String(119 - n)));
  });

  it("is exported whole, as text that no spreadsheet runs, and the export is a line itself", async () => {
    const rudi = await sabar.store.access.staffByLogin("rudi");
    await sabar.store.audit.append(
      { action: "signed-in", staff: { id: rudi!.id, name: rudi!.name } },
      sabar.clock.now,
    );
    const who = await sabar.signIn("sari");
    const answer = await who.post("/console/records/audit/export", {
      from: "",
      until: "",
      staff: "",
      action: "",
    });
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="?catatan-kegiatan-2026-11-\d\d\.csv"?$/,
    );
    expect(answer.headers.get("content-type")).toContain("text/csv");
    expect(answer.text).toContain(`"'=HYPERLINK(""http://jahat.example"",""klik"")"`);
    const [newest] = await sabar.store.audit.find({}, 1);
    expect(newest?.action).toBe("audit-exported");
    expect(answer.text.trim().split("\r\n").length - 1).toBe(newest?.sequence);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc"])("disarms the cell %j", (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
  });
});
