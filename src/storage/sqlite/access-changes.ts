/** Every change of access, as statements; each answers whether it held. */
import type { AccessChange, SecondFactor } from "../access-port.js";
import type { PushAddress, SetupLink, StaffRecord } from "../../vocabulary/staff.js";
import type { Database, Value } from "./driver.js";

/** The returned function runs inside the transaction that is open. */
export function accessChanges(database: Database): (change: AccessChange, now: number) => boolean {
  const staff = prepareStaff(database);
  const sessions = prepareSessions(database);
  const links = prepareLinks(database);
  const putKeys = runner(database)(
    "INSERT OR IGNORE INTO push_keys (id, public_key, private_key) VALUES (1, ?, ?)",
  );
  return (change, now) => {
    switch (change.kind) {
      case "add-staff":
        if (!staff.add(change.staff)) return false;
        if (change.link !== undefined) links.put(change.link);
        return true;
      case "change-staff":
        if (!change.staff.roles.includes("administrator") && !staff.leavesAdministrator(change.staff.id))
          return false;
        return staff.change(change.staff);
      case "new-link":
        if (!staff.strip(change.link.staff)) return false;
        sessions.endAll(change.link.staff);
        links.put(change.link);
        return true;
      case "set-up": {
        const link = links.take(change.tokenHash, now);
        if (link === undefined || !staff.setUp(link, change.passwordHash, change.totpStep)) return false;
        staff.putCodes(link.staff, change.backupHashes);
        sessions.endAll(link.staff);
        return true;
      }
      case "disable":
        if (!staff.leavesAdministrator(change.staff)) return false;
        sessions.endAll(change.staff);
        links.drop(change.staff);
        return staff.disable(change.staff);
      case "enable":
        return staff.enable(change.staff);
      case "password":
        sessions.endAll(change.staff, change.keepSession);
        return staff.password(change.staff, change.passwordHash);
      case "backup-codes":
        staff.putCodes(change.staff, change.backupHashes);
        return true;
      case "sign-in": {
        const { session, proof } = change;
        if (!staff.prove(session.staff, proof)) return false;
        sessions.put(session);
        return true;
      }
      case "end-session":
        return sessions.end(change.staff, change.session);
      case "end-sessions":
        sessions.endAll(change.staff, change.keepSession);
        return true;
      case "push":
        return sessions.push(change.staff, change.session, change.push);
      case "push-keys":
        return putKeys(change.keys.publicKey, change.keys.privateKey);
    }
  };
}

