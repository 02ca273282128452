/** A whole city: the real server as a process with its own database, Facebook's stand-in, and a clock that can be moved. */
import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import {
  BUSINESS_SUITE_APP,
  echo,
  edited,
  newMid,
  postback,
  quickReply,
  reaction,
  textMessage,
  type Json,
} from "../../src/simulator/payloads";
import type { ParkedReply } from "../../src/vocabulary/delivery";
import type { Escalation } from "../../src/vocabulary/escalation";
import { payloadOfIntent } from "../../src/vocabulary/reply";
import { keepLearnt, lendLearnt, untilLearnt } from "./learnt";
import { freePort, temporaryFolder, type Readiness } from "./sabar";
import { KEYS, startStandIn, titlesOf, type StandIn } from "./stand-in";
import { until } from "./store";

export interface City {
  url: string;
  standIn: StandIn;
  /** The city's clock, in milliseconds. */
  now(): number;
  /** Moves the clock. Alarms that are due then have rung. */
  pass(ms: number): Promise<void>;
  /** Each returns when the answer, if there is one, has been delivered. */
  writes(citizen: string, text: string, mid?: string): Promise<string[]>;
  taps(citizen: string, intent: string): Promise<string[]>;
  /** A quick reply below the last bubble, by its writing. */
  chooses(citizen: string, title: string): Promise<string[]>;
  presses(citizen: string, payload: string, title?: string): Promise<string[]>;
  changes(citizen: string, mid: string, text: string, revision?: number): Promise<string[]>;
  reacts(citizen: string, mid: string): Promise<string[]>;
  /** Staff answer in Business Suite. */
  personSays(citizen: string, text: string): Promise<string[]>;
  /** Any delivery. Gives back what the citizen heard since. */
  happens(citizen: string, delivery: Json): Promise<string[]>;
  titles(citizen: string): string[];
  ready(): Promise<Readiness>;
  idle(): Promise<void>;
  /** The open escalation of a citizen. */
  escalationOf(citizen: string): Promise<Escalation | undefined>;
  /** What could not be delivered to a citizen, and why. */
  parkedFor(citizen: string): Promise<ParkedReply[]>;
  /** Stops the server politely and starts it again, as an operator does; at once, or later by the city's clock. */
  startAnew(afterMs?: number): Promise<void>;
  close(): Promise<void>;
}

let count = 7_800_000_000_000_000;
/** Somebody who never wrote before. */
export const newCitizen = (): string => String((count += 1));

/** 25 November 2026, a Wednesday, ten in the morning in Jakarta. */
export const WEDNESDAY_TEN = Date.UTC(2026, 10, 25, 3);

/** Opens the city at `at`. Without a gathering time, unless `env` says otherwise. */
export async function openCity({
  at = WEDNESDAY_TEN,
  env = {},
}: { at?: number; env?: Record<string, string> } = {}): Promise<City> {
  const place = temporaryFolder();
  const port = await freePort();
  let shift = at - Date.now();
  const now = (): number => Date.now() + shift;
  const standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { now });
  const url = `http://127.0.0.1:${port}`;
  const answers = new Map<number, unknown>();
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    lendLearnt(place.folder);
    child = fork(path.join(__dirname, "city-process.cjs"), {
      env: {
        PATH: process.env.PATH,
        CLOCK_SHIFT: String(shift),
        PORT: String(port),
        DATA_DIR: place.folder,
        GATHER_SECONDS: "0",
        SENDS_PER_SECOND: "10000",
        GRAPH_API_URL: standIn.graphUrl,
        MESSENGER_PAGE_ID: KEYS.pageId,
        MESSENGER_APP_ID: KEYS.appId,
        MESSENGER_APP_SECRET: KEYS.appSecret,
        MESSENGER_VERIFY_TOKEN: KEYS.verifyToken,
        MESSENGER_PAGE_TOKEN: KEYS.pageToken,
        ...env,
      },
    });
    answers.clear();
    child.on("message", (message) => {
      const { id, answer } = message as { id: number; answer?: unknown };
      answers.set(id, answer);
    });
    await until(() => answers.has(0) || child.exitCode !== null, 60_000);
    if (child.exitCode === null) return untilLearnt(url, place.folder);
    await standIn.close();
    throw new Error("the city's server did not start; it is the built one: is dist/ up to date?");
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
  };
  let asked = 0;
  const tell = async (message: object): Promise<unknown> => {
    const id = (asked += 1);
    child.send({ id, ...message });
    await until(() => answers.has(id));
    return answers.get(id);
  };
  await start();
  const talk = (citizen: string) => ({ pageId: KEYS.pageId, citizen, at: now() });
  const ready = async (): Promise<Readiness> => (await (await fetch(`${url}/readyz`)).json()) as Readiness;
  const idle = (): Promise<void> =>
    until(async () => {
      const { counts } = await ready();
      return counts?.inboxWaiting === 0 && counts.outboxWaiting === 0;
    }, 30_000);
  const happens = async (citizen: string, delivery: Json): Promise<string[]> => {
    const before = standIn.heard(citizen).length;
    standIn.graph.noteContact(citizen);
    const { status } = await standIn.facebook.deliver(citizen, delivery);
    if (status !== 200) throw new Error(`the webhook answered ${status}`);
    await idle();
    return standIn.heard(citizen).slice(before);
  };
  const last = (citizen: string) => standIn.graph.sent.filter((each) => each.citizen === citizen).at(-1);
  return {
    url,
    standIn,
    now,
    async pass(ms) {
      shift += ms;
      await tell({ clockShift: shift });
      // The alarm clock looks five times a second.
      await new Promise((resolve) => setTimeout(resolve, 450));
      await idle();
    },
    happens,
    writes: (citizen, text, mid) => happens(citizen, textMessage(talk(citizen), text, mid)),
    taps: (citizen, intent) => happens(citizen, quickReply(talk(citizen), intent, payloadOfIntent(intent))),
    chooses: (citizen, title) => {
      const replies = (last(citizen)?.message.quick_replies ?? []) as { title: string; payload: string }[];
      const chosen = replies.find((each) => each.title === title);
      if (chosen === undefined)
        throw new Error(`no choice "${title}" among ${replies.map((each) => each.title).join(", ")}`);
      return happens(citizen, quickReply(talk(citizen), title, chosen.payload));
    },
    presses: (citizen, payload, title = "Tombol") =>
      happens(citizen, postback(talk(citizen), title, payload)),
    changes: (citizen, mid, text, revision = 1) =>
      happens(citizen, edited(talk(citizen), mid, text, revision)),
    reacts: (citizen, mid) => happens(citizen, reaction(talk(citizen), mid)),
    personSays: (citizen, text) =>
      happens(citizen, echo(talk(citizen), { text, mid: newMid(), appId: BUSINESS_SUITE_APP })),
    titles: (citizen) => titlesOf(last(citizen)),
    ready,
    idle,
    escalationOf: async (citizen) => {
      const all = (await tell({ ask: "openEscalations", given: [] })) as Escalation[];
      return all.find((each) => each.citizen === citizen);
    },
    parkedFor: async (citizen) => {
      const all = (await tell({ ask: "parked", given: [1000] })) as ParkedReply[];
      return all.filter((each) => each.citizen === citizen);
    },
    async startAnew(afterMs = 0) {
      await stop();
      shift += afterMs;
      await start();
    },
    async close() {
      await stop();
      await standIn.close();
      keepLearnt(place.folder);
      place.remove();
    },
  };
}
