/** Small counts with a time: one row each. */
import type { Tally, TallyStore } from "../tally-port.js";
import type { Database } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";

export function talliesOf(database: Database, group: GroupCommit): TallyStore {
  const read = database.prepare("SELECT count, at, kept_until FROM tallies WHERE name = ?");
  const insert = database.prepare("INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const change = database.prepare(
    "UPDATE tallies SET count = ?2, at = ?3, kept_until = ?4 WHERE name = ?1 AND count = ?5 AND at = ?6",
  );
  const remove = database.prepare("DELETE FROM tallies WHERE name = ? AND count = ? AND at = ?");
  const forget = database.prepare(
    "DELETE FROM tallies WHERE name IN (SELECT name FROM tallies WHERE kept_until < ? LIMIT ?)",
  );

  const swap = (name: string, before: Tally | undefined, after: Tally | undefined): boolean => {
    if (after === undefined)
      return before === undefined
        ? read.get(name) === undefined
        : remove.run(name, before.count, before.at).changes > 0;
    const values = [name, after.count, after.at, after.keptUntil] as const;
    return before === undefined
      ? insert.run(...values).changes > 0
      : change.run(...values, before.count, before.at).changes > 0;
  };

  return {
    get: (name) => {
      const row = read.get(name);
      return Promise.resolve(
        row === undefined
          ? undefined
          : { count: Number(row.count), at: Number(row.at), keptUntil: Number(row.kept_until) },
      );
    },
    swap: (name, before, after) => group.write(() => swap(name, before, after)),
    forget: (now, limit) => group.write(() => forget.run(now, limit).changes),
  };
}
