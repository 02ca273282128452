/** The disk is full: Facebook hears 500 and delivers again, the health page says so, and the process lives and loses nothing. */
import path from "node:path";
import axios from "axios";
import { bytesOf, quickReply, sign, type Json } from "../../src/simulator/payloads";
import { describeOnFullDisk, fillDisk, makeRoom } from "../support/full-disk";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { until } from "../support/store";

let place: ReturnType<typeof temporaryFolder>;
let standIn: StandIn;
let sabar: Sabar;
let port: number;

beforeEach(async () => {
  place = temporaryFolder();
  port = await freePort();
  standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
});
afterEach(async () => {
  // The first one may not have started.
  await (sabar as Sabar | undefined)?.kill();
  await standIn.close();
  place.remove();
});

const midOf = (citizen: string): string => `m_disk${citizen}`;
const tap = (citizen: string): Json =>
  quickReply({ pageId: KEYS.pageId, citizen, at: Date.now() }, "KIA", "intent:kia", midOf(citizen));

/** Delivers once; Facebook itself would do it again after anything but 200. */
async function post(citizen: string): Promise<number> {
  const body = bytesOf(tap(citizen));
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body, KEYS.appSecret) };
  const options = { headers, validateStatus: () => true, proxy: false as const };
  return (await axios.post(`${sabar.url}/webhook`, body, options)).status;
}

let count = 7_300_000_000_000_000;
const newCitizens = (howMany: number): string[] =>
  Array.from({ length: howMany }, () => String((count += 1)));

describeOnFullDisk("A disk that is full for a while", () => {
  it("makes the webhook answer 500 and the health page say so; the same process has everything answered once when there is room again", async () => {
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    const before = newCitizens(10);
    expect(await Promise.all(before.map(post))).toEqual(before.map(() => 200));
    await sabar.idle();
    const [first = ""] = before;
    const replies = standIn.keysOf(first).length;
    expect(replies).toBeGreaterThan(0);

    // Some are under way while it fills up: kept or refused, their turns and notes cannot all be written.
    const between = newCitizens(30);
    const underWay = between.map(post);
    await until(() => standIn.graph.sent.length > before.length * replies);
    fillDisk(sabar.pid);
    const statuses = await Promise.all(underWay);
    expect(statuses.filter((status) => status !== 200 && status !== 500)).toEqual([]);

    const during = newCitizens(5);
    for (const citizen of during) expect(await post(citizen)).toBe(500);
    await until(async () => (await fetch(`${sabar.url}/readyz`)).status === 503);
    expect(await sabar.ready()).toMatchObject({ ready: false, store: "failed" });
    const page = await (await fetch(`${sabar.url}/readyz`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("GAGAL: data tidak bisa ditulis. Periksa ruang disk");
    expect((await fetch(`${sabar.url}/healthz`)).status).toBe(200);
    for (const citizen of during) expect(standIn.keysOf(citizen)).toEqual([]);

    // Facebook goes on delivering what was refused; it gets through as soon as there is room.
    const refused = [...between.filter((_, index) => statuses[index] === 500), ...during];
    const redelivered = refused.map((citizen) => standIn.facebook.deliver(citizen, tap(citizen)));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(sabar.isRunning()).toBe(true);
    makeRoom(sabar.pid);
    for (const { status, attempts } of await Promise.all(redelivered)) {
      expect(status).toBe(200);
      expect(attempts).toBeGreaterThan(1);
    }
    // Once more, because Facebook may not have heard the 200.
    for (const citizen of refused) expect(await post(citizen)).toBe(200);
    await sabar.idle(60_000);
    for (const citizen of [...before, ...between, ...during])
      expect(standIn.keysOf(citizen)).toEqual(
        Array.from({ length: replies }, (_, n) => `${midOf(citizen)}#${n}`),
      );
    await until(async () => (await fetch(`${sabar.url}/readyz`)).status === 200);
    expect((await sabar.ready()).counts).toMatchObject({ parked: 0 });
    expect(sabar.isRunning()).toBe(true);
    expect(await sabar.stop()).toBe(0);
  }, 120_000);

  it("has every message that was accepted, also when the power goes meanwhile", async () => {
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    const citizens = newCitizens(60);
    const underWay = citizens.map(post);
    await until(() => standIn.graph.sent.length > 0);
    fillDisk(sabar.pid);
    const statuses = await Promise.all(underWay);
    await sabar.kill();
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    await sabar.idle(60_000);
    for (const [index, citizen] of citizens.entries())
      if (statuses[index] === 200) expect(standIn.keysOf(citizen)).toContain(`${midOf(citizen)}#0`);
      else expect(statuses[index]).toBe(500);
    expect(await sabar.stop()).toBe(0);
  }, 120_000);
});

describe("A data folder", () => {
  it("that cannot be written keeps the server from starting, and it says why", async () => {
    await expect(
      startSabar({ port, dataDir: path.join(__filename, "data"), graphUrl: standIn.graphUrl }),
    ).rejects.toThrow(/cannot be opened\. Check that DATA_DIR may be written/);
  });

  it("is one server's: a second one on it does not start", async () => {
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    await expect(
      startSabar({ port: await freePort(), dataDir: place.folder, graphUrl: standIn.graphUrl }),
    ).rejects.toThrow(/in use by another process/);
    expect(await sabar.stop()).toBe(0);
  });
});
