/** Signing in, sessions and set-up links over real HTTP, with a clock that the tests set. */
import { request as httpRequest } from "node:http";
import { hashToken } from "../../src/console/access/sessions";
import { newSetupLink, newStaff } from "../../src/console/access/setup-link";
import { codeOf, PASSWORD, startConsole, type TestConsole, type Visitor } from "../support/console";

const HOUR = 60 * 60 * 1000;
// Hashing passwords takes its time on a busy machine.
jest.setTimeout(120_000);

let sabar: TestConsole;
let count = 0;
const newLogin = (): string => `petugas${(count += 1)}`;

beforeAll(async () => {
  sabar = await startConsole({ trustedProxies: ["127.0.0.1"] });
});
afterAll(() => sabar.close());

/** Fills the form in; what is not given is right. */
async function tryLogin(
  who: Visitor,
  login: string,
  { password = PASSWORD, code }: { password?: string; code?: string } = {},
) {
  const staff = await sabar.store.access.staffByLogin(login);
  return who.post("/console/login", {
    login,
    password,
    code: code ?? codeOf(staff?.totpSecret ?? "", sabar.clock.now),
  });
}

describe("Signing in", () => {
  it("takes login, password and code, and leads to where one wanted to go", async () => {
    const login = newLogin();
    const staff = await sabar.add(login, ["officer"]);
    const who = sabar.visitor();
    expect((await who.get("/console/account")).location).toBe("/console/login?next=%2Fconsole%2Faccount");
    const answer = await who.post("/console/login", {
      login: ` ${login.toUpperCase()} `,
      password: PASSWORD,
      code: codeOf(staff.totpSecret!, sabar.clock.now).replace(/(...)/, "$1 "),
      next: "/console/account",
    });
    expect([answer.status, answer.location]).toEqual([303, "/console/account"]);
    expect((await who.get("/console/account")).text).toContain(staff.name);
  });

  it("leads nowhere else than into the console", async () => {
    for (const next of [
      "https://jahat.example/",
      "//jahat.example",
      "/\\jahat.example",
      "/queue",
      "javascript:1",
    ]) {
      const login = newLogin();
      await sabar.add(login, ["officer"]);
      const staff = await sabar.store.access.staffByLogin(login);
      const code = codeOf(staff!.totpSecret!, sabar.clock.now);
      const answer = await sabar.visitor().post("/console/login", { login, password: PASSWORD, code, next });
      expect([answer.status, answer.location]).toEqual([303, "/console"]);
    }
  });

  it("says the same for a wrong password, a wrong code, an unknown and a disabled person", async () => {
    const [known, invited, disabled] = [newLogin(), newLogin(), newLogin()];
    await sabar.add(known, ["officer"]);
    await sabar.add(invited, ["officer"], { state: "invited", passwordHash: undefined });
    await sabar.add(disabled, ["officer"], { state: "disabled" });
    const answers = [
      await tryLogin(sabar.visitor(), known, { password: "bukan kata sandinya" }),
      await tryLogin(sabar.visitor(), known, { code: "000000" }),
      await tryLogin(sabar.visitor(), known, { code: "" }),
      await tryLogin(sabar.visitor(), "tidak.ada"),
      await tryLogin(sabar.visitor(), invited),
      await tryLogin(sabar.visitor(), disabled),
      await tryLogin(sabar.visitor(), known, { password: "x".repeat(5000) }),
    ];
    const shown = answers.map(({ status, text }) => [status, text.replace(/value="[^"]*"/g, "")]);
    expect(new Set(shown.map(([, text]) => text)).size).toBe(1);
    expect(shown[0]?.[0]).toBe(401);
    expect(shown[0]?.[1]).toContain("Nama pengguna, kata sandi, atau kode tidak cocok.");
  });

  it("takes each code once, and no code from before it", async () => {
    const login = newLogin();
    const staff = await sabar.add(login, ["officer"]);
    sabar.clock.now += HOUR;
    const before = codeOf(staff.totpSecret!, sabar.clock.now - 30_000);
    const code = codeOf(staff.totpSecret!, sabar.clock.now);
    expect((await tryLogin(sabar.visitor(), login, { code })).status).toBe(303);
    expect((await tryLogin(sabar.visitor(), login, { code })).status).toBe(401);
    expect((await tryLogin(sabar.visitor(), login, { code: before })).status).toBe(401);
    sabar.clock.now += 30_000;
    expect((await tryLogin(sabar.visitor(), login)).status).toBe(303);
  });

  it("lets only one in when the same code comes ten times at once", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    sabar.clock.now += HOUR;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => tryLogin(sabar.visitorFrom(`203.0.113.${n}`), login)),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it("takes a code half a minute early or late, and none that is older", async () => {
    for (const [offset, status] of [
      [-60_000, 401],
      [-30_000, 303],
      [30_000, 303],
      [60_000, 401],
    ] as const) {
      const login = newLogin();
      const staff = await sabar.add(login, ["officer"]);
      const code = codeOf(staff.totpSecret!, sabar.clock.now + offset);
      expect([offset, (await tryLogin(sabar.visitor(), login, { code })).status]).toEqual([offset, status]);
    }
  });

  it("answers a form that is no form, and fields that come twice", async () => {
    const who = sabar.visitor();
    const answer = await who.post("/console/login", [
      ["login", "a"],
      ["login", "b"],
      ["password", "c"],
    ]);
    expect(answer.status).toBe(401);
    expect((await who.post("/console/login", {}, { "content-type": "application/json" })).status).toBe(401);
  });
});

describe("A session", () => {
  it("lives in a cookie that scripts cannot read; over https its name forbids every other site to set it (S-10)", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const local = await tryLogin(sabar.visitor(), login);
    expect(local.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sabar=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    sabar.clock.now += HOUR;
    const proxied = await tryLogin(sabar.visitorFrom("203.0.113.200"), login);
    expect(proxied.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-sabar=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect(proxied.headers.get("strict-transport-security")).toMatch(/max-age=\d+/);
    expect(local.headers.get("strict-transport-security")).toBeNull();
  });

  it("is new at every sign-in, and the old one of that browser is dead", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    const first = who.cookies.get("sabar");
    sabar.clock.now += 60_000;
    await tryLogin(who, login);
    expect(who.cookies.get("sabar")).not.toBe(first);
    const old = sabar.visitor({ cookie: `sabar=${first ?? ""}` });
    expect((await old.get("/console/account")).status).toBe(303);
    expect((await who.get("/console/account")).status).toBe(200);
  });

  it("is kept only as a hash", async () => {
    const login = newLogin();
    const staff = await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    const token = who.cookies.get("sabar") ?? "";
    const [session] = await sabar.store.access.sessionsOf(staff.id);
    expect(session?.tokenHash).toBe(hashToken(token));
    expect(JSON.stringify(session)).not.toContain(token);
  });

  it("ends when one signs out, and the cookie goes", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    const token = who.cookies.get("sabar") ?? "";
    expect((await who.post("/console/logout")).location).toBe("/console/login?out=1");
    expect(who.cookies.has("sabar")).toBe(false);
    const thief = sabar.visitor({ cookie: `sabar=${token}` });
    expect((await thief.get("/console/account")).location).toContain("/console/login");
  });

  it("ends after eight hours without use, and after seven days of use", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    sabar.clock.now += 8 * HOUR - 1000;
    expect((await who.get("/console/account")).status).toBe(200);
    sabar.clock.now += 8 * HOUR - 1000;
    expect((await who.get("/console/account")).status).toBe(200);
    for (let hours = 16; hours < 7 * 24 - 7; hours += 7) {
      sabar.clock.now += 7 * HOUR;
      expect((await who.get("/console/account")).status).toBe(200);
    }
    sabar.clock.now += 7 * HOUR;
    expect((await who.get("/console/account")).status).toBe(303);
    const idle = await sabar.signIn(login);
    sabar.clock.now += 8 * HOUR;
    expect((await idle.get("/console/account")).status).toBe(303);
  });

  it("is not kept alive by what the page asks by itself, but by whoever asks for more time", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const who = await sabar.signIn(login);
    const leftMs = async (method: "get" | "post"): Promise<number> => {
      const script = { "x-requested-with": "sabar" };
      const answer =
        method === "get"
          ? await who.get("/console/session", script)
          : await who.post("/console/session", {}, script);
      return (JSON.parse(answer.text) as { leftMs: number }).leftMs;
    };
    sabar.clock.now += 7 * HOUR;
    expect(await leftMs("get")).toBe(HOUR);
    sabar.clock.now += HOUR / 2;
    expect(await leftMs("get")).toBe(HOUR / 2);
    expect(await leftMs("post")).toBe(8 * HOUR);
    sabar.clock.now += 8 * HOUR;
    const late = await who.get("/console/session", { "x-requested-with": "sabar" });
    expect([late.status, late.text]).toEqual([401, expect.stringContaining("Sesi Anda sudah berakhir")]);
  });

  it("can be ended from another device, one or all; nobody ends a stranger's", async () => {
    const [login, stranger] = [newLogin(), newLogin()];
    const staff = await sabar.add(login, ["officer"]);
    const other = await sabar.add(stranger, ["officer"]);
    const [office, phone, lost, elsewhere] = [
      await sabar.signIn(login),
      await sabar.signIn(login),
      await sabar.signIn(login),
      await sabar.signIn(stranger),
    ];
    const [newest] = await sabar.store.access.sessionsOf(staff.id);
    await office.post("/console/account/sessions/end", { session: newest?.id ?? "" });
    expect((await lost.get("/console/account")).status).toBe(303);
    expect((await phone.get("/console/account")).status).toBe(200);
    const [foreign] = await sabar.store.access.sessionsOf(other.id);
    await office.post("/console/account/sessions/end", { session: foreign?.id ?? "" });
    expect((await elsewhere.get("/console/account")).status).toBe(200);
    await office.post("/console/account/sessions/end-others");
    expect((await phone.get("/console/account")).status).toBe(303);
    expect((await office.get("/console/account")).status).toBe(200);
  });

  it("ends everywhere else when the password is changed, which needs the present one", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const [here, there] = [await sabar.signIn(login), await sabar.signIn(login)];
    const wish = { password: "kereta biru di sawah", again: "kereta biru di sawah" };
    const wrong = await here.post("/console/account/password", { ...wish, present: "salah sekali ini" });
    expect([wrong.status, wrong.text]).toEqual([
      400,
      expect.stringContaining("Kata sandi sekarang tidak cocok"),
    ]);
    expect((await there.get("/console/account")).status).toBe(200);
    expect((await here.post("/console/account/password", { ...wish, present: PASSWORD })).status).toBe(303);
    expect((await there.get("/console/account")).status).toBe(303);
    expect((await here.get("/console/account")).status).toBe(200);
    sabar.clock.now += HOUR;
    expect((await tryLogin(sabar.visitor(), login)).status).toBe(401);
    expect((await tryLogin(sabar.visitor(), login, { password: wish.password })).status).toBe(303);
  });
});

