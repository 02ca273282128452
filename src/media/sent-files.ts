/** Files that staff send to citizens: pictures made anew, PDFs as they are, in a folder for each citizen under names of our own. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SentFile } from "../vocabulary/reply.js";
import { reEncode } from "./re-encode.js";

export interface SentFiles {
  /** Undefined when it is neither a photo nor a PDF. `name`: what it was called; only a harmless part is kept, for people. */
  keep(citizen: string, bytes: Buffer, name: string): Promise<SentFile | undefined>;
  /** Undefined when there is no such file for this citizen. */
  read(citizen: string, id: string): Promise<Buffer | undefined>;
  /** Removes one that was not sent after all. */
  drop(citizen: string, id: string): Promise<void>;
  /** Removes everything that was sent to this citizen. */
  erase(citizen: string): Promise<void>;
  /** Removes what was kept before that moment; gives back how many. */
  forget(before: number): Promise<number>;
}

const ID = /^[0-9a-f-]{36}\.(jpg|pdf)$/;
const CITIZEN = /^\d{1,40}$/;
const LONGEST_NAME = 60;

export function createSentFiles(folder: string): SentFiles {
  return {
    async keep(citizen, bytes, name) {
      if (!CITIZEN.test(citizen)) return undefined;
      const isPdf = bytes.subarray(0, 5).toString("latin1") === "%PDF-";
      const encoded = isPdf ? { bytes } : await reEncode(bytes);
      if (encoded === undefined) return undefined;
      const ending = isPdf ? "pdf" : "jpg";
      const id = `${randomUUID()}.${ending}`;
      const place = path.join(folder, citizen);
      await mkdir(place, { recursive: true, mode: 0o700 });
      const half = path.join(place, `${id}.part`);
      await writeFile(half, encoded.bytes, { mode: 0o600 });
      await rename(half, path.join(place, id));
      return { id, type: isPdf ? "file" : "image", name: `${plainName(name)}.${ending}` };
    },
    async read(citizen, id) {
      if (!CITIZEN.test(citizen) || !ID.test(id)) return undefined;
      return readFile(path.join(folder, citizen, id)).catch(() => undefined);
    },
    async drop(citizen, id) {
      if (CITIZEN.test(citizen) && ID.test(id)) await rm(path.join(folder, citizen, id), { force: true });
    },
    async erase(citizen) {
      if (CITIZEN.test(citizen)) await rm(path.join(folder, citizen), { recursive: true, force: true });
    },
    async forget(before) {
      let count = 0;
      for (const citizen of await namesIn(folder)) {
        for (const name of await namesIn(path.join(folder, citizen))) {
          const file = path.join(folder, citizen, name);
          const kept = await stat(file).catch(() => undefined);
          if (kept === undefined || kept.mtimeMs >= before) continue;
          await rm(file, { force: true });
          count += 1;
        }
        // Only when nothing is left in it.
        await rmdir(path.join(folder, citizen)).catch(() => undefined);
      }
      return count;
    },
  };
}

/** Where they lie in the data folder. */
export const sentFolder = ({ dataDir }: { dataDir: string }): string => path.join(dataDir, "sent");

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** What a person calls it, without the ending, folders, and letters that mean something to computers. */
function plainName(name: string): string {
  const bare = name.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const plain = bare
    .replace(/[^\p{L}\p{N} _-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain === "" ? "berkas" : plain.slice(0, LONGEST_NAME).trim();
}
