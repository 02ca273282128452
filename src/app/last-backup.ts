/** When the installation was last backed up by this program; a small file beside the data says so. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const fileIn = (dataDir: string): string => path.join(dataDir, "last-backup.txt");

/** In milliseconds; undefined when no backup was noted. */
export async function lastBackup(dataDir: string): Promise<number | undefined> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => "");
  const at = Date.parse(text.trim());
  return Number.isNaN(at) ? undefined : at;
}

/** Where the data lies in MongoDB the folder may not be there yet. */
export async function noteBackup(dataDir: string, now: number): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(dataDir), `${new Date(now).toISOString()}\n`);
}
