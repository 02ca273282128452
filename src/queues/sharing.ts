/** Works on a store together with other instances: takes lanes, gives them back when idle, and looks for those that nobody works on. */
import type { SharedLanes, Store, TakenLane } from "../storage/port.js";
import { TAKEOVER_WAIT_MS } from "./backoff.js";
import type { Lanes } from "./lanes.js";
import { nameOf, type QueueLog } from "./log.js";
import type { Outbox } from "./outbox.js";

export interface Sharing {
  /** Makes a lane ours; its unsent replies go to the outbox. Undefined when another instance has it. */
  hold(citizen: string): Promise<TakenLane | undefined>;
  /** A lane or a conversation has run empty: if both have, the lane is given back. */
  settle(citizen: string): void;
  start(): void;
  stop(): Promise<void>;
}

export interface SharingParts {
  store: Store;
  shared: SharedLanes;
  /** The queues are built with this, so they come later. */
  queues: () => { lanes: Lanes; outbox: Outbox };
  now: () => number;
  log: QueueLog;
  /** How often to look for lanes that call. */
  everyMs?: number;
  echoWaitMs?: number;
}

/** Lanes taken up in one look. */
const MOST_CALLS = 500;

export function createSharing(parts: SharingParts): Sharing {
  const { store, shared, queues, now, log } = parts;
  const timers: NodeJS.Timeout[] = [];
  const leaving = new Set<string>();
  const running = new Set<Promise<void>>();

  const leave = async (citizen: string): Promise<void> => {
    const { lanes, outbox } = queues();
    if (lanes.has(citizen) || outbox.has(citizen)) return;
    const events = await shared.leave(citizen);
    if (events.length > 0) lanes.push(events);
  };

  const look = async (): Promise<void> => {
    for (const citizen of await shared.calls(MOST_CALLS)) queues().lanes.call(citizen);
  };

  const beat = async (): Promise<void> => {
    await shared.beat();
    queues().outbox.heed(await store.sendingStop());
  };

  /** One after the other, again and again; a store that fails is asked again next time. */
  const repeat = (what: string, work: () => Promise<void>, everyMs: number): NodeJS.Timeout => {
    let isRunning = false;
    return setInterval(() => {
      if (isRunning) return;
      isRunning = true;
      const run: Promise<void> = work()
        .catch((error: unknown) => {
          log.error({ error: nameOf(error), what }, "the store could not be asked; trying again");
        })
        .finally(() => {
          isRunning = false;
          running.delete(run);
        });
      running.add(run);
    }, everyMs);
  };

  shared.onLost(() => {
    log.warn({}, "this instance was silent for so long that others took its lanes over");
    queues().lanes.unhold();
    queues().outbox.drop();
  });

  return {
    async hold(citizen) {
      const taken = await shared.take(citizen);
      if (taken === undefined) {
        queues().outbox.drop(citizen);
        return undefined;
      }
      // Whoever had the lane before, this instance included, may have sent the first of them and not have come to say so.
      const inDoubtUntil = now() + (taken.isInDoubt ? (parts.echoWaitMs ?? TAKEOVER_WAIT_MS) : 0);
      const [first, ...rest] = taken.unsent;
      queues().outbox.replace(citizen, first === undefined ? [] : [{ ...first, inDoubtUntil }, ...rest]);
      return taken;
    },
    settle(citizen) {
      if (leaving.has(citizen)) return;
      leaving.add(citizen);
      const run: Promise<void> = leave(citizen)
        .catch((error: unknown) => {
          // It stays ours; the next beat finds it without work and calls it.
          log.error({ error: nameOf(error) }, "a lane could not be given back");
        })
        .finally(() => {
          leaving.delete(citizen);
          running.delete(run);
        });
      running.add(run);
    },
    start() {
      timers.push(
        repeat("calls", look, parts.everyMs ?? 250).unref(),
        repeat("beat", beat, shared.beatMs).unref(),
      );
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
