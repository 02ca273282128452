/**
 * A year on paper: `npm run bench:year [-- --citizens 300000 --messages 5000000] [--keep FILE] [--mongo]`. Fills a SQLite
 * file, then measures what must not grow with it: one turn, the pages of the queue, search, the start; and that old data
 * goes without anybody waiting. Without sizes it is a tenth of that. `--mongo`: the file is copied into a MongoDB, as an
 * operator does it, and measured there; without sizes a hundredth, because the stand-in for MongoDB is slow.
 */
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadLibrary } from "../../src/intents/load.js";
import { copyRecords } from "../../src/storage/copy-records.js";
import { openMongoStore } from "../../src/storage/mongo/open.js";
import { openMongoRecords } from "../../src/storage/mongo/records.js";
import { openSqliteStore } from "../../src/storage/sqlite/open.js";
import { openSqliteRecords } from "../../src/storage/sqlite/records.js";
import type { Store } from "../../src/storage/port.js";
import { startConsole } from "../../test/support/console.js";
import { startMongo } from "../../test/support/mongo.js";
import { freePort, startSabar, temporaryFolder } from "../../test/support/sabar.js";
import { quantile } from "./figures.js";
import { oneTurn } from "./one-turn.js";
import { citizenId, writeYear, YEAR, type Size } from "./year-data.js";

/** The moment at which the year ends: now, for whoever reads it. */
const END = Date.UTC(2026, 10, 25, 3);
const DAY = 24 * 60 * 60 * 1000;
const TURNS = 1500;

const said = (what: string, value: string): void => console.log(`${what.padEnd(58)} ${value}`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

let count = 0;
const turn = (store: Store, citizen: string, now: number): Promise<void> =>
  oneTurn(store, `bench-${(count += 1)}`, citizen, now);

/** Turns on both, one after the other, so that whatever else the machine does hits both alike. */
async function compareTurns(full: Store, empty: Store, citizens: number): Promise<void> {
  const times = { full: [] as number[], empty: [] as number[] };
  for (let n = 0; n < TURNS; n += 1) {
    const citizen = citizenId((n * 7_127) % citizens);
    times.full.push(await timed(() => turn(full, citizen, END)));
    times.empty.push(await timed(() => turn(empty, citizen, END)));
  }
  for (const share of [0.5, 0.99]) {
    const [a, b] = [quantile(times.full, share), quantile(times.empty, share)];
    said(`one turn, p${share * 100}: full / empty`, `${ms(a)} / ${ms(b)} = ${(a / b).toFixed(2)} times`);
  }
}

async function measurePages(store: Store, empty: Store, citizens: number): Promise<void> {
  const office = await startConsole({ store });
  await office.add("sari", ["officer"]);
  const sari = await office.signIn("sari");
  const pages: [string, string][] = [
    ...["needs", "mine", "soon", "agency", "bot", "folded", "done"].map((view): [string, string] => [
      `queue page, ${view}`,
      `/console/inbox?view=${view}`,
    ]),
    ["search: a common word", "/console/inbox?view=needs&q=ktp"],
    ["search: two words", "/console/inbox?view=needs&q=ktp+hilang"],
    ["search: a rare number", "/console/inbox?view=needs&q=976"],
    ["search: the last four digits of an id", `/console/inbox?view=needs&q=%23${citizenId(77).slice(-4)}`],
    ["one conversation", `/console/conversations/${citizenId(1000)}`],
    ["tickets", "/console/tickets"],
  ];
  for (const [name, address] of pages) {
    const times: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      times.push(
        await timed(async () => {
          const { status } = await sari.get(address);
          if (status !== 200) throw new Error(`${address} answered ${status}`);
        }),
      );
    }
    said(name, `median ${ms(quantile(times, 0.5))}, worst of 12 ${ms(Math.max(...times))}`);
  }
  await compareTurns(office.store, empty, citizens);
  await office.close();
}

/** From the start of the process until it answers. */
async function startTime({ dataDir, env }: Home): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const sabar = await startSabar({ port, dataDir, env, graphUrl: "http://127.0.0.1:9/v26.0" });
  const took = performance.now() - began;
  await sabar.stop();
  return took;
}

