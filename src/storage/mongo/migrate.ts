/** Brings a database to this program's version: indexes and what has changed since; refuses one that a newer program has written. */
import type { Connection } from "mongoose";
import { StoreFailed } from "../port.js";
import type { Tables } from "./connect.js";
import type { Filter } from "./table.js";
import { COLLECTIONS, type CollectionName } from "./schemas.js";

/** What each version changed, in order; never changed once released. Each may run twice: another instance may be at it, too. */
const MIGRATIONS: ((tables: Tables) => Promise<void>)[] = [
  // 1: the first version; its collections are made by their indexes.
  () => Promise.resolve(),
  // 2: lists are in the order of urgency, life in danger first.
  async ({ listings }) => {
    const set = (filter: Filter, urgency: number): Promise<number> =>
      listings.changeAll({ ...filter, urgency: { $exists: false } }, { $set: { urgency } });
    await set({ isUrgent: false }, 0);
    await set({ isUrgent: true, body: { $regex: '"priority":"P0"' } }, 2);
    await set({ isUrgent: true }, 1);
  },
];

const VERSION = "version";

/** Runs what is missing, then makes the indexes that are not there. */
export async function migrate(connection: Connection, tables: Tables): Promise<void> {
  const row = await tables.pageState.get(VERSION);
  const version = Number(row?.body ?? 0);
  if (version > MIGRATIONS.length)
    throw new StoreFailed(
      `This database was written by a newer Sabar (version ${version}, this one knows ${MIGRATIONS.length}). Start the newer program, or restore the backup from before.`,
    );
  for (const run of MIGRATIONS.slice(version)) await run(tables);
  await makeIndexes(connection);
  if (version < MIGRATIONS.length)
    await tables.pageState.put({ _id: VERSION }, { $set: { body: String(MIGRATIONS.length) } });
}

async function makeIndexes(connection: Connection): Promise<void> {
  try {
    for (const name of Object.keys(COLLECTIONS) as CollectionName[])
      for (const [keys, sparse = false] of COLLECTIONS[name].indexes)
        await connection.collection(name).createIndex(keys, sparse ? { sparse } : {}, {});
  } catch (cause) {
    throw new StoreFailed("The indexes of the database could not be made.", { cause });
  }
}
