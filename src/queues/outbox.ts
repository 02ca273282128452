/** Delivers what was said: in order within a conversation, at the page's pace, again when it makes sense, never lost. */
import type { OutboxItem, SendingStop } from "../vocabulary/delivery.js";
import type { Sign } from "../vocabulary/reply.js";
import { createAttempt, type OutboxParts, type Room } from "./attempt.js";
import { echoUntil, endOf, WAKE_AFTER_MS } from "./backoff.js";
import { createConversations, dueAt, lookAtOf, type Conversation, type Waiting } from "./conversations.js";
import { nameOf, pause } from "./log.js";
import { LOOK_AGAIN_MS } from "./ownership.js";
import { createPace } from "./pace.js";
import { createSigns } from "./signs.js";

export type { OutboxParts } from "./attempt.js";

export interface Outbox {
  /** Takes up what is not delivered yet. */
  start(): Promise<void>;
  /** New ones; where the store is shared, also what came with a lane. `inDoubtUntil`: it may have gone out, and its echo may come until then. */
  push(items: readonly (OutboxItem & { inDoubtUntil?: number })[]): void;
  /** What came with a lane that was taken: all that is to be said to this citizen, and nothing else. */
  replace(citizen: string, items: Parameters<Outbox["push"]>[0]): void;
  /** An echo came back: the reply with this key did go out. */
  confirm(key: string, mid: string): Promise<void>;
  /** Shows a sign of life if sending works now; otherwise it is dropped. */
  sign(citizen: string, sign: Sign): void;
  /** Looks again at everything that waits for a moment that may have come. */
  tick(): void;
  stop(): Promise<void>;
  has(citizen: string): boolean;
  /** Another instance delivers to this citizen now; without one: to all. */
  drop(citizen?: string): void;
  /** What another instance has found out about sending. */
  heed(stop: SendingStop | undefined): void;
  state(): { inMemory: number; stop: SendingStop | undefined };
}