function prepareStaff(database: Database) {
  const run = runner(database);
  const add = run(
    "INSERT OR IGNORE INTO staff (id, login, name, roles, agency, state, password_hash, totp_secret, totp_step, is_demo, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const change = run("UPDATE staff SET name = ?, roles = ?, agency = ? WHERE id = ?");
  const strip = run(
    "UPDATE staff SET state = 'invited', password_hash = NULL, totp_secret = NULL WHERE id = ? AND state <> 'disabled' AND is_demo = 0",
  );
  const setUp = run(
    "UPDATE staff SET state = 'active', password_hash = ?, totp_secret = ?, totp_step = ? WHERE id = ? AND state = 'invited'",
  );
  const state = run("UPDATE staff SET state = ? WHERE id = ?");
  const enable = run(
    "UPDATE staff SET state = CASE WHEN password_hash IS NULL THEN 'invited' ELSE 'active' END WHERE id = ? AND state = 'disabled'",
  );
  const password = run("UPDATE staff SET password_hash = ? WHERE id = ? AND state = 'active'");
  const useStep = run(
    "UPDATE staff SET totp_step = ? WHERE id = ? AND state = 'active' AND is_demo = 0 AND totp_step < ?",
  );
  const isDemo = run("UPDATE staff SET totp_step = 0 WHERE id = ? AND state = 'active' AND is_demo = 1");
  const isActive = run("UPDATE staff SET state = 'active' WHERE id = ? AND state = 'active' AND is_demo = 0");
  const isNoAdministrator = database.prepare(
    "SELECT 1 FROM staff WHERE id = ? AND (state <> 'active' OR ' ' || roles || ' ' NOT LIKE '% administrator %')",
  );
  // Demo accounts count among themselves: where a real page is connected, they cannot come in.
  const others = database.prepare(
    "SELECT 1 FROM staff AS other, staff AS this WHERE this.id = ? AND other.id <> this.id AND other.state = 'active' AND (this.is_demo = 1 OR other.is_demo = 0) AND ' ' || other.roles || ' ' LIKE '% administrator %'",
  );
  const useCode = run("DELETE FROM backup_codes WHERE staff = ? AND hash = ?");
  const dropCodes = run("DELETE FROM backup_codes WHERE staff = ?");
  const putCode = run("INSERT INTO backup_codes (staff, hash) VALUES (?, ?)");
  return {
    add: (each: StaffRecord) =>
      add(
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
      ),
    change: (each: Pick<StaffRecord, "id" | "name" | "roles" | "agency">) =>
      change(each.name, each.roles.join(" "), each.agency ?? null, each.id),
    strip: (id: string) => {
      dropCodes(id);
      return strip(id);
    },
    setUp: (link: SetupLink, passwordHash: string, step: number) =>
      setUp(passwordHash, link.totpSecret, step, link.staff),
    /** True when an active administrator is left besides this person, or this person is none. */
    leavesAdministrator: (id: string) =>
      isNoAdministrator.get(id) !== undefined || others.get(id) !== undefined,
    disable: (id: string) => state("disabled", id),
    enable: (id: string) => enable(id),
    password: (id: string, passwordHash: string) => password(passwordHash, id),
    putCodes: (id: string, hashes: string[]) => {
      dropCodes(id);
      for (const hash of hashes) putCode(id, hash);
    },
    prove: (id: string, proof: SecondFactor) => {
      switch (proof.kind) {
        case "totp":
          return useStep(proof.step, id, proof.step);
        case "backup":
          return isActive(id) && useCode(id, proof.hash);
        case "demo":
          return isDemo(id);
      }
    },
  };
}

function prepareSessions(database: Database) {
  const run = runner(database);
  const put = run(
    "INSERT INTO sessions (id, token_hash, staff, started_at, seen_at, address, browser) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const push = run("UPDATE sessions SET push = ? WHERE staff = ? AND id = ?");
  const end = run("DELETE FROM sessions WHERE staff = ? AND id = ?");
  const endAll = run("DELETE FROM sessions WHERE staff = ? AND id <> ?");
  return {
    put: (each: {
      id: string;
      tokenHash: string;
      staff: string;
      startedAt: number;
      seenAt: number;
      address: string;
      browser: string;
    }) => put(each.id, each.tokenHash, each.staff, each.startedAt, each.seenAt, each.address, each.browser),
    push: (staff: string, id: string, address: PushAddress | undefined) =>
      push(address === undefined ? null : JSON.stringify(address), staff, id),
    end: (staff: string, id: string) => end(staff, id),
    endAll: (staff: string, keep = "") => endAll(staff, keep),
  };
}

function prepareLinks(database: Database) {
  const run = runner(database);
  const put = run(
    "INSERT INTO setup_links (token_hash, staff, totp_secret, created_at, expires_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (staff) DO UPDATE SET token_hash = excluded.token_hash, totp_secret = excluded.totp_secret, created_at = excluded.created_at, expires_at = excluded.expires_at",
  );
  const take = database.prepare(
    "DELETE FROM setup_links WHERE token_hash = ? AND expires_at > ? RETURNING staff, totp_secret, created_at, expires_at",
  );
  const drop = run("DELETE FROM setup_links WHERE staff = ?");
  return {
    put: (link: SetupLink) =>
      put(link.tokenHash, link.staff, link.totpSecret, link.createdAt, link.expiresAt),
    take: (tokenHash: string, now: number): SetupLink | undefined => {
      const row = take.get(tokenHash, now);
      return row === undefined
        ? undefined
        : {
            tokenHash,
            staff: String(row.staff),
            totpSecret: String(row.totp_secret),
            createdAt: Number(row.created_at),
            expiresAt: Number(row.expires_at),
          };
    },
    drop: (staff: string) => drop(staff),
  };
}

/** A prepared statement as a function that says whether it changed anything. */
function runner(database: Database): (sql: string) => (...values: Value[]) => boolean {
  return (sql) => {
    const statement = database.prepare(sql);
    return (...values) => statement.run(...values).changes > 0;
  };
}
