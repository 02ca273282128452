/**
 * `npm run bench:stores`: the same work on SQLite and on MongoDB, and on MongoDB by one, two and three instances.
 * Store calls only: nothing is understood or sent. Read the ratios: everything shares this machine.
 */
import { fork } from "node:child_process";
import path from "node:path";
import { openMongoStore } from "../../src/storage/mongo/open.js";
import { openSqliteStore } from "../../src/storage/sqlite/open.js";
import type { Store } from "../../src/storage/port.js";
import { startMongo } from "../../test/support/mongo.js";
import { temporaryFolder } from "../../test/support/sabar.js";
import { messageOf, oneTurn } from "./one-turn.js";

const AT_ONCE = 50;
const RUN_MS = Number(process.env.BENCH_SECONDS ?? 8) * 1000;
const NOW = Date.UTC(2026, 10, 25, 3);
/** Work for so long, many at once; how many were done in a second. */
async function perSecond(
  name: string,
  work: (n: number, worker: string) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, at) => {
      for (let n = 0; performance.now() - began < RUN_MS; n += 1) {
        await work(n, `${name}-${at}`);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - began);
}

const accepts = (store: Store): Promise<number> =>
  perSecond("a", (n, worker) => store.accept([messageOf(`${worker}-${n}`, `${worker}-${n % 20}`, NOW)], NOW));
const turns = (store: Store, name: string): Promise<number> =>
  perSecond(name, (n, worker) => oneTurn(store, `${worker}-${n}`, `${worker}-c${n % 20}`, NOW));

/** An instance of its own, in a process of its own. */
async function runInstance(uri: string, name: string): Promise<void> {
  const store = await openMongoStore({ uri });
  const beating = setInterval(() => void store.shared?.beat(), store.shared?.beatMs ?? 1000);
  process.send?.("ready");
  await new Promise((resolve) => process.once("message", resolve));
  process.send?.(await turns(store, name));
  clearInterval(beating);
  await store.close();
  process.exit(0);
}

async function manyInstances(uri: string, count: number): Promise<number> {
  const children = Array.from({ length: count }, (_, at) => fork(__filename, [uri, `i${count}${at}`]));
  const next = (child: (typeof children)[number]): Promise<unknown> =>
    new Promise((resolve) => child.once("message", resolve));
  await Promise.all(children.map(next));
  const results = children.map(next);
  for (const child of children) child.send("go");
  return (await Promise.all(results)).reduce((sum: number, each) => sum + Number(each), 0);
}

async function main(): Promise<void> {
  const place = temporaryFolder();
  const mongo = await startMongo();
  const say = (what: string, value: number, of: number): void =>
    console.log(`${what.padEnd(40)} ${value.toFixed(0).padStart(6)}/s  ${((100 * value) / of).toFixed(0)} %`);
  try {
    const sqlite = await openSqliteStore(path.join(place.folder, "bench.db"));
    const store = await openMongoStore({ uri: mongo.newDatabase() });
    const beating = setInterval(() => void store.shared?.beat(), store.shared?.beatMs ?? 1000);
    const accepted = [await accepts(sqlite), await accepts(store)] as const;
    const turned = [await turns(sqlite, "t"), await turns(store, "t")] as const;
    clearInterval(beating);
    await sqlite.close();
    await store.close();
    say("accepts, SQLite", accepted[0], accepted[0]);
    say("accepts, MongoDB", accepted[1], accepted[0]);
    say("turns, SQLite", turned[0], turned[0]);
    say("turns, MongoDB, one instance", turned[1], turned[0]);
    const one = await manyInstances(mongo.newDatabase(), 1);
    say("turns, one process", one, one);
    for (const count of [2, 3])
      say(`turns, ${count} processes`, await manyInstances(mongo.newDatabase(), count), one);
  } finally {
    await mongo.close();
    place.remove();
  }
}

const [, , uri, name] = process.argv;
const work = uri !== undefined && name !== undefined ? runInstance(uri, name) : main();
work.then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
