/** One server on a database that is disturbed, and Facebook before it: one delivery at a time, as Facebook makes them. */
import { signBody } from "../../src/messenger/signature";
import { textMessage } from "../../src/simulator/payloads";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";

/** Facebook gives up on an answer after this long (Messenger Platform, "Webhooks"). */
const FACEBOOK_WAITS_MS = 5000;
/** What citizens of these tests write. */
export const LOST = "ktp saya hilang, gimana ya";

export interface OneServer {
  sabar: Sabar;
  standIn: StandIn;
  /** Delivers LOST once; the status, or that there was none in time. */
  deliverOnce(citizen: string, mid: string): Promise<number | "no answer">;
  /** Again and again, as Facebook does, until it is kept; then once more, because the first may have been kept, too. */
  deliverUntilKept(citizen: string, mid: string): Promise<void>;
  /** Fails unless the citizen has the answer to LOST, and no bubble twice. */
  expectOneAnswer(citizen: string): void;
  close(): Promise<void>;
}

/** Starts a server that keeps everything in the MongoDB at `uri`. */
export async function startOneServer(uri: string): Promise<OneServer> {
  const place = temporaryFolder();
  const port = await freePort();
  const standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
  const sabar = await startSabar({
    port,
    dataDir: place.folder,
    graphUrl: standIn.graphUrl,
    env: { MONGODB_URI: uri },
  });
  const deliverOnce: OneServer["deliverOnce"] = async (citizen, mid) => {
    const body = JSON.stringify(textMessage({ pageId: KEYS.pageId, citizen, at: Date.now() }, LOST, mid));
    const answer = await fetch(`${sabar.url}/webhook`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "x-hub-signature-256": signBody(body, KEYS.appSecret) },
      signal: AbortSignal.timeout(FACEBOOK_WAITS_MS),
    }).catch(() => undefined);
    return answer?.status ?? "no answer";
  };
  return {
    sabar,
    standIn,
    deliverOnce,
    async deliverUntilKept(citizen, mid) {
      const until = Date.now() + 60_000;
      while ((await deliverOnce(citizen, mid)) !== 200)
        if (Date.now() > until) throw new Error(`never kept\n${sabar.output().slice(-2000)}`);
      expect(await deliverOnce(citizen, mid)).toBe(200);
    },
    expectOneAnswer(citizen) {
      const heard = standIn.heard(citizen);
      expect(heard.join("\n")).toMatch(/kehilangan/i);
      expect(new Set(heard).size).toBe(heard.length);
    },
    async close() {
      await sabar.stop();
      await standIn.close();
      place.remove();
    },
  };
}
