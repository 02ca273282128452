/**
 * What people have marked: a message, and the topic that was really meant. Kept as one JSON object a line in the data folder,
 * personal numbers hidden, and read whenever the confidence is measured anew.
 */
import { unwatchFile, watchFile } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const mark = z.object({
  /** The message, masked. */
  text: z.string().min(1),
  /** The topic that was meant; null when none of the library was. */
  intent: z.string().nullable(),
  /** When it was marked, in milliseconds. */
  at: z.number(),
  by: z.string(),
});

export type StoredMark = z.infer<typeof mark>;

const FILE = "marks.jsonl";
/** The latest so many count; older ones speak of an older library. */
const MOST_MARKS = 2000;

/** Adds a mark. Rejects when the folder cannot be written. `text` must be masked already. */
export async function storeMark(dataDir: string, stored: StoredMark): Promise<void> {
  await appendFile(path.join(dataDir, FILE), `${JSON.stringify(mark.parse(stored))}\n`);
}

/** The latest marks; a line that cannot be read is passed over. Of two marks of one text the later one counts. */
export async function readMarks(dataDir: string): Promise<StoredMark[]> {
  const content = await readFile(path.join(dataDir, FILE), "utf8").catch(() => "");
  const marks = new Map<string, StoredMark>();
  for (const line of content.split("\n").slice(-MOST_MARKS - 1)) {
    const read = mark.safeParse(parse(line));
    if (read.success) marks.set(read.data.text, read.data);
  }
  return [...marks.values()];
}

/** How often the file is looked at, in milliseconds; the folder beside it is too busy to be watched. */
const LOOK_MS = 2000;

/** Calls `onChange` after each change of the marks; the returned function ends it. */
export function watchMarks(dataDir: string, onChange: () => void): () => void {
  const file = path.join(dataDir, FILE);
  watchFile(file, { interval: LOOK_MS, persistent: false }, onChange);
  return () => unwatchFile(file, onChange);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
