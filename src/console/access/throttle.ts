/** Slows down whoever guesses passwords. Delays grow with each failure; no account is ever locked. */
import { isIPv6 } from "node:net";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What one account hears from one address: four free tries, then 1, 2, 4 … seconds, at most a quarter of an hour. */
const PAIR = { free: 4, firstMs: SECOND, longestMs: 15 * MINUTE };
/** All accounts from one address: an office behind one address may mistype more often. */
const ADDRESS = { free: 20, firstMs: SECOND, longestMs: 15 * MINUTE };
/** One account from all addresses: answers come later, by at most four seconds; nobody is turned away. */
const ACCOUNT = { free: 10, firstMs: SECOND / 4, longestMs: 4 * SECOND };
/** Failures are forgotten after this long without another. */
const FORGET_MS = 60 * MINUTE;
/** Most counters kept; the oldest go first. */
const MOST = 20_000;

export interface Throttle {
  /**
   * Asks to try. `waitMs` above 0: not now. Otherwise the try counts as failed from here on, so that many at the same
   * time do not slip through, and `holdMs` says how long to wait before looking at the password.
   */
  begin(login: string, address: string, now: number): { waitMs: number; holdMs: number };
  /** The try was right after all. */
  succeeded(login: string, address: string): void;
}

interface Counter {
  failures: number;
  lastAt: number;
}

/** Counters live in memory: a restart forgets them, which helps nobody guess. */
export function createThrottle(): Throttle {
  const counters = new Map<string, Counter>();
  const read = (key: string, now: number): Counter => {
    const counter = counters.get(key);
    return counter === undefined || now - counter.lastAt > FORGET_MS ? { failures: 0, lastAt: 0 } : counter;
  };
  const count = (key: string, now: number): void => {
    const failures = read(key, now).failures + 1;
    counters.delete(key);
    counters.set(key, { failures, lastAt: now });
    if (counters.size > MOST)
      for (const oldest of [...counters.keys()].slice(0, MOST / 10)) counters.delete(oldest);
  };
  return {
    begin(login, address, now) {
      const keys = keysOf(login, address);
      const waitMs = Math.max(
        restMs(read(keys.pair, now), PAIR, now),
        restMs(read(keys.address, now), ADDRESS, now),
      );
      if (waitMs > 0) return { waitMs, holdMs: 0 };
      const holdMs = delayMs(read(keys.account, now).failures, ACCOUNT);
      for (const key of Object.values(keys)) count(key, now);
      return { waitMs: 0, holdMs };
    },
    succeeded(login, address) {
      const keys = keysOf(login, address);
      counters.delete(keys.pair);
      for (const key of [keys.address, keys.account]) {
        const counter = counters.get(key);
        if (counter !== undefined && counter.failures > 0) counter.failures -= 1;
      }
    },
  };
}

/** How long somebody with so many failures has to wait after the last one. */
export function delayMs(
  failures: number,
  rule: { free: number; firstMs: number; longestMs: number },
): number {
  return failures < rule.free
    ? 0
    : Math.min(rule.longestMs, rule.firstMs * 2 ** Math.min(failures - rule.free, 30));
}

function restMs(counter: Counter, rule: typeof PAIR, now: number): number {
  return Math.max(0, counter.lastAt + delayMs(counter.failures, rule) - now);
}

function keysOf(login: string, address: string) {
  const from = networkOf(address);
  return { pair: `pair ${login} ${from}`, address: `address ${from}`, account: `account ${login}` };
}

/** An IPv6 customer holds a whole /64; counting single addresses there would count nothing. */
function networkOf(address: string): string {
  return isIPv6(address) && !address.startsWith("::ffff:") ? firstHalf(address) : address;
}

function firstHalf(address: string): string {
  const [head = "", tail] = address.split("::");
  const before = head.split(":").filter((part) => part !== "");
  const after = (tail ?? "").split(":").filter((part) => part !== "");
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => "0"), ...after].slice(0, 4).join(":");
}
