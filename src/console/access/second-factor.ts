/** The second factor: codes of an authenticator app, each good once, and ten backup codes for the day the phone is lost. */
import { createHash, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { SecondFactor } from "../../storage/access-port.js";
import type { StaffRecord } from "../../vocabulary/staff.js";

const STEP_MS = 30_000;
/** A code counts one step early and one step late, for clocks that differ and people who type slowly. */
const TOLERANCE_STEPS = 1;
const BACKUP_CODES = 10;
/** Without the letters and digits that look alike. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const BACKUP_LENGTH = 12;

/** A new secret, in Base32 as authenticator apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function totpAddress(secret: string, { issuer, login }: { issuer: string; login: string }): string {
  return totp(secret, { issuer, label: login }).toString();
}

/** The step of time whose code this is; undefined when it is none of those that count now. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const distance = totp(secret).validate({ token: code, timestamp: now, window: TOLERANCE_STEPS });
  return distance === null ? undefined : Math.floor(now / STEP_MS) + distance;
}

/** What the typed code proves, before the store says whether it was used before; undefined when nothing. */
export function readProof(
  staff: StaffRecord,
  typed: string,
  { now, allowDemo }: { now: number; allowDemo: boolean },
): SecondFactor | undefined {
  if (staff.isDemo) return allowDemo ? { kind: "demo" } : undefined;
  const code = typed.replace(/[\s-]/g, "").toLowerCase();
  if (code.length === BACKUP_LENGTH) return { kind: "backup", hash: hashBackupCode(staff.id, code) };
  if (staff.totpSecret === undefined) return undefined;
  const step = stepOf(staff.totpSecret, code, now);
  return step === undefined || step <= staff.totpStep ? undefined : { kind: "totp", step };
}

/** Ten new backup codes, as they are shown once, and what is kept of them. */
export function newBackupCodes(staffId: string): { shown: string[]; hashes: string[] } {
  const codes = Array.from({ length: BACKUP_CODES }, () =>
    Array.from({ length: BACKUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
  );
  return {
    shown: codes.map((code) => code.replace(/(.{4})(?=.)/g, "$1-")),
    hashes: codes.map((code) => hashBackupCode(staffId, code)),
  };
}

/** Codes have 59 random bits, so that a plain hash suffices; the person's id keeps two equal codes apart. */
function hashBackupCode(staffId: string, code: string): string {
  return createHash("sha256").update(`${staffId} ${code}`).digest("hex");
}

function totp(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, secret: Secret.fromBase32(secret), period: STEP_MS / 1000, digits: 6 });
}
