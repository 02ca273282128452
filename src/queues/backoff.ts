/** How long a reply waits before it is tried again. */
import type { SendingStop } from "../vocabulary/delivery.js";

const WAITS_MS = [2000, 10_000, 60_000, 600_000, 3_600_000];

/** After this long nobody waits for the answer any more, and the reply window is closed. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * How long the echo of a message in doubt may take. Whatever held the answer up may hold the echo up as well: a network
 * in trouble, a server that stood still, a database that was away. Saying something twice is worse than saying it late.
 */
export const ECHO_WAIT_MS = 60_000;

/**
 * Until when the echo of a reply may come that was tried before and is read from the store: how its last try ended is not
 * known there, so none is tried again sooner than a doubt would be.
 */
export function echoUntil(
  { attempts, notBefore }: { attempts: number; notBefore: number },
  now: number,
): number | undefined {
  return attempts === 0 ? undefined : Math.min(notBefore, now + ECHO_WAIT_MS);
}

/** How long the echo may take after another instance was given up: it has been silent for a whole lease before that. */
export const TAKEOVER_WAIT_MS = 15_000;

/** A reply that waits for hours is tried this soon after its citizen has written again. */
export const WAKE_AFTER_MS = 15_000;

/** The wait after so many failed attempts (1, 2, …): 2 s, 10 s, 1 min, 10 min, then every hour; up to a tenth more by `chance` (0 to 1), so that all do not come back at once. */
export function waitAfter(attempts: number, chance: number): number {
  const base = WAITS_MS[Math.min(Math.max(attempts, 1), WAITS_MS.length) - 1] ?? 3_600_000;
  return Math.round(base * (1 + chance / 10));
}

/** When a stop ends, in milliseconds; one without an end ends never, no stop has ended already. */
export function endOf(stop: SendingStop | undefined): number {
  return stop === undefined ? -Infinity : (stop.until ?? Infinity);
}
