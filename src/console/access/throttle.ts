/** Slows down whoever guesses passwords. Delays grow with each failure; no account is ever locked. */
import { isIPv6 } from "node:net";
import { tallyName, type Tally, type TallyStore } from "../../storage/tally-port.js";

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
/** Others may count at the same moment; whoever meets so many of them waits a moment. */
const MOST_TRIES = 20;

export interface Throttle {
  /**
   * Asks to try. `waitMs` above 0: not now. Otherwise the try counts as failed from here on, so that many at the same
   * time do not slip through, and `holdMs` says how long to wait before looking at the password.
   */
  begin(login: string, address: string, now: number): Promise<{ waitMs: number; holdMs: number }>;
  /** The try was right after all. */
  succeeded(login: string, address: string): Promise<void>;
}

type Rule = typeof PAIR;

interface Counter {
  failures: number;
  lastAt: number;
}

/** Counters stand in the store: guessing at several servers, or across a restart, is no faster. */
export function createThrottle(tallies: TallyStore): Throttle {
  /** Counts one more, unless `waitFor` says how long to wait first. Resolves with what stood there before, or the wait. */
  const count = async (
    name: string,
    now: number,
    waitFor: (counter: Counter) => number,
  ): Promise<{ waitMs: number; before: Counter }> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const stored = await tallies.get(name);
      const before = counterOf(stored, now);
      const waitMs = waitFor(before);
      if (waitMs > 0) return { waitMs, before };
      const after = { count: before.failures + 1, at: now, keptUntil: now + FORGET_MS };
      if (await tallies.swap(name, stored, after)) return { waitMs: 0, before };
    }
    return { waitMs: SECOND, before: { failures: 0, lastAt: now } };
  };

  const countOneLess = async (name: string): Promise<void> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const stored = await tallies.get(name);
      if (stored === undefined || stored.count === 0) return;
      if (await tallies.swap(name, stored, { ...stored, count: stored.count - 1 })) return;
    }
  };

  return {
    async begin(login, address, now) {
      const names = namesOf(login, address);
      const addressWait = (counter: Counter): number => restMs(counter, ADDRESS, now);
      // Looked at first, so that a try that has to wait counts nowhere.
      const waitMs = addressWait(counterOf(await tallies.get(names.address), now));
      if (waitMs > 0) return { waitMs, holdMs: 0 };
      const pair = await count(names.pair, now, (counter) => restMs(counter, PAIR, now));
      if (pair.waitMs > 0) return { waitMs: pair.waitMs, holdMs: 0 };
      const everybody = await count(names.address, now, addressWait);
      if (everybody.waitMs > 0) return { waitMs: everybody.waitMs, holdMs: 0 };
      const account = await count(names.account, now, () => 0);
      return { waitMs: 0, holdMs: delayMs(account.before.failures, ACCOUNT) };
    },
    async succeeded(login, address) {
      const names = namesOf(login, address);
      await tallies.swap(names.pair, await tallies.get(names.pair), undefined);
      await countOneLess(names.address);
      await countOneLess(names.account);
    },
  };
}

/** What counts now: failures long ago are forgotten. */
function counterOf(tally: Tally | undefined, now: number): Counter {
  return tally === undefined || now - tally.at > FORGET_MS
    ? { failures: 0, lastAt: 0 }
    : { failures: tally.count, lastAt: tally.at };
}

/** How long somebody with so many failures has to wait after the last one. */
export function delayMs(failures: number, rule: Rule): number {
  return failures < rule.free
    ? 0
    : Math.min(rule.longestMs, rule.firstMs * 2 ** Math.min(failures - rule.free, 30));
}

function restMs(counter: Counter, rule: Rule, now: number): number {
  return Math.max(0, counter.lastAt + delayMs(counter.failures, rule) - now);
}

function namesOf(login: string, address: string) {
  const from = networkOf(address);
  const name = (what: string): string => tallyName("sign-in", what);
  return {
    pair: name(`pair ${login} ${from}`),
    address: name(`address ${from}`),
    account: name(`account ${login}`),
  };
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
