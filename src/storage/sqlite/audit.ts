/** The audit log in SQLite. */
import { AUDIT_ACTIONS, type AuditEntry, type AuditRow } from "../../vocabulary/audit.js";
import type { AuditStore } from "../access-port.js";
import { nextRow } from "../audit-chain.js";
import type { Database, Row, Value } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

/** Adds a line inside the transaction that is open. */
export type AppendAudit = (entry: AuditEntry, now: number) => AuditRow;

export function auditOf(database: Database, group: GroupCommit): { audit: AuditStore; append: AppendAudit } {
  const last = database.prepare("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1");
  const insert = database.prepare(
    "INSERT INTO audit (sequence, at, action, staff, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const inOrder = database.prepare("SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?");
  const found = database.prepare(
    `SELECT * FROM audit WHERE at >= ?1 AND at < ?2 AND sequence < ?3
       AND (?4 IS NULL OR staff = ?4) AND (?5 IS NULL OR action = ?5)
     ORDER BY sequence DESC LIMIT ?6`,
  );
  const append: AppendAudit = (entry, now) => {
    const before = last.get();
    const row = nextRow(
      before === undefined ? undefined : { sequence: Number(before.sequence), hash: text(before.hash) },
      entry,
      now,
    );
    const { staff, object, detail, address } = row;
    const body: Body = { name: staff?.name, object, detail, address };
    insert.run(
      row.sequence,
      row.at,
      row.action,
      staff?.id ?? null,
      JSON.stringify(body),
      row.previousHash,
      row.hash,
    );
    return row;
  };
  return {
    append,
    audit: {
      append: (entry, now) => group.write(() => append(entry, now)),
      after: (sequence, limit) => Promise.resolve(inOrder.all(sequence, limit).map(auditRowFrom)),
      find: ({ from, until, before, staff, action }, limit) => {
        const values: Value[] = [
          from ?? 0,
          until ?? Number.MAX_SAFE_INTEGER,
          before ?? Number.MAX_SAFE_INTEGER,
          staff ?? null,
          action ?? null,
          limit,
        ];
        return Promise.resolve(found.all(...values).map(auditRowFrom));
      },
    },
  };
}

/** A line as it stands in the file. One that somebody changed by hand still has to be readable, so that the check can name it. */
export function auditRowFrom(row: Row): AuditRow {
  const { name, ...rest } = bodyFrom(text(row.body));
  const action = text(row.action);
  return {
    ...rest,
    ...(row.staff === null ? {} : { staff: { id: text(row.staff), name: name ?? "" } }),
    // An action that does not exist is kept as it is: it shows that the line was changed.
    action: AUDIT_ACTIONS.find((each) => each === action) ?? (action as AuditRow["action"]),
    sequence: Number(row.sequence),
    at: Number(row.at),
    previousHash: text(row.previous_hash),
    hash: text(row.hash),
  };
}

type Body = Pick<AuditEntry, "object" | "detail" | "address"> & { name?: string };

function bodyFrom(json: string): Body {
  try {
    return JSON.parse(json) as Body;
  } catch {
    return {};
  }
}
