/** Opens the store that the settings name: MongoDB where there is an address, one SQLite file otherwise. */
import path from "node:path";
import type { Logger } from "pino";
import { StoreFailed, type Store } from "../storage/port.js";
import { openSqliteStore } from "../storage/sqlite/open.js";
import type { Config } from "./config.js";
import { StartFailed } from "./start-failed.js";

/** Rejects with StartFailed in a sentence for the operator. */
export async function openStore(config: Config, log?: Logger): Promise<Store> {
  const { mongo, laneLeaseMs, dataDir } = config;
  // What was tried out in the simulator never mixes with the conversations of a real page.
  const isSimulator = config.messenger === undefined;
  try {
    if (mongo === undefined)
      return await openSqliteStore(path.join(dataDir, isSimulator ? "simulator.db" : "sabar.db"));
    // mongoose is large; a machine with one file never needs it.
    const { openMongoStore } = await import("../storage/mongo/open.js");
    return await openMongoStore({
      uri: mongo.uri,
      database: isSimulator ? `${mongo.database}-simulator` : mongo.database,
      leaseMs: laneLeaseMs,
      onLane: log?.isLevelEnabled("debug") === true ? (note) => log.debug(note, "lane") : undefined,
    });
  } catch (error) {
    if (error instanceof StoreFailed) throw new StartFailed(error.message, { cause: error });
    throw error;
  }
}