describe("A set-up link", () => {
  async function invite() {
    const staff = newStaff({ login: newLogin(), name: "Dewi Lestari", roles: ["officer"] }, sabar.clock.now);
    const { link, path } = newSetupLink(staff.id, sabar.clock.now);
    await sabar.store.access.commitAccess(
      { kind: "add-staff", staff, link },
      { action: "staff-added", object: `staff:${staff.id}` },
      sabar.clock.now,
    );
    const form = (change: Record<string, string> = {}) => ({
      password: PASSWORD,
      again: PASSWORD,
      code: codeOf(link.totpSecret, sabar.clock.now),
      ...change,
    });
    return { staff, link, path, form };
  }

  it("lets its person choose a password and an authenticator, and shows ten backup codes that work once each", async () => {
    const { staff, path, form } = await invite();
    const who = sabar.visitor();
    expect((await who.get(path)).text).toContain("Selamat datang, Dewi Lestari");
    const done = await who.post(path, form());
    expect(done.status).toBe(200);
    const codes = [...done.text.matchAll(/class="code">([a-z0-9-]{14})</g)].map(([, code]) => code ?? "");
    expect(new Set(codes).size).toBe(10);
    const [first = "", second = ""] = codes;
    expect((await tryLogin(sabar.visitor(), staff.login, { code: first })).status).toBe(303);
    expect((await tryLogin(sabar.visitor(), staff.login, { code: first })).status).toBe(401);
    const unlike = second.toUpperCase().replaceAll("-", " ");
    expect((await tryLogin(sabar.visitor(), staff.login, { code: unlike })).status).toBe(303);
    expect(await sabar.store.access.backupCodesLeft(staff.id)).toBe(8);
  });

  it("works once, also when it is used twice at the same time", async () => {
    const { path, form } = await invite();
    const answers = await Promise.all([
      sabar.visitor().post(path, form()),
      sabar.visitor().post(path, form()),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await sabar.visitor().get(path)).status).toBe(410);
  });

  it("is over after 72 hours, and a newer link takes its place", async () => {
    const old = await invite();
    sabar.clock.now += 72 * HOUR - 1;
    expect((await sabar.visitor().get(old.path)).status).toBe(200);
    sabar.clock.now += 1;
    expect((await sabar.visitor().get(old.path)).status).toBe(410);
    expect((await sabar.visitor().post(old.path, old.form())).status).toBe(410);
    const replaced = await invite();
    const { link } = newSetupLink(replaced.staff.id, sabar.clock.now);
    await sabar.store.access.commitAccess(
      { kind: "new-link", link },
      { action: "setup-link-made" },
      sabar.clock.now,
    );
    expect((await sabar.visitor().post(replaced.path, replaced.form())).status).toBe(410);
  });

  it("is kept only as a hash; a made-up one leads nowhere (S-11)", async () => {
    const { link, path } = await invite();
    expect(link.tokenHash).toBe(hashToken(path.split("/").at(-1) ?? ""));
    expect((await sabar.visitor().get(`/console/setup/${link.tokenHash}`)).status).toBe(410);
  });

  it("refuses short, guessable and tell-tale passwords, two that differ, and a wrong code", async () => {
    const { path, form } = await invite();
    for (const [change, sentence] of [
      [{ password: "pendek", again: "pendek" }, "terlalu pendek"],
      [{ password: "passwordpassword", again: "passwordpassword" }, "mudah ditebak"],
      [{ password: "123456789012", again: "123456789012" }, "mudah ditebak"],
      [{ password: "si Lestari yang hebat", again: "si Lestari yang hebat" }, "Jangan memakai nama"],
      [{ password: "anak les-tari dari desa", again: "anak les-tari dari desa" }, "Jangan memakai nama"],
      [{ password: "x".repeat(129), again: "x".repeat(129) }, "terlalu panjang"],
      [{ again: "yang lain sama sekali" }, "belum sama"],
      [{ code: "000000" }, "Kode dari aplikasi tidak cocok"],
    ] as const) {
      const answer = await sabar.visitor().post(path, form(change));
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(sentence)]);
    }
    // Two words whose ends make up somebody's name are no name.
    const words = { password: "soles tari gunung batu", again: "soles tari gunung batu" };
    expect((await sabar.visitor().post(path, form(words))).status).toBe(200);
  });
});

