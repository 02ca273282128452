/** The console's own screens in a real browser: setting an account up, signing in, and every page on a laptop and a phone. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { newSetupLink, newStaff } from "../../src/console/access/setup-link";
import {
  axeFindings,
  describeInBrowser,
  LAPTOP,
  openBrowser,
  openWindow,
  PHONE,
  watchTrouble,
} from "../support/browser";
import { codeOf, PASSWORD, startConsole, type TestConsole } from "../support/console";
import { readFileSync } from "node:fs";
import path from "node:path";

// A browser on a busy machine takes its time.
jest.setTimeout(120_000);

const MINUTE = 60_000;
const payloads = readFileSync(path.join(__dirname, "../fixtures/console/payloads.txt"), "utf8")
  .trim()
  .split("\n");

describeInBrowser("The console in a browser", () => {
  let sabar: TestConsole;
  let browser: Browser;
  let window: BrowserContext | undefined;
  let trouble: string[] = [];

  beforeAll(async () => {
    sabar = await startConsole({
      health: () =>
        Promise.resolve({
          mode: "page",
          store: "ok",
          sending: { code: "E-SEND-190", reason: "Izin halaman sudah tidak berlaku.", since: 0 },
          counts: {
            inboxWaiting: 3,
            outboxWaiting: 7,
            parked: 2,
            openEscalations: 9,
            openTickets: 4,
            lastEventAt: sabar.clock.now,
          },
          library: {
            intents: 61,
            loadedAt: sabar.clock.now,
            problems: ["pajak/pbb.yaml:3:1  Kunci ini tidak dikenal."],
          },
          freeBytes: 5e8,
          version: "0.1.0",
          startedAt: sabar.clock.now,
        }),
    });
    await sabar.add("sari", ["officer", "administrator"]);
    browser = await openBrowser();
  }, 60_000);
  afterEach(async () => {
    await window?.close();
    window = undefined;
  });
  afterAll(async () => {
    await browser.close();
    await sabar.close();
  });

  /** A new window, watched for trouble. */
  async function open(size = LAPTOP, options = {}): Promise<Page> {
    window = await openWindow(browser, size, options);
    const page = await window.newPage();
    trouble = watchTrouble(page);
    return page;
  }

  async function signIn(page: Page, login = "sari"): Promise<void> {
    const staff = await sabar.store.access.staffByLogin(login);
    sabar.clock.now += MINUTE;
    await page.goto(`${sabar.url}/console`);
    await page.getByLabel("Nama pengguna").fill(login);
    await page.getByLabel("Kata sandi").fill(PASSWORD);
    await page
      .getByLabel("Kode dari aplikasi autentikator")
      .fill(codeOf(staff?.totpSecret ?? "", sabar.clock.now));
    await page.getByRole("button", { name: "Masuk" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  }

  /** No rule broken, nothing wider than the screen, nothing to tap that is too small. */
  async function looksRight(page: Page, size: typeof LAPTOP): Promise<void> {
    const where = page.url().replace(sabar.url, "");
    expect([where, await axeFindings(page)]).toEqual([where, []]);
    expect([where, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([where, size.width]);
    const small =
      await page.evaluate(`[...document.querySelectorAll("main button, main input:not([type=hidden]), main select, .top a, .top summary")]
      .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && each.type !== "checkbox")
      .map((each) => [each.textContent || each.name, each.getBoundingClientRect().height])
      .filter(([, height]) => height < ${size.width < 900 ? 43.5 : 24})`);
    expect([where, small]).toEqual([where, []]);
  }

  it("takes somebody from the link to the first page, and a used code never again", async () => {
    const staff = newStaff({ login: "dewi", name: "Dewi Lestari", roles: ["officer"] }, sabar.clock.now);
    const { link, path: linkPath } = newSetupLink(staff.id, sabar.clock.now);
    await sabar.store.access.commitAccess(
      { kind: "add-staff", staff, link },
      { action: "staff-added" },
      sabar.clock.now,
    );
    const page = await open(PHONE);
    await page.goto(`${sabar.url}${linkPath}`);
    await looksRight(page, PHONE);
    const secret = (await page.locator(".secret").textContent())?.replace(/\s/g, "") ?? "";
    await page.getByLabel("Kata sandi baru").fill("kereta biru di sawah");
    await page.getByLabel("Ulangi kata sandi").fill("kereta biru di sawah");
    const code = codeOf(secret, sabar.clock.now);
    await page.getByLabel("Kode 6 angka dari aplikasi").fill(code);
    await page.getByRole("button", { name: "Simpan dan selesai" }).click();
    await page.getByRole("heading", { name: "Kode cadangan Anda" }).waitFor();
    expect(await page.locator("ul.codes li").count()).toBe(10);
    await looksRight(page, PHONE);
    await page.getByRole("main").getByRole("link", { name: "Masuk" }).click();
    await page.getByLabel("Nama pengguna").fill("dewi");
    await page.getByLabel("Kata sandi").fill("kereta biru di sawah");
    await page.getByLabel("Kode dari aplikasi autentikator").fill(code);
    await page.getByRole("button", { name: "Masuk" }).click();
    await page.getByRole("alert").getByText("tidak cocok").waitFor();
    sabar.clock.now += MINUTE;
    await page.getByLabel("Kata sandi").fill("kereta biru di sawah");
    await page.getByLabel("Kode dari aplikasi autentikator").fill(codeOf(secret, sabar.clock.now));
    await page.getByRole("button", { name: "Masuk" }).click();
    await page.getByText("Dewi Lestari").first().waitFor();
    await page.getByText("Dewi Lestari").first().click();
    await page.getByRole("button", { name: "Keluar" }).click();
    await page.getByText("Anda sudah keluar.").waitFor();
  });

  it.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
    ["the smallest phone", { width: 320, height: 640 }],
  ])(
    "shows every page readable on %s",
    async (_name, size) => {
      const page = await open(size);
      await page.goto(`${sabar.url}/console/login`);
      await looksRight(page, size);
      await signIn(page);
      const sari = await sabar.store.access.staffByLogin("sari");
      for (const where of [
        "account",
        "settings/staff",
        `settings/staff/${sari?.id ?? ""}`,
        "settings/hours",
        "records/health",
        "records/parked",
        "records/library",
        "records/audit?check=1",
      ]) {
        await page.goto(`${sabar.url}/console/${where}`);
        await looksRight(page, size);
      }
      await page.goto(`${sabar.url}/console/settings/staff`);
      await page.getByText("Tambah orang").click();
      await looksRight(page, size);
      await page.locator("details.me summary").click();
      await looksRight(page, size);
      expect(trouble).toEqual([]);
    },
    120_000,
  );

  it("keeps its shape when a reader sets wider letters, words and lines", async () => {
    const page = await open(PHONE);
    await signIn(page);
    for (const where of ["account", "settings/staff", "records/health", "records/audit"]) {
      await page.goto(`${sabar.url}/console/${where}`);
      await page.evaluate(`{
        const wider = new CSSStyleSheet();
        wider.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
        document.adoptedStyleSheets = [wider];
      }`);
      expect([where, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([
        where,
        PHONE.width,
      ]);
    }
  });

  it("can be worked by keyboard: the first stop leads past the menu, and the focus is always seen", async () => {
    const page = await open();
    await signIn(page);
    await page.goto(`${sabar.url}/console/settings/staff`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Langsung ke isi");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("isi");
    const outline = `document.activeElement === document.body ? "end" : getComputedStyle(document.activeElement).outlineStyle`;
    const seen: unknown[] = [];
    for (let stops = 0; stops < 5; stops += 1) {
      await page.keyboard.press("Tab");
      seen.push(await page.evaluate(outline));
    }
    expect(seen).toEqual(["solid", "solid", "solid", "solid", "solid"]);
  });

  it("works without JavaScript", async () => {
    const page = await open(PHONE, { javaScriptEnabled: false });
    await signIn(page);
    await page.goto(`${sabar.url}/console/records/health`);
    expect(await page.getByText("Perbaiki penyebabnya").count()).toBe(1);
    await page.goto(`${sabar.url}/console/account`);
    expect(await page.getByText("perangkat ini").count()).toBe(1);
  });

  it("warns two minutes before the session ends, extends it, and says when it is over", async () => {
    const page = await open();
    await page.clock.install();
    await signIn(page);
    await page.goto(`${sabar.url}/console/account`);
    const warning = page.getByRole("dialog", { name: "Sesi Anda hampir berakhir" });
    /** Lets the page's time go on, ten minutes a step, until the page shows what is waited for. */
    const until = async (isShown: () => Promise<boolean>): Promise<void> => {
      for (let steps = 0; !(await isShown()) && steps < 100; steps += 1) {
        await page.clock.runFor(10 * MINUTE);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    sabar.clock.now += 8 * 60 * MINUTE - 1.5 * MINUTE;
    await until(() => warning.isVisible());
    expect(await warning.isVisible()).toBe(true);
    await page.getByRole("button", { name: "Tetap masuk" }).click();
    await warning.waitFor({ state: "hidden" });
    sabar.clock.now += 8 * 60 * MINUTE;
    await until(() => page.getByText("Sesi Anda sudah berakhir.").isVisible());
    await page.getByRole("link", { name: "Masuk lagi" }).click();
    await page.waitForURL(/\/console\/login\?next=%2Fconsole%2Faccount/);
  }, 60_000);

  it("leaves the session alone while it has time", async () => {
    const page = await open();
    await page.clock.install();
    await signIn(page);
    await page.goto(`${sabar.url}/console/account`);
    for (let hours = 0; hours < 7; hours += 1) await page.clock.runFor(60 * MINUTE);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("runs nothing that people have typed", async () => {
    for (const [index, name] of payloads.entries()) {
      const staff = newStaff({ login: `nama.${index}`, name, roles: ["officer"] }, sabar.clock.now);
      await sabar.store.access.commitAccess(
        { kind: "add-staff", staff },
        { action: "staff-added", object: name, detail: { name } },
        sabar.clock.now,
      );
    }
    const page = await open();
    await signIn(page);
    for (const where of ["settings/staff", "records/audit"]) {
      await page.goto(`${sabar.url}/console/${where}`);
      const text = await page.locator("main").innerText();
      for (const name of payloads) expect(text).toContain(name);
      expect(await page.title()).not.toContain("XSS");
    }
    expect(trouble).toEqual([]);
  });
});
