/** Numbers that ascend in the order of asking, also across starts: thousandths of a millisecond. */

/** Every call gives a number above all earlier ones, and not below `now` (in milliseconds). */
export function createOrder(): (now: number) => number {
  let last = 0;
  return (now) => {
    last = Math.max(last + 1, Math.floor(now) * 1000);
    return last;
  };
}
