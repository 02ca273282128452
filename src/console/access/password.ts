/** Passwords: hashed with argon2id, compared without telling whether the account exists, and refused when easy to guess. */
import { hash, verify } from "@node-rs/argon2";
import { createTurnstile } from "./turnstile.js";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The parameters are kept with each hash. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** Hashing takes memory and a core; more than two at a time would slow the webhook down. */
const turnstile = createTurnstile({ atOnce: 2, mostWaiting: 60 });

/** What is kept of a password. The same letters typed on another keyboard give the same hash (Unicode NFKC). */
export function hashPassword(password: string): Promise<string> {
  return turnstile.pass(() => hash(password.normalize("NFKC"), COST));
}

/** True when the password is the one. Without a hash, as for an unknown account, it takes as long and is false. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const against = passwordHash ?? (await nobodysHash());
  const isSame = await turnstile.pass(() => verify(against, password.normalize("NFKC")));
  return isSame && passwordHash !== undefined;
}

let nobodys: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword("nobody has this password");
  return nobodys;
}
