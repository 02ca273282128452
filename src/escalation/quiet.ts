/** When the bot is silent because a conversation belongs to a person, and when it speaks again. */
import type { Citizen } from "../vocabulary/citizen.js";

export type Quiet = NonNullable<Citizen["quiet"]>;

/** True while the bot must not speak in this conversation. */
export function isQuiet(citizen: Citizen, now: number): boolean {
  return citizen.quiet !== undefined && (citizen.quiet.until === undefined || now < citizen.quiet.until);
}

/**
 * The silence after somebody took, asked for, or urgently needs a person.
 * Danger to life has no end by itself: only a person gives such a conversation back.
 */
export function startQuiet(reason: Quiet["reason"], now: number, returnsAfterMs: number | undefined): Quiet {
  return { reason, since: now, until: returnsAfterMs === undefined ? undefined : now + returnsAfterMs };
}
