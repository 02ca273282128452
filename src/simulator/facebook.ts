/** Facebook's side of the webhook: delivers signed events, again when it hears no 200, in the order of each citizen. */
import axios from "axios";
import { bytesOf, sign, type Json } from "./payloads.js";

/** How a delivery goes wrong, as it does in real life. */
export interface Manner {
  /** Delivered this often in all. */
  times?: number;
  /** Held back so long; later messages overtake it. */
  lateMs?: number;
  /** Held until the next thing the same citizen says has gone out, at most HELD_MS. */
  afterNext?: boolean;
  /** An echo, a receipt: nothing that is held swaps with it. */
  isReceipt?: boolean;
}

/** What became of a delivery. */
export interface Delivered {
  /** The last status heard; 0 when nobody answered. */
  status: number;
  attempts: number;
  /** How long the last attempt took, in milliseconds. */
  ms: number;
}

/** Delivers to one webhook. */
export interface Facebook {
  /** Resolves when the webhook said 200, or after the last attempt. Deliveries of one citizen wait for each other. */
  deliver(citizen: string, delivery: Json, manner?: Manner): Promise<Delivered>;
  /** Drops the connection, or brings it back; what was held is then delivered, in order. */
  setConnected(isConnected: boolean): void;
  isConnected(): boolean;
  /** Gives up everything that still waits; nothing is delivered any more. */
  close(): void;
}

/** Where to, and signed with what. */
export interface FacebookParts {
  webhookUrl: string;
  appSecret: string;
  /** A delivery is given up after so many attempts; 8 if not said. The real one goes on for 36 hours. */
  mostAttempts?: number;
}

/** A delivery that swaps with the next one goes out after this time even if nothing follows. */
export const HELD_MS = 30_000;

const MOST_ATTEMPTS = 8;
const RETRY_MS = 300;
const MOST_RETRY_MS = 2_000;
/** Messenger wants its answer within 5 s (developers.facebook.com/docs/messenger-platform/webhooks). */
const ANSWER_MS = 5_000;
const UNHEARD: Delivered = { status: 0, attempts: 0, ms: 0 };

/** Makes a Facebook for one webhook. */
export function createFacebook(parts: FacebookParts): Facebook {
  const lanes = new Map<string, Promise<unknown>>();
  const swapping = new Map<string, (() => Promise<void>)[]>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();
  let isConnected = true;

  const connected = (): Promise<void> =>
    isConnected || closing.signal.aborted
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push(resolve));

  const untilHeard = async (delivery: Json): Promise<Delivered> => {
    const body = bytesOf(delivery);
    for (let attempts = 1; ; attempts += 1) {
      await connected();
      if (closing.signal.aborted) return UNHEARD;
      const startedAt = performance.now();
      const status = await post(parts, body);
      if (status === 200 || attempts >= (parts.mostAttempts ?? MOST_ATTEMPTS))
        return { status, attempts, ms: Math.round(performance.now() - startedAt) };
      await pause(Math.min(RETRY_MS * attempts, MOST_RETRY_MS), closing.signal);
    }
  };

  const inOrder = <T>(citizen: string, work: () => Promise<T>): Promise<T> => {
    const run = (lanes.get(citizen) ?? Promise.resolve()).then(work);
    const end = run.then(
      () => undefined,
      () => undefined,
    );
    lanes.set(citizen, end);
    // A lane that is empty again is forgotten.
    void end.then(() => lanes.get(citizen) === end && lanes.delete(citizen));
    return run;
  };

  const afterNext = (citizen: string, delivery: Json): Promise<Delivered> =>
    new Promise((resolve) => {
      const held = swapping.get(citizen) ?? [];
      swapping.set(citizen, held);
      const release = async (): Promise<void> => {
        if (!held.includes(release)) return;
        held.splice(held.indexOf(release), 1);
        resolve(await untilHeard(delivery));
      };
      held.push(release);
      void pause(HELD_MS, closing.signal).then(release);
    });

  return {
    async deliver(citizen, delivery, manner = {}) {
      if (manner.afterNext) return afterNext(citizen, delivery);
      if (manner.lateMs !== undefined) {
        await pause(manner.lateMs, closing.signal);
        return untilHeard(delivery);
      }
      // Only what was held before this one was handed in swaps with it, not what comes while it still waits its turn.
      const overtaken = manner.isReceipt ? [] : [...(swapping.get(citizen) ?? [])];
      return inOrder(citizen, async () => {
        let last = await untilHeard(delivery);
        for (let i = 1; i < (manner.times ?? 1); i += 1) last = await untilHeard(delivery);
        for (const release of overtaken) await release();
        return last;
      });
    },
    setConnected(value) {
      isConnected = value;
      if (value) for (const resume of waiting.splice(0)) resume();
    },
    isConnected: () => isConnected,
    close() {
      closing.abort();
      for (const resume of waiting.splice(0)) resume();
    },
  };
}

/** One attempt: the status that was answered, or 0. */
async function post({ webhookUrl, appSecret }: FacebookParts, body: string): Promise<number> {
  try {
    const { status } = await axios.post<string>(webhookUrl, body, {
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": sign(body, appSecret),
        "user-agent": "facebookexternalua",
      },
      validateStatus: () => true,
      timeout: ANSWER_MS,
      maxRedirects: 0,
      proxy: false,
    });
    return status;
  } catch {
    // Nobody answered: to Facebook that is a failed delivery like any other.
    return 0;
  }
}

/** Waits, or returns at once when the signal fires. Does not keep the program alive. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });
}
