/** The page calls staff: the number in its tab, a sound, and a notification, again and again until somebody takes it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { LAPTOP } from "../support/browser";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

/** Counts what a page plays and shows. Its clock can be put forward; a page out of sight is played. */
const EARS = `
  window.heard = { tones: [], notes: [] };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    heard.tones.push([this.frequency.value, this.context.state]);
    return start.call(this, at);
  };
  window.Notification = class {
    static permission = "granted";
    static requestPermission = () => Promise.resolve("granted");
    constructor(title, { body }) { heard.notes.push(title + ": " + body); }
    close() {}
  };
  Object.defineProperty(document, "visibilityState", { get: () => window.isHidden ? "hidden" : "visible" });
  const now = Date.now;
  Date.now = () => now() + (window.forward ?? 0);
`;

interface Heard {
  tones: [number, string][];
  notes: string[];
}

const heardOn = (page: Page): Promise<Heard> => page.evaluate("window.heard");
const forget = (page: Page): Promise<unknown> => page.evaluate("window.heard = { tones: [], notes: [] }");
const isUrgent = ({ tones }: Heard): boolean => tones.some(([frequency]) => frequency === 880);
const forward = (page: Page, ms: number): Promise<unknown> =>
  page.evaluate(`window.forward = (window.forward ?? 0) + ${ms}`);

describeOnBusyDay("The call of the page", (day) => {
  it("counts in the tab, sounds and shows a note for a danger until somebody takes it (D-01, D-02, D-04)", async () => {
    const { office, browser } = day;
    const seat = await office.sitDown(browser, "sari", LAPTOP);
    await seat.context.addInitScript(EARS);
    const { page } = seat;
    await page.goto(`${office.url}/console/inbox`);
    await until(async () => (await page.evaluate("document.documentElement.dataset.live")) === "on");
    expect((await heardOn(page)).tones).toEqual([]);
    await page.locator("#alarm button").click();
    await forward(page, 21_000);
    await until(async () => isUrgent(await heardOn(page)));
    // Touched by the click: it really sounds.
    expect(new Set((await heardOn(page)).tones.map(([, state]) => state))).toEqual(new Set(["running"]));

    // Whoever works through the list hears it every twenty seconds, and not at every click.
    await page.locator("#rows a").first().click();
    await page.locator(".switch").waitFor();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await heardOn(page)).tones).toEqual([]);
    await page.goto(`${office.url}/console/inbox`);
    await page.mouse.click(700, 10);

    const before = Number(/^\((\d+)\)/.exec(await page.title())?.[1]);
    office.write("7999000000000001", "tolong pak ada kebakaran di jl melati, apinya besar");
    await until(async () => (await page.title()).startsWith(`(${before + 1})`));
    await page.evaluate("window.isHidden = true");
    for (let times = 0; times < 3; times += 1) {
      await forget(page);
      await forward(page, 21_000);
      await until(async () => isUrgent(await heardOn(page)));
      const { notes } = await heardOn(page);
      expect(notes[0]).toMatch(/^.+: .*darurat/i);
      // It stands on locked screens: neither what was written nor by whom.
      expect(notes.join()).not.toMatch(/melati|7999|\d{8}/);
    }

    // Everything urgent is taken: it is silent, however long one waits.
    const colleague = await office.visit("rudi");
    const urgent = await office.app.store.openEscalations();
    for (const { citizen, priority } of urgent)
      if (priority === "P0" || priority === "P1")
        expect(
          (
            await colleague.post(`/console/conversations/${citizen}/act`, {
              act: "claim",
              key: `claim-${citizen}`,
            })
          ).status,
        ).toBe(303);
    await until(async () => (await page.locator("#alarm").getAttribute("data-urgent")) === "0");
    await page.evaluate("document.querySelector('#alarm').dataset.other = '0'");
    await forget(page);
    await forward(page, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(isUrgent(await heardOn(page))).toBe(false);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("leaves notes to the server where the server tells this browser, by the session and not by the browser", async () => {
    const { office, browser } = day;
    const seat = await office.sitDown(browser, "rudi");
    await seat.page.goto(`${office.url}/console/inbox`);
    expect(await seat.page.locator("#alarm").getAttribute("data-pushed")).toBe("no");
    const { access } = office.app.store;
    const staff = (await access.staffByLogin("rudi-demo"))!;
    const sessions = await access.sessionsOf(staff.id);
    const push = { endpoint: "https://push.example/1", p256dh: "p", auth: "a" };
    for (const { id } of sessions)
      await access.commitAccess(
        { kind: "push", staff: staff.id, session: id, push },
        { action: "push-on" },
        1,
      );
    await seat.page.reload();
    expect(await seat.page.locator("#alarm").getAttribute("data-pushed")).toBe("yes");
    await seat.context.close();
    // Signed in anew: nothing is pushed yet, so the page calls by itself.
    const again = await office.sitDown(browser, "rudi");
    await again.page.goto(`${office.url}/console/inbox`);
    expect(await again.page.locator("#alarm").getAttribute("data-pushed")).toBe("no");
    await again.context.close();
  });
});

/** Words that no code has, and hardly any Indonesian sentence is without. */
const INDONESIAN =
  /["'`>][^"'`<>]*\b(yang|tidak|untuk|dari|ini|sudah|belum|warga|petugas|pilih|kirim|berlaku|dan|atau)\b[^"'`<>]*["'`<]/i;

describe("The words of the console", () => {
  it("stand in the catalogue, and nowhere in its code", () => {
    const root = path.join(__dirname, "..", "..", "src", "console");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (name) => /\.(tsx?|js)$/.test(name) && !name.startsWith("words"),
    );
    expect(files.length).toBeGreaterThan(80);
    const found = files.flatMap((name) =>
      readFileSync(path.join(root, name), "utf8")
        .split("\n")
        .filter((line) => !/^\s*(\/?\*|\/\/)/.test(line) && INDONESIAN.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});
