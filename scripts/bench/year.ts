/**
 * A year on paper: `npm run bench:year [-- --citizens 300000 --messages 5000000] [--keep FILE]`. Fills a SQLite file, then
 * measures what must not grow with it: one turn, the pages of the queue, search, the start; and that old data goes
 * without anybody waiting. Without sizes it is a tenth of that.
 */
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadLibrary } from "../../src/intents/load.js";
import { openSqliteStore } from "../../src/storage/sqlite/open.js";
import type { Store } from "../../src/storage/port.js";
import { startConsole } from "../../test/support/console.js";
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

async function measurePages(file: string, empty: Store, citizens: number): Promise<void> {
  const office = await startConsole({ file });
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
async function startTime(dataDir: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const sabar = await startSabar({ port, dataDir, graphUrl: "http://127.0.0.1:9/v26.0" });
  const took = performance.now() - began;
  await sabar.stop();
  return took;
}

/** Old data goes in small portions; between them turns go on. */
async function measureRetention(file: string): Promise<void> {
  const store = await openSqliteStore(file);
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
  await store.close();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      citizens: { type: "string" },
      messages: { type: "string" },
      keep: { type: "string" },
      "without-start": { type: "boolean" },
    },
  });
  const size: Size = {
    citizens: Number(values.citizens ?? 30_000),
    messages: Number(values.messages ?? 500_000),
  };
  const place = temporaryFolder();
  const full = path.join(place.folder, "full");
  const empty = path.join(place.folder, "empty");
  for (const folder of [full, empty]) mkdirSync(folder, { recursive: true });
  const file = path.join(full, "sabar.db");
  try {
    if (values.keep !== undefined && existsSync(values.keep)) copyFileSync(values.keep, file);
    else {
      const took = await timed(async () => {
        const { library } = await loadLibrary("intents");
        const texts = [...(library?.intents.values() ?? [])].flatMap(({ examples }) => examples);
        writeYear(
          file,
          size,
          texts,
          END,
          (done) => done % 100_000 === 0 && said("written", `${done} messages`),
        );
      });
      said(
        "a year on paper",
        `${size.citizens} citizens, ${size.messages} messages, ${YEAR / DAY} days, in ${(took / 1000).toFixed(0)} s`,
      );
      if (values.keep !== undefined) copyFileSync(file, values.keep);
    }
    said("size of the file", `${(statSync(file).size / 1e6).toFixed(0)} MB`);
    said("opening the store", ms(await timed(async () => (await openSqliteStore(file)).close())));
    const emptyStore = await openSqliteStore(path.join(empty, "sabar.db"));
    await measurePages(file, emptyStore, size.citizens);
    await emptyStore.close();
    if (values["without-start"] !== true) {
      const starts = [
        await startTime(full),
        await startTime(empty),
        await startTime(full),
        await startTime(empty),
      ];
      const [a, b] = [Math.min(starts[0] ?? 0, starts[2] ?? 0), Math.min(starts[1] ?? 0, starts[3] ?? 0)];
      said("start until it answers, best of two: full / empty", `${ms(a)} / ${ms(b)}`);
    }
    await measureRetention(file);
  } finally {
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
