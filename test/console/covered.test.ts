/** Numbers of citizens stay covered wherever something leaves the console: search, print, CSV, the agency's screens. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { LAPTOP } from "../support/browser";
import { FLOODED, NIK, PAYLOADS, PHONE, WITH_NIK } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

const NUMBERS = [NIK, PHONE, PHONE.slice(1), "budi@contoh.example"];

describeOnBusyDay("Numbers of citizens", (day) => {
  const uncovered = (text: string): string[] => NUMBERS.filter((number) => text.includes(number));

  /** Presses the button and reads the file that comes. */
  const download = async (page: Page, button: string): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    return readFileSync(await file.path(), "utf8");
  };

  it("are shown to whoever says what for, for a minute and on this page only, and that is written down once (E-02)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", LAPTOP);
    const { page } = seat;
    const { audit } = day.office.app.store;
    const opened = async () => audit.find({ action: "personal-data-opened" }, 50);
    const before = (await opened()).length;
    const address = `${day.office.url}/console/conversations/${WITH_NIK}`;
    const cover = page.getByRole("button", { name: /^NIK ••••0004 Buka$/ });
    const open = async (purpose: string): Promise<void> => {
      await cover.click();
      const dialog = page.getByRole("dialog", { name: "Buka data pribadi" });
      await dialog.getByLabel("Untuk keperluan apa?").selectOption({ label: purpose });
      await dialog.getByRole("button", { name: "Buka", exact: true }).click();
      await page.getByRole("button", { name: NIK }).waitFor();
    };
    await page.clock.install();
    await page.goto(address);
    await page.locator(".switch").waitFor();
    await open("Mengurus tiket");
    await page.clock.runFor(59_000);
    expect(await page.getByRole("button", { name: NIK }).count()).toBe(1);
    await page.clock.runFor(1500);
    await cover.waitFor();
    expect(await page.content()).not.toContain(NIK);
    const rows = await opened();
    expect(rows).toHaveLength(before + 1);
    expect(rows[0]).toMatchObject({ staff: { name: "Sari" }, object: `conversation:${WITH_NIK}` });
    expect(rows[0]?.at).toBeGreaterThan(Date.now() - 120_000);
    expect(rows[0]?.detail).toMatchObject({ purpose: "Mengurus tiket" });
    expect(JSON.stringify(rows)).not.toContain(NIK);
    // Left and come back to: closed again.
    await open("Mengurus tiket");
    await page.goto(`${day.office.url}/console/inbox`);
    await page.goBack();
    await cover.waitFor();
    expect(await page.content()).not.toContain(NIK);
    expect(await opened()).toHaveLength(before + 2);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("are covered in what a search finds, and nobody is found by them (E-04)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", LAPTOP);
    const search = async (text: string): Promise<string> => {
      await seat.page.goto(`${day.office.url}/console/inbox`);
      await seat.page.getByRole("searchbox").fill(text);
      await seat.page.keyboard.press("Enter");
      await seat.page.waitForURL(/[?&]q=/);
      return seat.page.locator("#list, main").first().innerHTML();
    };
    await until(async () => (await search("berlubang")).includes(`row-${WITH_NIK}`));
    expect(uncovered(await search("berlubang"))).toEqual([]);
    for (const number of [NIK, PHONE]) expect(await search(number)).not.toContain(`row-${WITH_NIK}`);
    await seat.context.close();
  });

  it("are covered in what a search answers, too, whoever reads more than the page shows (E-04)", async () => {
    const sari = await day.office.visit("sari");
    // The index is made a moment after the start.
    await until(async () => (await sari.get("/console/inbox?q=berlubang")).text.includes(`row-${WITH_NIK}`));
    const found = await sari.get("/console/inbox?q=berlubang");
    expect(uncovered(found.text)).toEqual([]);
    for (const number of [NIK, PHONE]) {
      const { text } = await sari.get(`/console/inbox?q=${number}`);
      expect(text).not.toContain(`row-${WITH_NIK}`);
    }
  });

  it("are covered on paper: conversation and ticket as they are printed (E-04)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", LAPTOP);
    await seat.page.emulateMedia({ media: "print" });
    for (const address of [`/console/conversations/${WITH_NIK}`, "/console/tickets/t2", "/console/inbox"]) {
      await seat.page.goto(`${day.office.url}${address}`);
      const shown = await seat.page.evaluate<string>("document.documentElement.innerText");
      expect(shown.length).toBeGreaterThan(200);
      expect([address, uncovered(shown)]).toEqual([address, []]);
    }
    await seat.context.close();
  });

  it("and hostile words stay words on paper and in the file for a spreadsheet (S-02, E-04)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", LAPTOP);
    const { page } = seat;
    for (const payload of PAYLOADS) day.office.write(FLOODED, payload);
    await page.goto(`${day.office.url}/console/conversations/${FLOODED}`);
    for (const payload of PAYLOADS)
      await page
        .locator("#log .text")
        .filter({ hasText: payload.replace(/[\u202C\u202E]/g, "␣") })
        .first()
        .waitFor();
    await page.emulateMedia({ media: "print" });
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await page.locator("#log img, #log iframe, #log script, #log svg").count()).toBe(0);
    expect(await page.title()).not.toContain("XSS");
    await page.emulateMedia({ media: "screen" });
    await page.goto(`${day.office.url}/console/settings/staff`);
    await page.getByText("Tambah orang").click();
    await page.getByLabel("Nama", { exact: true }).fill('=HYPERLINK("http://jahat.example","klik")');
    await page.getByLabel("Nama pengguna").fill("rumus");
    await page
      .getByRole("checkbox", { name: /^Petugas/ })
      .first()
      .check();
    await page.getByRole("button", { name: "Tambah dan buat tautan penyiapan" }).click();
    await page.getByText("Tautan ini tidak akan ditampilkan lagi.").waitFor();
    await page.goto(`${day.office.url}/console/records/audit`);
    const csv = await download(page, "Unduh CSV");
    expect(csv).toContain("HYPERLINK");
    expect(csv).not.toMatch(/(^|[",;\t])=HYPERLINK/m);
    expect(csv).toContain(WITH_NIK);
    expect(uncovered(csv)).toEqual([]);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("are in no line of the audit log's CSV, also after one was opened (E-02, E-04)", async () => {
    const sari = await day.office.visit("sari");
    const answers: string[] = [];
    for (const index of ["0", "1"]) {
      const opened = await sari.post(
        `/console/conversations/${WITH_NIK}/open-data`,
        { purpose: "verify", source: `m_${WITH_NIK}`, index },
        { "x-requested-with": "sabar" },
      );
      answers.push(opened.text);
    }
    expect(answers.join()).toContain(NIK);
    const csv = await sari.post("/console/records/audit/export", {
      from: "",
      until: "",
      staff: "",
      action: "",
    });
    expect(csv.text).toContain(WITH_NIK);
    expect(uncovered(csv.text)).toEqual([]);
  });

  it("are covered for an agency, which sees its own tickets and no conversation (E-03, E-04)", async () => {
    const { store } = day.office.app;
    const rudi = (await store.access.staffByLogin("rudi-demo"))!;
    await store.access.commitAccess(
      { kind: "change-staff", staff: { id: rudi.id, name: rudi.name, roles: ["agency"], agency: "dpu" } },
      { action: "staff-changed" },
      Date.now(),
    );
    const agency = await day.office.visit("rudi");
    const list = await agency.get("/console/tickets?view=all");
    expect(list.text).toContain("JLN-0001");
    const ticket = await agency.get("/console/tickets/t1");
    expect(ticket.status).toBe(200);
    expect(uncovered(list.text + ticket.text)).toEqual([]);
    expect(ticket.text).not.toContain(WITH_NIK);
    expect((await agency.get(`/console/conversations/${WITH_NIK}`)).status).toBe(403);
  });
});
