/** Facebook delivers twice and out of order, its API is down, slow or refuses: nothing is lost, nothing is said twice, the order stays. */
import path from "node:path";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { textMessage, quickReply } from "../../src/simulator/payloads";
import type { Fault } from "../../src/simulator/graph";
import { KEYS, startStandIn, wordsOf, type StandIn } from "../support/stand-in";
import type { Visitor } from "../support/console";
import { employ, signInAt } from "../support/staff";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

let nextCitizen = 7_100_000_000_000_000;
const newCitizen = (): string => String((nextCitizen += 1));

describe("Facebook misbehaves", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;
  let sari: Visitor;

  beforeAll(async () => {
    const port = await freePort();
    const employee = await employ(place.folder, "sari");
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    sari = await signInAt(sabar.url, employee);
  });
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
  });
  afterEach(() => standIn.graph.setFault(undefined));

  const writes = (citizen: string, text: string, mid?: string, at = Date.now()) =>
    standIn.facebook.deliver(citizen, textMessage({ pageId: KEYS.pageId, citizen, at }, text, mid));
  const taps = (citizen: string, intent: string, mid?: string) =>
    standIn.facebook.deliver(
      citizen,
      quickReply({ pageId: KEYS.pageId, citizen, at: Date.now() }, intent, `intent:${intent}`, mid),
    );
  const heardOnce = async (citizen: string, words: string): Promise<void> => {
    await sabar.idle(30_000);
    expect(standIn.heard(citizen).filter((text) => text.includes(words))).toHaveLength(1);
  };

  it("answers an event once that is delivered five times", async () => {
    const citizen = newCitizen();
    const mid = `m_five${citizen}`;
    for (let i = 0; i < 5; i += 1) await writes(citizen, "ktp saya hilang", mid);
    await heardOnce(citizen, "Turut prihatin");
  });

  it("answers two messages of one citizen in order while sending is slow", async () => {
    const citizen = newCitizen();
    standIn.graph.setFault({ kind: "slow", delayMs: 150, count: 4 });
    await writes(citizen, "ktp saya hilang");
    await writes(citizen, "lampu jalan mati di gang kami");
    await sabar.idle(30_000);
    const heard = standIn.heard(citizen);
    const first = heard.findIndex((text) => text.includes("Turut prihatin"));
    const second = heard.findIndex((text) => text.includes("Terima kasih sudah memberi tahu"));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(second).toBeGreaterThan(first);
  });

  it("answers each of several events in one delivery that are out of order, older ones first", async () => {
    const citizen = newCitizen();
    const now = Date.now();
    const item = (text: string, at: number) => ({
      sender: { id: citizen },
      recipient: { id: KEYS.pageId },
      timestamp: at,
      message: { mid: `m_order${at}${citizen}`, text },
    });
    const entry = {
      id: KEYS.pageId,
      time: now,
      messaging: [item("jam buka disdukcapil", now), item("ktp saya hilang", now - 5000)],
    };
    await standIn.facebook.deliver(citizen, { object: "page", entry: [entry] });
    await sabar.idle();
    const heard = standIn.heard(citizen);
    expect(heard.findIndex((text) => text.includes("Turut prihatin"))).toBeLessThan(
      heard.findIndex((text) => text.includes("kantor lain")),
    );
  });

  it("handles every one of a thousand events in a single delivery", async () => {
    const citizens = Array.from({ length: 100 }, newCitizen);
    const at = Date.now();
    const item = (citizen: string, after: number, part: object) => ({
      sender: { id: citizen },
      recipient: { id: KEYS.pageId },
      timestamp: at + after,
      ...part,
    });
    const tap = { text: "KIA", quick_reply: { payload: "intent:kia" } };
    const messaging = citizens.flatMap((citizen) => [
      item(citizen, 0, { message: { ...tap, mid: `m_thousand-${citizen}` } }),
      ...Array.from({ length: 9 }, (_, n) =>
        item(citizen, n + 1, { reaction: { action: "react", emoji: "👍", mid: `m_${citizen}-${n}` } }),
      ),
    ]);
    expect(messaging).toHaveLength(1000);
    const turns = async (): Promise<number> => {
      const text = await (await fetch(`${sabar.url}/metrics`)).text();
      return [...text.matchAll(/^sabar_turns_total\{.*\} (\d+)$/gm)].reduce(
        (sum, [, n]) => sum + Number(n),
        0,
      );
    };
    const before = await turns();
    const { status } = await standIn.facebook.deliver("all", {
      object: "page",
      entry: [{ id: KEYS.pageId, time: at, messaging }],
    });
    expect(status).toBe(200);
    await sabar.idle(120_000);
    expect((await turns()) - before).toBe(1000);
    for (const citizen of citizens)
      expect(standIn.heard(citizen).filter((text) => text.includes("KIA adalah"))).toHaveLength(1);
  }, 150_000);

  it("keeps everything while the Graph API is down, and delivers it in order afterwards", async () => {
    const citizens = Array.from({ length: 10 }, newCitizen);
    standIn.graph.setFault({ kind: "down" });
    for (const citizen of citizens) {
      await taps(citizen, "ktp-hilang");
      await taps(citizen, "kia");
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const citizen of citizens) expect(standIn.heard(citizen)).toEqual([]);
    standIn.graph.setFault(undefined);
    await sabar.idle(60_000);
    for (const citizen of citizens) {
      const heard = standIn.heard(citizen);
      expect(heard.filter((text) => text.includes("Turut prihatin"))).toHaveLength(1);
      expect(heard.findIndex((text) => text.includes("Turut prihatin"))).toBeLessThan(
        heard.findIndex((text) => text.includes("KIA adalah")),
      );
    }
  }, 90_000);

  it("does not repeat a message whose answer was lost, because its echo came back", async () => {
    const citizen = newCitizen();
    standIn.graph.setFault({ kind: "lost", count: 1 });
    await taps(citizen, "kia");
    await sabar.idle(40_000);
    const words = standIn.graph.sent
      .filter((each) => each.citizen === citizen)
      .map(({ message }) => wordsOf(message));
    expect(new Set(words).size).toBe(words.length);
    expect(words.some((text) => text.includes("KIA adalah"))).toBe(true);
  }, 60_000);

  const error = (code: number, subcode?: number): Fault => ({
    kind: "error",
    error: { code, error_subcode: subcode, message: `(#${code})` },
    count: 1,
  });

  it.each([
    ["the person cannot be reached", error(551, 1545041)],
    ["the window is closed", error(10, 2018278)],
    ["there is no such person", error(100, 2018001)],
  ])("parks a reply with a reason when %s", async (_why, fault) => {
    const citizen = newCitizen();
    const before = (await sabar.ready()).counts?.parked ?? 0;
    standIn.graph.setFault(fault);
    await taps(citizen, "kia");
    await sabar.idle();
    expect((await sabar.ready()).counts?.parked).toBeGreaterThan(before);
    const page = await sari.get(`/console/conversations/${citizen}`);
    expect(page.text).toContain("Belum terkirim: ");
  });

  it("does not send again when the platform says that it went out all the same", async () => {
    const citizen = newCitizen();
    standIn.graph.setFault(error(1, 1357046));
    await taps(citizen, "batal");
    await sabar.idle();
    // The stand-in refused that one; the server believes the platform and goes on with the next.
    expect(standIn.heard(citizen).some((text) => text.includes("Baik, tidak jadi"))).toBe(true);
    expect(standIn.heard(citizen)).toHaveLength(1);
  });

  it("stops all sending when the page is restricted, says so on the health page, and loses nothing", async () => {
    const citizen = newCitizen();
    standIn.graph.setFault(error(10, 1893063));
    await taps(citizen, "kia");
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { ready, sending, counts } = await sabar.ready();
    expect(ready).toBe(false);
    expect(sending).toMatchObject({ code: "10/1893063" });
    expect(counts?.outboxWaiting).toBeGreaterThan(0);
    const page = await (await fetch(`${sabar.url}/readyz`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("BERHENTI");
    expect(standIn.heard(citizen)).toEqual([]);
  });

  it("has kept, for every reply that cannot be delivered, why: in words that staff can read", async () => {
    await sabar.stop();
    const store = await openSqliteStore(path.join(place.folder, "sabar.db"));
    const parked = await store.parked(100);
    await store.close();
    const codes = parked.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["551/1545041", "10/2018278", "100/2018001"]));
    for (const { reason } of parked) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
