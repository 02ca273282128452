/** Lets a few through at a time and keeps a short line; whoever finds the line full is told at once. */

/** The line is full. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

export interface Turnstile {
  /** Runs `work` when it is its turn. Rejects with TooBusy when too many wait. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurnstile({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): Turnstile {
  let inside = 0;
  const line: (() => void)[] = [];
  return {
    async pass(work) {
      if (inside >= atOnce) {
        if (line.length >= mostWaiting) throw new TooBusy("Too many wait already.");
        // Whoever leaves hands the place over, so that `inside` does not change in between.
        await new Promise<void>((resolve) => line.push(resolve));
      } else inside += 1;
      try {
        return await work();
      } finally {
        const next = line.shift();
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}
