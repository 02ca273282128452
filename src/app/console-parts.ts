/** What the staff console is given of the server. */
import { statfs } from "node:fs/promises";
import path from "node:path";
import { readFileSync } from "node:fs";
import type { ConsoleParts } from "../console/console.js";
import type { HealthReport } from "../console/records/health-rows.js";
import type { SendingStop } from "../vocabulary/delivery.js";
import { deskParts } from "./desk.js";
import { readReadiness } from "./health.js";
import { lastBackup } from "./last-backup.js";
import type { Pictures } from "../media/pictures.js";
import type { Queues } from "./build-queues.js";
import type { App, Parts } from "./start.js";

/** Puts them together; `mode` decides whether demo accounts are let in. */
export function consolePartsOf(
  parts: Parts & { queues: Queues; mode: App["mode"]; pictures: Pictures },
): ConsoleParts {
  const { store, library, metrics, now, config, queues, mode } = parts;
  const zone = config.timezone;
  const sending = (): SendingStop | undefined => queues.outbox.state().stop;
  const version = readVersion();
  const startedAt = now();
  return {
    store,
    library: () => library.mind().library,
    allowDemo: mode === "simulator",
    publicUrl: config.publicUrl,
    health: async (): Promise<HealthReport> => ({
      ...(await readReadiness({ store, library: library.status, sending, mode, metrics, zone, now }, () =>
        store.check(),
      )),
      freeBytes: await freeBytesOf(config.dataDir),
      page: parts.pageWatch?.state(),
      lastBackupAt: await lastBackup(config.dataDir),
      version,
      startedAt,
    }),
    async retryParked(key) {
      const item = await store.desk.retryParked(key, now());
      if (item !== undefined) queues.outbox.push([item]);
      return item !== undefined;
    },
    zone,
    now,
    desk: deskParts(parts),
  };
}

/** Room that this program may use; undefined where the system does not tell. */
async function freeBytesOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

function readVersion(): string {
  const file = readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}
