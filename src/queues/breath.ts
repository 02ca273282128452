/** Lets the event loop breathe between turns: what arrives is accepted first, because Facebook waits for that and for nothing else. */

/** Turns begun before the network is looked at again. */
const AT_ONCE = 2;

/** A gate that lets AT_ONCE through in every round of the event loop, in the order of coming. */
export function createBreath(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      for (const go of waiting.splice(0, AT_ONCE)) go();
      schedule();
    });
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      schedule();
    });
}
