/** The SQLite driver: Node's own from 22.13 on, the same interface from a package before that, behind a wrapper that refuses surprises. */
import { createRequire } from "node:module";

/** What may be bound. Everything else would be stored as NULL or something stranger, without a word. */
export type Value = string | number | bigint | null | Uint8Array;
export type Row = Record<string, Value>;

export interface Statement {
  run(...values: Value[]): { changes: number };
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface RawStatement {
  run(...values: Value[]): { changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}
interface RawDatabase {
  exec(sql: string): void;
  prepare(sql: string): RawStatement;
  close(): void;
}
type Constructor = new (file: string) => RawDatabase;

/** Opens a database file, which is made if it does not exist. Throws what SQLite says when it cannot. */
export function openDatabase(file: string): Database {
  const raw = new (loadConstructor())(file);
  return {
    exec: (sql) => raw.exec(sql),
    prepare(sql) {
      // The database is held beside its statement: it must live as long as any of them.
      const held = { raw, statement: raw.prepare(sql) };
      return {
        run: (...values) => ({ changes: Number(held.statement.run(...values.map(clean)).changes) }),
        // The columns are ours: every table is STRICT, so a row holds what was declared.
        get: (...values) => held.statement.get(...values.map(clean)) as Row | undefined,
        all: (...values) => held.statement.all(...values.map(clean)) as Row[],
      };
    },
    close: () => raw.close(),
  };
}

/** SQLite ends a text at U+0000; it is taken out rather than losing what follows. */
function clean(value: Value): Value {
  switch (typeof value) {
    case "string":
      return value.includes("\u0000") ? value.replaceAll("\u0000", "") : value;
    case "number":
    case "bigint":
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      throw new TypeError("Only texts, numbers, bytes and null can be stored.");
  }
}

function loadConstructor(): Constructor {
  const builtIn: unknown = process.getBuiltinModule("node:sqlite");
  const module: unknown = builtIn ?? createRequire(__filename)("@photostructure/sqlite");
  // Both modules have the interface that node:sqlite documents.
  return (module as { DatabaseSync: Constructor }).DatabaseSync;
}