describe("Guessing passwords", () => {
  const from = (address: string): Visitor => sabar.visitorFrom(address);

  it("is slowed down more with each try, and never locks the account (S-14)", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    const guesser = from("198.51.100.7");
    const waits: number[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      const answer = await tryLogin(guesser, login, { password: `tebakan ke ${tries}` });
      if (answer.status === 429) {
        waits.push(Number(answer.headers.get("retry-after")));
        sabar.clock.now += Number(answer.headers.get("retry-after")) * 1000;
      } else expect(answer.status).toBe(401);
    }
    expect(waits.length).toBeGreaterThanOrEqual(7);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThanOrEqual(64);
    sabar.clock.now += 15 * 60_000;
    expect((await tryLogin(guesser, login, { password: "tebakan lagi" })).status).toBe(401);
    // Right after a wrong guess even the right password waits there, and is let in from anywhere else.
    expect((await tryLogin(guesser, login)).status).toBe(429);
    expect((await tryLogin(from("203.0.113.9"), login)).status).toBe(303);
  });

  it("from many addresses at one account is answered later and later, by at most four seconds", async () => {
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    sabar.pauses.length = 0;
    for (let tries = 0; tries < 20; tries += 1) {
      const answer = await tryLogin(from(`192.0.2.${tries}`), login, { password: "tebakan lagi" });
      expect(answer.status).toBe(401);
    }
    expect(sabar.pauses).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000]);
    expect((await tryLogin(from("192.0.2.99"), login)).status).toBe(303);
  });

  it("meets the same delays for a person who does not exist", async () => {
    const answersFor = async (login: string, address: string): Promise<number[]> => {
      const statuses: number[] = [];
      for (let tries = 0; tries < 8; tries += 1)
        statuses.push((await tryLogin(from(address), login, { password: "tebakan lagi" })).status);
      return statuses;
    };
    const login = newLogin();
    await sabar.add(login, ["officer"]);
    expect(await answersFor("bukan.siapa-siapa", "198.51.100.20")).toEqual(
      await answersFor(login, "198.51.100.21"),
    );
  });

  it("is slowed down for one address over many accounts, too", async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 25; tries += 1)
      statuses.push((await tryLogin(from("198.51.100.30"), `orang${tries}`)).status);
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(statuses.slice(20)).toContain(429);
  });

  it("is written down with the address, for people who exist", async () => {
    const login = newLogin();
    const staff = await sabar.add(login, ["officer"]);
    await tryLogin(from("198.51.100.40"), login, { password: "tebakan lagi" });
    const [row] = await sabar.store.audit.find({ action: "sign-in-failed" }, 1);
    expect(row).toMatchObject({ object: `staff:${staff.id}`, address: "198.51.100.40" });
    expect(JSON.stringify(row)).not.toContain("tebakan");
  });
});

describe("A server that trusts no proxy", () => {
  it("ignores forged addresses, and lets nobody in unencrypted from elsewhere (S-13)", async () => {
    const alone = await startConsole();
    try {
      const staff = await alone.add("sari", ["officer"]);
      const forged = alone.visitor({ "x-forwarded-for": "203.0.113.77", "x-forwarded-proto": "https" });
      const answer = await forged.post("/console/login", { login: "sari", password: PASSWORD });
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("tidak aman")]);
      await alone.signIn("sari");
      const [session] = await alone.store.access.sessionsOf(staff.id);
      expect(session?.address).toBe("127.0.0.1");
      expect(await statusFor(alone.url, { host: "sabar.kotacontoh.example" })).toBe(403);
      expect(await statusFor(alone.url, { host: "localhost:3000" })).toBe(200);
    } finally {
      await alone.close();
    }
  });
});

/** A request under another host's name, which fetch would not let us send. */
function statusFor(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${url}/console/login`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
