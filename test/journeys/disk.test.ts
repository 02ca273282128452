/** The disk is full: Facebook hears 500 and delivers again, the health page says so, and the process lives. */
import { textMessage } from "../../src/simulator/payloads";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import path from "node:path";
import axios from "axios";
import { bytesOf, sign } from "../../src/simulator/payloads";

describe("A full disk", () => {
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
    await sabar.kill();
    await standIn.close();
    place.remove();
  });

  const post = async (index: number): Promise<number> => {
    const citizen = String(7_300_000_000_000_000 + index);
    const body = bytesOf(
      textMessage(
        { pageId: KEYS.pageId, citizen, at: Date.now() },
        `zzqx ${"x".repeat(4000)}`,
        `m_disk${index}`,
      ),
    );
    const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body, KEYS.appSecret) };
    return (
      await axios.post(`${sabar.url}/webhook`, body, { headers, validateStatus: () => true, proxy: false })
    ).status;
  };

  it("answers 500, says so on the health page, keeps running, and has every message it had answered 200 for", async () => {
    // No file of this process may grow beyond 6 MB: to SQLite that is a full disk.
    sabar = await startSabar({
      port,
      dataDir: place.folder,
      graphUrl: standIn.graphUrl,
      wrap: "ulimit -f 6000",
    });
    let accepted = 0;
    let refused = 0;
    let health: Response | undefined;
    // Now and then a checkpoint makes room once more; in the end there is none.
    for (let i = 0; i < 5000 && health?.status !== 503; i += 1) {
      const status = await post(i);
      if (status === 200) accepted += 1;
      else {
        expect(status).toBe(500);
        refused += 1;
        health = await fetch(`${sabar.url}/readyz`);
      }
    }
    console.log(`${accepted} accepted, ${refused} refused`);
    expect(accepted).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(0);
    expect(health?.status).toBe(503);
    expect(await health?.json()).toMatchObject({ ready: false, store: "failed" });
    expect((await fetch(`${sabar.url}/healthz`)).status).toBe(200);
    await sabar.kill();

    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    await sabar.idle(60_000);
    const answered = new Set(standIn.graph.sent.map(({ citizen }) => citizen));
    expect(answered.size).toBeGreaterThanOrEqual(accepted);
    await sabar.stop();
  }, 90_000);

  it("does not start on a folder that cannot be written, and says why", async () => {
    await expect(
      startSabar({ port, dataDir: path.join(__filename, "data"), graphUrl: standIn.graphUrl }),
    ).rejects.toThrow(/cannot be opened\. Check that DATA_DIR may be written/);
  });

  it("does not start twice on one database", async () => {
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    await expect(
      startSabar({ port: await freePort(), dataDir: place.folder, graphUrl: standIn.graphUrl }),
    ).rejects.toThrow(/in use by another process/);
    expect(await sabar.stop()).toBe(0);
  });
});
