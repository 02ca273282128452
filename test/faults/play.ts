/** A busy evening on several servers while they are killed and paused and the database is started anew. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axios from "axios";
import express from "express";
import { createFakeGraph } from "../../src/simulator/graph";
import { bytesOf, echo, quickReply, sign } from "../../src/simulator/payloads";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import type { MongoServer } from "../support/mongo";
import { freePort, startSabar, type Sabar } from "../support/sabar";
import { KEYS, wordsOf } from "../support/stand-in";
import { check, type Run, type Verdict } from "./checker";
import { readLog } from "./read-log";

export interface Plan {
  servers: number;
  citizens: number;
  messages: number;
  leaseSeconds: number;
  pauseMs: number;
  /** Kills and pauses, spread over the messages: a slow machine has as many as a fast one. */
  faults: number;
  databaseRestarts: number;
  /** How long to wait for the last answer. */
  idleWithinMs: number;
  /** Hears every few seconds how far it has come. */
  say?: (sentence: string) => void;
}

/** As the test suite plays it: everything happens, in a minute or two. */
export const SHORT: Plan = {
  servers: 3,
  citizens: 40,
  messages: 300,
  leaseSeconds: 8,
  pauseMs: 12_000,
  faults: 4,
  databaseRestarts: 1,
  idleWithinMs: 300_000,
};

/** In full: pauses longer than the lease that servers are run with. */
export const LONG: Plan = {
  servers: 3,
  citizens: 300,
  messages: 5000,
  leaseSeconds: 30,
  pauseMs: 40_000,
  faults: 40,
  databaseRestarts: 2,
  idleWithinMs: 600_000,
};

/** One server on one file: it is killed and paused, and has to come back by itself. */
export const ALONE: Plan = {
  servers: 1,
  citizens: 30,
  messages: 300,
  leaseSeconds: 30,
  pauseMs: 4000,
  faults: 6,
  databaseRestarts: 0,
  idleWithinMs: 240_000,
};

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

/** Every citizen taps each of these at most once: every message has an answer of its own. */
const TOPICS = [
  "ktp-hilang",
  "ktp-baru",
  "ktp-rusak",
  "ktp-ubah-data",
  "kk-baru",
  "kk-hilang",
  "kk-ubah",
  "akta-lahir",
  "akta-kematian",
  "akta-kawin-cerai",
  "pindah-datang",
  "pindah-keluar",
  "kia",
  "ikd",
  "legalisir",
  "jemput-bola",
  "bpjs-pbi",
  "pajak-daerah",
  "acara-kota",
  "jam-dan-alamat",
];
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
  const places: Place[] = [];
  const database: Record<string, string> = mongo === undefined ? {} : { MONGODB_URI: mongo.newDatabase() };
  let kills = 0;
  let pauses = 0;
  let doubts = 0;
  let latestEchoMs = 0;

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
      sends.push({ server: place.name, citizen, key: metadata.replace(/^sabar:/, ""), at: Date.now() });
      const at = Date.now();
      const talk = { pageId: KEYS.pageId, citizen, at };
      void deliver(echo(talk, { mid, appId: KEYS.appId, metadata, text: wordsOf(message) })).then(() => {
        latestEchoMs = Math.max(latestEchoMs, Date.now() - at);
      });
    });
    places.push(place);
  };

  /** As a load balancer and Facebook do together: to any server that has answered lately, again until one says 200. */
  const deliver = async (delivery: Parameters<typeof bytesOf>[0]): Promise<void> => {
    const body = bytesOf(delivery);
    const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body, KEYS.appSecret) };
    for (;;) {
      const up = places.filter(({ avoidedUntil }) => avoidedUntil <= Date.now());
      const among = up.length > 0 ? up : places;
      const place = among[Math.floor(Math.random() * among.length)]!;
      const answer = await axios
        .post(`http://127.0.0.1:${place.port}/webhook`, body, {
          headers,
          validateStatus: () => true,
          proxy: false,
          timeout: 4000,
        })
        .catch(() => undefined);
      if (answer?.status === 200) return;
      if (answer === undefined) place.avoidedUntil = Date.now() + AVOIDED_MS;
      await wait(100);
    }
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
  let sent = 0;
  const talkAll = async (): Promise<void> => {
    const perCitizen = Math.ceil(plan.messages / plan.citizens);
    const citizens = Array.from({ length: plan.citizens }, (_, i) => `${7_400_000_000_000_000 + i}`);
    await Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        for (let n = 0; n < perCitizen; n += 1)
          for (let i = worker; i < citizens.length && sent < plan.messages; i += WORKERS) {
            const citizen = citizens[i]!;
            sent += 1;
            const mid = `m_f-${citizen}-${n}`;
            const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
            await deliver(quickReply(talk, "pilihan", payloadOfIntent(TOPICS[n % TOPICS.length]!), mid));
            accepted.set(citizen, [...(accepted.get(citizen) ?? []), mid]);
          }
      }),
    );
  };

  let isOver = false;
  const running: Promise<void>[] = [];
  const disturb = async (): Promise<void> => {
    for (let n = 1; n <= plan.faults; n += 1) {
      const due = (plan.messages * (n - Math.random() / 2)) / (plan.faults + 1);
      while (!isOver && sent < due) await wait(20);
      const up = places.filter(({ isDown }) => !isDown);
      // One of several servers is always left, as one would hope.
      if (up.length < Math.min(2, plan.servers) || isOver) continue;
      const victim = up[Math.floor(Math.random() * up.length)]!;
      running.push(n % 2 === 0 ? kill(victim) : pause(victim));
    }
  };
  const restartDatabase = async (): Promise<void> => {
    for (let n = 1; n <= plan.databaseRestarts; n += 1) {
      while (sent < (plan.messages * n) / (plan.databaseRestarts + 1)) await wait(20);
      const from = Date.now();
      databaseDowns.push({ from, to: Infinity });
      await mongo?.stop();
      await wait(1000);
      await mongo?.start();
      databaseDowns[databaseDowns.length - 1] = { from, to: Date.now() };
    }
  };

  const telling = setInterval(
    () => plan.say?.(`${sent} messages, ${sends.length} replies, ${kills} kills, ${pauses} pauses`),
    5000,
  );
  try {
    for (let i = 0; i < plan.servers; i += 1) await open(String.fromCharCode(97 + i));
    const others = [disturb(), restartDatabase()];
    await talkAll();
    isOver = true;
    await Promise.all(others);
    await Promise.all(running);
    await allIdle(places, plan.idleWithinMs);
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
  return {
    ...check({ accepted, sends, lanes, written, downs, databaseDowns }),
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

async function allIdle(places: Place[], withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < until) {
    const { counts } = await places[0]!.sabar.ready();
    last = counts;
    if (counts?.inboxWaiting === 0 && counts.outboxWaiting === 0) return;
    await wait(500);
  }
  throw new Error(`still busy: ${JSON.stringify(last)}`);
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
