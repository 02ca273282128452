/** A busy evening on several servers while they are killed and paused and the database is started anew. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axios from "axios";
import express from "express";
import { createFakeGraph } from "../../src/simulator/graph";
import { bytesOf, echo, quickReply, sign } from "../../src/simulator/payloads";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import type { MongoServer } from "../support/mongo";
import { freePort, startSabar, type Readiness, type Sabar } from "../support/sabar";
import { KEYS, wordsOf } from "../support/stand-in";
import { check, type Run, type Verdict } from "./checker";
import { TOPICS, type Plan } from "./plans";
import { readLog } from "./read-log";

export interface Report extends Verdict {
  accepted: number;
  sent: number;
  kills: number;
  pauses: number;
  /** Calls to the Send API without an answer. */
  doubts: number;
  /** How late the latest echo was. */
  latestEchoMs: number;
  databaseRestarts: number;
  seconds: number;
}

const WORKERS = 24;
/** After a server has not answered, as proxies do it by default. */
const AVOIDED_MS = 10_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Place {
  /** Name of the process that runs here now. */
  name: string;
  port: number;
  graphUrl: string;
  graph: Server;
  sabar: Sabar;
  isDown: boolean;
  starts: number;
  /** The load balancer sends nothing here before. */
  avoidedUntil: number;
}

/** `mongo`: where the servers keep everything; without one it is a SQLite file in `dataDir`. */
export async function playFaults(
  plan: Plan,
  mongo: MongoServer | undefined,
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
  /** Deliveries that no server has accepted yet. */
  const underWay = new Set<string>();
  const failures: string[] = [];
  let isOver = false;
  const waitUntil = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      if (isOver) throw new Error("The evening has ended.");
      await wait(20);
    }
  };

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
    const graph = createFakeGraph({ ...KEYS, now: Date.now });
    const app = express();
    app.use(graph.router);
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const graphUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v26.0`;
    const port = await freePort();
    const place: Place = {
      name: `${letter}1`,
      port,
      graphUrl,
      graph: server,
      sabar: await startAt(port, graphUrl),
      isDown: false,
      starts: 1,
      avoidedUntil: 0,
    };
    graph.onSending(({ citizen, mid, metadata = "", message }) => {
      const at = Date.now();
      const key = metadata.replace(/^sabar:/, "");
      const words = wordsOf(message);
      sends.push({ server: place.name, citizen, key, words, at });
      const talk = { pageId: KEYS.pageId, citizen, at };
      deliver(`the echo of ${key}`, echo(talk, { mid, appId: KEYS.appId, metadata, text: words })).then(
        () => {
          latestEchoMs = Math.max(latestEchoMs, Date.now() - at);
        },
        (error: unknown) => failures.push(String(error)),
      );
    });
    places.push(place);
  };

  /** As a load balancer and Facebook do together: to any server that has answered lately, again until one says 200. */
  const deliver = async (what: string, delivery: Parameters<typeof bytesOf>[0]): Promise<void> => {
    const body = bytesOf(delivery);
    const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body, KEYS.appSecret) };
    const options = { headers, validateStatus: () => true, proxy: false as const, timeout: 4000 };
    const until = Date.now() + plan.idleWithinMs;
    underWay.add(what);
    for (;;) {
      const up = places.filter(({ avoidedUntil }) => avoidedUntil <= Date.now());
      const among = up.length > 0 ? up : places;
      const place = among[Math.floor(Math.random() * among.length)]!;
      const answer = await axios
        .post(`http://127.0.0.1:${place.port}/webhook`, body, options)
        .catch(() => undefined);
      if (answer?.status === 200) break;
      if (answer === undefined) place.avoidedUntil = Date.now() + AVOIDED_MS;
      if (isOver || Date.now() > until)
        throw new Error(`not accepted: ${what}; at last ${place.name} said ${answer?.status ?? "nothing"}`);
      await wait(100);
    }
    underWay.delete(what);
  };

  const kill = async (place: Place): Promise<void> => {
    place.isDown = true;
    kills += 1;
    const at = Date.now();
    await place.sabar.kill();
    // What it has sent lies in the sockets still: it is read before another one runs under this address.
    await wait(500);
    downs.push({ server: place.name, from: at, to: Date.now() });
    read(place);
    place.starts += 1;
    place.name = `${place.name[0] ?? ""}${place.starts}`;
    place.sabar = await startAgain(place);
    place.isDown = false;
  };

  /** The database may be away just now. */
  const startAgain = async (place: Place): Promise<Sabar> => {
    for (let tries = 0; ; tries += 1)
      try {
        return await startAt(place.port, place.graphUrl);
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
            await deliver(mid, quickReply(talk, "pilihan", payloadOfIntent(topic), mid));
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
      await wait(1000);
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
      if (counts?.inboxWaiting === 0 && counts.outboxWaiting === 0 && underWay.size === 0) return;
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
        `${underWay.size} not accepted: ${[...underWay].slice(0, 20).join(", ")}`,
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
    clearInterval(telling);
    for (const place of places) {
      place.sabar.signal("SIGCONT");
      await place.sabar.stop();
      read(place);
      place.graph.close();
      place.graph.closeAllConnections();
    }
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

/** For a person to read. */
export function reportText(report: Report): string {
  const { accepted, sent, kills, pauses, databaseRestarts, repeatedInFlight, seconds, faults } = report;
  const { doubts, latestEchoMs } = report;
  return [
    `${accepted} messages accepted, ${sent} replies sent in ${seconds} s; ${kills} kills, ${pauses} pauses, ${databaseRestarts} starts of the database`,
    `${doubts} sends without an answer; the latest echo came after ${latestEchoMs} ms`,
    `${repeatedInFlight} replies sent again because they were in flight at a kill or pause`,
    faults.length === 0
      ? "nothing lost, nothing doubled, nothing reordered, no lane with two owners"
      : faults.slice(0, 50).join("\n"),
  ].join("\n");
}
