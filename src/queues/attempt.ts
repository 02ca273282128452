/** One attempt to deliver a reply, and what follows from how it ended. */
import type { Delivery, OutboxItem, SendingStop } from "../vocabulary/delivery.js";
import type { Sign } from "../vocabulary/reply.js";
import { dueAt, type Conversation, type Waiting } from "./conversations.js";
import { ECHO_WAIT_MS, GIVE_UP_AFTER_MS, waitAfter } from "./backoff.js";
import { TurnOutdated, type Store } from "../storage/port.js";
import { nameOf, pause, type QueueLog } from "./log.js";
import { LOOK_AGAIN_MS, type Ownership } from "./ownership.js";

export interface OutboxParts {
  store: Store;
  send: (item: OutboxItem) => Promise<Delivery>;
  sign: (citizen: string, sign: Sign) => Promise<void>;
  now: () => number;
  log: QueueLog;
  sendsPerSecond: number;
  /** Present where several instances share the store. */
  ownership?: Ownership;
  /** After each attempt, with the time since the reply was decided. */
  onAttempt?: (delivery: Delivery, waitedMs: number) => void;
  /** An attempt's end is written down: the conversation looks different now. */
  onSettled?: (citizen: string) => void;
  /** From 0 to 1; spreads the retries. */
  chance?: () => number;
  maxInMemory?: number;
  echoWaitMs?: number;
}

/** What an attempt may see and change of the outbox. */
export interface Room {
  keys: Map<string, Waiting>;
  isStopped(): boolean;
  /** True while nothing is sent by the page. */
  isHalted(): boolean;
  /** Nothing is sent for now, or until an operator has mended it. */
  halt(stop: SendingStop): void;
  /** Another instance delivers to this citizen now. */
  lose(citizen: string): void;
  /** How often in a row the page as a whole could not send. */
  pageFailures: number;
}

type Again = Extract<Delivery, { kind: "later" | "doubt" }>;

/** The page's network is tried again at least this often: one call does no harm. */
const MOST_PROBE_WAIT_MS = 60_000;
/** Where Facebook asks for a pause, the pauses grow up to this by themselves. */
const MOST_PAGE_WAIT_MS = 600_000;

/** True when all replies of the page have to wait, not only this one. */
function isOfPage(delivery: Delivery): delivery is Extract<Delivery, { kind: "later" }> {
  return delivery.kind === "later" && delivery.scope === "page";
}

