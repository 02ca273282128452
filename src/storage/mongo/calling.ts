/** Words between instances that are worth something only now: one document a call, read by everybody else, removed after a minute. */
import { randomUUID } from "node:crypto";
import type { SharedLanes } from "../port.js";
import type { Tables } from "./connect.js";

type Calling = Pick<SharedLanes, "call" | "hear">;

const KEPT_MS = 60_000;
/** How far clocks may differ; calls so old are looked at again and known by their ids. */
const OVERLAP_MS = 20_000;
const MOST_HEARD = 1000;

export function callingOf({ news }: Pick<Tables, "news">, now: () => number): Calling {
  /** Calls of this instance and calls that were heard, with their times. */
  const known = new Map<string, number>();
  let since = now();
  let sweptAt = now();

  const sweep = async (): Promise<void> => {
    sweptAt = now();
    for (const [id, at] of known) if (at < sweptAt - KEPT_MS) known.delete(id);
    await news.remove({ at: { $lt: sweptAt - KEPT_MS } });
  };

  return {
    async call(words) {
      if (words.length === 0) return;
      const _id = randomUUID();
      known.set(_id, now());
      await news.insert([{ _id, at: now(), body: JSON.stringify(words) }]);
    },
    async hear() {
      const asked = now();
      const calls = await news.find(
        { at: { $gte: since - OVERLAP_MS } },
        { sort: { at: 1 }, limit: MOST_HEARD },
      );
      since = asked;
      if (asked - sweptAt > KEPT_MS) await sweep();
      return calls.flatMap(({ _id, at, body }) => {
        if (known.has(_id)) return [];
        known.set(_id, at);
        return JSON.parse(body) as string[];
      });
    },
  };
}
