/** What a store promises about staff, their sessions and the audit log. */
import type { AuditAction, AuditEntry, AuditRow } from "../vocabulary/audit.js";
import type { PushAddress, PushKeys, SessionRecord, SetupLink, StaffRecord } from "../vocabulary/staff.js";

/** Everything that can change about access. Each is one atomic step together with its line in the audit log. */
export type AccessChange =
  /** Does not hold when the login is taken. */
  | { kind: "add-staff"; staff: StaffRecord; link?: SetupLink }
  /** Name, roles, agency. Does not hold when no active administrator would be left. */
  | { kind: "change-staff"; staff: Pick<StaffRecord, "id" | "name" | "roles" | "agency"> }
  /** For a person who is not disabled. Takes password, second factor, older links and sessions away; the link is the only way in. */
  | { kind: "new-link"; link: SetupLink }
  /** Uses the link up and gives its person a password and a second factor. Does not hold when the link is used, expired or replaced. */
  | { kind: "set-up"; tokenHash: string; passwordHash: string; totpStep: number; backupHashes: string[] }
  /** Ends all sessions, too. Does not hold when no active administrator would be left. */
  | { kind: "disable"; staff: string }
  | { kind: "enable"; staff: string }
  /** Ends every session but the one given. */
  | { kind: "password"; staff: string; passwordHash: string; keepSession?: string }
  | { kind: "backup-codes"; staff: string; backupHashes: string[] }
  /** Does not hold when the code's step or the backup code was used before, or the person is not active any more. */
  | { kind: "sign-in"; session: SessionRecord; proof: SecondFactor }
  | { kind: "end-session"; staff: string; session: string }
  | { kind: "end-sessions"; staff: string; keepSession?: string }
  /** Tells this browser of what waits, or without an address no more. Does not hold when the session is gone. */
  | { kind: "push"; staff: string; session: string; push?: PushAddress }
  /** Does not hold when there are keys. */
  | { kind: "push-keys"; keys: PushKeys };

export type SecondFactor =
  { kind: "totp"; step: number } | { kind: "backup"; hash: string } | { kind: "demo" };

export interface AccessStore {
  staffByLogin(login: string): Promise<StaffRecord | undefined>;
  staffById(id: string): Promise<StaffRecord | undefined>;
  /** Everybody, by name. */
  allStaff(): Promise<StaffRecord[]>;
  session(tokenHash: string): Promise<{ session: SessionRecord; staff: StaffRecord } | undefined>;
  /** Newest first. */
  sessionsOf(staff: string): Promise<SessionRecord[]>;
  /** Sessions that have an address for pushing, whether or not they have run out; ended ones are gone. */
  pushSessions(): Promise<SessionRecord[]>;
  pushKeys(): Promise<PushKeys | undefined>;
  /** Notes that a session was used just now. */
  touchSession(id: string, now: number): Promise<void>;
  setupLink(tokenHash: string): Promise<SetupLink | undefined>;
  /** Links nobody has used yet. */
  openLinks(now: number): Promise<SetupLink[]>;
  backupCodesLeft(staff: string): Promise<number>;
  /** Makes the change and writes the line, both or neither; false (and no line) when the change does not hold. */
  commitAccess(change: AccessChange, entry: AuditEntry, now: number): Promise<boolean>;
}

/** Which lines of the audit log are wanted. */
export interface AuditFilter {
  from?: number;
  /** Exclusive. */
  until?: number;
  staff?: string;
  action?: AuditAction;
  /** Only lines older than this one. */
  before?: number;
}

export interface AuditStore {
  /** Writes one line for something that changes nothing else in the store. */
  append(entry: AuditEntry, now: number): Promise<AuditRow>;
  /** Newest first. */
  find(filter: AuditFilter, limit: number): Promise<AuditRow[]>;
  /** In order, after the given sequence: for checking the chain and for the export. */
  after(sequence: number, limit: number): Promise<AuditRow[]>;
}
