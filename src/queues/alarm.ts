/** Puts a nudge into the lanes when its time has come. */
import type { Store } from "../storage/port.js";
import type { Lanes } from "./lanes.js";
import { nameOf, type QueueLog } from "./log.js";

export interface AlarmClock {
  start(): void;
  /** Rings what is due now. */
  tick(): Promise<void>;
  stop(): void;
}

/** Looks every `everyMs`; an alarm is late by at most that. */
export function createAlarmClock(parts: {
  store: Store;
  lanes: Lanes;
  now: () => number;
  log: QueueLog;
  everyMs?: number;
}): AlarmClock {
  let timer: NodeJS.Timeout | undefined;
  let isTicking = false;
  const tick = async (): Promise<void> => {
    if (isTicking) return;
    isTicking = true;
    try {
      parts.lanes.push(await parts.store.ringAlarms(parts.now(), 500));
    } catch (error) {
      parts.log.error({ error: nameOf(error) }, "alarms could not be read; trying again");
    } finally {
      isTicking = false;
    }
  };
  return {
    start() {
      timer = setInterval(() => void tick(), parts.everyMs ?? 200);
      timer.unref();
    },
    tick,
    stop: () => clearInterval(timer),
  };
}