/** Old data goes in small portions; between them turns go on. */
async function measureRetention(store: Store): Promise<void> {
  const before = END - 30 * DAY;
  const portions: number[] = [];
  const turns: number[] = [];
  let removed = 0;
  const began = performance.now();
  for (;;) {
    let some = 0;
    const portion = timed(async () => (some = await store.forget(before, 200))).then((took) =>
      portions.push(took),
    );
    turns.push(await timed(() => turn(store, citizenId(portions.length), END)));
    await portion;
    removed += some;
    if (some === 0) break;
  }
  const seconds = (performance.now() - began) / 1000;
  said("retention of 30 days removed", `${removed} rows in ${seconds.toFixed(0)} s without its pauses`);
  said(
    "one portion, p50 / p99 / worst",
    `${ms(quantile(portions, 0.5))} / ${ms(quantile(portions, 0.99))} / ${ms(Math.max(...portions))}`,
  );
  said("one turn meanwhile, p50 / p99", `${ms(quantile(turns, 0.5))} / ${ms(quantile(turns, 0.99))}`);
}

/** Where a server keeps everything: its folder and its settings. */
interface Home {
  dataDir: string;
  env: Record<string, string>;
}

const openHome = ({ dataDir, env }: Home): Promise<Store> =>
  env.MONGODB_URI === undefined
    ? openSqliteStore(path.join(dataDir, "sabar.db"))
    : openMongoStore({ uri: env.MONGODB_URI });

/** Works with the store of a home, as one of its servers does. */
async function within<T>(home: Home, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openHome(home);
  const beating = setInterval(() => void store.shared?.beat(), store.shared?.beatMs ?? 1000);
  try {
    return await work(store);
  } finally {
    clearInterval(beating);
    await store.close();
  }
}

async function fill(file: string, size: Size): Promise<void> {
  const { library } = await loadLibrary("intents");
  const texts = [...(library?.intents.values() ?? [])].flatMap(({ examples }) => examples);
  writeYear(file, size, texts, END, (done) => done % 100_000 === 0 && said("written", `${done} messages`));
}

/** As `npm run store -- copy` does it. */
async function copyTo(uri: string, file: string): Promise<void> {
  const [from, to] = await Promise.all([openSqliteRecords(file), openMongoRecords(uri)]);
  let copied = 0;
  await copyRecords(from, to, (_kind, count) => (copied += count));
  await to.close();
  await from.close();
  said("copied", `${copied} records`);
}

async function measure(full: Home, empty: Home, citizens: number, withoutStart: boolean): Promise<void> {
  said("opening the store", ms(await timed(() => within(full, () => Promise.resolve()))));
  await within(full, (store) => within(empty, (other) => measurePages(store, other, citizens)));
  if (!withoutStart) {
    const starts = { full: [] as number[], empty: [] as number[] };
    for (let n = 0; n < 2; n += 1) {
      starts.full.push(await startTime(full));
      starts.empty.push(await startTime(empty));
    }
    const best = [Math.min(...starts.full), Math.min(...starts.empty)].map(ms);
    said("start until it answers, best of two: full / empty", best.join(" / "));
  }
  if (full.env.MONGODB_URI === undefined) await within(full, measureRetention);
  else said("retention", "left out here: the stand-in for MongoDB would need hours");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      citizens: { type: "string" },
      messages: { type: "string" },
      keep: { type: "string" },
      mongo: { type: "boolean" },
      "without-start": { type: "boolean" },
    },
  });
  const share = values.mongo === true ? 100 : 10;
  const size: Size = {
    citizens: Number(values.citizens ?? 300_000 / share),
    messages: Number(values.messages ?? 5_000_000 / share),
  };
  const place = temporaryFolder();
  const [full, empty] = ["full", "empty"].map((name) => ({
    dataDir: path.join(place.folder, name),
    env: {},
  }));
  for (const { dataDir } of [full!, empty!]) mkdirSync(dataDir, { recursive: true });
  const mongo = values.mongo === true ? await startMongo({ isOwn: true }) : undefined;
  const file = path.join(full!.dataDir, "sabar.db");
  try {
    if (values.keep !== undefined && existsSync(values.keep)) copyFileSync(values.keep, file);
    else {
      const took = await timed(() => fill(file, size));
      const what = `${size.citizens} citizens, ${size.messages} messages, ${YEAR / DAY} days`;
      said("a year on paper", `${what}, in ${(took / 1000).toFixed(0)} s`);
      if (values.keep !== undefined) copyFileSync(file, values.keep);
    }
    said("size of the file", `${(statSync(file).size / 1e6).toFixed(0)} MB`);
    const homes = [full!, empty!].map((home) =>
      mongo === undefined ? home : { ...home, env: { MONGODB_URI: mongo.newDatabase() } },
    ) as [Home, Home];
    const uri = homes[0].env.MONGODB_URI;
    if (uri !== undefined)
      said("copying it", `${((await timed(() => copyTo(uri, file))) / 1000).toFixed(0)} s`);
    await measure(...homes, size.citizens, values["without-start"] === true);
  } finally {
    await mongo?.close();
    place.remove();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
