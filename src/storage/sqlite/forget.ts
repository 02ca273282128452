/** Takes out what has been kept long enough, a little at a time, so that nobody waits for it. */
import type { Store } from "../port.js";
import type { Database } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";

/** Rows are looked for at the old end of each table only: what is not due there ends the search. */
const STATEMENTS = [
  "DELETE FROM whys WHERE event IN (SELECT id FROM (SELECT id, state, received_at FROM inbox ORDER BY sequence LIMIT ?2) WHERE state <> 'waiting' AND received_at < ?1)",
  "DELETE FROM inbox WHERE sequence IN (SELECT sequence FROM (SELECT sequence, state, received_at FROM inbox ORDER BY sequence LIMIT ?2) WHERE state <> 'waiting' AND received_at < ?1)",
  "DELETE FROM outbox WHERE sequence IN (SELECT sequence FROM (SELECT sequence, state, ended_at FROM outbox ORDER BY sequence LIMIT ?2) WHERE state <> 'waiting' AND ended_at < ?1)",
  "DELETE FROM written_of WHERE (citizen, line) IN (SELECT citizen, rowid FROM (SELECT rowid, citizen, at FROM written ORDER BY rowid LIMIT ?2) WHERE at < ?1)",
  "DELETE FROM written WHERE rowid IN (SELECT rowid FROM (SELECT rowid, at FROM written ORDER BY rowid LIMIT ?2) WHERE at < ?1)",
  "DELETE FROM listings WHERE citizen IN (SELECT citizen FROM listings WHERE place IN ('bot', 'done', 'folded') AND last_at < ?1 LIMIT ?2)",
  "DELETE FROM drafts WHERE (citizen, staff) IN (SELECT citizen, staff FROM drafts WHERE updated_at < ?1 LIMIT ?2)",
  "DELETE FROM escalations WHERE id IN (SELECT id FROM escalations WHERE state = 'closed' AND updated_at < ?1 LIMIT ?2)",
  // A citizen somebody still has to answer, or is to be reminded of, is remembered.
  `DELETE FROM citizens WHERE id IN (SELECT id FROM citizens WHERE updated_at < ?1
     AND id NOT IN (SELECT citizen FROM escalations WHERE state <> 'closed') AND id NOT IN (SELECT citizen FROM alarms)
     AND id NOT IN (SELECT citizen FROM inbox WHERE state = 'waiting' AND citizen IS NOT NULL) LIMIT ?2)`,
];

export function forgetOf(database: Database, group: GroupCommit): Pick<Store, "forget"> {
  const statements = STATEMENTS.map((sql) => database.prepare(sql));
  return {
    forget: (before, limit) =>
      group.write(() => statements.reduce((sum, statement) => sum + statement.run(before, limit).changes, 0)),
  };
}
