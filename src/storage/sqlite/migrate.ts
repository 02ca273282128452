/** Brings a database to this program's version, and refuses one that a newer program has written. */
import { StoreFailed } from "../port.js";
import type { Database } from "./driver.js";
import { sql as first } from "./migrations/0001-first.js";
import { sql as tickets } from "./migrations/0002-tickets.js";
import { sql as access } from "./migrations/0010-access.js";
import { sql as listings } from "./migrations/0020-listings.js";
import { sql as retention } from "./migrations/0030-retention.js";
import { sql as push } from "./migrations/0040-push.js";
import { sql as erasures } from "./migrations/0050-erasures.js";
import { sql as finding } from "./migrations/0060-finding.js";
import { sql as tallies } from "./migrations/0070-tallies.js";

/** In order; never changed once released. The version of a database is how many of them it has seen. */
const MIGRATIONS = [first, tickets, access, listings, retention, push, erasures, finding, tallies];

/** Runs what is missing, each migration in a transaction of its own. */
export function migrate(database: Database): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (version > MIGRATIONS.length)
    throw new StoreFailed(
      `This database was written by a newer Sabar (version ${version}, this one knows ${MIGRATIONS.length}). Start the newer program, or restore the backup from before.`,
    );
  MIGRATIONS.slice(version).forEach((sql, index) => {
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
  });
}
