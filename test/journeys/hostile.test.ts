/** Ten thousand deliveries in bad faith, through the real server: no crash, no 5xx, bounded memory, and the next citizen is answered. */
import { Agent } from "node:http";
import axios from "axios";
import fc from "fast-check";
import { signBody } from "../../src/messenger/signature";
import { textMessage } from "../../src/simulator/payloads";
import { hostileBody, SAVED } from "../support/hostile";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

const RUNS = 500;
const AT_ONCE = 20;
/** What a healthy server of this size needs, and as much again. */
const MOST_MEMORY_BYTES = 600 * 1024 * 1024;

describe("Deliveries in bad faith", () => {
  const place = temporaryFolder();
  const httpAgent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let standIn: StandIn;
  let sabar: Sabar;

  beforeAll(async () => {
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
  });
  afterAll(async () => {
    httpAgent.destroy();
    await sabar.stop();
    await standIn.close();
    place.remove();
  });

  const post = async (body: string | Buffer, isSigned = true): Promise<number> => {
    const signature = isSigned ? signBody(body, KEYS.appSecret) : `sha256=${"0".repeat(64)}`;
    const { status } = await axios.post(`${sabar.url}/webhook`, body, {
      headers: { "content-type": "application/json", "x-hub-signature-256": signature },
      transformRequest: [],
      validateStatus: () => true,
      httpAgent,
      timeout: 20_000,
      proxy: false,
    });
    return status;
  };

  it("are each answered with a status that means something, and none of them with a failure", async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(hostileBody, fc.boolean(), fc.boolean()), {
          minLength: AT_ONCE,
          maxLength: AT_ONCE,
        }),
        async (bodies) => {
          const heard = await Promise.all(
            bodies.map(([body, first, second]) => post(Buffer.from(body), first || second)),
          );
          for (const status of heard) {
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            expect([200, 400, 403, 404]).toContain(status);
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    console.log(
      `${RUNS * AT_ONCE} bodies: ${[...statuses].map(([status, n]) => `${n} × ${status}`).join(", ")}`,
    );
    expect(statuses.get(200)).toBeGreaterThan(RUNS * AT_ONCE * 0.3);
    expect(statuses.get(403)).toBeGreaterThan(0);
  }, 150_000);

  it("under a wrong signature leave no row, and nobody is answered (S-12)", async () => {
    await sabar.idle(60_000);
    const before = await sabar.ready();
    const citizen = "7700000000000009";
    const forged = JSON.stringify(
      textMessage(
        { pageId: KEYS.pageId, citizen, at: Date.now() },
        "tolong kebakaran di jl mawar",
        "m_forged",
      ),
    );
    expect(await post(forged, false)).toBe(403);
    expect((await sabar.ready()).counts).toEqual(before.counts);
    expect(standIn.heard(citizen)).toEqual([]);
    // The same, signed: it is new, so nothing of it was kept before.
    expect(await post(forged)).toBe(200);
    await sabar.idle(60_000);
    expect(standIn.heard(citizen).length).toBeGreaterThan(0);
    expect((await sabar.ready()).counts?.openEscalations).toBe((before.counts?.openEscalations ?? 0) + 1);
  }, 150_000);

  it("of eight megabytes each, and a thousand pages in one, hold nothing up", async () => {
    const many = JSON.stringify({
      object: "page",
      entry: Array.from({ length: 60 }, () => SAVED).flatMap((each) => each),
    });
    const bodies = [
      "x".repeat(8_000_000),
      JSON.stringify({ object: "page", entry: [{ id: KEYS.pageId, messaging: ["x".repeat(7_000_000)] }] }),
      `{"object":"page","entry":[{"id":"${KEYS.pageId}","messaging":[${"{},".repeat(2_000_000)}{}]}]}`,
      many,
    ];
    for (const body of bodies) expect([200, 400]).toContain(await post(body));
    expect(await post("x".repeat(8 * 1024 * 1024 + 1))).toBe(413);
  }, 60_000);

  it("leave the server as it was: alive, within its memory, and answering", async () => {
    await sabar.idle(60_000);
    expect(sabar.output()).not.toMatch(/uncaught|unhandled|FATAL/i);
    const metrics = await (await fetch(`${sabar.url}/metrics`)).text();
    const memory = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
    expect(memory).toBeGreaterThan(0);
    expect(memory).toBeLessThan(MOST_MEMORY_BYTES);
    const citizen = "7700000000000001";
    await standIn.facebook.deliver(
      citizen,
      textMessage({ pageId: KEYS.pageId, citizen, at: Date.now() }, "ktp saya hilang"),
    );
    await sabar.idle();
    expect(standIn.heard(citizen).join(" ")).toContain("Turut prihatin");
  }, 90_000);
});
