/** The records of a SQLite file. */
import { ROLES } from "../../vocabulary/staff.js";
import type { AuditRow } from "../../vocabulary/audit.js";
import { verifyChain } from "../audit-chain.js";
import {
  endedReply,
  recordOf,
  staffText,
  type RecordKind,
  type RecordStore,
  type StoredRecord,
} from "../records.js";
import { auditRowFrom } from "./audit.js";
import type { Database, Row } from "./driver.js";
import { text } from "./inbox.js";
import { letGo, prepareDatabase } from "./open.js";
import { writersOf } from "./write-records.js";

/** Opens the file for its records; it is made if it is not there. Rejects with StoreFailed when a server has it open. */
export function openSqliteRecords(file: string): Promise<RecordStore> {
  return new Promise((resolve) => resolve(recordsOf(file, prepareDatabase(file))));
}

function recordsOf(file: string, database: Database): RecordStore {
  const write = writersOf(database);
  const count = (kind: RecordKind): number =>
    kind === "staff"
      ? readStaff(database).length
      : Number(database.prepare(`SELECT count(*) AS n FROM (${SELECTS[kind]})`).get()?.n);
  return {
    name: `SQLite (${file})`,
    count: (kind) => Promise.resolve(count(kind)),
    read(kind, after, limit) {
      if (kind === "staff") return Promise.resolve(readStaff(database).filter(({ key }) => key > after));
      const rows = database
        .prepare(`SELECT * FROM (${SELECTS[kind]}) WHERE key > ? ORDER BY key LIMIT ?`)
        .all(after, limit);
      return Promise.resolve(rows.map((row) => recordFrom(kind, row)));
    },
    write(kind, records) {
      return new Promise((resolve) => {
        database.exec("BEGIN IMMEDIATE");
        try {
          for (const record of records) write[kind](record);
          database.exec("COMMIT");
        } catch (error) {
          database.exec("ROLLBACK");
          throw error;
        }
        resolve();
      });
    },
    async check() {
      const damage = database
        .prepare("PRAGMA integrity_check")
        .all()
        .map((row) => text(row.integrity_check))
        .filter((each) => each !== "ok");
      const lines = database.prepare("SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?");
      const chain = await verifyChain((after, limit) =>
        Promise.resolve(lines.all(after, limit).map((row): AuditRow => auditRowFrom(row))),
      );
      return [
        ...damage.map((each) => `The file is damaged: ${each}`),
        ...(chain.isWhole ? [] : [`The audit log is broken at line ${chain.brokenAt}.`]),
      ];
    },
    close() {
      letGo(database);
      return Promise.resolve();
    },
  };
}

/** Each gives a key and the fields of its kind. Text keys sort alike in every store. */
const SELECTS: Record<Exclude<RecordKind, "staff">, string> = {
  citizens: "SELECT id AS key, revision, updated_at AS updatedAt, state FROM citizens",
  events: `SELECT i.id AS key, sequence AS "order", i.citizen, page, channel, kind, i.at, received_at AS receivedAt, i.state, attempts, failure, i.body,
    w.at AS decidedAt, w.outcome, w.intent, w.body AS why FROM inbox i LEFT JOIN whys w ON w.event = i.id`,
  replies: `SELECT key, sequence AS "order", citizen, speaker, reply, state, attempts, not_before AS notBefore, created_at AS createdAt,
    ended_at AS endedAt, mid, code, reason FROM outbox`,
  escalations: "SELECT id AS key, body FROM escalations",
  alarms: "SELECT citizen || ':' || name AS key, citizen, name, page, due_at AS dueAt FROM alarms",
  tickets: "SELECT id AS key, body FROM tickets",
  ticketNumbers: "SELECT prefix AS key, last FROM ticket_numbers",
  pictures: `SELECT id AS key, ticket, citizen, state, at, attempts, CASE state WHEN 'wanted' THEN not_before END AS notBefore, body FROM pictures`,
  scripts: "SELECT fingerprint AS key, kept_at AS keptAt, body FROM scripts",
  listings: "SELECT citizen AS key, body FROM listings",
  drafts: "SELECT citizen || ' ' || staff AS key, citizen, staff, text, updated_at AS updatedAt FROM drafts",
  erasures: "SELECT id AS key, at, citizen, body FROM erasures",
  leftFiles: "SELECT file AS key, at FROM left_files",
  audit: "SELECT printf('%012d', sequence) AS key, * FROM audit",
  page: "SELECT name AS key, body FROM page_state WHERE name = 'sending-stop'",
};

function recordFrom(kind: RecordKind, row: Row): StoredRecord {
  const values = kind === "audit" ? { body: JSON.stringify(auditRowFrom(row)) } : row;
  const record = recordOf(kind, text(row.key), values);
  return kind === "replies" ? endedReply(record) : record;
}

/** Everything about who may come in is one record. */
function readStaff(database: Database): StoredRecord[] {
  const all = (table: string): Row[] => database.prepare(`SELECT * FROM ${table}`).all();
  const optional = (name: string, value: Row[string] | undefined) =>
    value === null ? {} : { [name]: value };
  const staff = all("staff").map((row) => ({
    id: text(row.id),
    login: row.login,
    name: row.name,
    roles: ROLES.filter((role) => text(row.roles).split(" ").includes(role)),
    ...optional("agency", row.agency),
    state: row.state,
    ...optional("passwordHash", row.password_hash),
    ...optional("totpSecret", row.totp_secret),
    totpStep: row.totp_step,
    isDemo: row.is_demo === 1,
    createdAt: row.created_at,
  }));
  if (staff.length === 0) return [];
  const sessions = all("sessions").map((row) => ({
    id: text(row.id),
    tokenHash: row.token_hash,
    staff: row.staff,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    address: row.address,
    browser: row.browser,
    ...(typeof row.push === "string" && { push: JSON.parse(row.push) as unknown }),
  }));
  const links = all("setup_links").map((row) => ({
    tokenHash: row.token_hash,
    staff: text(row.staff),
    totpSecret: row.totp_secret,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
  const codes: Record<string, string[]> = {};
  for (const row of all("backup_codes"))
    codes[text(row.staff)] = [...(codes[text(row.staff)] ?? []), text(row.hash)];
  const keys = all("push_keys").map((row) => ({ publicKey: row.public_key, privateKey: row.private_key }))[0];
  const pushKeys = keys === undefined ? {} : { pushKeys: keys };
  return [recordOf("staff", "all", { body: staffText({ staff, sessions, links, codes, ...pushKeys }) })];
}
