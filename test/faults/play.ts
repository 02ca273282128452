/** A busy evening on several servers while they are killed and paused and the database is started anew. */
import type { Sending } from "../../src/simulator/graph";
import { echo, quickReply } from "../../src/simulator/payloads";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import type { MongoServer } from "../support/mongo";
import { freePort, startSabar, type Readiness, type Sabar } from "../support/sabar";
import { KEYS, wordsOf } from "../support/stand-in";
import { createBalancer, type Address } from "./balancer";
import { check, type Run } from "./checker";
import { startGraphs } from "./graphs";
import { TOPICS, type Plan } from "./plans";
import { readLog } from "./read-log";
import type { Report } from "./report";

const WORKERS = 24;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Place extends Address {
  sabar: Sabar;
  isDown: boolean;
  starts: number;
}

/** `mongo`: where the servers keep everything; without one it is a SQLite file in `dataDir`. */
export async function playFaults(
  plan: Plan,
  mongo: Pick<MongoServer, "newDatabase" | "stop" | "start"> | undefined,
  dataDir: string,
): Promise<Report> {
  const began = Date.now();
  const sends: Run["sends"][number][] = [];
  const downs: { server: string; from: number; to: number }[] = [];
  const written: Run["written"][number][] = [];
  const databaseDowns: { from: number; to: number }[] = [];
  const lanes: Run["lanes"][number][] = [];
  const parked: string[] = [];
  const places: Place[] = [];
  const database: Record<string, string> = mongo === undefined ? {} : { MONGODB_URI: mongo.newDatabase() };
  let kills = 0;
  let pauses = 0;
  let doubts = 0;
  let latestEchoMs = 0;
  const balancer = createBalancer(places, plan.idleWithinMs);
  const failures: string[] = [];
  let isOver = false;
  const waitUntil = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      if (isOver) throw new Error("The evening has ended.");
      await wait(20);
    }
  };

  const echoBack = async ({ citizen, mid, metadata = "", message }: Sending): Promise<void> => {
    const at = Date.now();
    const said = { mid, appId: KEYS.appId, metadata, text: wordsOf(message) };
    await balancer.deliver(`the echo of ${metadata}`, echo({ pageId: KEYS.pageId, citizen, at }, said));
    latestEchoMs = Math.max(latestEchoMs, Date.now() - at);
  };
  const graphs = await startGraphs((server, sending) => {
    const { citizen, metadata = "", message } = sending;
    const key = metadata.replace(/^sabar:/, "");
    sends.push({ server, citizen, key, words: wordsOf(message), at: Date.now() });
    echoBack(sending).catch((error: unknown) => failures.push(String(error)));
  });

  const startAt = (port: number, graphUrl: string): Promise<Sabar> =>
    startSabar({
      port,
      dataDir,
      graphUrl,
      env: { ...database, LANE_LEASE_SECONDS: String(plan.leaseSeconds), LOG_LEVEL: "debug" },
    });

  const read = (place: Place): void => {
    const log = readLog(place.name, place.sabar.output());
    lanes.push(...log.lanes);
    written.push(...log.written);
    parked.push(...log.parked);
    doubts += log.doubts;
  };

  const open = async (letter: string): Promise<void> => {
    const port = await freePort();
    const name = `${letter}1`;
    const sabar = await startAt(port, graphs.urlFor(name));
    places.push({ name, port, sabar, isDown: false, starts: 1, avoidedUntil: 0 });
  };

  const kill = async (place: Place): Promise<void> => {
    place.isDown = true;
    kills += 1;
    const from = Date.now();
    await place.sabar.kill();
    // What it has sent lies in the sockets still, and may be read any time from now on.
    downs.push({ server: place.name, from, to: Infinity });
    read(place);
    place.starts += 1;
    place.name = `${place.name[0] ?? ""}${place.starts}`;
    place.sabar = await startAgain(place);
    place.isDown = false;
  };

  /** The database may be away just now. */
  const startAgain = async ({ port, name }: Place): Promise<Sabar> => {
    const graphUrl = graphs.urlFor(name);
    for (let tries = 0; ; tries += 1)
      try {
        return await startAt(port, graphUrl);
      } catch (error) {
        if (tries === 20) throw error;
        await wait(500);
      }
  };

  const pause = async (place: Place): Promise<void> => {
    place.isDown = true;
    pauses += 1;
    const down = { server: place.name, from: Date.now(), to: Infinity };
    downs.push(down);
    place.sabar.signal("SIGSTOP");
    await wait(plan.pauseMs);
    place.sabar.signal("SIGCONT");
    down.to = Date.now();
    place.isDown = false;
  };

  const accepted = new Map<string, string[]>();
  const about = new Map<string, string>();
  let sent = 0;
  /** Nobody writes more than so many messages before the next disturbance has begun. */
  let writable = 0;
  const talkAll = async (): Promise<void> => {
    const perCitizen = Math.ceil(plan.messages / plan.citizens);
    if (perCitizen > TOPICS.length) throw new Error("There are not so many topics.");
    const citizens = Array.from({ length: plan.citizens }, (_, i) => `${7_400_000_000_000_000 + i}`);
    await Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        for (let n = 0; n < perCitizen; n += 1)
          for (let i = worker; i < citizens.length && sent < plan.messages; i += WORKERS) {
            const citizen = citizens[i]!;
            await waitUntil(() => sent < writable || sent >= plan.messages);
            if (sent >= plan.messages) return;
            sent += 1;
            const mid = `m_f-${citizen}-${n}`;
            const topic = TOPICS[n]!;
            about.set(mid, topic);
            const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
            await balancer.deliver(mid, quickReply(talk, "pilihan", payloadOfIntent(topic), mid));
            accepted.set(citizen, [...(accepted.get(citizen) ?? []), mid]);
          }
      }),
    );
  };

  const running: Promise<void>[] = [];
  /** Every one of them happens, in the middle of the talk, however slow the machine is. */
  const disturb = async (): Promise<void> => {
    for (let n = 1; n <= plan.faults; n += 1) {
      writable = Math.floor((plan.messages * (n - Math.random() / 2)) / (plan.faults + 1));
      // One of several servers is always left, as one would hope.
      const upNow = (): Place[] => places.filter(({ isDown }) => !isDown);
      await waitUntil(() => sent >= writable && upNow().length >= Math.min(2, plan.servers));
      const up = upNow();
      const victim = up[Math.floor(Math.random() * up.length)]!;
      const run = n % 2 === 0 ? kill(victim) : pause(victim);
      // It is looked at when the talk has ended.
      run.catch(() => undefined);
      running.push(run);
    }
    writable = plan.messages;
  };
  const restartDatabase = async (): Promise<void> => {
    for (let n = 1; n <= plan.databaseRestarts; n += 1) {
      await waitUntil(() => sent >= (plan.messages * n) / (plan.databaseRestarts + 1));
      const from = Date.now();
      databaseDowns.push({ from, to: Infinity });
      await mongo?.stop();
      await wait(plan.databaseAwayMs);
      await mongo?.start();
      databaseDowns[databaseDowns.length - 1] = { from, to: Date.now() };
    }
  };

  const countsOf = async (place: Place): Promise<Readiness["counts"]> => {
    const ready = place.sabar.ready().catch(() => undefined);
    const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, 10_000, undefined).unref());
    return (await Promise.race([ready, tooLate]))?.counts;
  };

  /** Nothing waits any more, here or on its way; otherwise it says what does. */
  const allIdle = async (): Promise<void> => {
    const until = Date.now() + plan.idleWithinMs;
    for (;;) {
      const counts = await countsOf(places[0]!);
      if (counts?.inboxWaiting === 0 && counts.outboxWaiting === 0 && balancer.underWay.size === 0) return;
      if (Date.now() > until) break;
      await wait(500);
    }
    const answered = new Set(sends.map(({ key }) => key.slice(0, key.lastIndexOf("#"))));
    const unanswered = [...accepted.values()].flat().filter((mid) => !answered.has(mid));
    const states = await Promise.all(
      places.map(async (place) => {
        const counts = await countsOf(place);
        return `${place.name}: ${counts === undefined ? "no answer" : JSON.stringify(counts)}`;
      }),
    );
    throw new Error(
      [
        `still busy after ${plan.idleWithinMs} ms`,
        ...states,
        `${unanswered.length} without an answer: ${unanswered.slice(0, 20).join(", ")}`,
        `${balancer.underWay.size} not accepted: ${[...balancer.underWay].slice(0, 20).join("; ")}`,
      ].join("\n"),
    );
  };

  const telling = setInterval(
    () => plan.say?.(`${sent} messages, ${sends.length} replies, ${kills} kills, ${pauses} pauses`),
    5000,
  );
  try {
    for (let i = 0; i < plan.servers; i += 1) await open(String.fromCharCode(97 + i));
    await Promise.all([talkAll(), disturb(), restartDatabase()]);
    await Promise.all(running);
    await allIdle();
  } finally {
    isOver = true;
    balancer.close();
    clearInterval(telling);
    for (const place of places) {
      place.sabar.signal("SIGCONT");
      await place.sabar.stop();
      read(place);
    }
    graphs.close();
  }
  const { faults, repeatedInFlight } = check({
    ...{ accepted, about, sends, parked, lanes, written, downs, databaseDowns },
  });
  return {
    faults: [...failures, ...faults],
    repeatedInFlight,
    accepted: [...accepted.values()].flat().length,
    sent: sends.length,
    kills,
    pauses,
    doubts,
    latestEchoMs,
    databaseRestarts: plan.databaseRestarts,
    seconds: Math.round((Date.now() - began) / 1000),
  };
}
