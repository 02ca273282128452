/** When something last came in, without counting the store at every look of every page. */
import type { Store } from "../../storage/port.js";

/** When something last came in; it may be earlier than the truth, as long as it is not before `since`. */
export type LastHeard = (since: number) => Promise<number>;

/** `startedAt`: when this process began to listen; before that nothing is missed. */
export function createLastHeard(store: Pick<Store, "counts">, startedAt: number): LastHeard {
  let known = startedAt;
  return async (since) => {
    // What is known to be late enough can only have become later.
    if (known < since) known = Math.max(known, (await store.counts()).lastEventAt ?? 0);
    return known;
  };
}
