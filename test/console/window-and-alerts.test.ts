/** The reply window, and alerts that repeat until somebody takes a conversation. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createAlerts, type Alerts } from "../../src/console/alerts/alerts";
import { alertText, groupChannel } from "../../src/console/alerts/channels";
import { createTelegramSink } from "../../src/console/alerts/telegram";
import { createLastHeard } from "../../src/console/inbox/last-heard";
import { readBanners, type DeskParts } from "../../src/console/inbox/desk";
import type { Store } from "../../src/storage/port";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { temporaryFolder } from "../support/sabar";
import { NIK, PAYLOADS, PHONE } from "./busy-day";
import { keep } from "./waiting";
import { closeAll, openOffice, until, type Office } from "./office";

jest.setTimeout(180_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("The reply window", () => {
  const AGES = { open: 23 * HOUR + 58 * MINUTE, late: 24 * HOUR + MINUTE, over: 7 * 24 * HOUR + MINUTE };
  const citizens = Object.entries(AGES).map(([name, age], index) => ({
    name,
    age,
    citizen: String(7_600_000_000_000_001 + index),
  }));
  const fill = async (store: Store): Promise<void> => {
    for (const { citizen, age } of citizens) await keep(store, citizen, { at: Date.now() - age });
  };
  const officeWith = (humanAgent: string): Promise<Office> =>
    openOffice({ fill, env: { HUMAN_AGENT: humanAgent } });

  it.each([
    ["off", { open: 200, late: 409, over: 409 }],
    ["on", { open: 200, late: 200, over: 409 }],
  ])("locks with an explanation, with the permission %s (C-01)", async (humanAgent, expected) => {
    const office = await officeWith(humanAgent);
    try {
      const sari = await office.visit("sari");
      const statuses: Record<string, number> = {};
      for (const { name, citizen } of citizens) {
        const page = (await sari.get(`/console/conversations/${citizen}`)).text;
        const isLocked = page.includes('data-lock="closed"');
        expect({ name, isLocked }).toEqual({
          name,
          isLocked: expected[name as keyof typeof expected] === 409,
        });
        expect(page.includes('id="reply"')).toBe(!isLocked);
        if (isLocked) expect(page).toContain("Facebook tidak mengizinkan balasan lagi. Tunggu warga menulis");
        if (humanAgent === "on" && name === "late")
          expect(page).toContain("Hanya petugas yang boleh membalas, sampai");
        const answer = await sari.post(
          `/console/conversations/${citizen}/act`,
          { act: "reply", text: `Balasan ${name}`, key: `window-${name}-1` },
          { "x-requested-with": "sabar" },
        );
        statuses[name] = answer.status;
      }
      expect(statuses).toEqual(expected);
      await until(() => office.heard(citizens[0]!.citizen).includes("Balasan open"));
      expect(office.heard(citizens[2]!.citizen)).toEqual([]);
    } finally {
      await closeAll(undefined, office);
    }
  });
});

describe("Alerts", () => {
  const START = Date.UTC(2026, 10, 25, 3);
  const place = temporaryFolder();
  const sent: { chat_id: string; text: string }[] = [];
  let isDown = false;
  const telegram = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (isDown || !request.url?.startsWith("/bot12345:")) {
        response.statusCode = 500;
        response.end('{"ok":false,"error_code":500,"description":"down"}');
        return;
      }
      sent.push(JSON.parse(body) as (typeof sent)[number]);
      response.end(
        '{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":-100,"type":"group","title":"t"}}}',
      );
    });
  });
  let store: Store;
  let alerts: Alerts;
  let now = START;
  let isServiceTime = true;
  const failures: unknown[] = [];

  beforeAll(async () => {
    await new Promise<void>((resolve) => telegram.listen(0, "127.0.0.1", resolve));
    store = await openSqliteStore(path.join(place.folder, "sabar.db"));
    alerts = createAlerts({
      desk: store.desk,
      tallies: store.tallies,
      channels: [
        groupChannel(
          createTelegramSink({
            token: "12345:abcdefghijklmnopqrstuvwxyz",
            chatId: "-1001234567890",
            apiUrl: `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`,
          }),
          { consoleUrl: "https://sabar.kotacontoh.example/console", hasSnippet: false },
        ),
      ],
      isServiceTime: () => isServiceTime,
      now: () => now,
      onFailure: (error) => failures.push(error),
    });
  });
  afterAll(async () => {
    await store.close();
    telegram.closeAllConnections();
    await new Promise((resolve) => telegram.close(resolve));
    place.remove();
  });
  const at = async (minutes: number): Promise<number> => {
    now = START + minutes * MINUTE;
    await alerts.tick();
    return sent.length;
  };

  it("tell the group of a danger nobody takes: after two minutes, again, and no more once it is taken (D-01, D-02)", async () => {
    await keep(store, "71", { at: START, reason: "urgent", priority: "P0", words: ["banjir"] });
    expect(await at(0)).toBe(0);
    expect(await at(1.9)).toBe(0);
    expect(await at(2)).toBe(1);
    expect(await at(5)).toBe(1);
    expect(await at(12)).toBe(2);
    await keep(store, "71", {
      at: START,
      reason: "urgent",
      priority: "P0",
      holder: { id: "s1", name: "Sari", since: START },
    });
    expect(await at(60)).toBe(2);
    expect(failures).toEqual([]);
    expect(sent[0]).toMatchObject({
      chat_id: "-1001234567890",
      text: "Darurat, menunggu 2 menit.\nhttps://sabar.kotacontoh.example/console/conversations/71",
    });
  });

  it("keep the night quiet for everything but danger", async () => {
    isServiceTime = false;
    await keep(store, "72", { at: START + 60 * MINUTE });
    expect(await at(180)).toBe(2);
    isServiceTime = true;
    expect(await at(181)).toBe(3);
  });

  it("are told later when Telegram does not answer, once", async () => {
    await keep(store, "73", { at: START + 200 * MINUTE, reason: "urgent", priority: "P1" });
    isDown = true;
    expect(await at(203)).toBe(3);
    expect(failures).toHaveLength(1);
    isDown = false;
    expect(await at(204)).toBe(4);
    expect(await at(204.5)).toBe(4);
  });

  it("hold neither names nor numbers, and at most eighty covered letters (D-04, E-04, S-02)", async () => {
    const listing = await keep(store, "74", { at: START, reason: "urgent", priority: "P0" });
    const parts = { consoleUrl: "https://s.example/console" };
    const bare = alertText({ listing, waitedMs: MINUTE }, { ...parts, hasSnippet: false });
    const snippet = alertText({ listing, waitedMs: MINUTE }, { ...parts, hasSnippet: true });
    expect(bare.split("\n")).toHaveLength(2);
    expect(snippet.split("\n")[1]?.length).toBeLessThanOrEqual(80);
    // Plain text everywhere: nothing that reads markup reads it.
    for (const each of sent) expect(each).not.toHaveProperty("parse_mode");
    expect(snippet).toContain(PAYLOADS[0]);
    for (const text of [bare, snippet, ...sent.map((each) => each.text)])
      for (const secret of [NIK, PHONE]) expect(text).not.toContain(secret);
  });

  it("stand on the page when Facebook has been silent in service time, and not at night (D-03)", async () => {
    const banners = (isOpen: boolean, startedAt: number) =>
      readBanners({
        store,
        lastHeard: createLastHeard(store, startedAt),
        isServiceTime: () => isOpen,
        zone: "Asia/Jakarta",
        now: () => START + 300 * MINUTE,
      } as unknown as DeskParts);
    const heardAt = (await store.counts()).lastEventAt ?? 0;
    expect(heardAt).toBeLessThan(START + 285 * MINUTE);
    expect((await banners(true, 0)).join()).toMatch(
      /^Pesan dari Facebook belum masuk sejak \d\d\.\d\d\. Periksa Kesehatan\.$/,
    );
    expect(await banners(false, 0)).toEqual([]);
    expect(await banners(true, START + 299 * MINUTE)).toEqual([]);
  });
});
