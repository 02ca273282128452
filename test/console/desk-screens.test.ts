/** Every screen of Kotak Masuk and Tiket on a laptop and on a phone: rules of accessibility, and the keyboard alone. */
import { ROUTES, type RouteName } from "../../src/console/routes";
import { axeFindings, LAPTOP, PHONE } from "../support/browser";
import { FLOODED, HURRY, PAYLOADS, PHONE as NUMBER, TICKETS, WITH_NIK } from "./busy-day";
import { until, type Seat } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

const SCREENS: [name: string, address: string, ready: string][] = [
  ["Perlu petugas", "/console/inbox", "#rows"],
  ["Disisihkan", "/console/inbox?view=folded", "#fold-reasons"],
  ["an empty view", "/console/inbox?view=snoozed", ".empty"],
  ["search", "/console/inbox?q=lampu", "#rows"],
  ["an urgent conversation", `/console/conversations/${FLOODED}`, ".switch"],
  ["a conversation with covered numbers", `/console/conversations/${WITH_NIK}`, ".switch"],
  ["Tiket", "/console/tickets", ".tickets"],
  ["one ticket", "/console/tickets/t2", ".ticket-history"],
];

/** Every GET of the route table: an address of it, or why it shows no page of its own. */
const PAGES: Record<Extract<RouteName, `GET ${string}`>, string | { noPage: string }> = {
  "GET /": { noPage: "leads on" },
  "GET /login": "/console/login",
  "GET /session": { noPage: "JSON" },
  "GET /setup/:token": { noPage: "needs a fresh link: screens.test.ts looks at it" },
  "GET /account": "/console/account",
  "GET /settings": { noPage: "leads on" },
  "GET /settings/hours": "/console/settings/hours",
  "GET /settings/alerts": "/console/settings/alerts",
  "GET /settings/staff": "/console/settings/staff",
  "GET /settings/staff/:id": "/console/settings/staff/STAFF",
  "GET /records": { noPage: "leads on" },
  "GET /records/health": "/console/records/health",
  "GET /records/parked": "/console/records/parked",
  "GET /records/library": "/console/records/library",
  "GET /records/audit": "/console/records/audit",
  "GET /inbox": "/console/inbox",
  "GET /quick-replies": { noPage: "JSON" },
  "GET /live": { noPage: "a line of events" },
  "GET /conversations/:citizen": `/console/conversations/${FLOODED}`,
  "GET /conversations/:citizen/files/:file": { noPage: "a file" },
  "GET /tickets": "/console/tickets",
  "GET /tickets/:id": "/console/tickets/t2",
  "GET /tickets/:id/pictures/:picture": { noPage: "a picture" },
};

