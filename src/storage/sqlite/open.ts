/** The store in one SQLite file: write-ahead log, full durability, one process at a time. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { StoreFailed, type Store } from "../port.js";
import { accessOf } from "./access.js";
import { auditOf } from "./audit.js";
import { happeningsOf } from "./console/happenings.js";
import { listingsOf } from "./console/listings.js";
import { writtenOf } from "./console/written.js";
import { conversations } from "./conversations.js";
import { openDatabase, type Database } from "./driver.js";
import { erasuresOf } from "./erase.js";
import { forgetOf } from "./forget.js";
import { createGroupCommit } from "./group-commit.js";
import { inboxOf } from "./inbox.js";
import { migrate } from "./migrate.js";
import { outboxOf } from "./outbox.js";
import { pageOf } from "./page.js";
import { picturesOf } from "./pictures.js";
import { talliesOf } from "./tallies.js";
import { ticketsOf } from "./tickets.js";

/** Opens the file, making it and its folder if they are missing. Rejects with StoreFailed in a sentence for the operator. */
export function openSqliteStore(file: string): Promise<Store> {
  return new Promise((resolve) => resolve(openNow(file)));
}

function openNow(file: string): Store {
  const database = prepareDatabase(file);
  const group = createGroupCommit(database);
  const { audit, append } = auditOf(database, group);
  let isClosed = false;
  return {
    ...inboxOf(database, group),
    ...forgetOf(database, group),
    ...outboxOf(database, group),
    ...conversations(database),
    ...ticketsOf(database),
    ...picturesOf(database, group),
    ...pageOf(database, group),
    access: accessOf(database, group, append),
    audit,
    erasures: erasuresOf(database, group),
    tallies: talliesOf(database, group),
    desk: { ...listingsOf(database), ...happeningsOf(database, group), ...writtenOf(database, group) },
    close() {
      if (!isClosed) {
        isClosed = true;
        group.close();
        letGo(database);
      }
      return Promise.resolve();
    },
  };
}

/** The package's driver keeps a closed database, and its lock, until its statements are collected: leaving WAL gives the lock up at once. */
export function letGo(database: Database): void {
  try {
    database.exec(
      "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema",
    );
  } catch {
    // A full disk: the log stays, and the next start reads it.
  }
  database.close();
}

/** Pages of 4 kB that the log grows to before it is moved into the database: most of them are the same few pages, written again and again. */
const LOG_PAGES = 4000;

/** Opens a file, locks it for this process, and brings it to this version. Throws StoreFailed. */
export function prepareDatabase(file: string): Database {
  try {
    // Whoever can read the folder can read what citizens wrote, and what staff sign in with.
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const database = openDatabase(file);
    // Exclusive: a second process on the same file is refused instead of getting in the way of the lanes.
    // What is deleted or written anew is written over, not only given free: whoever was removed is in no corner of the file.
    database.exec(
      `PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA secure_delete = ON;`,
    );
    migrate(database);
    return database;
  } catch (error) {
    if (error instanceof StoreFailed) throw error;
    const isLocked = /locked|busy/i.test(String(error));
    throw new StoreFailed(
      isLocked
        ? `The database ${file} is in use by another process. Stop that one first.`
        : `The database ${file} cannot be opened. Check that DATA_DIR may be written and the disk has room.`,
      { cause: error },
    );
  }
}
