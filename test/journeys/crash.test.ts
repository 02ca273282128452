/** The power goes, again and again, in the middle of a busy evening: nothing that was accepted is lost. */
import { quickReply } from "../../src/simulator/payloads";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
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

describe("A process that is killed in a burst", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;
  let port: number;
  const start = (): Promise<Sabar> => startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });

  beforeAll(async () => {
    port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
    sabar = await start();
  });
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
  });

  it("answers every accepted message, in order, and repeats only what was in flight", async () => {
    const citizens = Array.from({ length: CITIZENS }, (_, i) => `${7_000_000_000_000_000 + i}`);
    const accepted = new Set<string>();
    const tap = async (citizen: string, topic: number): Promise<void> => {
      const mid = `m_crash-${citizen}-${topic}`;
      const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
      const delivery = quickReply(talk, "pilihan", payloadOfIntent(TOPICS[topic] ?? ""), mid);
      if ((await standIn.facebook.deliver(citizen, delivery)).status === 200) accepted.add(mid);
    };
    const progress = { isDone: false };
    const burst = Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        for (let topic = 0; topic < TOPICS.length; topic += 1)
          for (let i = worker; i < CITIZENS; i += WORKERS) await tap(citizens[i] ?? "", topic);
      }),
    ).finally(() => {
      progress.isDone = true;
    });
    let kills = 0;
    while (kills < KILLS && !progress.isDone) {
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 350));
      await sabar.kill();
      kills += 1;
      sabar = await start();
    }
    await burst;
    await sabar.idle(60_000);

    const keys = standIn.graph.sent.map(({ metadata }) => metadata ?? "");
    const repeated = keys.length - new Set(keys).size;
    const answered = new Set(keys.map(messageOf));
    console.log(
      `${accepted.size} accepted, ${kills} kills, ${keys.length} replies sent, ${repeated} sent again because they were in flight at a kill`,
    );
    expect(kills).toBe(KILLS);
    expect(accepted.size).toBe(MESSAGES);
    expect([...accepted].filter((mid) => !answered.has(mid))).toEqual([]);
    const { counts } = await sabar.ready();
    expect(counts).toMatchObject({ inboxWaiting: 0, outboxWaiting: 0, parked: 0 });
    // At most as many as can be on the wire at once, for each kill.
    expect(repeated).toBeLessThanOrEqual(48 * KILLS);
    for (const citizen of citizens) {
      const order = standIn.graph.sent
        .filter((each) => each.citizen === citizen)
        .map(({ metadata }) => messageOf(metadata ?? ""));
      const firsts = order.filter((mid, index) => order.indexOf(mid) === index);
      expect(firsts).toEqual(TOPICS.map((_, topic) => `m_crash-${citizen}-${topic}`));
    }
  }, 180_000);
});

/** The message that a reply with this metadata answers. */
function messageOf(metadata: string): string {
  return metadata.replace(/^sabar:/, "").replace(/#\d+$/, "");
}
