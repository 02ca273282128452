/** Tells staff who have no page open about conversations that wait for them. */
import type { ConsoleStore } from "../../storage/console-port.js";
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
  const climbs = parts.channels.map((channel) => ({ channel, told: new Map<string, number>() }));
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;

  const tick = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      const at = now();
      const listings = await desk.listings({ places: ["needs"], order: "need", now: at, limit: MOST });
      const open = new Set(listings.map(({ escalation }) => escalation?.id));
      const isServiceTime = parts.isServiceTime(at);
      // One that does not answer must not keep the others silent.
      await Promise.all(
        climbs
          .map(async ({ channel, told }) => {
            for (const about of told.keys()) if (!open.has(about.split(" ")[0])) told.delete(about);
            for (const due of dueAlerts(listings, told, { now: at, isServiceTime, steps: channel.steps })) {
              await channel.tell(due);
              told.set(due.about, due.times);
            }
          })
          .map((ending) => ending.catch(parts.onFailure)),
      );
    } catch (error) {
      parts.onFailure(error);
    } finally {
      isBusy = false;
    }
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
