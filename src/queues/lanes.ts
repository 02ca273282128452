/** One lane per citizen: their events one at a time and in order; many citizens at once. */
import { TurnOutdated, type Store } from "../storage/port.js";
import { newCitizen, type Citizen } from "../vocabulary/citizen.js";
import type { OutboxItem } from "../vocabulary/delivery.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Turn } from "../vocabulary/turn.js";
import { createBreath } from "./breath.js";
import { nameOf, pause, type QueueLog } from "./log.js";
import type { Sharing } from "./sharing.js";

export interface LanesParts {
  store: Store;
  decide: (event: InboundEvent, citizen: Citizen) => Promise<Turn>;
  /** The turn for an event about which deciding failed again and again. */
  giveUp: (event: InboundEvent, citizen: Citizen) => Promise<Turn>;
  /** Called after the turn is on disk, with the replies to deliver. */
  onTurn: (items: OutboxItem[], turn: Turn, event: InboundEvent, decideMs: number) => void;
  /** Present where several instances share the store. */
  sharing?: Pick<Sharing, "hold" | "settle">;
  now: () => number;
  log: QueueLog;
  /** Events held in memory at most; more wait in the store. */
  maxInMemory?: number;
  /** Wait before the second attempt; the third waits twice as long. */
  retryMs?: number;
}

export interface Lanes {
  /** Takes up what waits in the store, and what has been pushed meanwhile. Before it no turn is begun. */
  start(): Promise<void>;
  /** New events, already stored. */
  push(events: readonly InboundEvent[]): void;
  /** Finishes the turns that have begun; the rest stays in the store. */
  stop(): Promise<void>;
  inMemory(): number;
  has(citizen: string): boolean;
  /** Where the store is shared: something may wait in this lane that is not in memory. */
  call(citizen: string): void;
  /** Where the store is shared: no lane is known to be ours any more. */
  unhold(): void;
}

interface Lane {
  events: InboundEvent[];
  citizen?: Citizen;
  /** Ours, where lanes are shared. */
  isHeld?: boolean;
  /** Something has come into it that is not in memory. */
  isCalled?: boolean;
}

const ATTEMPTS = 3;
const MOST_AT_ONCE = 64;
const COMMIT_RETRY_MS = [200, 1000, 3000, 10_000];

