/** Who works at the console: people with fixed roles, their sessions, and the links that let them in the first time. */

/** The six roles of a city page. One person may hold several. */
export const ROLES = ["officer", "editor", "approver", "head", "agency", "administrator"] as const;
export type Role = (typeof ROLES)[number];

/** A person at the console, as every screen may know them. */
export interface StaffMember {
  id: string;
  /** As colleagues read it. */
  name: string;
  roles: readonly Role[];
  /** The one agency whose tickets a person with the role `agency` sees. */
  agency?: string;
}

/** What is kept of a person. Secrets leave the store only to be compared. */
export interface StaffRecord extends StaffMember {
  /** What is typed to sign in: lower case, unique. */
  login: string;
  /** `invited`: waits for the set-up link to be used; has no password. `disabled`: cannot sign in. */
  state: "invited" | "active" | "disabled";
  /** argon2id with its parameters. */
  passwordHash?: string;
  /** Base32. Absent only for a demo account, which signs in without a code. */
  totpSecret?: string;
  /** The last 30-second step whose code was used; no code of this step or before counts again. */
  totpStep: number;
  /** Made by the simulator; refused as soon as a real page is connected. */
  isDemo: boolean;
  createdAt: number;
}

/** One browser that is signed in. The cookie's token is kept only as its SHA-256. */
export interface SessionRecord {
  /** Names the session in lists; lets nobody in. */
  id: string;
  tokenHash: string;
  staff: string;
  startedAt: number;
  seenAt: number;
  /** From where, as the server saw it. */
  address: string;
  /** What the browser calls itself, cut short. */
  browser: string;
  /** Where this browser is told of what waits while no page is open; ends with the session's being ended. */
  push?: PushAddress;
}

/** Where a browser's maker takes messages for one browser, and the keys that only that browser can read them with. */
export interface PushAddress {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** By these the makers of browsers know that it is always the same city that sends (VAPID). URL-safe Base64. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** A link that lets one person choose a password, once, for a time. The token is kept only as its SHA-256. */
export interface SetupLink {
  tokenHash: string;
  staff: string;
  /** The secret the authenticator app will hold when the link is used. */
  totpSecret: string;
  createdAt: number;
  expiresAt: number;
}
