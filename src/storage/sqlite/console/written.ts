/** The index of what was written, filled when somebody searches, so that receiving a message costs nothing more. */
import type { EventBody } from "../../../vocabulary/event.js";
import type { ConsoleStore } from "../../console-port.js";
import { wordsHeard } from "../../lines.js";
import type { Database, Row, Statement } from "../driver.js";
import type { GroupCommit } from "../group-commit.js";
import { text } from "../inbox.js";
import { replyFrom } from "../outbox.js";

type Written = Pick<ConsoleStore, "unindexed" | "index" | "search">;

/** What is read into the index; how far is kept for each. */
type Table = "inbox" | "outbox";

/** Reads what is new, indexes what it is given, and finds. */
export function writtenOf(database: Database, group: GroupCommit): Written {
  const mark = database.prepare("SELECT body FROM page_state WHERE name = ?");
  const setMark = database.prepare("INSERT OR REPLACE INTO page_state (name, body) VALUES (?, ?)");
  const heard = database.prepare(
    "SELECT sequence, citizen, at, body FROM inbox WHERE sequence > ? AND citizen IS NOT NULL AND kind IN ('message', 'edit', 'echo', 'staff') ORDER BY sequence LIMIT ?",
  );
  const said = database.prepare(
    "SELECT sequence, citizen, created_at AS at, reply FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?",
  );
  // Whoever was removed since it was read is not written down any more.
  const isThere: Record<Table, Statement> = {
    inbox: database.prepare("SELECT 1 FROM inbox WHERE sequence = ? AND citizen = ?"),
    outbox: database.prepare("SELECT 1 FROM outbox WHERE sequence = ? AND citizen = ?"),
  };
  const add = database.prepare("INSERT INTO written (text, citizen, at) VALUES (?, ?, ?)");
  const own = database.prepare(
    "INSERT OR IGNORE INTO written_of (citizen, line) VALUES (?, last_insert_rowid())",
  );
  const find = database.prepare(
    "SELECT text, citizen, at FROM written WHERE written MATCH ? ORDER BY rowid DESC LIMIT ?",
  );
  const reached = (name: Table): number => Number(mark.get(`written-${name}`)?.body ?? 0);
  const read = (name: Table, rows: Row[], wordsOf: (row: Row) => string) =>
    rows.map((row) => ({
      source: `${name}:${Number(row.sequence)}`,
      citizen: text(row.citizen),
      at: Number(row.at),
      text: wordsOf(row),
    }));
  return {
    unindexed: (limit) =>
      Promise.resolve([
        ...read("inbox", heard.all(reached("inbox"), limit), (row) =>
          wordsHeard(JSON.parse(text(row.body)) as EventBody),
        ),
        ...read("outbox", said.all(reached("outbox"), limit), (row) => replyFrom(row).text),
      ]),
    index: (texts) =>
      group.write(() => {
        for (const each of texts) {
          const [name = "", sequence = "0"] = each.source.split(":");
          const table = isThere[name === "inbox" ? "inbox" : "outbox"];
          if (each.text !== "" && table.get(Number(sequence), each.citizen) !== undefined) {
            add.run(each.text, each.citizen, each.at);
            own.run(each.citizen);
          }
          setMark.run(`written-${name}`, sequence);
        }
      }),
    search: (words, limit) => {
      const query = words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(" ");
      if (query === "") return Promise.resolve([]);
      return Promise.resolve(
        find.all(query, limit).map((row) => ({
          citizen: text(row.citizen),
          at: Number(row.at),
          text: text(row.text),
        })),
      );
    },
  };
}
