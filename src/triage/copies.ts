/**
 * Many people at once: the same words from many accounts are copies; different words about one thing are a surge, and a surge
 * is a real event. Likeness is measured on pairs of neighbouring words (shingling; Broder, "On the resemblance and containment
 * of documents", 1997; the time window as in CooRTweet, Righetti and Balluff, 2023).
 */
import { simplify } from "../intents/matching/normalize.js";

export interface RecentText {
  citizen: string;
  text: string;
  at: number;
}

/** Copies: so many other people, so alike. */
const COPIES_FROM = 2;
const ALIKE = 0.85;
const SHORTEST_COPY_WORDS = 5;
/** A surge: so many other people with a telling word in common, in words of their own. */
const SURGE_FROM = 4;
const SURGE_WORDS_IN_COMMON = 2;
/** Shorter words are grammar, not topics. */
const SHORTEST_TELLING_WORD = 5;

/** How many other people sent nearly the same words lately; undefined when it is too few to be copies. */
export function findCopies(plain: string, recent: readonly RecentText[]): number | undefined {
  if (plain.split(" ").length < SHORTEST_COPY_WORDS) return undefined;
  const shingles = shinglesOf(plain);
  const people = new Set(
    recent
      .filter((each) => {
        const other = readingOf(each);
        return (
          Math.abs(other.shingles.size - shingles.size) <= shingles.size * 0.5 &&
          likeness(shingles, other.shingles) >= ALIKE
        );
      })
      .map(({ citizen }) => citizen),
  );
  return people.size >= COPIES_FROM ? people.size : undefined;
}

export interface Surge {
  /** How many other people tell of the same lately. */
  people: number;
  /** The words they have in common. */
  words: string[];
}

/** Many people who tell of one thing in their own words. */
export function findSurge(plain: string, recent: readonly RecentText[]): Surge | undefined {
  const telling = new Set(plain.split(" ").filter((word) => word.length >= SHORTEST_TELLING_WORD));
  if (telling.size < SURGE_WORDS_IN_COMMON) return undefined;
  const shingles = shinglesOf(plain);
  const people = new Set<string>();
  const counts = new Map<string, number>();
  for (const each of recent) {
    const other = readingOf(each);
    // Most have nothing in common; nothing is made for those.
    let inCommon = 0;
    for (const word of telling) if (other.words.has(word)) inCommon += 1;
    if (inCommon < SURGE_WORDS_IN_COMMON || likeness(shingles, other.shingles) >= ALIKE) continue;
    people.add(each.citizen);
    for (const word of telling) if (other.words.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (people.size < SURGE_FROM) return undefined;
  const words = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return { people: people.size, words: words.slice(0, 3).map(([word]) => word) };
}

interface Reading {
  words: ReadonlySet<string>;
  shingles: ReadonlySet<string>;
}

const readings = new WeakMap<RecentText, Reading>();

/** The words of a recent text, read once however often it is compared. */
function readingOf(recent: RecentText): Reading {
  const known = readings.get(recent);
  if (known !== undefined) return known;
  const plain = simplify(recent.text);
  const reading = { words: new Set(plain.split(" ")), shingles: shinglesOf(plain) };
  readings.set(recent, reading);
  return reading;
}

function shinglesOf(plain: string): Set<string> {
  const words = plain.split(" ");
  return new Set(words.slice(0, -1).map((word, index) => `${word} ${words[index + 1] ?? ""}`));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const each of a) if (b.has(each)) both += 1;
  return both / Math.max(1, a.size + b.size - both);
}
