/** Accepts what arrives: once per event id, on disk before anybody is told so. */
import type { Store } from "../storage/port.js";
import type { InboundEvent } from "../vocabulary/event.js";
import { needsTurn } from "../vocabulary/event.js";
import type { Lanes } from "./lanes.js";
import type { Outbox } from "./outbox.js";

/** What our own messages carry in their metadata, before the key of the reply. */
export const METADATA_PREFIX = "sabar:";

export interface Inbox {
  /** Resolves when every event is on disk; rejects with StoreFailed when they are not. */
  accept(events: readonly InboundEvent[]): Promise<void>;
}

export function createInbox(parts: {
  store: Store;
  lanes: Lanes;
  outbox: Outbox;
  now: () => number;
  onAccepted?: (events: readonly InboundEvent[]) => void;
}): Inbox {
  const { store, lanes, outbox, now } = parts;
  return {
    async accept(events) {
      if (events.length === 0) return;
      const fresh = await store.accept(events, now());
      parts.onAccepted?.(fresh);
      lanes.push(fresh.filter(needsTurn));
      // An echo that comes again is heard again: the first time the program may have ended before it was noted.
      const noted = events.flatMap(({ body }) =>
        body.kind === "echo" && body.by === "sabar" && body.metadata?.startsWith(METADATA_PREFIX)
          ? outbox.confirm(body.metadata.slice(METADATA_PREFIX.length), body.mid)
          : [],
      );
      await Promise.all(noted);
    },
  };
}
