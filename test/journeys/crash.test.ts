/** The power goes, again and again, in the middle of a busy evening: nothing that was accepted is lost. */
import { createFacebook, type Facebook } from "../../src/simulator/facebook";
import { quickReply } from "../../src/simulator/payloads";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import { check, type Run } from "../faults/checker";
import { startGraphs, type Graphs } from "../faults/graphs";
import { readLog } from "../faults/read-log";
import { KEYS, wordsOf } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

const CITIZENS = 250;
const WORKERS = 20;
const KILLS = 5;
/** Every citizen taps each of these once, so every message has an answer of its own. */
const TOPICS = [
  "ktp-hilang",
  "ktp-baru",
  "ktp-rusak",
  "kk-baru",
  "kk-hilang",
  "akta-lahir",
  "pindah-datang",
  "kia",
];
const MESSAGES = CITIZENS * TOPICS.length;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers from 0 to 1, the same for the same seed (Tommy Ettinger's mulberry32, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("A process that is killed in a burst", () => {
  const place = temporaryFolder();
  const sends: Run["sends"][number][] = [];
  let graphs: Graphs;
  let facebook: Facebook;
  let sabar: Sabar;
  let port: number;
  const startAs = (name: string): Promise<Sabar> =>
    startSabar({
      port,
      dataDir: place.folder,
      graphUrl: graphs.urlFor(name),
      env: { LOG_LEVEL: "debug" },
    });

  beforeAll(async () => {
    port = await freePort();
    const webhookUrl = `http://127.0.0.1:${port}/webhook`;
    facebook = createFacebook({ webhookUrl, appSecret: KEYS.appSecret, mostAttempts: 100 });
    // No echoes: what was in flight at a kill is said again, and counted.
    graphs = await startGraphs((server, { citizen, metadata = "", message }) => {
      const key = metadata.replace(/^sabar:/, "");
      sends.push({ server, citizen, key, words: wordsOf(message), at: Date.now() });
    });
    sabar = await startAs("s0");
  });
  afterAll(async () => {
    facebook.close();
    await sabar.stop();
    graphs.close();
    place.remove();
  });

  it("answers every accepted message, in order, and repeats only what was in flight", async () => {
    const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
    try {
      await play(randomFrom(seed));
    } catch (error) {
      console.log(`CRASH_SEED=${seed} kills at the same moments again`);
      throw error;
    }
  }, 180_000);

  async function play(random: () => number): Promise<void> {
    const citizens = Array.from({ length: CITIZENS }, (_, i) => `${7_000_000_000_000_000 + i}`);
    const accepted = new Map<string, string[]>(citizens.map((citizen) => [citizen, []]));
    const about = new Map<string, string>();
    let count = 0;
    const written: Run["written"][number][] = [];
    const downs: { server: string; from: number; to: number }[] = [];
    let server = "s0";
    const tap = async (citizen: string, topic: number): Promise<void> => {
      const mid = `m_crash-${citizen}-${topic}`;
      about.set(mid, TOPICS[topic] ?? "");
      const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
      const delivery = quickReply(talk, "pilihan", payloadOfIntent(TOPICS[topic] ?? ""), mid);
      if ((await facebook.deliver(citizen, delivery)).status !== 200) return;
      accepted.get(citizen)?.push(mid);
      count += 1;
    };
    const burst = Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        for (let topic = 0; topic < TOPICS.length; topic += 1)
          for (let i = worker; i < CITIZENS; i += WORKERS) await tap(citizens[i] ?? "", topic);
      }),
    );
    // By how much has been accepted, so that a slow machine is killed as often as a fast one.
    const moments = Array.from({ length: KILLS }, () => Math.floor(20 + random() * (MESSAGES - 120)));
    for (const moment of moments.sort((a, b) => a - b)) {
      while (count < moment) await wait(1);
      await wait(random() * 40);
      const from = Date.now();
      await sabar.kill();
      // What it has sent lies in the sockets still, and may be read any time from now on.
      downs.push({ server, from, to: Infinity });
      written.push(...readLog(server, sabar.output()).written);
      server = `s${downs.length}`;
      sabar = await startAs(server);
    }
    await burst;
    await sabar.idle(60_000);
    written.push(...readLog(server, sabar.output()).written);

    const { faults, repeatedInFlight } = check({
      ...{ accepted, about, sends, written, downs },
      ...{ parked: [], lanes: [], databaseDowns: [] },
    });
    console.log(
      `${count} accepted, ${downs.length} kills, ${sends.length} replies sent, ${repeatedInFlight} sent again because they were in flight at a kill`,
    );
    const { counts } = await sabar.ready();
    expect({ faults, accepted: count, kills: downs.length, counts }).toEqual({
      faults: [],
      accepted: MESSAGES,
      kills: KILLS,
      counts: expect.objectContaining({ inboxWaiting: 0, outboxWaiting: 0, parked: 0 }) as unknown,
    });
    // At most as many as can be on the wire at once, for each kill.
    expect(repeatedInFlight).toBeLessThanOrEqual(48 * KILLS);
    expect(written.length).toBeGreaterThan(MESSAGES);
  }
});
