/** Numbers of citizens stay covered wherever something leaves the console: search, print, CSV, the agency's screens. */
import { LAPTOP } from "../support/browser";
import { NIK, PHONE, WITH_NIK } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

const NUMBERS = [NIK, PHONE, PHONE.slice(1), "budi@contoh.example"];

describeOnBusyDay("Numbers of citizens", (day) => {
  const uncovered = (text: string): string[] => NUMBERS.filter((number) => text.includes(number));

  it("are covered in what a search finds, and nobody is found by them (E-04)", async () => {
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
