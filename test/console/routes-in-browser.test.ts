/** The table of routes once more, asked by pages in a real browser: what each role reaches, and values that no list holds. */
import type { Browser, Page } from "playwright-core";
import { ROUTES, type RouteName } from "../../src/console/routes";
import { ROLES } from "../../src/vocabulary/staff";
import { describeInBrowser, LAPTOP, openBrowser, openWindow } from "../support/browser";
import { startConsole, type TestConsole } from "../support/console";
import { isOpen, WHO } from "./who-may";

jest.setTimeout(180_000);

const GUARDED = (Object.keys(ROUTES) as RouteName[]).filter((name) => !isOpen(name));

describeInBrowser("A page of the console", () => {
  let sabar: TestConsole;
  let browser: Browser;

  beforeAll(async () => {
    sabar = await startConsole({
      health: () =>
        Promise.resolve({
          ...({ mode: "page", store: "ok", sending: "ok", version: "1" } as const),
          ...{ startedAt: 0, freeBytes: 1e12 },
        }),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await sabar.close();
  });

  /** A page at which somebody with this role has signed in. */
  async function sitDown(role: (typeof ROLES)[number]): Promise<Page> {
    await sabar.add(`orang-${role}`, [role], { agency: "pupr" });
    const { cookies } = await sabar.signIn(`orang-${role}`);
    const window = await openWindow(browser, LAPTOP);
    const domain = new URL(sabar.url).hostname;
    await window.addCookies([...cookies].map(([name, value]) => ({ name, value, domain, path: "/" })));
    const page = await window.newPage();
    await page.goto(`${sabar.url}/console/account`);
    return page;
  }

  /** What a script of the page hears; 0: it is led on. A stream is left as soon as it begins. */
  const ask = (page: Page, name: RouteName): Promise<number> => {
    const [method = "", path = ""] = name.split(" ");
    const address = `/console${path.replace(/:\w+/g, "tidak-ada")}`;
    return page.evaluate(
      async ([how, where]) => {
        const stop = new AbortController();
        const body = how === "POST" ? new URLSearchParams() : null;
        const answer = await fetch(where!, { method: how!, body, redirect: "manual", signal: stop.signal });
        stop.abort();
        return answer.status;
      },
      [method, address],
    );
  };

  it.each(ROLES)("reaches with the role %s what the role is for, and nothing else (S-08)", async (role) => {
    const page = await sitDown(role);
    const reached: string[] = [];
    for (const name of GUARDED) {
      const status = await ask(page, name);
      expect([name, status, status !== 401 && status < 500]).toEqual([name, status, true]);
      if (status !== 403) reached.push(name);
    }
    expect(reached.sort()).toEqual(GUARDED.filter((name) => WHO[name].split(" ").includes(role)).sort());
    await page.context().close();
  });

  it("finds nobody under an id that was never given, and refuses values that no list holds (S-08, S-09)", async () => {
    const officer = await openAs("petugas");
    const statusOf = async (path: string): Promise<number> =>
      (await officer.goto(`${sabar.url}/console/${path}`))?.status() ?? 0;
    for (const path of ["conversations/7999999999999999", "tickets/t-tidak-ada", "settings/staff/tidak-ada"])
      expect([path, await statusOf(path)]).toEqual([path, 404]);
    for (const path of [
      "inbox?view=semua",
      "inbox?view=folded&reason=x'--",
      "tickets?view=semua",
      "records/audit?action=hapus",
      "records/audit?staff=siapa",
      "records/audit?from=kemarin",
      "records/audit?before=-1",
    ]) {
      expect([path, await statusOf(path)]).toEqual([path, 400]);
      // In words, not as an empty page.
      expect(((await officer.getByRole("main").textContent()) ?? "").trim().length).toBeGreaterThan(20);
    }
    await officer.context().close();
  });

  async function openAs(login: string): Promise<Page> {
    await sabar.add(login, ["officer", "administrator"]);
    const { cookies } = await sabar.signIn(login);
    const window = await openWindow(browser, LAPTOP);
    const domain = new URL(sabar.url).hostname;
    await window.addCookies([...cookies].map(([name, value]) => ({ name, value, domain, path: "/" })));
    return window.newPage();
  }
});
