/** `npm run store`: moves, backs up, restores and checks a whole installation while no server works on it. */
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGunzip, createGzip } from "node:zlib";
import { SingleBar, Presets } from "cli-progress";
import { config as loadDotenv } from "dotenv";
import { readConfig, readMongo } from "../src/app/config.js";
import { noteBackup } from "../src/app/last-backup.js";
import { copyRecords, digestsOf, readAll } from "../src/storage/copy-records.js";
import { openMongoRecords } from "../src/storage/mongo/records.js";
import { openSqliteRecords } from "../src/storage/sqlite/records.js";
import {
  RECORD_KINDS,
  type RecordKind,
  type RecordStore,
  type StoredRecord,
} from "../src/storage/records.js";
import { runScript } from "./operator.js";
import { erasePerson, exportPerson, provePerson } from "./person.js";

const USAGE = `Moves and keeps a whole installation. Stop every server first.

  npm run store -- copy --from PLACE --to PLACE    may be broken off and run again; ends with a comparison
  npm run store -- backup FILE.ndjson.gz           the place of the settings, as one compressed file
  npm run store -- restore FILE.ndjson.gz          into the place of the settings
  npm run store -- check                           whether everything in it fits together
  npm run store -- export --citizen ID FILE.json   everything that is stored about one person, for that person
  npm run store -- erase --citizen ID              removes one person, as HAPUS does, and prints the code that proves it
  npm run store -- prove CODE --citizen ID         whether the removal with this code concerned this person

PLACE is a SQLite file or an address mongodb://… Without --from or --to it is the place of the settings (.env).
Pictures of reports are files of their own: copy DATA_DIR/pictures along.`;

/** How the database is called in which a server plays with its own simulator. */
const SIMULATOR = "-simulator";

runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      citizen: { type: "string" },
      yes: { type: "boolean" },
    },
  });
  const [command, file = ""] = positionals;
  loadDotenv({ quiet: true });
  switch (command) {
    case "copy":
      if (values.from === undefined && values.to === undefined) return say(USAGE);
      return copy(values.from, values.to);
    case "backup":
      return file === "" ? say(USAGE) : backup(file);
    case "restore":
      return file === "" ? say(USAGE) : restore(file);
    case "check":
      return check();
    case "export":
      if (values.citizen === undefined || file === "") return say(USAGE);
      return exportPerson(readConfig(process.env), values.citizen, file);
    case "prove":
      if (values.citizen === undefined || file === "") return say(USAGE);
      return provePerson(readConfig(process.env), file, values.citizen);
    case "erase":
      return values.citizen === undefined ? say(USAGE) : erasePerson(readConfig(process.env), values.citizen);
    default:
      return say(USAGE);
  }
});

function say(words: string): boolean {
  console.log(words);
  return false;
}

/** A place by name, or the one of the settings. `mustBe`: a file that is read has to be there. */
function open(place: string | undefined, mustBe: boolean): Promise<RecordStore> {
  const config = readConfig(process.env);
  const ofSettings =
    config.mongo?.uri ??
    path.join(config.dataDir, config.messenger === undefined ? "simulator.db" : "sabar.db");
  const wanted = place ?? ofSettings;
  const mongo = readMongo(wanted);
  if (mongo !== undefined && mongo !== "wrong") {
    const isOfSettings = place === undefined && config.messenger === undefined;
    return openMongoRecords(mongo.uri, isOfSettings ? `${mongo.database}${SIMULATOR}` : mongo.database);
  }
  if (mustBe && !existsSync(wanted)) throw new Error(`There is no file ${wanted}.`);
  return openSqliteRecords(wanted);
}

async function within<T>(stores: RecordStore[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    for (const store of stores) await store.close();
  }
}

async function copy(from: string | undefined, to: string | undefined): Promise<boolean> {
  const source = await open(from, true);
  const target = await open(to, false);
  return within([source, target], async () => {
    console.log(`From ${source.name}\nto   ${target.name}`);
    const bar = newBar();
    bar.start(await total(source), 0, { kind: "" });
    await copyRecords(source, target, (kind, count) => bar.increment(count, { kind }));
    bar.stop();
    const isEqual = await compare(source, target);
    if (isEqual && to !== undefined) sayWhereToLook(to);
    return isEqual;
  });
}

