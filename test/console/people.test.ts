/** What the administrator does with people, over real HTTP. */
import { hashToken } from "../../src/console/access/sessions";
import { startConsole, type TestConsole, type Visitor } from "../support/console";

// Hashing passwords takes its time on a busy machine.
jest.setTimeout(120_000);

let sabar: TestConsole;
let boss: Visitor;
let count = 0;
const newLogin = (): string => `orang${(count += 1)}`;

beforeAll(async () => {
  sabar = await startConsole();
  await sabar.add("kepala", ["administrator"]);
  boss = await sabar.signIn("kepala");
});
afterAll(() => sabar.close());

const path = (id: string, act = ""): string => `/console/settings/staff/${id}${act}`;

describe("The administrator", () => {
  it("adds somebody and is shown a link once, under the public address", async () => {
    const answer = await boss.post("/console/settings/staff", {
      login: "dewi.lestari",
      name: " Dewi  Lestari ",
      roles: "officer",
    });
    const link = /https:\/\/sabar\.kotacontoh\.example(\/console\/setup\/[\w-]{43})/.exec(answer.text);
    expect(answer.status).toBe(200);
    const page = await sabar.visitor().get(link?.[1] ?? "");
    expect(page.text).toContain("Selamat datang, Dewi Lestari");
    const dewi = await sabar.store.access.staffByLogin("dewi.lestari");
    expect(dewi).toMatchObject({ state: "invited", roles: ["officer"], name: "Dewi Lestari" });
    expect((await boss.get(path(dewi?.id ?? ""))).text).not.toContain("/console/setup/");
  });

  it.each([
    [{ login: "kepala", name: "Lain", roles: "officer" }, "sudah dipakai"],
    [{ login: "a b", name: "Lain", roles: "officer" }, "huruf kecil"],
    [{ login: "../x", name: "Lain", roles: "officer" }, "huruf kecil"],
    [{ login: "lain1", name: " ", roles: "officer" }, "Nama belum diisi"],
    [{ login: "lain2", name: "Lain" }, "Pilih sedikitnya satu peran"],
    [{ login: "lain3", name: "Lain", roles: "raja" }, "Pilih sedikitnya satu peran"],
    [{ login: "lain4", name: "Lain", roles: "agency", agency: "tidak-ada" }, "Pilih OPD"],
  ])("is told what is wrong with %j", async (form, sentence) => {
    const before = (await sabar.store.access.allStaff()).length;
    const answer = await boss.post("/console/settings/staff", form);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(sentence)]);
    expect((await sabar.store.access.allStaff()).length).toBe(before);
  });

  it("disables somebody, who is out at once and stays out until enabled again", async () => {
    const login = newLogin();
    const person = await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    expect((await boss.post(path(person.id, "/disable"))).status).toBe(303);
    expect((await who.get("/console/account")).status).toBe(303);
    await expect(sabar.signIn(login)).rejects.toThrow("401");
    expect((await boss.post(path(person.id, "/link"))).status).toBe(400);
    expect((await boss.post(path(person.id, "/enable"))).status).toBe(303);
    sabar.clock.now += 60_000;
    expect((await (await sabar.signIn(login)).get("/console/account")).status).toBe(200);
  });

  it("takes the old password, codes and devices away with a new link", async () => {
    const login = newLogin();
    const person = await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    const answer = await boss.post(path(person.id, "/link"));
    expect(answer.text).toContain("/console/setup/");
    expect((await who.get("/console/account")).status).toBe(303);
    await expect(sabar.signIn(login)).rejects.toThrow("401");
    expect(await sabar.store.access.staffById(person.id)).toMatchObject({
      state: "invited",
      passwordHash: undefined,
    });
  });

  it("changes roles, and they count from the next click on", async () => {
    const login = newLogin();
    const person = await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    expect((await who.get("/console/records/audit")).status).toBe(403);
    await boss.post(path(person.id), [
      ["name", "Nama Baru"],
      ["roles", "officer"],
      ["roles", "administrator"],
    ]);
    const page = await who.get("/console/records/audit");
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("Nama Baru")]);
  });

  it("cannot leave the console without an administrator", async () => {
    const alone = await startConsole();
    try {
      const first = await alone.add("pertama", ["administrator", "officer"]);
      const who = await alone.signIn("pertama");
      for (const [act, form] of [
        ["/disable", {}],
        ["", { name: "Pertama", roles: "officer" }],
        ["/link", {}],
      ] as const) {
        const answer = await who.post(path(first.id, act), form);
        expect([act, answer.status]).toEqual([act, 400]);
      }
      const second = await alone.add("kedua", ["administrator"]);
      const other = await alone.signIn("kedua");
      // Both at once: one of them stays.
      const answers = await Promise.all([
        who.post(path(second.id, "/disable")),
        other.post(path(first.id, "/disable")),
      ]);
      const active = (await alone.store.access.allStaff()).filter(({ state }) => state === "active");
      expect(active).toHaveLength(1);
      expect(answers.filter(({ location }) => location.includes("done=1"))).toHaveLength(1);
    } finally {
      await alone.close();
    }
  });

  it("leaves a line for everything done, with who, to whom and from where", async () => {
    const kepala = await sabar.store.access.staffByLogin("kepala");
    const rows = await sabar.store.audit.find({ staff: kepala?.id }, 100);
    const done = new Set(rows.map(({ action }) => action));
    for (const action of [
      "signed-in",
      "staff-added",
      "staff-disabled",
      "staff-enabled",
      "setup-link-made",
      "staff-changed",
    ])
      expect([...done]).toContain(action);
    for (const row of rows) expect(row.address).toBe("127.0.0.1");
    expect(JSON.stringify(rows)).not.toMatch(/\/console\/setup\/|argon2/);
  });
});

describe("A demo account", () => {
  const demo = { isDemo: true, totpSecret: undefined } as const;

  it("comes in without a code where the simulator runs, and nowhere else", async () => {
    const simulator = await startConsole({ allowDemo: true });
    try {
      await simulator.add("sari-demo", ["officer", "administrator"], demo);
      const who = await simulator.signIn("sari-demo");
      expect((await who.get("/console/settings/staff")).text).toContain("Akun percobaan");
    } finally {
      await simulator.close();
    }
    await sabar.add("sari-demo", ["officer", "administrator"], demo);
    await expect(sabar.signIn("sari-demo")).rejects.toThrow("401");
  });

  it("is out with a session from before, cannot be seen, and does not count as an administrator", async () => {
    const person = await sabar.add("rudi-demo", ["administrator"], demo);
    const token = "a".repeat(43);
    await sabar.store.access.commitAccess(
      {
        kind: "sign-in",
        session: {
          id: "demo-session",
          tokenHash: hashToken(token),
          staff: person.id,
          startedAt: sabar.clock.now,
          seenAt: sabar.clock.now,
          address: "127.0.0.1",
          browser: "",
        },
        proof: { kind: "demo" },
      },
      { action: "signed-in" },
      sabar.clock.now,
    );
    const who = sabar.visitor({ cookie: `sabar=${token}` });
    expect((await who.get("/console/account")).status).toBe(303);
    expect((await boss.get("/console/settings/staff")).text).not.toContain("rudi-demo");
    expect((await boss.get(path(person.id))).status).toBe(404);
  });
});
