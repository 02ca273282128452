/** The staff's lists: one row a conversation, written with every turn. */
import { urgencyOf, type Listing, type Place } from "../../../vocabulary/listing.js";
import type { ConsoleStore, ListQuery } from "../../console-port.js";
import type { Database, Row, Value } from "../driver.js";
import { text } from "../inbox.js";

type Lists = Pick<ConsoleStore, "listings" | "listing" | "citizensEnding" | "countListings">;

const ORDERS: Record<ListQuery["order"], string> = {
  need: "is_urgent DESC, window_ends_at <= ?, window_ends_at, waiting_since",
  latest: "last_at DESC",
  window: "window_ends_at",
};

/** The reading part. */
export function listingsOf(database: Database): Lists {
  const one = database.prepare("SELECT body FROM listings WHERE citizen = ?");
  const ending = (condition: string) =>
    database.prepare(
      `SELECT citizen FROM listings WHERE ${condition} AND substr(citizen, -length(?1)) = ?1 ORDER BY last_at DESC LIMIT ?2`,
    );
  const endingLong = ending("substr(citizen, -4) = substr(?1, -4)");
  const endingShort = ending("length(?1) < 4");
  // Named one by one, each is counted in the index; the bot has most of them, and only the latest count.
  const byPlace = database.prepare(
    "SELECT place, count(*) AS n FROM listings WHERE place IN ('needs', 'citizen', 'agency', 'snoozed', 'folded', 'done') GROUP BY place UNION ALL SELECT place, count(*) FROM listings WHERE place = 'bot' AND last_at >= ? GROUP BY place",
  );
  const mine = database.prepare("SELECT count(*) AS n FROM listings WHERE holder = ?");
  const soon = database.prepare(
    "SELECT count(*) AS n FROM listings WHERE place IN ('needs', 'agency') AND window_ends_at > ? AND window_ends_at <= ?",
  );
  const folded = database.prepare(
    "SELECT folded, count(*) AS n FROM listings WHERE place = 'folded' AND folded IS NOT NULL GROUP BY folded",
  );
  const unclaimed = database.prepare(
    "SELECT is_urgent > 0 AS urgent, count(*) AS n FROM listings WHERE place = 'needs' AND holder IS NULL GROUP BY is_urgent > 0",
  );
  const select = createSelect(database);
  return {
    listings: (query) => Promise.resolve(select(query).map(listingFrom)),
    listing: (citizen) => {
      const row = one.get(citizen);
      return Promise.resolve(row === undefined ? undefined : listingFrom(row));
    },
    citizensEnding: (digits, limit) =>
      Promise.resolve(
        (digits.length < 4 ? endingShort : endingLong).all(digits, limit).map((row) => text(row.citizen)),
      ),
    countListings: ({ staff, now, soonUpTo, botSince }) => {
      const found = new Map(byPlace.all(botSince).map((row) => [text(row.place), Number(row.n)]));
      const numberOf = (place: Place): number => found.get(place) ?? 0;
      const places: Record<Place, number> = {
        needs: numberOf("needs"),
        citizen: numberOf("citizen"),
        agency: numberOf("agency"),
        snoozed: numberOf("snoozed"),
        bot: numberOf("bot"),
        folded: numberOf("folded"),
        done: numberOf("done"),
      };
      const free = new Map(unclaimed.all().map((row) => [Number(row.urgent), Number(row.n)]));
      return Promise.resolve({
        unclaimed: { urgent: free.get(1) ?? 0, other: free.get(0) ?? 0 },
        places,
        mine: Number(mine.get(staff)?.n ?? 0),
        soon: Number(soon.get(now, soonUpTo)?.n ?? 0),
        folded: Object.fromEntries(folded.all().map((row) => [text(row.folded), Number(row.n)])),
      });
    },
  };
}

/** Every condition is one of ours; only values come from outside. */
function createSelect(database: Database): (query: ListQuery) => Row[] {
  const statements = new Map<string, ReturnType<Database["prepare"]>>();
  return (query) => {
    const values: Value[] = [...query.places];
    const conditions = [`place IN (${query.places.map(() => "?").join(", ")})`];
    const add = (condition: string, ...bound: Value[]): void => {
      conditions.push(condition);
      values.push(...bound);
    };
    if (query.holder !== undefined) add("holder = ?", query.holder);
    if (query.folded !== undefined) add("folded = ?", query.folded);
    if (query.windowEnds !== undefined)
      add("window_ends_at > ? AND window_ends_at <= ?", query.windowEnds.after, query.windowEnds.upTo);
    if (query.since !== undefined) add("last_at >= ?", query.since);
    if (query.before !== undefined) add("last_at < ?", query.before);
    if (query.order === "need") values.push(query.now);
    const sql = `SELECT body FROM listings WHERE ${conditions.join(" AND ")} ORDER BY ${ORDERS[query.order]} LIMIT ?`;
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement.all(...values, query.limit);
  };
}

/** Writes a row; part of committing a turn. */
export function prepareListing(database: Database): (listing: Listing) => void {
  const write = database.prepare(
    "INSERT OR REPLACE INTO listings (citizen, place, holder, folded, is_urgent, window_ends_at, waiting_since, last_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  return (listing) => {
    write.run(
      listing.citizen,
      listing.place,
      listing.holder ?? null,
      listing.folded?.reason ?? null,
      urgencyOf(listing),
      listing.windowEndsAt,
      listing.waitingSince,
      listing.lastAt,
      JSON.stringify(listing),
    );
  };
}

/** Only `prepareListing` and the migration write this column. */
function listingFrom(row: Row): Listing {
  return JSON.parse(text(row.body)) as Listing;
}
