/** Kotak Masuk and Tiket for every eye and hand: enlarged, narrow, with wider letters, without motion, on a slow line, in Indonesian. */
import type { Page } from "playwright-core";
import { LAPTOP, PHONE } from "../support/browser";
import { FLOODED, WITH_NIK } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

const ADDRESSES = [
  "/console/inbox",
  "/console/inbox?view=folded",
  `/console/conversations/${FLOODED}`,
  `/console/conversations/${WITH_NIK}`,
  "/console/tickets",
  "/console/tickets/t2",
  "/console/settings/alerts",
];
const MINUTE = 60_000;

describeOnBusyDay("The screens of staff", (day) => {
  const widerThan = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  const visit = async (page: Page, address: string): Promise<void> => {
    await page.goto(`${day.office.url}${address}`);
    if (address.includes("conversations")) await page.locator(".switch").waitFor();
  };

  it.each([
    ["twice as large", { width: LAPTOP.width / 2, height: LAPTOP.height / 2 }],
    ["on a screen of 320 pixels", { width: 320, height: 640 }],
  ])("lose nothing %s (X-05)", async (_name, viewport) => {
    const seat = await day.office.sitDown(day.browser, "sari", viewport);
    for (const address of ADDRESSES) {
      await visit(seat.page, address);
      expect([address, await widerThan(seat.page)]).toEqual([address, 0]);
      const small = await seat.page.evaluate<string[]>(
        `[...document.querySelectorAll("button, select, input:not([type=hidden]), summary, .row, nav a")]
          .filter((each) => each.checkVisibility() && !["checkbox", "radio", "file"].includes(each.type))
          .filter((each) => { const box = each.getBoundingClientRect(); return box.height < 23.5 || box.width < 23.5; })
          .map((each) => each.outerHTML.slice(0, 80))`,
      );
      expect([address, small]).toEqual([address, []]);
    }
    await visit(seat.page, `/console/conversations/${FLOODED}`);
    await seat.page.locator("#send").scrollIntoViewIfNeeded();
    const log = await seat.page.locator("#log").boundingBox();
    expect(log?.height).toBeGreaterThan(50);
    await seat.context.close();
  });

  it("have targets for a thumb on a phone: 44 pixels high (X-05)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", PHONE);
    for (const address of ADDRESSES) {
      await visit(seat.page, address);
      if (address.includes("conversations")) await seat.page.locator("#menu summary").click();
      const small = await seat.page.evaluate<string[]>(
        `[...document.querySelectorAll("main button:not(.covered), main select, main summary, main .row, .top nav a")]
          .filter((each) => each.checkVisibility() && each.closest(".why, .alarm-switch") === null)
          .filter((each) => each.getBoundingClientRect().height < 43.5)
          .map((each) => each.outerHTML.slice(0, 80))`,
      );
      expect([address, small]).toEqual([address, []]);
    }
    await seat.context.close();
  });

  it("keep their shape with wider letters, words and lines, and move nothing where motion is not wanted (X-09)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", PHONE);
    await seat.page.emulateMedia({ reducedMotion: "reduce" });
    for (const address of ADDRESSES) {
      await visit(seat.page, address);
      await seat.page.evaluate(`{
        const wider = new CSSStyleSheet();
        wider.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
        document.adoptedStyleSheets = [wider];
      }`);
      expect([address, await widerThan(seat.page)]).toEqual([address, 0]);
      const moving = await seat.page.evaluate<string[]>(
        `[...document.querySelectorAll("*")]
          .filter((each) => {
            const { animationName, transitionDuration } = getComputedStyle(each);
            return animationName !== "none" || parseFloat(transitionDuration) > 0.01;
          })
          .map((each) => each.outerHTML.slice(0, 80))`,
      );
      expect([address, moving]).toEqual([address, []]);
    }
    await seat.context.close();
  });

  it("speak Indonesian to those who listen, with one place for news (X-04, X-07)", async () => {
    const visitor = await day.office.visit("sari");
    const inbox = (await visitor.get("/console/inbox")).text;
    expect(inbox).toContain('<html lang="id">');
    expect(inbox.match(/role="status" id="status"/g)).toHaveLength(1);
    const room = (await visitor.get(`/console/conversations/${WITH_NIK}`)).text;
    expect(room).toMatch(/id="log" role="log"[^>]*aria-live="polite"/);
    expect(room).toMatch(/<time [^>]*>\d\d\.\d\d<\/time>/);
    expect(room).toMatch(/title="\d{1,2} [A-Z][a-z]+ \d{4}, \d\d\.\d\d WIB"/);
    expect(room).toMatch(/class="day"[^>]*>(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d/);
    expect((await visitor.get("/console/tickets/t1")).text).toMatch(
      /\d{1,2} [A-Z][a-z]+ 2026, \d\d\.\d\d WIB/,
    );
  });

  it("warn before the session ends, and what was typed is there after the next sign-in (X-06)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    const { page } = seat;
    await page.clock.install();
    await visit(page, `/console/conversations/${WITH_NIK}`);
    await page.locator("#reply-text").fill("belum sempat dikirim");
    const visitor = await day.office.visit("sari");
    const draft = async (): Promise<string> => (await visitor.get(`/console/conversations/${WITH_NIK}`)).text;
    await page.clock.runFor(2000);
    await until(async () => (await draft()).includes("belum sempat dikirim"));
    // The server says that a minute and a half are left, and then that nothing is.
    let leftMs = 1.5 * MINUTE;
    await page.route("**/console/session", (route) =>
      leftMs > 0 ? route.fulfill({ json: { leftMs } }) : route.fulfill({ status: 401, json: {} }),
    );
    const dialog = page.getByRole("dialog", { name: "Sesi Anda hampir berakhir" });
    const turnClock = async (isShown: () => Promise<boolean>): Promise<void> => {
      for (let steps = 0; !(await isShown()) && steps < 60; steps += 1) {
        await page.clock.runFor(10 * MINUTE);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await turnClock(() => dialog.isVisible());
    expect(await page.getByRole("button", { name: "Tetap masuk" }).isVisible()).toBe(true);
    leftMs = 0;
    await turnClock(() => page.getByText("Sesi Anda sudah berakhir.").isVisible());
    await page.getByRole("link", { name: "Masuk lagi" }).waitFor();
    expect(await draft()).toContain("belum sempat dikirim");
    await seat.context.close();
  });

  it("show the first list within three seconds on a slow line and a slow phone (A-09)", async () => {
    const seat = await day.office.sitDown(day.browser, "rudi", PHONE);
    const debug = await seat.context.newCDPSession(seat.page);
    const throughput = (1.6 * 1024 * 1024) / 8;
    await debug.send("Network.enable");
    await debug.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await debug.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const begun = Date.now();
    await seat.page.goto(`${day.office.url}/console/inbox`, { waitUntil: "commit" });
    await seat.page.locator("#rows .row").first().waitFor();
    // Usable: the scripts listen, too.
    await until(async () => (await seat.page.evaluate("document.documentElement.dataset.live")) === "on");
    expect(Date.now() - begun).toBeLessThan(3000);
    await seat.context.close();
  });
});
