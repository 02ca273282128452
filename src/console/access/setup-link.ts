/** The link that lets a person choose a password: valid for three days, once. */
import type { SetupLink, StaffRecord } from "../../vocabulary/staff.js";
import { newTotpSecret } from "./second-factor.js";
import { hashToken, newId, newToken } from "./sessions.js";

export const LINK_MS = 72 * 60 * 60 * 1000;

/** A link for this person: what is kept, and the path below the console that is shown once. */
export function newSetupLink(staff: string, now: number): { link: SetupLink; path: string } {
  const token = newToken();
  return {
    link: {
      tokenHash: hashToken(token),
      staff,
      totpSecret: newTotpSecret(),
      createdAt: now,
      expiresAt: now + LINK_MS,
    },
    path: `/console/setup/${token}`,
  };
}

/** Somebody new, who cannot do anything before the link is used. */
export function newStaff(
  wanted: Pick<StaffRecord, "login" | "name" | "roles" | "agency">,
  now: number,
): StaffRecord {
  return { ...wanted, id: newId(), state: "invited", totpStep: 0, isDemo: false, createdAt: now };
}

/** What may be typed to sign in: short, lower case, safe to say on the phone. */
export function isLogin(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]{1,38})[a-z0-9]$/.test(text);
}