describeOnBusyDay("The screens of staff", (day) => {
  it.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
  ])("break no rule on %s, page by page of the route table (X-01)", async (_name, viewport) => {
    // What the type asks for already, said once more for a table that is changed without the compiler.
    expect(Object.keys(PAGES).sort()).toEqual(
      Object.keys(ROUTES)
        .filter((name) => name.startsWith("GET "))
        .sort(),
    );
    const seat = await day.office.sitDown(day.browser, "sari", viewport);
    const staff = (await day.office.app.store.access.staffByLogin("rudi-demo"))?.id ?? "";
    const findings: Record<string, string[]> = {};
    for (const [route, address] of Object.entries(PAGES)) {
      const answer = await seat.page.request
        .get(`${day.office.url}/console${route.slice(4)}`.replace(/:\w+/g, "tidak-ada"), {
          maxRedirects: 0,
          headers: { accept: "text/html" },
          timeout: 5000,
        })
        .catch(() => undefined);
      if (typeof address !== "string") {
        // It says so by itself: no page with a heading comes back.
        const isPage = answer?.status() === 200 && /<h1/.test(await answer.text());
        expect([route, isPage]).toEqual([route, false]);
        continue;
      }
      await seat.page.goto(`${day.office.url}${address.replace("STAFF", staff)}`);
      await seat.page.locator("h1:visible").first().waitFor();
      const found = await axeFindings(seat.page);
      if (found.length > 0) findings[route] = found;
    }
    expect(findings).toEqual({});
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
  ])("break no rule of accessibility on %s (X-01)", async (_name, viewport) => {
    const seat = await day.office.sitDown(day.browser, "sari", viewport);
    const findings: Record<string, string[]> = {};
    for (const [name, address, ready] of SCREENS) {
      await seat.page.goto(`${day.office.url}${address}`);
      await seat.page.locator(ready).first().waitFor();
      if (address.includes("conversations")) {
        await seat.page.getByText("Kenapa bot menjawab ini?").first().click();
        await seat.page.locator("#menu summary").click();
      }
      const found = await axeFindings(seat.page);
      if (found.length > 0) findings[name] = found;
      // Whatever sticks out to the right, unless a part scrolls by itself on purpose.
      const tooWide = await seat.page.evaluate(`(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        return [...document.querySelectorAll("main *")]
          .filter((each) => each.getBoundingClientRect().right > clientWidth + 1)
          .map((each) => each.tagName + "." + each.className);
      })()`);
      expect({ name, tooWide }).toEqual({ name, tooWide: [] });
    }
    expect(findings).toEqual({});
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("can be worked with by keyboard alone, with shortcuts that stay out of fields (X-02, X-03)", async () => {
    const seat: Seat = await day.office.sitDown(day.browser, "sari");
    const { page } = seat;
    const focused = () => page.evaluate("document.activeElement.id");
    await page.goto(`${day.office.url}/console/inbox`);
    await until(async () => (await page.evaluate("document.documentElement.dataset.live")) === "on");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await page.evaluate("document.activeElement.closest('li').id")).toBe(`row-${HURRY}`);
    await page.keyboard.press("Enter");
    await page.locator(".switch").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Pintasan papan tik" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    expect(await focused()).toBe("reply-text");
    await page.keyboard.type("ra?/s");
    expect(await page.locator("#reply-text").inputValue()).toBe("ra?/s");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    expect(await focused()).toBe("note-text");
    await page.keyboard.press("Escape");
    // A menu that is open closes first; only then Escape leads back to the list.
    await page.locator("#menu summary").click();
    await page.keyboard.press("Escape");
    expect(await page.locator("#menu[open]").count()).toBe(0);
    expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
    await page.keyboard.press("?");
    await page.getByLabel("Pakai pintasan satu tombol").uncheck();
    await page.getByRole("button", { name: "Tutup" }).click();
    await page.locator("h1").first().click();
    await page.keyboard.press("n");
    expect(await focused()).not.toBe("note-text");
    await seat.context.close();
  });

  it("list tickets with what is overdue in words, and filter them (F-07)", async () => {
    const visitor = await day.office.visit("sari");
    const { text } = await visitor.get("/console/tickets");
    expect(text).toContain("JLN-0001");
    expect(text).toMatch(/Lewat tenggat \d+ hari, sejak 5 Januari 2026/);
    expect(text).not.toContain(NUMBER);
    expect(text).not.toContain(PAYLOADS[0]);
    const overdue = (await visitor.get("/console/tickets?view=overdue")).text;
    expect(overdue.match(/class="ticket"/g)).toHaveLength(1);
    const all = (await visitor.get("/console/tickets?view=all")).text;
    expect(all.match(/class="ticket"/g)).toHaveLength(TICKETS.length);
    expect((await visitor.get("/console/tickets?view=x")).status).toBe(400);
    expect((await visitor.get("/console/tickets?agency=constructor")).status).toBe(400);
    expect((await visitor.get("/console/tickets/tidak-ada")).status).toBe(404);
    const one = (await visitor.get("/console/tickets/t1")).text;
    expect(one).toContain("Diteruskan ke");
    expect(one).toContain(`/console/conversations/${WITH_NIK}`);
    const shown = await visitor.get("/console/tickets/t6");
    expect(shown.text).toContain("Lihat kalimat untuk warga");
    const moved = await visitor.post("/console/tickets/t6", {
      do: "move",
      to: "working",
      key: "ticket-key-2",
    });
    expect([moved.status, moved.location]).toEqual([303, "/console/tickets/t6?said=done"]);
    const after = (await visitor.get("/console/tickets/t6")).text;
    const sentence = /Disampaikan ke warga:<\/span> ([^<]{20,})/.exec(after)?.[1] ?? "";
    expect(sentence).toContain("JLN-0006");
    await until(() => day.office.heard(WITH_NIK).some((text) => text.includes("JLN-0006")));
    const incomplete = await visitor.post("/console/tickets/t1", {
      do: "move",
      to: "done",
      text: "ok",
      key: "ticket-key-1",
    });
    expect([incomplete.status, incomplete.text.includes("belum lengkap")]).toEqual([400, true]);
  });

  it("keep every menu on the screen of a phone", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", PHONE);
    await seat.page.goto(`${day.office.url}/console/conversations/${FLOODED}`);
    await seat.page.locator(".switch").waitFor();
    await seat.page.locator("#menu summary").click();
    const box = await seat.page.locator(".menu-body").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    await seat.context.close();
  });

  it("take the list to the conversation and back on a phone, with one hand", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", PHONE);
    await seat.page.goto(`${day.office.url}/console/inbox`);
    await seat.page.locator("#rows .row").first().click();
    await seat.page.locator(".switch").waitFor();
    const small = await seat.page
      .locator("#head button:visible, #head a:visible, #head summary:visible, #send")
      .evaluateAll((targets) => targets.filter((each) => each.getBoundingClientRect().height < 43).length);
    expect(small).toBe(0);
    await seat.page.getByRole("link", { name: "Daftar" }).click();
    await seat.page.locator("#rows").waitFor();
    await seat.context.close();
  });
});
