/** Replies in memory, by conversation and in order, and the timers of those that wait for their moment. */
import type { OutboxItem } from "../vocabulary/delivery.js";

/** A reply that waits in memory. */
export interface Waiting extends OutboxItem {
  /** The echo was seen: the message id it had. */
  confirmed?: string;
  /** It may have gone out, and its echo may come until then. */
  inDoubtUntil?: number;
  /** Where several instances share the store: when to ask whether another one has heard its echo. */
  lookAt?: number;
}

/** Where another instance may hear its echo: when to ask for that. A doubt is asked about before its time is up. */
export const lookAtOf = (item: Waiting): number =>
  item.lookAt ?? (item.inDoubtUntil === undefined ? item.notBefore : 0);

/** When it may be sent, as far as waiting goes. */
export const dueAt = ({ notBefore, inDoubtUntil = 0 }: Waiting): number => Math.max(notBefore, inDoubtUntil);

/** The replies of one citizen, in order. */
export interface Conversation {
  items: Waiting[];
  isBusy: boolean;
  timer?: NodeJS.Timeout;
}

export interface Conversations {
  /** Key → the reply that waits. */
  keys: Map<string, Waiting>;
  /** Once per key. */
  add(item: Waiting): void;
  /** Lets go of what waits, but for what is on the wire. */
  clear(citizen: string): void;
  get(citizen: string): Conversation | undefined;
  all(): [citizen: string, conversation: Conversation][];
  forget(citizen: string, conversation: Conversation): void;
  /** Comes back when the moment is there; the clock is asked again then. */
  wakeLater(citizen: string, conversation: Conversation, at: number): void;
  /** The citizen has just written: nothing new should stand behind an old reply that waits for an hour. */
  wakeSooner(citizen: string, at: number): void;
}

const MOST_TIMER_MS = 60_000;

/** `onReady`: this conversation can be looked at; `onWake`: and somebody should do so now. */
export function createConversations(parts: {
  now: () => number;
  onReady: (citizen: string) => void;
  onWake: () => void;
}): Conversations {
  const { now, onReady, onWake } = parts;
  const conversations = new Map<string, Conversation>();
  const keys = new Map<string, Waiting>();

  const wakeLater: Conversations["wakeLater"] = (citizen, conversation, at) => {
    clearTimeout(conversation.timer);
    conversation.timer = setTimeout(
      () => {
        onReady(citizen);
        onWake();
      },
      Math.min(MOST_TIMER_MS, Math.max(1, at - now())),
    ).unref();
  };

  return {
    keys,
    add(item) {
      if (keys.has(item.key)) return;
      keys.set(item.key, item);
      const conversation = conversations.get(item.citizen);
      if (conversation !== undefined) {
        conversation.items.push(item);
        return;
      }
      conversations.set(item.citizen, { items: [item], isBusy: false });
      onReady(item.citizen);
    },
    clear(citizen) {
      const conversation = conversations.get(citizen);
      if (conversation === undefined) return;
      for (const { key } of conversation.items.splice(conversation.isBusy ? 1 : 0)) keys.delete(key);
      if (conversation.items.length > 0) return;
      clearTimeout(conversation.timer);
      conversations.delete(citizen);
    },
    get: (citizen) => conversations.get(citizen),
    all: () => [...conversations],
    forget(citizen, conversation) {
      clearTimeout(conversation.timer);
      for (const { key } of conversation.items.splice(0)) keys.delete(key);
      if (conversations.get(citizen) === conversation) conversations.delete(citizen);
    },
    wakeLater,
    wakeSooner(citizen, at) {
      const conversation = conversations.get(citizen);
      const head = conversation?.items[0];
      if (conversation === undefined || head === undefined || conversation.isBusy || head.notBefore <= at)
        return;
      head.notBefore = at;
      wakeLater(citizen, conversation, dueAt(head));
    },
  };
}
