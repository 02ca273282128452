/**
 * What was learnt of a library, kept in the data folder, so that a start with the same library, the same program and the same
 * marks is ready at once, and a change of mere wordings needs no learning. The file can be deleted at any time: then it is learnt
 * again.
 */
import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { teachingOf, type Library } from "../../intents/library.js";
import type { Learnt, MarkedText } from "../../turns/learn.js";
import { programFingerprint } from "./program.js";

/** A library together with what was learnt of it. */
export interface Known {
  library: Library;
  learnt: Learnt;
}

/** What has to be the same, beside the library, for something kept to be of use. */
interface Circumstances {
  marks: readonly MarkedText[];
  /** Share of answers that must be right, 0 to 1. */
  target: number;
}

const FILE = "learnt.bin";
/** Hexadecimal SHA-256, three of them before the content: of the library's files, of what it teaches, of the content. */
const DIGEST = 64;

/** The library with this fingerprint and what was learnt of it; undefined when it is not kept, or cannot be read whole. */
export async function readKept(
  dataDir: string,
  { fingerprint, ...circumstances }: Circumstances & { fingerprint: string },
): Promise<Known | undefined> {
  const file = await readFile(path.join(dataDir, FILE)).catch(() => undefined);
  return file?.toString("latin1", 0, DIGEST) === digestOf(fingerprint, circumstances)
    ? contentOf(file)
    : undefined;
}

/** What was learnt of a library that taught the same, whatever its wordings; undefined when it is not kept. */
export async function readLearnt(
  dataDir: string,
  { library, ...circumstances }: Circumstances & { library: Library },
): Promise<Learnt | undefined> {
  const file = await readFile(path.join(dataDir, FILE)).catch(() => undefined);
  return file?.toString("latin1", DIGEST, 2 * DIGEST) === digestOf(taughtBy(library), circumstances)
    ? contentOf(file)?.learnt
    : undefined;
}

/** Keeps what was learnt: whole, or not at all. Throws when the folder cannot be written. */
export function keep(
  dataDir: string,
  { library, ...circumstances }: Circumstances & { library: Library },
  learnt: Learnt,
): void {
  const known: Known = { library, learnt };
  const content = serialize(known);
  const file = path.join(dataDir, FILE);
  const unfinished = `${file}.${process.pid}`;
  const digests = [
    digestOf(library.fingerprint, circumstances),
    digestOf(taughtBy(library), circumstances),
    sha256(content),
  ];
  writeFileSync(unfinished, Buffer.concat([Buffer.from(digests.join("")), content]));
  renameSync(unfinished, file);
}

/** Undefined when the file is damaged. What is whole was written by this very program, byte for byte. */
function contentOf(file: Buffer): Known | undefined {
  const content = file.subarray(3 * DIGEST);
  return file.toString("latin1", 2 * DIGEST, 3 * DIGEST) === sha256(content)
    ? (deserialize(content) as Known)
    : undefined;
}

function taughtBy(library: Library): string {
  const { intents, records } = teachingOf(library);
  return JSON.stringify([[...intents], records]);
}

function digestOf(library: string, { marks, target }: Circumstances): string {
  const told = marks.map(({ text, intent }) => [text, intent]);
  return sha256(JSON.stringify([programFingerprint(), library, target, told]));
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