const MOST_AT_ONCE = 48;
const MOST_TIMER_MS = 60_000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, now, log, ownership } = parts;
  // A shared store gives a reply out with its lane only: what came with one stays in memory.
  const most = ownership === undefined ? (parts.maxInMemory ?? 4000) : Infinity;
  const pace = createPace(() => parts.sendsPerSecond / (ownership?.instances() ?? 1), now);
  const conversations = createConversations({
    now,
    onReady: (citizen) => void ready.push(citizen),
    onWake: () => startReady(),
  });
  const { keys, add } = conversations;
  /** Echoes of replies that were not in memory while the store was being read. */
  const echoes = new Map<string, string>();
  const ready: string[] = [];
  const sending = new Set<Promise<void>>();
  let stop: SendingStop | undefined;
  /** Some replies are only in the store, as all are before the start; new ones must queue behind them there. */
  let hasMore = ownership === undefined;
  let isReading = false;
  let isStopped = false;
  let paceTimer: NodeJS.Timeout | undefined;

  const waitingFrom = (item: Waiting): Waiting => {
    const mayEcho = echoUntil(item, now());
    const inDoubtUntil =
      mayEcho === undefined ? item.inDoubtUntil : Math.max(mayEcho, item.inDoubtUntil ?? 0);
    return { ...item, confirmed: echoes.get(item.key), inDoubtUntil };
  };

  const isHalted = (): boolean => stop !== undefined && now() < endOf(stop);

  const room: Room = {
    keys,
    isStopped: () => isStopped,
    isHalted,
    halt(value) {
      // Of several stops the one that lasts longest counts.
      if (endOf(value) >= endOf(stop)) stop = value;
    },
    lose: (citizen) => drop(citizen),
    pageFailures: 0,
  };
  const attemptOne = createAttempt(parts, room);
  const signs = createSigns(parts.sign, pace);

  const startReady = (): void => {
    while (!isStopped && sending.size < MOST_AT_ONCE && ready.length > 0) {
      if (isHalted()) {
        waitForPace(stop?.until === undefined ? MOST_TIMER_MS : stop.until - now());
        return;
      }
      // After a stop one reply goes ahead and finds out whether sending works again.
      if (room.pageFailures > 0 && sending.size > 0) return;
      const citizen = ready[0] ?? "";
      const conversation = conversations.get(citizen);
      const item = conversation?.items[0];
      if (conversation === undefined || item === undefined || conversation.isBusy) {
        ready.shift();
        continue;
      }
      const isWaiting = item.confirmed === undefined && dueAt(item) > now();
      const lookAt = ownership === undefined ? dueAt(item) : lookAtOf(item);
      const isOthers = ownership?.isOurs(citizen) === false;
      if (isOthers || (isWaiting && lookAt > now())) {
        ready.shift();
        conversations.wakeLater(citizen, conversation, isOthers ? now() + LOOK_AGAIN_MS : lookAt);
        continue;
      }
      const waitMs = isWaiting ? 0 : pace.take().waitMs;
      if (waitMs > 0) {
        waitForPace(waitMs);
        return;
      }
      ready.shift();
      begin(citizen, conversation, item);
    }
  };

  const waitForPace = (ms: number): void => {
    paceTimer ??= setTimeout(
      () => {
        paceTimer = undefined;
        startReady();
      },
      Math.min(MOST_TIMER_MS, Math.max(1, ms)),
    ).unref();
  };

  const begin = (citizen: string, conversation: Conversation, item: Waiting): void => {
    conversation.isBusy = true;
    const attempt: Promise<void> = attemptOne(conversation, item)
      .catch(async (error: unknown) => {
        // Nothing is known to throw here; if something does, the reply stays and others are not held up.
        log.error({ error: nameOf(error), key: item.key }, "an attempt to deliver broke off; trying again");
        await pause(1000);
      })
      .finally(() => {
        sending.delete(attempt);
        conversation.isBusy = false;
        if (conversation.items.length === 0) forget(citizen, conversation);
        else ready.push(citizen);
        if (hasMore && keys.size < most / 2) void readMore();
        startReady();
      });
    sending.add(attempt);
  };

  const forget = (citizen: string, conversation: Conversation): void => {
    conversations.forget(citizen, conversation);
    ownership?.onIdle(citizen);
  };

  const drop = (citizen?: string): void => {
    for (const [id, conversation] of conversations.all())
      if (citizen === undefined || id === citizen) forget(id, conversation);
  };

  const readMore = async (): Promise<void> => {
    if (isReading || isStopped) return;
    isReading = true;
    hasMore = false;
    try {
      const limit = keys.size + most;
      const items = await store.unsent(0, limit);
      for (const item of items) add(waitingFrom(item));
      if (items.length === limit) hasMore = true;
    } catch (error) {
      hasMore = true;
      log.error({ error: nameOf(error) }, "waiting replies could not be read; trying again");
      await pause(1000);
    } finally {
      isReading = false;
      echoes.clear();
    }
    if (hasMore && keys.size < most / 2) void readMore();
    startReady();
  };

  const push: Outbox["push"] = (items) => {
    for (const item of items) {
      if (isStopped || hasMore || isReading || keys.size >= most) {
        hasMore = true;
        break;
      }
      add(waitingFrom(item));
      conversations.wakeSooner(item.citizen, now() + WAKE_AFTER_MS);
    }
    if (hasMore && keys.size < most / 2) void readMore();
    startReady();
  };

  return {
    async start() {
      stop = await store.sendingStop();
      if (stop?.until === undefined) {
        // An operator who starts anew has mended what stopped the page; if not, the next attempt says so again.
        stop = undefined;
        await store.setSendingStop(undefined);
      }
      if (hasMore) await readMore();
    },
    push,
    replace(citizen, items) {
      conversations.clear(citizen);
      push(items);
    },
    async confirm(key, mid) {
      const item = keys.get(key);
      if (item === undefined) {
        if (!hasMore && !isReading) return;
        echoes.set(key, mid);
        await store.confirmSent(key, mid, now());
        return;
      }
      item.confirmed = mid;
      ready.push(item.citizen);
      startReady();
    },
    sign(citizen, sign) {
      // Replies come first: while any wait for their turn, the page's pace is theirs.
      if (isStopped || isHalted() || ready.length > 0) return;
      signs.show(citizen, sign);
    },
    has: (citizen) => conversations.get(citizen) !== undefined,
    drop,
    heed(value) {
      // A stop for a while ends by itself; one until it is mended ends when somebody has mended it.
      if (value !== undefined) room.halt(value);
      else if (stop?.until === undefined) stop = undefined;
      startReady();
    },
    tick() {
      for (const [citizen, each] of conversations.all()) if (!each.isBusy) ready.push(citizen);
      startReady();
    },
    async stop() {
      isStopped = true;
      clearTimeout(paceTimer);
      for (const [, conversation] of conversations.all()) clearTimeout(conversation.timer);
      await Promise.all(sending);
    },
    state: () => ({ inMemory: keys.size, stop: isHalted() ? stop : undefined }),
  };
}
