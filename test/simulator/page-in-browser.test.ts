/** The simulator's page in a real browser, with the real server behind it: somebody writes, reads, and taps a choice. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import {
  axeFindings,
  describeInBrowser,
  LAPTOP,
  openBrowser,
  openWindow,
  PHONE,
  watchTrouble,
} from "../support/browser";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

// A browser on a busy machine takes its time.
jest.setTimeout(120_000);

describeInBrowser("The simulator's page in a browser", () => {
  const place = temporaryFolder();
  let sabar: Sabar;
  let browser: Browser;
  let window: BrowserContext;

  beforeAll(async () => {
    sabar = await startSabar({ port: await freePort(), dataDir: place.folder });
    browser = await openBrowser();
  }, 60_000);
  afterEach(() => window.close());
  afterAll(async () => {
    await browser.close();
    await sabar.stop();
    place.remove();
  });

  /** Opens the page; nothing may be wider than the window, nothing may be against the rules. */
  async function open(size: { width: number; height: number }): Promise<{ page: Page; trouble: string[] }> {
    window = await openWindow(browser, size);
    const page = await window.newPage();
    page.setDefaultTimeout(30_000);
    const trouble = watchTrouble(page);
    await page.goto(`${sabar.url}/simulator`);
    await page.locator(".phone").first().waitFor();
    return { page, trouble };
  }

  async function looksGood(page: Page): Promise<void> {
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  }

  it.each([
    ["a laptop", LAPTOP],
    ["a small phone", PHONE],
  ])("lets a citizen write on %s, shows every bubble, and takes a tap on a choice", async (_what, size) => {
    const { page, trouble } = await open(size);
    await looksGood(page);
    const phone = page.locator(".phone").first();
    const log = phone.getByRole("log", { name: "Pesan" });

    await phone.getByRole("textbox", { name: "Tulis pesan" }).fill("ktp saya hilang gimana ya");
    await phone.getByRole("button", { name: "Kirim", exact: true }).click();
    await log.locator("li.citizen", { hasText: "ktp saya hilang gimana ya" }).waitFor();
    await log.locator("li.page", { hasText: "Ini asisten otomatis Kota Contoh" }).waitFor();
    await log.locator("li.page", { hasText: "Turut prihatin" }).waitFor();
    const choices = phone.getByRole("group", { name: "Pilihan jawaban" });
    const unclear = choices.getByRole("button", { name: "Kurang jelas" });
    await unclear.waitFor();
    // The last bubble is read without scrolling, above the choices and the field.
    const last = await log.locator("li.page").last().boundingBox();
    const field = await choices.boundingBox();
    expect(last!.y + last!.height).toBeLessThanOrEqual(field!.y + 1);
    expect(field!.y + field!.height).toBeLessThanOrEqual(size.height);
    await looksGood(page);

    await unclear.click();
    await log.locator("li.citizen", { hasText: "Kurang jelas" }).waitFor();
    await log.locator("li.page", { hasText: "Kami ulangi pelan-pelan" }).waitFor();
    expect(await log.locator("li.page", { hasText: "Turut prihatin" }).count()).toBe(1);
    await looksGood(page);

    await phone.getByRole("button", { name: "Lampiran" }).click();
    await phone.getByRole("button", { name: "Lokasi saya" }).waitFor();
    await looksGood(page);
    await page.keyboard.press("Escape");
    await page.getByText("Panel gangguan").click();
    await page.getByLabel("Gangguan").waitFor();
    await looksGood(page);
    expect(trouble).toEqual([]);
  });

  it("shows the conversation again after the page was loaded anew, and words as words", async () => {
    const { page, trouble } = await open(PHONE);
    const phone = page.locator(".phone").first();
    const words = "<img src=x onerror=alert(1)> jam buka disdukcapil";
    await phone.getByRole("textbox", { name: "Tulis pesan" }).fill(words);
    await page.keyboard.press("Enter");
    const own = phone.locator("li.citizen", { hasText: words });
    await own.waitFor();
    await phone.locator("li.page").last().waitFor();
    await sabar.idle();
    await page.reload();
    await own.waitFor();
    expect(await own.count()).toBe(1);
    await phone.locator("li.page").last().waitFor();
    await looksGood(page);
    expect(trouble).toEqual([]);
  });
});
