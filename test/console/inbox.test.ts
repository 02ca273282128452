/** Kotak Masuk in a real browser on a busy day: who needs a person, in which order, and what moves. */
import type { Browser } from "playwright-core";
import { describeInBrowser, LAPTOP, openBrowser, PHONE } from "../support/browser";
import { BUSY, fillBusyDay, HURRY, NIK, PHONE as NUMBER } from "./busy-day";
import { closeAll, openOffice, until, type Office, type Seat } from "./office";

jest.setTimeout(180_000);

describeInBrowser("Kotak Masuk on a busy day", () => {
  let office: Office;
  let browser: Browser;
  let sari: Seat;

  beforeAll(async () => {
    office = await openOffice({ fill: (store) => fillBusyDay(store, Date.now()) });
    browser = await openBrowser();
    sari = await office.sitDown(browser, "sari");
  });
  afterAll(() => closeAll(browser, office));

  const rows = () => sari.page.locator("#rows > li");
  const open = async (view = ""): Promise<void> => {
    await sari.page.goto(`${office.url}/console${view === "" ? "" : `/inbox?view=${view}`}`);
  };

  it("opens on who needs a person: danger first, with its words, then whose time runs out (A-01, A-05)", async () => {
    await open();
    expect(await sari.page.getByRole("heading", { level: 1 }).textContent()).toBe("Perlu petugas");
    expect(await rows().count()).toBe(BUSY.needs);
    expect(await rows().nth(0).textContent()).toMatch(/Darurat: “banjir”, “ga bisa jalan”/);
    expect(await rows().nth(1).textContent()).toContain("Hampir habis");
    expect(await sari.page.title()).toMatch(/^\(9\) /);
    expect(await sari.page.locator('#views [data-view="folded"] .count').textContent()).toBe(
      String(BUSY.folded),
    );
  });

  it("says everything about a row in its name (A-04)", async () => {
    await open();
    // Person, waiting time, words, reason, time left and holder, for those who listen, too.
    const name =
      /^Warga #0001 Menunggu \d+ mnt .* Darurat: “banjir”, “ga bisa jalan” Sisa waktu balas 23\.5\d Belum ada yang memegang$/;
    await rows().nth(0).getByRole("link", { name }).waitFor();
  });

  it("shows each view with its number, and only values that are on the list (C-03, S-09)", async () => {
    await open();
    const count = (view: string) => sari.page.locator(`#views [data-view="${view}"] .count`).textContent();
    expect(await count("agency")).toBe(String(BUSY.agency));
    expect(await count("citizen")).toBe(String(BUSY.citizen));
    expect(Number(await count("bot"))).toBeGreaterThanOrEqual(BUSY.bot);
    await open("soon");
    expect(await rows().count()).toBe(1);
    expect(await rows().nth(0).getAttribute("data-citizen")).toBe(HURRY);
    const visitor = await office.visit("sari");
    expect((await visitor.get("/console/inbox?view=semua")).status).toBe(400);
    expect((await visitor.get("/console/inbox?view=folded&reason=x'--")).status).toBe(400);
  });

  it("keeps what was folded away, with reasons that add up, and brings one back in one click (A-05, A-06)", async () => {
    await open("folded");
    const counts = await sari.page
      .locator("#fold-reasons [data-count]")
      .evaluateAll((chips) => chips.map((chip) => Number(chip.getAttribute("data-count"))));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(BUSY.folded);
    const first = await rows().nth(0).getAttribute("data-citizen");
    await rows().nth(0).getByRole("button", { name: "Bukan gangguan" }).click();
    await until(
      async () => (await sari.page.locator('#views [data-view="folded"] .count').textContent()) === "86",
    );
    expect(await sari.page.locator(`#row-${first ?? ""}`).count()).toBe(0);
    await sari.page.reload();
    expect(await sari.page.locator('#views [data-view="folded"] .count').textContent()).toBe("86");
    await open("needs");
    expect(await sari.page.locator(`#row-${first ?? ""}`).count()).toBe(1);
    // Puts the day back as it was.
    const visitor = await office.visit("sari");
    await visitor.post(`/console/conversations/${first ?? ""}/act`, {
      act: "fold",
      reason: "spam",
      key: "fold-it-again-1",
    });
  });

  it("shows a new message without a reload, and never moves the list under somebody's hand (A-02, A-03)", async () => {
    await open();
    await sari.page.mouse.move(0, 0);
    office.write("7300000000000001", "mau bicara dengan petugas");
    await sari.page.locator("#row-7300000000000001").waitFor();
    await until(async () => (await sari.page.title()).startsWith("(10)"));
    await rows().nth(3).hover();
    const before = await rows().evaluateAll((all) => all.map((row) => row.id));
    office.write("7300000000000002", "tolong kebakaran rumah tetangga, apinya besar");
    await sari.page.getByRole("button", { name: "1 percakapan baru" }).waitFor();
    expect(await rows().evaluateAll((all) => all.map((row) => row.id))).toEqual(before);
    await sari.page.getByRole("button", { name: "1 percakapan baru" }).click();
    await sari.page.locator("#row-7300000000000002").waitFor();
    expect((await rows().nth(0).textContent()) ?? "").toContain("Darurat");
  });

  it("shows what came between the making of the page and its live line (A-02)", async () => {
    await sari.page.route(
      "**/console/live?*",
      async (route) => {
        office.write("7300000000000004", "mau bicara dengan petugas");
        await until(() => office.heard("7300000000000004").length > 0);
        // Until the last echo and receipt of it are heard of, too.
        await new Promise((resolve) => setTimeout(resolve, 2000));
        await route.continue();
      },
      { times: 1 },
    );
    await open();
    await sari.page.mouse.move(0, 0);
    // Before the page looks by itself, ten seconds after its making.
    await sari.page.locator("#row-7300000000000004").waitFor({ timeout: 8_000 });
  });

  it("shows what the bot handles from the first message on (A-07)", async () => {
    office.write("7300000000000003", "ktp hilang");
    await until(() => office.heard("7300000000000003").length > 0);
    await open("bot");
    expect(await sari.page.locator("#row-7300000000000003").count()).toBe(1);
  });

  it.each([
    ["a laptop", LAPTOP, 8],
    ["a phone", PHONE, 6],
    ["a very small phone", { width: 320, height: 640 }, 1],
  ])("fits on %s without scrolling sideways (A-08)", async (_name, viewport, least) => {
    const seat = await office.sitDown(browser, "rudi", viewport);
    await seat.page.goto(`${office.url}/console/inbox`);
    const visible = await seat.page
      .locator("#rows > li")
      .evaluateAll(
        (all, height) => all.filter((row) => row.getBoundingClientRect().bottom <= height).length,
        viewport.height,
      );
    expect(visible).toBeGreaterThanOrEqual(least);
    const isNarrow = () =>
      seat.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    expect(await isNarrow()).toBe(true);
    await seat.page.locator("#rows .row").nth(2).click();
    await seat.page.locator(".switch").waitFor();
    const box = await seat.page.locator("#send").boundingBox();
    expect((box?.y ?? viewport.height) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    const log = await seat.page.locator("#log").boundingBox();
    expect((log?.height ?? 0) / viewport.height).toBeGreaterThanOrEqual(viewport.height < 700 ? 0.3 : 0.45);
    expect(await isNarrow()).toBe(true);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("needs less than 150 kB for the first list (A-09)", async () => {
    const seat = await office.sitDown(browser, "rudi");
    let bytes = 0;
    seat.page.on("response", (response) => {
      if (!response.url().includes("/console/live?"))
        void response.body().then(
          (body) => (bytes += body.length),
          () => undefined,
        );
    });
    await seat.page.goto(`${office.url}/console/inbox`, { waitUntil: "load" });
    await until(() => bytes > 0);
    expect(bytes).toBeLessThan(150_000);
    await seat.context.close();
  });

  it("finds conversations by words, by the citizen's number and not at all, masked (must-have 11)", async () => {
    await open();
    await sari.page.getByRole("searchbox").fill("lampu jalan mati");
    await sari.page.keyboard.press("Enter");
    await sari.page.getByText("Hasil untuk “lampu jalan mati”: 1").waitFor();
    expect(await rows().count()).toBe(1);
    await sari.page.goto(`${office.url}/console/inbox?q=4471`);
    expect(await rows().nth(0).getAttribute("data-citizen")).toBe(HURRY);
    await sari.page.goto(`${office.url}/console/inbox?q=berlubang`);
    const html = await sari.page.content();
    for (const secret of [NIK, NUMBER, "budi@contoh"]) expect(html).not.toContain(secret);
    expect(await rows().nth(0).textContent()).toContain("••••");
    await sari.page.goto(`${office.url}/console/inbox?q=${encodeURIComponent('xyzzy " OR 1')}`);
    await sari.page.getByText("Tidak ada yang cocok").waitFor();
  });

  it("goes on without trouble", () => {
    expect(sari.trouble).toEqual([]);
  });
});