/** Without a connected page the server works beside the page's own place. */
function sayWhereToLook(to: string): void {
  const { messenger } = readConfig(process.env);
  const mongo = readMongo(to);
  if (messenger !== undefined || mongo === undefined || mongo === "wrong") return;
  if (mongo.database.endsWith(SIMULATOR)) return;
  console.log(
    `No page is connected yet. Until then a server with this address uses the database ${mongo.database}${SIMULATOR}, not ${mongo.database}.`,
  );
}

async function total(store: RecordStore): Promise<number> {
  const counts = await Promise.all(RECORD_KINDS.map((kind) => store.count(kind)));
  return counts.reduce((sum, each) => sum + each, 0);
}

const newBar = (): SingleBar =>
  new SingleBar(
    { format: "{bar} {percentage} % {value}/{total} {kind}", hideCursor: true },
    Presets.shades_classic,
  );

/** The same records on both sides, field by field. */
async function compare(source: RecordStore, target: RecordStore): Promise<boolean> {
  const [before, after] = [await digestsOf(source), await digestsOf(target)];
  let isEqual = true;
  for (const kind of RECORD_KINDS) {
    const isSame = before[kind].digest === after[kind].digest;
    isEqual &&= isSame;
    console.log(
      `${isSame ? "ok  " : "FAIL"} ${kind.padEnd(14)} ${before[kind].count} → ${after[kind].count}`,
    );
  }
  console.log(
    isEqual
      ? "Everything is the same on both sides."
      : "The two sides differ. Run the copy again; nothing was removed.",
  );
  return isEqual;
}

async function backup(file: string): Promise<boolean> {
  const store = await open(undefined, true);
  return within([store], async () => {
    const bar = newBar();
    bar.start(await total(store), 0, { kind: "" });
    async function* lines(): AsyncGenerator<string> {
      for (const kind of RECORD_KINDS)
        for await (const portion of readAll(store, kind)) {
          bar.increment(portion.length, { kind });
          for (const record of portion) yield `${JSON.stringify({ kind, ...record })}\n`;
        }
    }
    await pipeline(lines, createGzip(), createWriteStream(file, { mode: 0o600 }));
    bar.stop();
    await noteBackup(readConfig(process.env).dataDir, Date.now());
    console.log(
      `Written: ${file}. It holds citizens' words: keep it as safe as the database, and not longer than 35 days.`,
    );
    return true;
  });
}

async function restore(file: string): Promise<boolean> {
  const store = await open(undefined, false);
  return within([store], async () => {
    const input = createInterface({
      input: createReadStream(file).pipe(createGunzip()),
      crlfDelay: Infinity,
    });
    let count = 0;
    let pending: { kind: RecordKind; records: StoredRecord[] } | undefined;
    const flush = async (): Promise<void> => {
      if (pending !== undefined) await store.write(pending.kind, pending.records);
      count += pending?.records.length ?? 0;
      pending = undefined;
    };
    for await (const line of input) {
      const { kind, ...record } = JSON.parse(line) as StoredRecord & { kind: RecordKind };
      if (pending !== undefined && (pending.kind !== kind || pending.records.length >= 500)) await flush();
      pending ??= { kind, records: [] };
      pending.records.push(record);
    }
    await flush();
    console.log(`${count} records written to ${store.name}.`);
    return true;
  });
}

async function check(): Promise<boolean> {
  const store = await open(undefined, true);
  return within([store], async () => {
    for (const kind of RECORD_KINDS) console.log(`${kind.padEnd(14)} ${await store.count(kind)}`);
    const problems = await store.check();
    for (const problem of problems) console.log(problem);
    if (problems.length === 0) console.log(`${store.name} is in order.`);
    return problems.length === 0;
  });
}
