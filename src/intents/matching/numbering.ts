/**
 * Gives features their numbers. A feature is known by a hash of 32 bits instead of by its letters (feature hashing; Weinberger
 * et al., "Feature hashing for large scale multitask learning", 2009): nothing is cut out of a word and kept. Two features in
 * ten thousand libraries share a hash; they count as one.
 */

export interface Numbering {
  /** The number of a feature, from 0: a new one while it learns, -1 for unknown ones afterwards. */
  numberOf(hash: number): number;
  stopLearning(): void;
  size(): number;
  /** The hashes in the order of their numbers: all there is to keep. */
  hashes(): Int32Array;
}

const FIRST_ROOM = 1024;

/** An open-addressing table. With `known`, the numbering that gave these hashes, which learns no more. */
export function createNumbering(known?: Int32Array): Numbering {
  let hashes = known ?? new Int32Array(FIRST_ROOM);
  let size = known?.length ?? 0;
  let isLearning = known === undefined;
  // For each slot the number of the feature that stands there, plus one.
  let slots = slotsFor(hashes, size);
  const find = (hash: number): number => {
    const mask = slots.length - 1;
    let at = spread(hash) & mask;
    for (let taken = slots[at] ?? 0; taken !== 0; taken = slots[at] ?? 0) {
      if (hashes[taken - 1] === hash) return taken - 1;
      at = (at + 1) & mask;
    }
    return -1 - at;
  };
  return {
    numberOf(hash) {
      const found = find(hash);
      if (found >= 0) return found;
      if (!isLearning) return -1;
      if (size === hashes.length) hashes = grown(hashes);
      hashes[size] = hash;
      size += 1;
      slots[-1 - found] = size;
      if (size * 2 > slots.length) slots = slotsFor(hashes, size);
      return size - 1;
    },
    stopLearning: () => (isLearning = false),
    size: () => size,
    hashes: () => hashes.slice(0, size),
  };
}

function slotsFor(hashes: Int32Array, size: number): Int32Array {
  let room = FIRST_ROOM;
  while (room < size * 4) room *= 2;
  const slots = new Int32Array(room);
  for (let id = 0; id < size; id += 1) {
    let at = spread(hashes[id] ?? 0) & (room - 1);
    while (slots[at] !== 0) at = (at + 1) & (room - 1);
    slots[at] = id + 1;
  }
  return slots;
}

function grown(hashes: Int32Array): Int32Array {
  const more = new Int32Array(hashes.length * 2);
  more.set(hashes);
  return more;
}

const BEGIN = 0x811c9dc5 | 0;

/** The hash of a text (FNV-1a; Fowler, Noll and Vo). */
export function hashOf(text: string): number {
  let hash = BEGIN;
  for (let at = 0; at < text.length; at += 1) hash = hashNext(hash, text.charCodeAt(at));
  return hash;
}

/** The hash of a text that is one letter longer. */
export function hashNext(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

/** The hash of two things one behind the other. */
export function hashBoth(first: number, second: number): number {
  return spread(Math.imul(first, 0x9e3779b1) ^ second);
}

/** Every bit of the hash moves every bit of its place (the end of MurmurHash3; Appleby). */
function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Where hashes of texts begin, for those that grow letter by letter. */
export const HASH_BEGIN = BEGIN;