export function createLanes(parts: LanesParts): Lanes {
  const { store, log } = parts;
  const most = parts.maxInMemory ?? 2000;
  const lanes = new Map<string, Lane>();
  const ids = new Set<string>();
  const ready: string[] = [];
  const running = new Set<Promise<void>>();
  const breath = createBreath();
  /** Some events are only in the store, as all are before the start; until they are read, new ones must queue behind them there. */
  let hasMore = parts.sharing === undefined;
  let isReading = false;
  let isStarted = false;
  let isStopped = false;

  const add = (event: InboundEvent): void => {
    if (event.citizen === undefined || ids.has(event.id)) return;
    ids.add(event.id);
    const lane = lanes.get(event.citizen);
    if (lane !== undefined) {
      lane.events.push(event);
      // Another instance may have accepted an earlier one that has not been heard of here: the store knows the order.
      if (parts.sharing !== undefined) lane.isCalled = true;
      return;
    }
    lanes.set(event.citizen, { events: [event] });
    ready.push(event.citizen);
  };

  const startReady = (): void => {
    while (isStarted && !isStopped && running.size < MOST_AT_ONCE && ready.length > 0) {
      const id = ready.shift();
      const lane = id === undefined ? undefined : lanes.get(id);
      if (id === undefined || lane === undefined) continue;
      const run: Promise<void> = runLane(id, lane).finally(() => {
        running.delete(run);
        if (lane.events.length > 0 || lane.isCalled === true) ready.push(id);
        else {
          lanes.delete(id);
          parts.sharing?.settle(id);
        }
        if (hasMore && ids.size < most / 2) void readMore();
        startReady();
      });
      running.add(run);
    }
  };

  const readMore = async (): Promise<void> => {
    // A shared store calls for what nobody works on; nothing is read ahead.
    if (parts.sharing !== undefined) hasMore = false;
    if (isReading || isStopped || !hasMore) return;
    isReading = true;
    try {
      hasMore = false;
      const limit = ids.size + most;
      const rows = await store.waiting(0, limit);
      for (const { event } of rows) add(event);
      if (rows.length === limit) hasMore = true;
    } catch (error) {
      hasMore = true;
      log.error({ error: nameOf(error) }, "waiting events could not be read; trying again");
      await pause(1000);
    } finally {
      isReading = false;
    }
    if (hasMore && ids.size < most / 2) void readMore();
    startReady();
  };

  /** One event of the lane; the next one is taken up in the order of readiness, so that nobody hogs the turns. */
  const runLane = async (id: string, lane: Lane): Promise<void> => {
    await breath();
    if (!(await holdLane(id, lane))) return;
    // Late deliveries may be older than what waits; within a lane the platform's time decides.
    if (lane.events.length > 1) lane.events.sort((a, b) => a.at - b.at);
    const event = lane.events[0];
    if (event === undefined) return;
    try {
      lane.citizen ??= (await store.citizen(id)) ?? newCitizen(id);
      const before = parts.now();
      const turn = await decideSurely(event, lane.citizen);
      const decideMs = parts.now() - before;
      const items = await commitSurely(event, turn);
      if (items === undefined) return;
      // Whoever was removed is unknown from now on.
      lane.citizen =
        turn.erase === undefined ? { ...turn.citizen, revision: turn.citizen.revision + 1 } : undefined;
      lane.events.splice(lane.events.indexOf(event), 1);
      ids.delete(event.id);
      parts.onTurn(items, turn, event, decideMs);
    } catch (error) {
      // Nothing was committed: the event stays first in its lane.
      lane.citizen = undefined;
      lane.isHeld = false;
      log.error({ error: nameOf(error), event: event.id }, "a turn could not be finished; trying again");
      await pause(1000);
    }
  };

  /** Where lanes are shared, makes this one ours, with all that waits in it. False when it is another's, or cannot be had now. */
  const holdLane = async (id: string, lane: Lane): Promise<boolean> => {
    const { sharing } = parts;
    if (sharing === undefined || (lane.isHeld === true && lane.isCalled !== true)) return true;
    const before = [...lane.events];
    lane.isCalled = false;
    try {
      const taken = await sharing.hold(id);
      for (const event of before) ids.delete(event.id);
      // What waits is what the store says, in its order; what arrived meanwhile stands behind.
      const since = lane.events.slice(before.length).filter((event) => ids.has(event.id));
      lane.events = taken === undefined ? [] : [...taken.events];
      for (const event of lane.events) ids.add(event.id);
      lane.events.push(
        ...since.filter((event) => !taken?.events.some(({ id: other }) => other === event.id)),
      );
      lane.isHeld = taken !== undefined;
      lane.citizen = taken?.citizen;
      return taken !== undefined;
    } catch (error) {
      lane.isCalled = true;
      log.error({ error: nameOf(error) }, "a lane could not be taken; trying again");
      await pause(1000);
      return false;
    }
  };

  const decideSurely = async (event: InboundEvent, citizen: Citizen): Promise<Turn> => {
    for (;;) {
      try {
        return await parts.decide(event, citizen);
      } catch (error) {
        const attempts = await store.turnFailed(event.id, nameOf(error));
        log.error({ error: nameOf(error), event: event.id, attempts }, "deciding failed");
        if (attempts >= ATTEMPTS) return parts.giveUp(event, citizen);
        await pause((parts.retryMs ?? 500) * attempts);
      }
    }
  };

  /** The same turn until it is on disk. Undefined when the program stops first. */
  const commitSurely = async (event: InboundEvent, turn: Turn): Promise<OutboxItem[] | undefined> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await store.commitTurn(event.id, turn, parts.now());
      } catch (error) {
        if (isStopped) return undefined;
        if (error instanceof TurnOutdated) throw error;
        log.error({ error: nameOf(error), event: event.id }, "a turn could not be stored; trying again");
        await pause(COMMIT_RETRY_MS[Math.min(tries, COMMIT_RETRY_MS.length - 1)] ?? 1000);
      }
    }
  };

  return {
    start() {
      isStarted = true;
      startReady();
      return readMore();
    },
    push(events) {
      for (const event of events) {
        if (isStopped || hasMore || isReading || ids.size >= most) {
          hasMore = true;
          break;
        }
        add(event);
      }
      if (hasMore && ids.size < most / 2) void readMore();
      startReady();
    },
    async stop() {
      isStopped = true;
      await Promise.all(running);
    },
    inMemory: () => ids.size,
    has: (citizen) => lanes.has(citizen),
    call(citizen) {
      const lane = lanes.get(citizen);
      if (lane !== undefined) lane.isCalled = true;
      else if (ids.size < most) {
        lanes.set(citizen, { events: [], isCalled: true });
        ready.push(citizen);
      }
      startReady();
    },
    unhold() {
      for (const lane of lanes.values()) lane.isHeld = false;
    },
  };
}
