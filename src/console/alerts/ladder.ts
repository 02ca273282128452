/** When staff are told about a conversation that waits: again and again until somebody takes it. */
import type { Listing } from "../../vocabulary/listing.js";

const MINUTE = 60_000;

/** First after so many minutes, then every so many. */
export interface Step {
  first: number;
  every: number;
}

/** How one way of telling climbs. */
export interface Steps {
  /** Danger that nobody has taken, at any hour. */
  urgent: Step;
  /** Whatever else nobody has taken, while staff are at work. */
  ordinary: Step;
  /** The citizen has written again in a conversation somebody holds; only its holder is told. Absent: nobody is. */
  held?: Step;
}

/** A group is told when those who have the console have not reacted. */
export const GROUP_STEPS: Steps = { urgent: { first: 2, every: 10 }, ordinary: { first: 30, every: 60 } };

/** The browsers of staff are told at once. */
export const BROWSER_STEPS: Steps = {
  urgent: { first: 0, every: 2 },
  ordinary: { first: 0, every: 15 },
  held: { first: 0, every: 15 },
};

/** A danger told to somebody who has the conversation is theirs alone for so many minutes; then it is everybody's. */
const HOLDER_ALONE = 2;

/** How often it was told, by what it was told about. */
export type Told = ReadonlyMap<string, number>;

export interface Due {
  listing: Listing;
  /** What is told about, for remembering how often. */
  about: string;
  waitedMs: number;
  /** How often it will have been told after this. */
  times: number;
  /** The one to be told; absent: everybody. */
  holder?: string;
}

/**
 * What is to be told now. What somebody holds is nobody else's, and what was missed while the program stood still is
 * told once, not many times.
 */
export function dueAlerts(
  listings: readonly Listing[],
  told: Told,
  { now, isServiceTime, steps }: { now: number; isServiceTime: boolean; steps: Steps },
): Due[] {
  return listings.flatMap((listing) => {
    const found = stepFor(listing, steps, isServiceTime, now);
    if (found === undefined) return [];
    const waitedMs = now - (found.since ?? listing.waitingSince);
    const times = timesBy(waitedMs, found.step);
    return times > (told.get(found.about) ?? 0) ? [{ listing, ...found, waitedMs, times }] : [];
  });
}

interface Found {
  step: Step;
  about: string;
  holder?: string;
  /** Waited for since then; absent: since the listing says so. */
  since?: number;
}

function stepFor(listing: Listing, steps: Steps, isServiceTime: boolean, now: number): Found | undefined {
  const { escalation } = listing;
  if (escalation === undefined || listing.place !== "needs") return undefined;
  const { holder, id } = escalation;
  const isTold = listing.isUrgent || isServiceTime;
  if (!isTold) return undefined;
  if (holder === undefined) return { step: listing.isUrgent ? steps.urgent : steps.ordinary, about: id };
  const { alarmedAt } = escalation;
  if (alarmedAt !== undefined && alarmedAt > holder.since)
    return stepForDanger({ id, holder: holder.id, alarmedAt }, steps, now);
  const isAnswered = listing.waitingSince <= holder.since;
  if (steps.held === undefined || isAnswered) return undefined;
  return { step: steps.held, about: `${id} ${holder.id} ${listing.waitingSince}`, holder: holder.id };
}

/** New danger in a conversation that somebody has: first they are told, then everybody. */
function stepForDanger(
  { id, holder, alarmedAt }: { id: string; holder: string; alarmedAt: number },
  { urgent, held }: Steps,
  now: number,
): Found | undefined {
  const about = `${id} ${holder} ${alarmedAt} danger`;
  if (now - alarmedAt >= HOLDER_ALONE * MINUTE)
    return {
      step: { ...urgent, first: Math.max(urgent.first, HOLDER_ALONE) },
      about: `${about} to all`,
      since: alarmedAt,
    };
  return held === undefined ? undefined : { step: { ...held, first: 0 }, about, holder, since: alarmedAt };
}

function timesBy(waitedMs: number, { first, every }: Step): number {
  const minutes = waitedMs / MINUTE;
  return minutes < first ? 0 : 1 + Math.floor((minutes - first) / every);
}
