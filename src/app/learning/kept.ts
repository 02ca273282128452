/**
 * What was learnt of a library, kept in the data folder, so that a start with the same library, the same program and the same
 * marks is ready at once. The file can be deleted at any time: then it is learnt again.
 */
import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Library } from "../../intents/library.js";
import type { Learnt, MarkedText } from "../../turns/learn.js";
import { programFingerprint } from "./program.js";

/** A library together with what was learnt of it. */
export interface Known {
  library: Library;
  learnt: Learnt;
}

/** What has to be the same for something kept to be of use. */
export interface Grounds {
  /** The library's. */
  fingerprint: string;
  marks: readonly MarkedText[];
  /** Share of answers that must be right, 0 to 1. */
  target: number;
}

const FILE = "learnt.bin";
/** Hexadecimal SHA-256: first of the grounds, then of what is kept. */
const DIGEST = 64;

/** What is kept on these grounds; undefined when nothing is, or when it cannot be read whole. */
export async function readKept(dataDir: string, grounds: Grounds): Promise<Known | undefined> {
  try {
    const file = await readFile(path.join(dataDir, FILE));
    const content = file.subarray(2 * DIGEST);
    const isOurs =
      file.subarray(0, DIGEST).toString() === digestOf(grounds) &&
      file.subarray(DIGEST, 2 * DIGEST).toString() === sha256(content);
    // Written by this very program, byte for byte.
    return isOurs ? (deserialize(content) as Known) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what was learnt: whole, or not at all. Throws when the folder cannot be written. */
export function keep(dataDir: string, grounds: Grounds, known: Known): void {
  const content = serialize(known);
  const file = path.join(dataDir, FILE);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat([Buffer.from(digestOf(grounds) + sha256(content)), content]));
  renameSync(unfinished, file);
}

function digestOf({ fingerprint, marks, target }: Grounds): string {
  const told = marks.map(({ text, intent }) => [text, intent]);
  return sha256(JSON.stringify([programFingerprint(), fingerprint, target, told]));
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
