/** How long a browser stays signed in, and the secrets of sessions and links. Decides with values; touches nothing. */
import { createHash, randomBytes } from "node:crypto";
import type { SessionRecord, StaffRecord } from "../../vocabulary/staff.js";

const HOUR = 60 * 60 * 1000;

/** Signed out after this long without a page opened or a form sent. */
export const IDLE_MS = 8 * HOUR;
/** Signed out this long after signing in, whatever happens. */
export const LONGEST_MS = 7 * 24 * HOUR;
/** The use of a session is noted at most this often. */
export const TOUCH_EVERY_MS = 60_000;

/** When the session ends if nothing more is done in it. */
export function endOf(session: Pick<SessionRecord, "startedAt" | "seenAt">): number {
  return Math.min(session.seenAt + IDLE_MS, session.startedAt + LONGEST_MS);
}

/** True when the session lets its person in at this moment. A demo account is let in only where no real page is connected. */
export function isAlive(
  session: SessionRecord,
  staff: StaffRecord,
  { now, allowDemo }: { now: number; allowDemo: boolean },
): boolean {
  return now < endOf(session) && staff.state === "active" && (allowDemo || !staff.isDemo);
}

/** A secret for a cookie or a link: 256 bits, safe in an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A name for a row that is no secret. */
export function newId(): string {
  return randomBytes(12).toString("base64url");
}

/** What is kept of a token. Tokens are long and random, so that a plain hash suffices. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