/** Makes attempts. Afterwards the reply is gone from its conversation, or waits for its next moment. */
export function createAttempt(
  parts: OutboxParts,
  room: Room,
): (conversation: Conversation, item: Waiting) => Promise<void> {
  const { store, now, log } = parts;
  const chance = parts.chance ?? Math.random;
  const echoWaitMs = parts.echoWaitMs ?? ECHO_WAIT_MS;

  const attemptOne = async (conversation: Conversation, item: Waiting): Promise<void> => {
    const delivery = await sendOnce(item);
    if (delivery === undefined) {
      item.lookAt = now() + LOOK_AGAIN_MS;
      return;
    }
    parts.onAttempt?.(delivery, now() - item.createdAt);
    if (!isOfPage(delivery)) room.pageFailures = 0;
    await settle(conversation, item, delivery);
    parts.onSettled?.(item.citizen);
  };

  const settle = async (conversation: Conversation, item: Waiting, delivery: Delivery): Promise<void> => {
    switch (delivery.kind) {
      case "sent":
        await note(item, delivery, 0);
        remove(conversation, item);
        return;
      case "doubt":
      case "later":
        await waitAgain(conversation, item, delivery);
        return;
      case "never":
        await giveUp(conversation, item, delivery);
    }
  };

  /** Undefined when it may not be sent yet, or not from here. */
  const sendOnce = async (item: Waiting): Promise<Delivery | undefined> => {
    if (item.confirmed !== undefined) return { kind: "sent", mid: item.confirmed };
    if (parts.ownership !== undefined && (item.attempts > 0 || item.inDoubtUntil !== undefined)) {
      const mid = await parts.ownership.wentOut(item.key);
      if (mid !== undefined) return { kind: "sent", mid };
      if (now() < dueAt(item) || !parts.ownership.isOurs(item.citizen)) return undefined;
    }
    const delivery = await parts.send(item);
    // The echo may have been faster than the answer that never came.
    const { confirmed } = room.keys.get(item.key) ?? {};
    return confirmed === undefined ? delivery : { kind: "sent", mid: confirmed };
  };

  const waitAgain = async (conversation: Conversation, item: Waiting, delivery: Again): Promise<void> => {
    if (now() - item.createdAt > GIVE_UP_AFTER_MS) {
      const reason = `Sudah dicoba selama 24 jam. Terakhir: ${delivery.reason}`;
      await giveUp(conversation, item, { kind: "never", code: delivery.code, reason, scope: "reply" });
      return;
    }
    const attempts = item.attempts + 1;
    const wait = isOfPage(delivery) ? pageWait(delivery) : replyWait(delivery, attempts);
    const notBefore = now() + wait;
    if (isOfPage(delivery))
      room.halt({ code: delivery.code, reason: delivery.reason, since: now(), until: notBefore });
    if (delivery.kind === "doubt")
      log.info({ code: delivery.code, key: item.key, attempts }, "it is not known whether a reply went out");
    await note(item, delivery, notBefore);
    item.attempts = attempts;
    item.notBefore = notBefore;
    item.inDoubtUntil = delivery.kind === "doubt" ? now() + echoWaitMs : undefined;
    item.lookAt = delivery.kind === "doubt" ? now() + LOOK_AGAIN_MS : undefined;
  };

  /** The first time a doubt waits for the echo alone, later for the echo and then as long as any other. */
  const replyWait = (delivery: Again, attempts: number): number => {
    if (delivery.kind === "later") return Math.max(waitAfter(attempts, chance()), delivery.afterMs ?? 0);
    return attempts === 1 ? echoWaitMs : echoWaitMs + waitAfter(attempts - 1, chance());
  };

  /** Everybody waits: longer each time, but a network that is back is noticed within a minute. */
  const pageWait = (delivery: Extract<Delivery, { kind: "later" }>): number => {
    // What was on the wire together fails together, and counts as one failure.
    if (!room.isHalted()) room.pageFailures += 1;
    const asked = delivery.afterMs ?? 0;
    const most = asked > 0 ? MOST_PAGE_WAIT_MS : MOST_PROBE_WAIT_MS;
    return Math.max(asked, Math.min(most, waitAfter(room.pageFailures, chance())));
  };

  const giveUp = async (
    conversation: Conversation,
    item: Waiting,
    delivery: Extract<Delivery, { kind: "never" }>,
  ): Promise<void> => {
    if (delivery.scope === "page") {
      // Everything stays where it is until an operator has mended it.
      const stop = { code: delivery.code, reason: delivery.reason, since: now() };
      room.halt(stop);
      log.error({ code: delivery.code }, "all sending is stopped");
      await surely("stop", () => store.setSendingStop(stop));
      return;
    }
    const lost = delivery.scope === "citizen" ? [...conversation.items] : [item];
    for (const each of lost) {
      await note(each, delivery, 0);
      remove(conversation, each);
      log.warn({ code: delivery.code, key: each.key }, "a reply was parked");
    }
  };

  const remove = (conversation: Conversation, item: Waiting): void => {
    const index = conversation.items.indexOf(item);
    if (index >= 0) conversation.items.splice(index, 1);
    room.keys.delete(item.key);
  };

  const note = (item: Waiting, delivery: Delivery, notBefore: number): Promise<void> =>
    surely("note", async () => {
      try {
        await store.noteDelivery(item.key, delivery, notBefore, now());
        log.debug?.({ written: item.key, ended: delivery.kind }, "delivery");
      } catch (error) {
        if (!(error instanceof TurnOutdated)) throw error;
        room.lose(item.citizen);
      }
    });

  /** What has happened outside must be written down, however long the store takes. */
  const surely = async (what: string, write: () => Promise<void>): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await write();
        return;
      } catch (error) {
        if (room.isStopped()) return;
        log.error({ error: nameOf(error), what, tries }, "the outbox could not be written; trying again");
        await pause(Math.min(10_000, 200 * 2 ** tries));
      }
    }
  };

  return attemptOne;
}
