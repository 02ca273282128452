/** A page-wide pace: never more than so many within any second. */
export interface Pace {
  /** Takes one if there is one; otherwise tells how many milliseconds until the next. */
  take(): { waitMs: number };
}

const SECOND_MS = 1000;
const SPARE = 1024;

/** `perSecond` may change while it runs; `now` in milliseconds. Remembers what was taken within the last second, so that no second holds more, wherever it begins. */
export function createPace(perSecond: () => number, now: () => number): Pace {
  const takenAt: number[] = [];
  let first = 0;
  return {
    take() {
      const at = now();
      // The clock was set back: what was taken "later" says nothing any more.
      if (at < (takenAt.at(-1) ?? at)) first = takenAt.length;
      while (first < takenAt.length && at - (takenAt[first] ?? at) >= SECOND_MS) first += 1;
      if (first > SPARE && first * 2 > takenAt.length) first -= takenAt.splice(0, first).length;
      const size = Math.max(1, Math.floor(perSecond()));
      if (takenAt.length - first >= size)
        return { waitMs: Math.ceil((takenAt[takenAt.length - size] ?? at) + SECOND_MS - at) };
      takenAt.push(at);
      return { waitMs: 0 };
    },
  };
}
