/** Removes everything about one person, overwrites where it stood, and keeps the record that it was done. */
import {
  erasureId,
  erasureOf,
  type Erase,
  type Erasure,
  type ErasureCounts,
} from "../../vocabulary/erasure.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { MOST_SWEPT, SWEPT_MS, type ErasureStore } from "../erasure-port.js";
import { picturesToKeep, withoutReporter } from "../erase-ticket.js";
import { preparePictureDrop, prepareTicketWrite } from "./commit-tickets.js";
import type { Database } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

/** Facebook may deliver an event again within this time: that it was here stays known, without the person and the words. */
const KNOWN_MS = 24 * 60 * 60 * 1000;

/** In an open transaction: removes all of a citizen but events that wait for their turn. */
type Eraser = (citizen: string, now: number, more: { withUnsent: boolean }) => ErasureCounts;

/** In an open transaction: removes, and writes the record. */
export function prepareErase(database: Database): (erase: Erase, citizen: string, now: number) => void {
  const eraseCitizen = prepareEraser(database);
  const record = database.prepare(
    "INSERT OR IGNORE INTO erasures (id, at, citizen, body) VALUES (?, ?, ?, ?)",
  );
  return (erase, citizen, now) => {
    const erasure = erasureOf(erase, citizen, eraseCitizen(citizen, now, { withUnsent: true }), now);
    record.run(erasure.id, now, citizen, JSON.stringify(erasure));
  };
}

function prepareEraser(database: Database): Eraser {
  const change = (sql: string) => {
    const statement = database.prepare(sql);
    return (...values: (string | number)[]): number => statement.run(...values).changes;
  };
  const messages = database.prepare(
    "SELECT count(*) AS n FROM inbox WHERE citizen = ? AND kind IN ('message', 'postback', 'edit') AND state <> 'waiting'",
  );
  const whys = change(
    "DELETE FROM whys WHERE event IN (SELECT id FROM inbox WHERE citizen = ? AND state <> 'waiting')",
  );
  const strip = change(
    `UPDATE inbox SET citizen = NULL, kind = 'other', at = 0, failure = NULL, body = '{"kind":"other","name":"erased","raw":""}'
     WHERE citizen = ?1 AND state <> 'waiting' AND received_at >= ?2 AND instr(id, ?1) = 0`,
  );
  const events = change("DELETE FROM inbox WHERE citizen = ? AND state <> 'waiting'");
  const replies = change("DELETE FROM outbox WHERE citizen = ? AND (state <> 'waiting' OR ?)");
  const escalations = change("DELETE FROM escalations WHERE citizen = ?");
  const drafts = change("DELETE FROM drafts WHERE citizen = ?");
  const others = ["alarms", "listings"].map((table) => change(`DELETE FROM ${table} WHERE citizen = ?`));
  const memory = change("DELETE FROM citizens WHERE id = ?");
  const written = change(
    "DELETE FROM written WHERE rowid IN (SELECT line FROM written_of WHERE citizen = ?)",
  );
  const writtenOf = change("DELETE FROM written_of WHERE citizen = ?");
  const eraseReports = prepareReports(database);
  return (citizen, now, { withUnsent }) => {
    const count = Number(messages.get(citizen)?.n ?? 0);
    whys(citizen);
    strip(citizen, now - KNOWN_MS);
    events(citizen);
    for (const remove of others) remove(citizen);
    // The index keeps deleted words for a while unless it is told not to, which costs too much for what is merely old.
    database.exec("INSERT INTO written (written, rank) VALUES ('secure-delete', 1)");
    written(citizen);
    database.exec(
      "INSERT INTO written (written) VALUES ('flush'); INSERT INTO written (written, rank) VALUES ('secure-delete', 0)",
    );
    writtenOf(citizen);
    memory(citizen);
    return {
      messages: count,
      replies: replies(citizen, withUnsent ? 1 : 0),
      escalations: escalations(citizen),
      drafts: drafts(citizen),
      ...eraseReports(citizen, now),
    };
  };
}

/** Reports go on without the person; drafts of reports and pictures go. */
function prepareReports(database: Database) {
  const tickets = database.prepare(
    "SELECT body FROM tickets JOIN ticket_reporters ON ticket = id WHERE citizen = ?",
  );
  const dropDraft = database.prepare("DELETE FROM tickets WHERE id = ?");
  const forget = database.prepare("DELETE FROM ticket_reporters WHERE citizen = ?");
  const pictures = database.prepare("SELECT id FROM pictures WHERE citizen = ?");
  const dropPicture = preparePictureDrop(database);
  const disown = database.prepare("UPDATE pictures SET citizen = '' WHERE citizen = ?");
  const write = prepareTicketWrite(database);
  return (citizen: string, now: number): Pick<ErasureCounts, "pictures" | "tickets"> => {
    // Only commits write this column.
    const theirs = tickets.all(citizen).map((row) => JSON.parse(text(row.body)) as Ticket);
    const kept = new Set(theirs.flatMap((ticket) => [...picturesToKeep(ticket)]));
    const gone = new Set<string>();
    for (const { id } of pictures.all(citizen)) {
      if (kept.has(text(id))) continue;
      gone.add(text(id));
      dropPicture(text(id), now);
    }
    disown.run(citizen);
    forget.run(citizen);
    const filed = theirs.filter(({ state }) => state !== "draft");
    for (const { id, state } of theirs) if (state === "draft") dropDraft.run(id);
    for (const ticket of filed) {
      const after = withoutReporter(ticket, citizen, gone);
      write(after, JSON.stringify(after));
    }
    return { pictures: gone.size, tickets: filed.length };
  };
}

export function erasuresOf(database: Database, group: GroupCommit): ErasureStore {
  const one = database.prepare("SELECT body FROM erasures WHERE id = ?");
  const unswept = database.prepare(
    "SELECT id, at, citizen FROM erasures WHERE citizen IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
  );
  const isBack = database.prepare("SELECT 1 FROM citizens WHERE id = ?");
  const isUnsent = database.prepare("SELECT 1 FROM outbox WHERE citizen = ? AND state = 'waiting' LIMIT 1");
  const forget = database.prepare("UPDATE erasures SET citizen = NULL WHERE id = ?");
  const left = database.prepare("SELECT file FROM left_files ORDER BY at LIMIT ?");
  const gone = database.prepare("DELETE FROM left_files WHERE file = ?");
  const eraseCitizen = prepareEraser(database);
  let sweptUpTo = "";
  const sweepOne = (id: string, citizen: string, at: number, now: number): void => {
    if (isBack.get(citizen) !== undefined) {
      forget.run(id);
      return;
    }
    eraseCitizen(citizen, now, { withUnsent: false });
    if (at < now - SWEPT_MS && isUnsent.get(citizen) === undefined) forget.run(id);
  };
  return {
    find: (code) => {
      const row = one.get(erasureId(code));
      return Promise.resolve(row === undefined ? undefined : (JSON.parse(text(row.body)) as Erasure));
    },
    sweep(now) {
      const rows = unswept.all(sweptUpTo, MOST_SWEPT);
      // The next sweep goes on here; after the last one it begins anew.
      sweptUpTo = rows.length < MOST_SWEPT ? "" : text(rows.at(-1)?.id);
      if (rows.length === 0) return Promise.resolve(0);
      return group.write(() => {
        for (const row of rows) sweepOne(text(row.id), text(row.citizen), Number(row.at), now);
        return rows.length;
      });
    },
    leftFiles: (limit) => Promise.resolve(left.all(limit).map(({ file }) => text(file))),
    fileGone: (file) => group.write(() => void gone.run(file)),
  };
}
