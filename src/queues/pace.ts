/** A page-wide pace: never more than so many within any second; with less than one a second, one within so many seconds. */
export interface Pace {
  /** Takes one if there is one; otherwise tells how many milliseconds until the next. */
  take(): { waitMs: number };
}

const SECOND_MS = 1000;
/** A pace of next to nothing still moves. */
const LEAST_PER_SECOND = 0.01;
const SPARE = 1024;

/** `perSecond` may change while it runs; `now` in milliseconds. Remembers what was taken within the last stretch, so that no stretch holds more, wherever it begins. */
export function createPace(perSecond: () => number, now: () => number): Pace {
  const takenAt: number[] = [];
  let first = 0;
  return {
    take() {
      const at = now();
      const rate = Math.max(LEAST_PER_SECOND, perSecond());
      const size = Math.max(1, Math.floor(rate));
      // A share of less than one a second: more servers than the page may send messages a second.
      const stretchMs = rate < 1 ? Math.ceil(SECOND_MS / rate) : SECOND_MS;
      // The clock was set back: what was taken "later" says nothing any more.
      if (at < (takenAt.at(-1) ?? at)) first = takenAt.length;
      while (first < takenAt.length && at - (takenAt[first] ?? at) >= stretchMs) first += 1;
      if (first > SPARE && first * 2 > takenAt.length) first -= takenAt.splice(0, first).length;
      if (takenAt.length - first >= size)
        return { waitMs: Math.ceil((takenAt[takenAt.length - size] ?? at) + stretchMs - at) };
      takenAt.push(at);
      return { waitMs: 0 };
    },
  };
}
