/** What a foreign page, a forged delivery, a hostile address and a curious colleague can do, tried in a real browser. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { textMessage } from "../../src/simulator/payloads";
import { openWindow, PHONE as SMALL } from "../support/browser";
import { aMessage, aTicket, aTurn } from "../support/tickets";
import { FLOODED, NIK, WITH_NIK } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

describeOnBusyDay("The console", (day) => {
  /** Everything that a request could have changed. */
  const stateOf = async (): Promise<string> => {
    const { store } = day.office.app;
    const places = ["needs", "folded", "bot", "done", "agency", "citizen", "snoozed"] as const;
    const all = await store.desk.listings({ places, order: "latest", now: 0, limit: 5000 });
    const { tickets } = await store.tickets({}, { offset: 0, limit: 100 });
    const { lastEventAt: _, ...counts } = await store.counts();
    const known = JSON.stringify([all, tickets, await store.audit.after(0, 10_000), counts]);
    return createHash("sha256").update(known).digest("hex");
  };

  it("does nothing that a page of somebody else asks the browser of a member of staff for (S-03)", async () => {
    const act = `${day.office.url}/console/conversations/${FLOODED}/act`;
    const form = `<form method="post" action="${act}"><input name="act" value="claim"><input name="key" value="foreign-page-1"></form>`;
    const foreign: Server = createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      response.setHeader("referrer-policy", request.url === "/silent" ? "no-referrer" : "unsafe-url");
      response.end(`<!doctype html>${form}`);
    });
    await new Promise<void>((resolve) => foreign.listen(0, resolve));
    const { port } = foreign.address() as AddressInfo;
    const seat = await day.office.sitDown(day.browser, "sari");
    const before = await stateOf();
    try {
      // The same host under another port gets the cookie along; the other name is another site.
      for (const address of [`http://127.0.0.1:${port}/`, `http://localhost:${port}/silent`]) {
        await seat.page.goto(address);
        const [answer] = await Promise.all([
          seat.page.waitForResponse(act),
          seat.page.waitForURL(act),
          seat.page.evaluate("document.forms[0].submit()"),
        ]);
        expect([address, answer.status()]).toEqual([address, 403]);
        await seat.page.goto(address);
        await seat.page.evaluate(
          `fetch(${JSON.stringify(act)}, { method: "POST", mode: "no-cors", credentials: "include",
            body: new URLSearchParams({ act: "claim", key: "foreign-page-2" }) }).catch(() => undefined)`,
        );
        const read = await seat.page.evaluate(
          `fetch(${JSON.stringify(`${day.office.url}/console/inbox`)}, { credentials: "include" }).then(() => "read", () => "refused")`,
        );
        expect([address, read]).toEqual([address, "refused"]);
      }
      expect(await stateOf()).toBe(before);
    } finally {
      foreign.closeAllConnections();
      foreign.close();
      await seat.context.close();
    }
  });

  it("changes nothing by being looked at, whatever a person clicks in it (S-03)", async () => {
    const seat = await day.office.sitDown(day.browser, "rudi");
    const before = await stateOf();
    const seen = new Set<string>();
    const waiting = ["/console/inbox", "/console/tickets"];
    for (let address = waiting.pop(); address !== undefined && seen.size < 90; address = waiting.pop()) {
      if (seen.has(address)) continue;
      seen.add(address);
      const answer = await seat.page.goto(`${day.office.url}${address}`);
      expect([address, (answer?.status() ?? 0) < 400]).toEqual([address, true]);
      waiting.push(
        ...(await seat.page.evaluate<string[]>(
          `[...document.querySelectorAll("a[href^='/console']:not([download])")].map((link) => link.getAttribute("href").split("#")[0])`,
        )),
      );
    }
    expect(seen.size).toBeGreaterThan(60);
    expect(await stateOf()).toBe(before);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("fetches no picture from inside the city's network, and says so where it would stand (S-04)", async () => {
    let asked = 0;
    const inside = createServer((_request, response) => {
      asked += 1;
      response.end("rahasia");
    });
    await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;
    const addresses = [
      `${origin}/a.jpg`,
      `https://127.0.0.1/a.jpg`,
      "http://169.254.169.254/latest/meta-data",
      "https://intranet/a.jpg",
    ];
    const { store } = day.office.app;
    const at = Date.now();
    const photos = addresses.map((_address, index) => ({
      id: `inside-${index}`,
      by: "citizen" as const,
      at,
    }));
    const ticket = aTicket("t-inside", {
      photos,
      reporters: [{ citizen: WITH_NIK, at }],
      contactBy: "2099-01-05",
    });
    await store.accept(
      [{ ...aMessage("m_inside", WITH_NIK), at, body: { kind: "alarm", name: "dialogue" } }],
      at,
    );
    const pictures = addresses.map((url, index) => ({ id: `inside-${index}`, url, ticket: ticket.id }));
    const citizen = (await store.citizen(WITH_NIK))!;
    await store.commitTurn(
      "m_inside",
      aTurn(WITH_NIK, { citizen, pictures, tickets: [{ kind: "file", ticket, prefix: "JLN" }] }),
      at,
    );
    await until(async () => (await store.picture("inside-3"))?.state === "refused");
    const seat = await day.office.sitDown(day.browser, "sari");
    await seat.page.goto(`${day.office.url}/console/tickets/${ticket.id}`);
    await seat.page.locator(".photos").scrollIntoViewIfNeeded();
    await seat.page.waitForLoadState("networkidle");
    const widths = await seat.page
      .locator(".photos img")
      .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
    expect(widths.filter((width) => width > 0)).toEqual([]);
    expect(await seat.page.locator(".photos").textContent()).toContain("bukan milik Facebook");
    expect(asked).toBe(0);
    await seat.context.close();
    inside.close();
  });

  it("knows nothing of a delivery under a wrong signature (S-12)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    await seat.page.goto(`${day.office.url}/console/inbox`);
    await until(async () => (await seat.page.evaluate("document.documentElement.dataset.live")) === "on");
    const title = await seat.page.title();
    const talk = { pageId: day.office.app.pageId, citizen: "7300000000000077", at: Date.now() };
    const answer = await fetch(`${day.office.url}/webhook`, {
      method: "POST",
      body: JSON.stringify(textMessage(talk, "tolong kebakaran di jl mawar")),
      headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
    });
    expect(answer.status).toBe(403);
    // What comes after it, signed, is there; so the forged one had its time.
    day.office.write("7300000000000078", "mau bicara dengan petugas");
    await seat.page.locator("#row-7300000000000078").waitFor();
    expect(await seat.page.locator("#row-7300000000000077").count()).toBe(0);
    expect(await seat.page.title()).not.toBe(title);
    await seat.context.close();
  });

  it("has no button to open a number for a role that does not need it, and refuses its page's own script (E-03)", async () => {
    const { store } = day.office.app;
    const rina = await day.office.sitDown(day.browser, "rina", SMALL);
    await rina.page.goto(`${day.office.url}/console/conversations/${WITH_NIK}`);
    await rina.page.locator("#log").waitFor();
    expect(await rina.page.getByRole("button", { name: /Buka$/ }).count()).toBe(0);
    const openData = (): Promise<unknown> =>
      rina.page.evaluate(
        `fetch("/console/conversations/${WITH_NIK}/open-data", { method: "POST",
          body: new URLSearchParams({ source: "m_${WITH_NIK}", index: "0", purpose: "ticket" }) })
          .then(async (answer) => [answer.status, (await answer.text()).includes("${NIK}")])`,
      );
    expect(await openData()).toEqual([403, false]);
    const staff = (await store.access.staffByLogin("rina-demo"))!;
    await store.access.commitAccess(
      { kind: "change-staff", staff: { id: staff.id, name: staff.name, roles: ["head"] } },
      { action: "staff-changed" },
      Date.now(),
    );
    expect(await openData()).toEqual([403, false]);
    const answer = await rina.page.goto(`${day.office.url}/console/conversations/${WITH_NIK}`);
    expect([answer?.status(), (await rina.page.content()).includes(NIK)]).toEqual([403, false]);
    await rina.context.close();
  });

  it("has an audit log that is whole, and that only its keepers take along (S-15)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    await seat.page.goto(`${day.office.url}/console/records/audit`);
    await seat.page.getByRole("button", { name: "Periksa keutuhan" }).click();
    await seat.page.getByText(/Catatan utuh: \d+ baris, tidak ada yang diubah atau dihapus/).waitFor();
    const [download] = await Promise.all([
      seat.page.waitForEvent("download"),
      seat.page.getByRole("button", { name: "Unduh CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^catatan-kegiatan-\d{4}-\d\d-\d\d\.csv$/);
    const window = await openWindow(day.browser, SMALL);
    const stranger = await window.newPage();
    await stranger.goto(`${day.office.url}/console/records/audit`);
    expect(stranger.url()).toContain("/console/login");
    await window.close();
    await seat.context.close();
  });
});
