/** Signing in with a real browser that reaches the console as it will in a city: by its https address, through the proxy. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { hashToken } from "../../src/console/access/sessions";
import { newSetupLink, newStaff } from "../../src/console/access/setup-link";
import { describeInBrowser, LAPTOP, openBrowser, openWindow } from "../support/browser";
import { PLAYED_ADDRESS, startCityProxy, type CityProxy } from "../support/city-proxy";
import { codeOf, PASSWORD, startConsole, type TestConsole } from "../support/console";

jest.setTimeout(180_000);

const HOST = "sabar.kotacontoh.example";
const CITY = `https://${HOST}`;
const HOUR = 60 * 60 * 1000;

describeInBrowser("Signing in with a browser", () => {
  let sabar: TestConsole;
  let proxy: CityProxy;
  let browser: Browser;
  const windows: BrowserContext[] = [];

  beforeAll(async () => {
    sabar = await startConsole({ trustedProxies: ["127.0.0.1"] });
    proxy = await startCityProxy(HOST, () => sabar.url);
    browser = await openBrowser(proxy.browserArgs);
    for (const login of ["sari", "rudi"]) await sabar.add(login, ["officer"]);
    await sabar.add("dewi", ["administrator"]);
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
  });
  afterAll(async () => {
    await browser.close();
    await proxy.close();
    await sabar.close();
  });

  /** A window at this address of the world; `claims`: what its browser says besides. */
  async function open(address = "203.0.113.9", claims: Record<string, string> = {}): Promise<Page> {
    const window = await openWindow(browser, LAPTOP, {
      ignoreHTTPSErrors: true,
      extraHTTPHeaders: { ...claims, [PLAYED_ADDRESS]: address },
    });
    windows.push(window);
    return window.newPage();
  }

  async function fill(page: Page, login: string, { password = PASSWORD, code = "" } = {}): Promise<void> {
    await page.goto(`${CITY}/console/login`);
    await page.getByLabel("Nama pengguna").fill(login);
    await page.getByLabel("Kata sandi").fill(password);
    const staff = await sabar.store.access.staffByLogin(login);
    await page
      .getByLabel("Kode dari aplikasi autentikator")
      .fill(code || codeOf(staff?.totpSecret ?? "", sabar.clock.now));
    await page.getByRole("button", { name: "Masuk" }).click();
  }

  async function signIn(page: Page, login: string): Promise<void> {
    sabar.clock.now += 60_000;
    await fill(page, login);
    await page.locator("details.me").waitFor();
  }

  const cookieOf = async (page: Page) =>
    (await page.context().cookies()).find(({ name }) => name.includes("sabar"));
  const isIn = async (page: Page): Promise<boolean> => {
    await page.goto(`${CITY}/console/account`);
    return !page.url().includes("/login");
  };
  const alertOf = (page: Page): Promise<string | null> => page.getByRole("alert").textContent();

  it("gives a cookie that no script and no other site can touch, and a new one each time (S-10)", async () => {
    const page = await open();
    await signIn(page, "sari");
    const first = await cookieOf(page);
    expect(first).toMatchObject({
      name: "__Host-sabar",
      domain: HOST,
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: "Lax",
    });
    expect(await page.evaluate("document.cookie")).toBe("");
    await page.locator("details.me summary").click();
    await page.getByRole("button", { name: "Keluar" }).click();
    await page.getByText("Anda sudah keluar.").waitFor();
    expect(await cookieOf(page)).toBeUndefined();
    await signIn(page, "sari");
    const second = await cookieOf(page);
    expect(second?.value).not.toBe(first?.value);
    // Whoever kept the old one has nothing.
    const thief = await open("198.51.100.66");
    await thief.context().addCookies([first!]);
    expect([await isIn(thief), await isIn(page)]).toEqual([false, true]);
  });

  it("ends everywhere with a new password, and at once when the person is disabled (S-10)", async () => {
    const [office, phone, chief] = [await open(), await open("203.0.113.10"), await open("203.0.113.11")];
    for (const page of [office, phone]) await signIn(page, "rudi");
    await office.goto(`${CITY}/console/account`);
    await office.locator("#present-for-password").fill(PASSWORD);
    await office.getByLabel("Kata sandi baru").fill("kereta biru di sawah");
    await office.getByLabel("Ulangi kata sandi").fill("kereta biru di sawah");
    await office.getByRole("button", { name: "Ganti kata sandi" }).click();
    await office.getByText("Kata sandi sudah diganti.", { exact: false }).waitFor();
    expect([await isIn(office), await isIn(phone)]).toEqual([true, false]);
    await signIn(chief, "dewi");
    await chief.goto(`${CITY}/console/settings/staff`);
    await chief.getByRole("link", { name: "Rudi" }).click();
    await chief.getByRole("button", { name: "Nonaktifkan" }).click();
    await chief.getByText("Dinonaktifkan").first().waitFor();
    expect(await isIn(office)).toBe(false);
    await chief.getByRole("button", { name: "Aktifkan lagi" }).click();
    await chief.getByText("Aktif", { exact: true }).first().waitFor();
    expect(await isIn(office)).toBe(false);
  });

  it("begins with a link that works once, for three days, and is kept only as a hash (S-11)", async () => {
    const invite = async (login: string): Promise<string> => {
      const staff = newStaff({ login, name: "Budi Santoso", roles: ["officer"] }, sabar.clock.now);
      const { link, path } = newSetupLink(staff.id, sabar.clock.now);
      await sabar.store.access.commitAccess(
        { kind: "add-staff", staff, link },
        { action: "staff-added" },
        sabar.clock.now,
      );
      const links = JSON.stringify(await sabar.store.access.openLinks(sabar.clock.now));
      const token = path.split("/").at(-1) ?? "";
      expect([links.includes(token), links.includes(hashToken(token))]).toEqual([false, true]);
      return path;
    };
    const page = await open();
    const title = (): Promise<string | null> => page.getByRole("heading", { level: 1 }).textContent();
    const used = await invite("budi");
    await page.goto(`${CITY}${used}`);
    const secret = (await page.locator(".secret").textContent())?.replace(/\s/g, "") ?? "";
    await page.getByLabel("Kata sandi baru").fill("kereta biru di sawah");
    await page.getByLabel("Ulangi kata sandi").fill("kereta biru di sawah");
    await page.getByLabel("Kode 6 angka dari aplikasi").fill(codeOf(secret, sabar.clock.now));
    await page.getByRole("button", { name: "Simpan dan selesai" }).click();
    await page.getByRole("heading", { name: "Kode cadangan Anda" }).waitFor();
    await page.goto(`${CITY}${used}`);
    expect(await title()).toBe("Tautan ini tidak berlaku lagi");
    const old = await invite("budi.dua");
    sabar.clock.now += 72 * HOUR;
    await page.goto(`${CITY}${old}`);
    expect(await title()).toBe("Tautan ini tidak berlaku lagi");
  });

  it("writes down where somebody really came from, whatever the browser claims (S-13)", async () => {
    const page = await open("203.0.113.20", { "x-forwarded-for": "1.2.3.4", "x-real-ip": "1.2.3.4" });
    await signIn(page, "dewi");
    await page.goto(`${CITY}/console/records/audit?action=signed-in`);
    const rows = (await page.getByRole("main").textContent()) ?? "";
    expect([rows.includes("203.0.113.20"), rows.includes("1.2.3.4")]).toEqual([true, false]);
    await page.goto(`${CITY}/console/account`);
    const account = (await page.getByRole("main").textContent()) ?? "";
    expect([account.includes("203.0.113.20"), account.includes("1.2.3.4")]).toEqual([true, false]);
  });

  it("is slower with each wrong guess, open from elsewhere, and says the same of a stranger (S-14)", async () => {
    const guesser = await open("198.51.100.7");
    const waits: number[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      await fill(guesser, "sari", { password: `tebakan ke ${tries}` });
      const said = (await alertOf(guesser)) ?? "";
      const [, count, unit] = /Coba lagi dalam (\d+) (detik|menit)/.exec(said) ?? [];
      if (count === undefined) expect(said).toContain("Nama pengguna, kata sandi, atau kode tidak cocok.");
      else {
        waits.push(Number(count) * (unit === "menit" ? 60_000 : 1000));
        sabar.clock.now += waits.at(-1) ?? 0;
      }
    }
    expect(waits.length).toBeGreaterThanOrEqual(7);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThanOrEqual(60_000);
    const stranger = await open("198.51.100.8");
    await fill(stranger, "bukan.siapa-siapa", { password: "tebakan lagi", code: "123456" });
    expect(await alertOf(stranger)).toContain("Nama pengguna, kata sandi, atau kode tidak cocok.");
    const sari = await open("203.0.113.21");
    await signIn(sari, "sari");
    // The code that has just let somebody in lets nobody in any more.
    const staff = await sabar.store.access.staffByLogin("sari");
    const behind = await open("203.0.113.22");
    await fill(behind, "sari", { code: codeOf(staff?.totpSecret ?? "", sabar.clock.now) });
    expect(await alertOf(behind)).toContain("tidak cocok");
  });
});

describeInBrowser("A browser that reaches the console unencrypted, from elsewhere", () => {
  it("is let in nowhere, and nothing of what it claims is written down (S-13)", async () => {
    const alone = await startConsole();
    const browser = await openBrowser();
    try {
      await alone.add("sari", ["officer"]);
      const window = await openWindow(browser, LAPTOP, {
        extraHTTPHeaders: { "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https" },
      });
      const page = await window.newPage();
      const answer = await page.goto(`${alone.url}/console/login`);
      expect(answer?.status()).toBe(403);
      expect(await page.textContent("body")).toContain("tidak aman");
      await alone.signIn("sari");
      const staff = await alone.store.access.staffByLogin("sari");
      const sessions = await alone.store.access.sessionsOf(staff!.id);
      expect(sessions.map(({ address }) => address)).toEqual(["127.0.0.1"]);
      expect(JSON.stringify(await alone.store.audit.find({}, 10))).not.toContain("1.2.3.4");
    } finally {
      await browser.close();
      await alone.close();
    }
  });
});
