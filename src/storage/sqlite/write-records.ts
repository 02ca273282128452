/** Writes records of another store, or of a backup, into a SQLite file. */
import type { AuditRow } from "../../vocabulary/audit.js";
import type { Escalation } from "../../vocabulary/escalation.js";
import type { Listing } from "../../vocabulary/listing.js";
import type { PushKeys, SessionRecord, SetupLink, StaffRecord } from "../../vocabulary/staff.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { FIELDS, numberOf, textOf, type RecordKind, type StoredRecord } from "../records.js";
import { prepareTicketWrite } from "./commit-tickets.js";
import { prepareListing } from "./console/listings.js";
import type { Database, Value } from "./driver.js";

type Writer = (record: StoredRecord) => void;

/** Inside a transaction that is open. */
export function writersOf(database: Database): Record<RecordKind, Writer> {
  const put = (sql: string) => {
    const statement = database.prepare(sql);
    return (...values: Value[]): void => void statement.run(...values);
  };
  const values = (kind: RecordKind, { fields }: StoredRecord, only = FIELDS[kind]): Value[] =>
    only.map((name) => fields[name] ?? null);
  const citizen = put(
    "INSERT OR REPLACE INTO citizens (id, revision, updated_at, state) VALUES (?, ?, ?, ?)",
  );
  const event = put(
    "INSERT OR REPLACE INTO inbox (id, sequence, citizen, page, channel, kind, at, received_at, state, attempts, failure, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const why = put(
    "INSERT OR REPLACE INTO whys (event, citizen, at, outcome, intent, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const reply = put(
    "INSERT OR REPLACE INTO outbox (key, sequence, citizen, speaker, reply, state, attempts, not_before, created_at, ended_at, mid, code, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const escalation = put(
    "INSERT OR REPLACE INTO escalations (id, citizen, state, opened_at, updated_at, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const alarm = put("INSERT OR REPLACE INTO alarms (citizen, name, page, due_at) VALUES (?, ?, ?, ?)");
  const ticket = prepareTicketWrite(database);
  const ticketNumber = put("INSERT OR REPLACE INTO ticket_numbers (prefix, last) VALUES (?, ?)");
  const picture = put(
    "INSERT OR REPLACE INTO pictures (id, ticket, citizen, state, at, attempts, not_before, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const script = put("INSERT OR REPLACE INTO scripts (fingerprint, kept_at, body) VALUES (?, ?, ?)");
  const listing = prepareListing(database);
  const draft = put("INSERT OR REPLACE INTO drafts (citizen, staff, text, updated_at) VALUES (?, ?, ?, ?)");
  const erasure = put("INSERT OR REPLACE INTO erasures (id, at, citizen, body) VALUES (?, ?, ?, ?)");
  const leftFile = put("INSERT OR REPLACE INTO left_files (file, at) VALUES (?, ?)");
  const line = put(
    "INSERT OR IGNORE INTO audit (sequence, at, action, staff, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const page = put("INSERT OR REPLACE INTO page_state (name, body) VALUES (?, ?)");
  const EVENT_FIELDS = FIELDS.events.slice(0, FIELDS.events.indexOf("body") + 1);
  return {
    citizens: (record) => citizen(record.key, ...values("citizens", record)),
    events(record) {
      event(record.key, ...values("events", record, EVENT_FIELDS));
      if (record.fields.outcome !== null)
        why(record.key, ...values("events", record, ["citizen", "decidedAt", "outcome", "intent", "why"]));
    },
    replies(record) {
      const notBefore = numberOf(record, "notBefore") || numberOf(record, "createdAt");
      reply(record.key, ...values("replies", { ...record, fields: { ...record.fields, notBefore } }));
    },
    escalations(record) {
      const body = textOf(record, "body");
      const each = JSON.parse(body) as Escalation;
      escalation(record.key, each.citizen, each.state, each.openedAt, each.updatedAt, body);
    },
    alarms: (record) => alarm(...values("alarms", record)),
    tickets(record) {
      const body = textOf(record, "body");
      ticket(JSON.parse(body) as Ticket, body);
    },
    ticketNumbers: (record) => ticketNumber(record.key, numberOf(record, "last")),
    pictures(record) {
      const notBefore = numberOf(record, "notBefore") || numberOf(record, "at");
      picture(record.key, ...values("pictures", { ...record, fields: { ...record.fields, notBefore } }));
    },
    scripts: (record) => script(record.key, ...values("scripts", record)),
    listings(record) {
      listing(JSON.parse(textOf(record, "body")) as Listing);
    },
    drafts: (record) => draft(...values("drafts", record)),
    erasures: (record) => erasure(record.key, ...values("erasures", record)),
    leftFiles: (record) => leftFile(record.key, ...values("leftFiles", record)),
    staff: (record) => writeStaff(database, textOf(record, "body")),
    audit(record) {
      const row = JSON.parse(textOf(record, "body")) as AuditRow;
      const { staff, object, detail, address } = row;
      const body = JSON.stringify({ name: staff?.name, object, detail, address });
      line(row.sequence, row.at, row.action, staff?.id ?? null, body, row.previousHash, row.hash);
    },
    page: (record) => page(record.key, textOf(record, "body")),
  };
}

/** Who may come in is written as a whole. */
function writeStaff(database: Database, body: string): void {
  const state = JSON.parse(body) as {
    staff: StaffRecord[];
    sessions: SessionRecord[];
    links: SetupLink[];
    codes: Record<string, string[]>;
    pushKeys?: PushKeys;
  };
  database.exec("DELETE FROM push_keys");
  database.exec("DELETE FROM staff; DELETE FROM sessions; DELETE FROM setup_links; DELETE FROM backup_codes");
  const staff = database.prepare(
    "INSERT INTO staff (id, login, name, roles, agency, state, password_hash, totp_secret, totp_step, is_demo, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const session = database.prepare(
    "INSERT INTO sessions (id, token_hash, staff, started_at, seen_at, address, browser, push) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const link = database.prepare(
    "INSERT INTO setup_links (token_hash, staff, totp_secret, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
  );
  const code = database.prepare("INSERT INTO backup_codes (staff, hash) VALUES (?, ?)");
  for (const each of state.staff)
    staff.run(
      each.id,
      each.login,
      each.name,
      each.roles.join(" "),
      each.agency ?? null,
      each.state,
      each.passwordHash ?? null,
      each.totpSecret ?? null,
      each.totpStep,
      each.isDemo ? 1 : 0,
      each.createdAt,
    );
  for (const each of state.sessions)
    session.run(
      each.id,
      each.tokenHash,
      each.staff,
      each.startedAt,
      each.seenAt,
      each.address,
      each.browser,
      each.push === undefined ? null : JSON.stringify(each.push),
    );
  if (state.pushKeys !== undefined)
    database
      .prepare("INSERT INTO push_keys (id, public_key, private_key) VALUES (1, ?, ?)")
      .run(state.pushKeys.publicKey, state.pushKeys.privateKey);
  for (const each of state.links)
    link.run(each.tokenHash, each.staff, each.totpSecret, each.createdAt, each.expiresAt);
  for (const [owner, hashes] of Object.entries(state.codes)) for (const hash of hashes) code.run(owner, hash);
}
