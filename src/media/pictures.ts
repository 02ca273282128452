/** The pictures of tickets: fetched when a turn wants them, made anew, and kept in a folder under random names. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Store } from "../storage/port.js";
import type { Picture, PictureOutcome } from "../vocabulary/picture.js";
import { fetchPicture } from "./fetch-picture.js";
import { reEncode } from "./re-encode.js";

export interface Pictures {
  start(): void;
  /** Fetches what is wanted and due now; resolves when each has ended or waits for another try. */
  tick(): Promise<void>;
  stop(): Promise<void>;
  /** The JPEG of a kept picture; undefined when there is none with this id. */
  read(id: string): Promise<Buffer | undefined>;
  /** Keeps a picture that staff uploaded for a ticket and gives back its row; undefined when it is no photo. */
  keepUpload(bytes: Buffer, ticket: string, citizen: string): Promise<Picture | undefined>;
}

export interface PicturesParts {
  store: Pick<Store, "wantedPictures" | "notePicture" | "addPicture" | "picture" | "erasures">;
  /** The folder they are kept in; made when it is missing. */
  folder: string;
  /** Fetched from besides the platform: the simulator of this machine. */
  origins: readonly string[];
  now: () => number;
  log: { warn(facts: object, sentence: string): void };
  everyMs?: number;
}

const AT_ONCE = 4;
const LEFT_AT_ONCE = 20;
/** Waits before the second, third … try; then it is given up. */
const WAITS_MS = [10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000];
const FILE = /^[0-9a-f-]{36}\.jpg$/;

export function createPictures(parts: PicturesParts): Pictures {
  const { store, folder, origins, now, log } = parts;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const keep = async (bytes: Buffer, isOwn: boolean): Promise<PictureOutcome> => {
    const encoded = await reEncode(bytes, isOwn);
    if (encoded === undefined) return { kind: "refused", reason: "Kirimannya bukan foto yang bisa dibaca." };
    const file = `${randomUUID()}.jpg`;
    await mkdir(folder, { recursive: true });
    // Whole or not at all: a half-written file never has the name.
    const half = path.join(folder, `${file}.part`);
    await writeFile(half, encoded.bytes);
    await rename(half, path.join(folder, file));
    return { kind: "kept", file, width: encoded.width, height: encoded.height, bytes: encoded.bytes.length };
  };

  const fetchOne = async ({ id, url = "", attempts }: Picture): Promise<void> => {
    const fetched = await fetchPicture(url, origins);
    const isOwn = origins.some((origin) => url.startsWith(`${origin}/`));
    const outcome = fetched.kind === "bytes" ? await keep(fetched.bytes, isOwn) : fetched;
    const waitMs = WAITS_MS[attempts];
    if (outcome.kind === "later" && waitMs === undefined)
      await store.notePicture(id, { kind: "refused", reason: outcome.reason }, now());
    else await store.notePicture(id, outcome, now() + (waitMs ?? 0));
    // Whoever sent it was removed in the meantime.
    if (outcome.kind === "kept" && (await store.picture(id)) === undefined)
      await rm(path.join(folder, outcome.file), { force: true });
  };

  /** Deletes files that nothing refers to any more; one that is not there is gone already. */
  const deleteLeft = async (): Promise<void> => {
    for (const file of await store.erasures.leftFiles(LEFT_AT_ONCE)) {
      if (FILE.test(file)) await rm(path.join(folder, file), { force: true });
      await store.erasures.fileGone(file);
    }
  };

  const round = async (): Promise<void> => {
    try {
      await deleteLeft();
      for (;;) {
        const wanted = await store.wantedPictures(now(), AT_ONCE);
        await Promise.all(wanted.map(fetchOne));
        if (wanted.length < AT_ONCE) return;
      }
    } catch (error) {
      log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        "pictures could not be kept; trying again",
      );
    }
  };
  const tick = (): Promise<void> => {
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    start() {
      timer = setInterval(() => void tick(), parts.everyMs ?? 1000);
      timer.unref();
    },
    tick,
    async stop() {
      clearInterval(timer);
      await running;
    },
    async read(id) {
      const picture = await store.picture(id);
      if (picture?.file === undefined || !FILE.test(picture.file)) return undefined;
      return readFile(path.join(folder, picture.file)).catch(() => undefined);
    },
    async keepUpload(bytes, ticket, citizen) {
      const outcome = await keep(bytes, false);
      if (outcome.kind !== "kept") return undefined;
      const { kind, ...kept } = outcome;
      const picture: Picture = {
        id: `p${randomUUID()}`,
        ticket,
        citizen,
        state: kind,
        at: now(),
        attempts: 0,
        isUpload: true,
        ...kept,
      };
      await store.addPicture(picture);
      return picture;
    },
  };
}
