/** Tells staff who have no page open about conversations that wait for them. */
import type { ConsoleStore } from "../../storage/console-port.js";
import type { Listing } from "../../vocabulary/listing.js";
import { dueAlerts, type Due, type Steps } from "./ladder.js";

/** One way of telling. Resolves when it was taken; rejects when it was not, and it is tried again later. */
export interface AlertChannel {
  steps: Steps;
  tell(due: Due): Promise<void>;
}

export interface AlertsParts {
  desk: Pick<ConsoleStore, "listings">;
  channels: readonly AlertChannel[];
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

/** Looks every few seconds. What was told is remembered in this process; after a start it is told once more. */
export function createAlerts(parts: AlertsParts): Alerts {
  const { desk, now } = parts;
  const climbs = parts.channels.map((channel) => ({
    channel,
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
      await channel.tell(due);
      told.set(due.about, due.times);
    }
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
