/** Does what staff ask for: through the citizen's lane, once, and with an answer that says how it ended. */
import type { ConsoleStore } from "../../storage/console-port.js";
import type { InboundEvent, TicketBody } from "../../vocabulary/event.js";
import type { Author, StaffAct, StaffBody } from "../../vocabulary/staff-act.js";
import type { Why } from "../../vocabulary/turn.js";
import type { Newsroom } from "../live/news.js";

export interface Acting {
  /**
   * Resolves with how the act was decided, or undefined when that takes too long: it is kept and will be.
   * The same key from the same person is the same act, however often it is sent.
   */
  act(citizen: string, by: Author, body: StaffAct, key: string): Promise<Why | undefined>;
  /** The same for any event of staff; `id` is its identity. */
  submit(citizen: string, body: StaffBody | TicketBody, id: string): Promise<Why | undefined>;
}

export interface ActingParts {
  store: Pick<ConsoleStore, "whyOf">;
  news: Newsroom;
  accept: (events: readonly InboundEvent[]) => Promise<void>;
  page: string;
  now: () => number;
  /** Longest wait for the decision, in milliseconds. */
  waitMs?: number;
}

/** Another process may hold the lane; then the store is asked again after this long. */
const LOOK_AGAIN_MS = 250;

export function createActing(parts: ActingParts): Acting {
  const { store, news, now } = parts;
  const submit: Acting["submit"] = async (citizen, body, id) => {
    const until = now() + (parts.waitMs ?? 10_000);
    const decided = follow(news, id);
    try {
      await parts.accept([{ id, channel: "inside", page: parts.page, citizen, at: now(), body }]);
      for (;;) {
        const why = await store.whyOf(id);
        if (why !== undefined || now() > until) return why;
        await decided.orAfter(LOOK_AGAIN_MS);
      }
    } finally {
      decided.stop();
    }
  };
  return {
    submit,
    act: (citizen, by, body, key) =>
      submit(citizen, { kind: "staff", by: { id: by.id, name: by.name }, ...body }, `staff:${by.id}:${key}`),
  };
}

/** Resolves `orAfter` as soon as the event's turn is committed in this process. */
function follow(news: Newsroom, event: string) {
  let isDecided = false;
  let wake = (): void => undefined;
  const stop = news.follow((each) => {
    if (each.kind !== "turn" || each.event !== event) return;
    isDecided = true;
    wake();
  });
  return {
    stop,
    orAfter: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isDecided) wake();
      }),
  };
}
