/** Staff, sessions and set-up links in SQLite. */
import type { AccessStore } from "../access-port.js";
import {
  ROLES,
  type PushAddress,
  type SessionRecord,
  type SetupLink,
  type StaffRecord,
} from "../../vocabulary/staff.js";
import { accessChanges } from "./access-changes.js";
import type { AppendAudit } from "./audit.js";
import type { Database, Row } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

/** The part of the store that knows who may come in. */
export function accessOf(database: Database, group: GroupCommit, append: AppendAudit): AccessStore {
  const byLogin = database.prepare("SELECT * FROM staff WHERE login = ?");
  const byId = database.prepare("SELECT * FROM staff WHERE id = ?");
  const everybody = database.prepare("SELECT * FROM staff ORDER BY name, id");
  const session = database.prepare("SELECT * FROM sessions WHERE token_hash = ?");
  const sessions = database.prepare("SELECT * FROM sessions WHERE staff = ? ORDER BY started_at DESC");
  const pushed = database.prepare("SELECT * FROM sessions WHERE push IS NOT NULL ORDER BY id");
  const keys = database.prepare("SELECT * FROM push_keys");
  const touch = database.prepare("UPDATE sessions SET seen_at = ? WHERE id = ?");
  const link = database.prepare("SELECT * FROM setup_links WHERE token_hash = ?");
  const links = database.prepare("SELECT * FROM setup_links WHERE expires_at > ?");
  const codes = database.prepare("SELECT count(*) AS n FROM backup_codes WHERE staff = ?");
  const change = accessChanges(database);
  return {
    staffByLogin: (login) => Promise.resolve(staffFrom(byLogin.get(login))),
    staffById: (id) => Promise.resolve(staffFrom(byId.get(id))),
    allStaff: () => Promise.resolve(everybody.all().flatMap((row) => staffFrom(row) ?? [])),
    session: (tokenHash) => {
      const row = session.get(tokenHash);
      const staff = row === undefined ? undefined : staffFrom(byId.get(text(row.staff)));
      return Promise.resolve(
        row === undefined || staff === undefined ? undefined : { session: sessionFrom(row), staff },
      );
    },
    sessionsOf: (staff) => Promise.resolve(sessions.all(staff).map(sessionFrom)),
    pushSessions: () => Promise.resolve(pushed.all().map(sessionFrom)),
    pushKeys: () => {
      const row = keys.get();
      return Promise.resolve(
        row === undefined
          ? undefined
          : { publicKey: text(row.public_key), privateKey: text(row.private_key) },
      );
    },
    touchSession: (id, now) => group.write(() => void touch.run(now, id)),
    setupLink: (tokenHash) => {
      const row = link.get(tokenHash);
      return Promise.resolve(row === undefined ? undefined : linkFrom(row));
    },
    openLinks: (now) => Promise.resolve(links.all(now).map(linkFrom)),
    backupCodesLeft: (staff) => Promise.resolve(Number(codes.get(staff)?.n ?? 0)),
    commitAccess: (wanted, entry, now) =>
      group.write(() => {
        const holds = change(wanted, now);
        if (holds) append(entry, now);
        return holds;
      }),
  };
}

function staffFrom(row: Row | undefined): StaffRecord | undefined {
  if (row === undefined) return undefined;
  const roles = text(row.roles).split(" ");
  return {
    id: text(row.id),
    login: text(row.login),
    name: text(row.name),
    roles: ROLES.filter((role) => roles.includes(role)),
    agency: optional(row.agency),
    state: row.state === "active" || row.state === "invited" ? row.state : "disabled",
    passwordHash: optional(row.password_hash),
    totpSecret: optional(row.totp_secret),
    totpStep: Number(row.totp_step),
    isDemo: row.is_demo === 1,
    createdAt: Number(row.created_at),
  };
}

function sessionFrom(row: Row): SessionRecord {
  return {
    id: text(row.id),
    tokenHash: text(row.token_hash),
    staff: text(row.staff),
    startedAt: Number(row.started_at),
    seenAt: Number(row.seen_at),
    address: text(row.address),
    browser: text(row.browser),
    ...(typeof row.push === "string" && { push: JSON.parse(row.push) as PushAddress }),
  };
}

function linkFrom(row: Row): SetupLink {
  return {
    tokenHash: text(row.token_hash),
    staff: text(row.staff),
    totpSecret: text(row.totp_secret),
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
  };
}

function optional(value: Row[string] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
