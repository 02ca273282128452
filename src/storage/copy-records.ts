/** Moves records from one store to another, and compares the two. */
import { createHash } from "node:crypto";
import { RECORD_KINDS, type RecordKind, type RecordStore, type StoredRecord } from "./records.js";

const PORTION = 500;

/** All records of a kind, in portions. */
export async function* readAll(store: RecordStore, kind: RecordKind): AsyncGenerator<StoredRecord[]> {
  for (let after = ""; ;) {
    const portion = await store.read(kind, after, PORTION);
    const last = portion.at(-1);
    if (last === undefined) return;
    yield portion;
    after = last.key;
  }
}

/** Copies everything. What is there already is written over with the same, so that a copy that was broken off can be run again. `onCopied` hears of every portion. */
export async function copyRecords(
  from: RecordStore,
  to: RecordStore,
  onCopied: (kind: RecordKind, count: number) => void,
): Promise<void> {
  for (const kind of RECORD_KINDS)
    for await (const portion of readAll(from, kind)) {
      await to.write(kind, portion);
      onCopied(kind, portion.length);
    }
}

export type Digests = Record<RecordKind, { count: number; digest: string }>;

/** A count and a fingerprint for each kind. Equal fingerprints: the same records with the same fields. */
export async function digestsOf(store: RecordStore): Promise<Digests> {
  const digests: Partial<Digests> = {};
  for (const kind of RECORD_KINDS) {
    // Their sum does not depend on the order, which each store has its own idea of.
    let sum = 0n;
    let count = 0;
    for await (const portion of readAll(store, kind))
      for (const { key, fields } of portion) {
        const names = Object.keys(fields).sort();
        const line = JSON.stringify([key, names.map((name) => [name, fields[name]])]);
        sum += BigInt(`0x${createHash("sha256").update(line).digest("hex")}`);
        count += 1;
      }
    digests[kind] = { count, digest: sum.toString(16) };
  }
  return digests as Digests;
}
