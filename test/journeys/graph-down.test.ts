/** Facebook's API is away for more than a minute, or slow just under and just over the time-out: all is said, once and in order. */
import { quickReply } from "../../src/simulator/payloads";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { until } from "../support/store";

const SECOND = 1000;
const OUTAGE_MS = 65 * SECOND;
/** A doubt that begins just before the end waits a minute for its echo. */
const AFTER_MS = 100 * SECOND;
const LONG = 240 * SECOND;
/** Each citizen taps them in this order, one every few seconds. */
const TOPICS = ["kia", "ktp-hilang", "kk-hilang", "ktp-rusak"];

let count = 7_150_000_000_000_000;
const newCitizen = (): string => String((count += 1));
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A server of its own, with a Graph API of its own. */
interface World {
  standIn: StandIn;
  sabar: Sabar;
  taps(citizen: string, topic: string): Promise<void>;
  /** What somebody hears who taps all topics while all is well. */
  expected(citizen: string): string[];
}

const midOf = (citizen: string, topic: string): string => `m_${topic}-${citizen}`;

async function inWorld(play: (world: World) => Promise<void>): Promise<void> {
  const place = temporaryFolder();
  const port = await freePort();
  const standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
  const sabar = await startSabar({
    port,
    dataDir: place.folder,
    graphUrl: standIn.graphUrl,
    env: { LOG_LEVEL: "info" },
  });
  const taps = async (citizen: string, topic: string): Promise<void> => {
    const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
    const tap = quickReply(talk, "pilihan", `intent:${topic}`, midOf(citizen, topic));
    expect((await standIn.facebook.deliver(citizen, tap)).status).toBe(200);
  };
  try {
    const first = newCitizen();
    for (const topic of TOPICS) await taps(first, topic);
    await sabar.idle();
    const keys = standIn.keysOf(first);
    for (const topic of TOPICS) expect(keys).toContain(`${midOf(first, topic)}#0`);
    const expected = (citizen: string): string[] => keys.map((key) => key.replace(first, citizen));
    await play({ standIn, sabar, taps, expected });
  } finally {
    standIn.graph.setFault(undefined);
    await sabar.stop();
    await standIn.close();
    place.remove();
  }
}

/** While Facebook is away everybody goes on writing; when it is back, each has heard everything once, in order. */
async function throughOutage(
  { standIn, sabar, taps, expected }: World,
  outage: { begin: () => unknown; later: () => unknown; end: () => unknown },
): Promise<void> {
  const citizens = Array.from({ length: 12 }, newCitizen);
  const endsAt = Date.now() + OUTAGE_MS;
  await outage.begin();
  for (const topic of TOPICS) {
    await Promise.all(citizens.map((citizen) => taps(citizen, topic)));
    await wait(OUTAGE_MS / (TOPICS.length + 1));
    await outage.later();
  }
  for (const citizen of citizens) expect(standIn.keysOf(citizen)).toEqual([]);
  const { counts } = await sabar.ready();
  expect(counts).toMatchObject({ inboxWaiting: 0, outboxWaiting: citizens.length * expected("").length });
  await wait(endsAt - Date.now());
  await outage.end();
  await sabar.idle(AFTER_MS);
  for (const citizen of citizens) expect(standIn.keysOf(citizen)).toEqual(expected(citizen));
  expect(await sabar.ready()).toMatchObject({ ready: true, sending: "ok", counts: { parked: 0 } });
}

/** The calls to send a message to this citizen meet `delayMs`, once. */
const slowOnce = (standIn: StandIn, citizen: string, delayMs: number): void =>
  standIn.graph.setFault({ kind: "slow", delayMs, count: 1, onlyMessages: true, citizen });

const STORIES: [string, (world: World) => Promise<void>][] = [
  [
    "whose API refuses every connection for 65 seconds has all messages answered once and in order afterwards",
    (world) =>
      throughOutage(world, {
        begin: () => world.standIn.shut(),
        later: () =>
          until(async () => {
            const { sending, ready } = await world.sabar.ready();
            return !ready && sending !== "ok" && sending.code === "ECONNREFUSED";
          }),
        end: () => world.standIn.open(),
      }),
  ],
  [
    "that answers 503 for 65 seconds, first with a page and then with an error, has all answered once and in order",
    ({ standIn, ...world }) => {
      const page = (): void => standIn.graph.setFault({ kind: "html", status: 503 });
      const error = { code: 2, message: "(#2) Service temporarily unavailable", is_transient: true };
      return throughOutage(
        { standIn, ...world },
        {
          begin: page,
          later: () => standIn.graph.setFault({ kind: "error", status: 503, error }),
          end: () => standIn.graph.setFault(undefined),
        },
      );
    },
  ],
  [
    "that cuts every connection about one citizen for 65 seconds holds up nobody else, and then says all once and in order",
    async ({ standIn, sabar, taps, expected }) => {
      const citizen = newCitizen();
      const endsAt = Date.now() + OUTAGE_MS;
      standIn.graph.setFault({ kind: "down", citizen });
      for (const topic of TOPICS) await taps(citizen, topic);
      const others = Array.from({ length: 5 }, newCitizen);
      for (const topic of TOPICS) await Promise.all(others.map((other) => taps(other, topic)));
      await until(() => others.every((other) => standIn.keysOf(other).length >= expected(other).length));
      for (const other of others) expect(standIn.keysOf(other)).toEqual(expected(other));
      expect(await sabar.ready()).toMatchObject({ ready: true, sending: "ok" });
      await wait(endsAt - Date.now());
      expect(standIn.keysOf(citizen)).toEqual([]);
      standIn.graph.setFault(undefined);
      await sabar.idle(AFTER_MS);
      expect(standIn.keysOf(citizen)).toEqual(expected(citizen));
      expect((await sabar.ready()).counts?.parked).toBe(0);
    },
  ],
  [
    "that takes 9 seconds for a message is waited for; one that takes 12 leaves it in doubt until its echo: neither is said twice",
    async ({ standIn, sabar, taps, expected }) => {
      const doubts = (): number =>
        sabar.output().split("it is not known whether a reply went out").length - 1;
      const [under, over] = [newCitizen(), newCitizen()];
      slowOnce(standIn, under, 9 * SECOND);
      for (const topic of TOPICS) await taps(under, topic);
      await until(() => standIn.keysOf(under).length > 0, 30 * SECOND);
      await sabar.idle();
      expect(standIn.keysOf(under)).toEqual(expected(under));
      expect(doubts()).toBe(0);
      slowOnce(standIn, over, 12 * SECOND);
      for (const topic of TOPICS) await taps(over, topic);
      await until(() => doubts() > 0, 30 * SECOND);
      await sabar.idle();
      // Longer than a reply in doubt waits for its echo.
      await wait(65 * SECOND);
      expect(standIn.keysOf(over)).toEqual(expected(over));
      expect(doubts()).toBe(1);
    },
  ],
];

describe("A Facebook", () => {
  const running = new Map<string, Promise<void>>();
  // Most of it is waiting: all of them wait at the same time.
  beforeAll(() => {
    for (const [name, play] of STORIES) {
      const run = inWorld(play);
      run.catch(() => undefined);
      running.set(name, run);
    }
  });
  afterAll(() => Promise.allSettled(running.values()), LONG);

  it.each(STORIES.map(([name]) => [name]))("%s", (name) => running.get(name), LONG);
});
