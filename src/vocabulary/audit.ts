/** The audit log: who did what, when, from where. Never what a citizen wrote, never a number that was opened. */

/** Everything that is written down. The catalogue holds a label for each. */
export const AUDIT_ACTIONS = [
  "signed-in",
  "sign-in-failed",
  "signed-out",
  "session-ended",
  "sessions-ended",
  "account-set-up",
  "password-changed",
  "backup-codes-renewed",
  "staff-added",
  "staff-changed",
  "staff-disabled",
  "staff-enabled",
  "setup-link-made",
  "audit-exported",
  "parked-retried",
  "personal-data-opened",
  "push-keys-made",
  "push-on",
  "push-off",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What is to be written down. */
export interface AuditEntry {
  action: AuditAction;
  /** Who did it; absent: the program or the operator's command line. */
  staff?: { id: string; name: string };
  /** What it was done to, such as `staff:…` or `conversation:…`. */
  object?: string;
  /** Anything a reader of the log needs besides, in short texts: a purpose, a name. */
  detail?: Record<string, string>;
  /** From where, as the server saw it. */
  address?: string;
}

/** A line of the log. Each holds the hash of the one before, so that a changed or missing line shows. */
export interface AuditRow extends AuditEntry {
  /** 1, 2, 3 … without a gap. */
  sequence: number;
  at: number;
  previousHash: string;
  hash: string;
}
