/** Tells staff who have no page open about conversations that wait for them. */
import type { ConsoleStore } from "../../storage/console-port.js";
import { tallyName, type TallyStore } from "../../storage/tally-port.js";
import type { Listing } from "../../vocabulary/listing.js";
import { dueAlerts, type Due, type Steps } from "./ladder.js";

/** One way of telling. Resolves when it was taken; rejects when it was not, and it is tried again later. */
export interface AlertChannel {
  /** What it is called where it is remembered what it told. */
  name: string;
  steps: Steps;
  tell(due: Due): Promise<void>;
}

export interface AlertsParts {
  desk: Pick<ConsoleStore, "listings">;
  channels: readonly AlertChannel[];
  tallies: TallyStore;
  isServiceTime: (at: number) => boolean;
  now: () => number;
  /** Told when a channel fails; without what should have been sent. */
  onFailure: (error: unknown) => void;
}

export interface Alerts {
  start(): void;
  /** Looks once. */
  tick(): Promise<void>;
  stop(): void;
}

const LOOK_EVERY_MS = 5000;
const MOST = 200;
/** What was told is remembered so long; what still waits then has been told again since. */
const REMEMBERED_MS = 2 * 24 * 60 * 60 * 1000;

/** Looks every few seconds. What was told stands in the store: of several instances one tells it, and a start repeats nothing. */
export function createAlerts(parts: AlertsParts): Alerts {
  const { desk, tallies, now } = parts;
  const climbs = parts.channels.map((channel) => ({
    channel,
    /** What the store is known to hold. */
    told: new Map<string, number>(),
    isBusy: false,
  }));
  let timer: NodeJS.Timeout | undefined;

  const climb = async (each: (typeof climbs)[number], listings: readonly Listing[], at: number) => {
    const { channel, told } = each;
    const open = new Set(listings.map(({ escalation }) => escalation?.id));
    for (const about of told.keys()) if (!open.has(about.split(" ")[0])) told.delete(about);
    const asked = { now: at, isServiceTime: parts.isServiceTime(at), steps: channel.steps };
    for (const due of dueAlerts(listings, told, asked)) {
      const times = await tellOnce(channel, due, at);
      if (times !== undefined) told.set(due.about, times);
    }
  };

  /** How often it has been told by now, here or elsewhere; undefined when another instance is at it. */
  const tellOnce = async (channel: AlertChannel, due: Due, at: number): Promise<number | undefined> => {
    const name = tallyName("alert", `${channel.name} ${due.about}`);
    const before = await tallies.get(name);
    if (before !== undefined && before.count >= due.times) return before.count;
    const after = { count: due.times, at, keptUntil: at + REMEMBERED_MS };
    if (!(await tallies.swap(name, before, after))) return undefined;
    try {
      await channel.tell(due);
    } catch (error) {
      await tallies.swap(name, after, before);
      throw error;
    }
    return due.times;
  };

  // One that is slow or does not answer must not keep the others silent.
  const tick = async (): Promise<void> => {
    const free = climbs.filter(({ isBusy }) => !isBusy);
    if (free.length === 0) return;
    for (const each of free) each.isBusy = true;
    const at = now();
    const listings = desk.listings({ places: ["needs"], order: "need", now: at, limit: MOST });
    await Promise.all(
      free.map(async (each) => {
        try {
          await climb(each, await listings, at);
        } catch (error) {
          parts.onFailure(error);
        } finally {
          each.isBusy = false;
        }
      }),
    );
  };
  return {
    start() {
      timer = setInterval(() => void tick(), LOOK_EVERY_MS);
      timer.unref();
    },
    tick,
    stop: () => clearInterval(timer),
  };
}
