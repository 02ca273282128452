/** A year of a big city on paper, written straight into a SQLite file: as fast as the disk takes it, with the shapes that turns write. */
import { prepareDatabase, letGo } from "../../src/storage/sqlite/open.js";
import type { Database, Value } from "../../src/storage/sqlite/driver.js";
import { newCitizen } from "../../src/vocabulary/citizen.js";
import type { Escalation } from "../../src/vocabulary/escalation.js";
import type { Listing, Place } from "../../src/vocabulary/listing.js";

export interface Size {
  citizens: number;
  messages: number;
}

const DAY = 24 * 60 * 60 * 1000;
export const YEAR = 365 * DAY;
/** Rows between two commits. */
const PORTION = 20_000;

/** Ids such as the platform gives, the same for the same number. */
export const citizenId = (n: number): string => String(6_100_000_000_000_000 + n * 7_919);

/** Fills an empty file with a year that ends at `end`. `texts` are what people write; `say` hears how far it is. */
export function writeYear(
  file: string,
  { citizens, messages }: Size,
  texts: readonly string[],
  end: number,
  say: (done: number) => void,
): void {
  const database = prepareDatabase(file);
  // The file is made anew if anything goes wrong: nothing has to survive a power cut.
  database.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA secure_delete = OFF");
  const write = writersOf(database);
  const random = seeded(20261126);
  database.exec("BEGIN");
  for (let n = 0; n < messages; n += 1) {
    // Most people write a few times close together; a few write every week.
    const who = n < citizens ? n : Math.floor(random() ** 2 * citizens);
    const at = Math.round(end - YEAR + (YEAR * n) / messages);
    write.message(
      `m_${n}`,
      citizenId(who),
      at,
      `${texts[Math.floor(random() * texts.length)] ?? ""} ${n % 977}`,
    );
    if (n % PORTION === PORTION - 1) {
      database.exec("COMMIT; BEGIN");
      say(n + 1);
    }
  }
  for (let n = 0; n < citizens; n += 1) write.citizen(citizenId(n), n, end, random());
  database.exec("COMMIT");
  database.exec(
    "INSERT INTO page_state (name, body) SELECT 'written-inbox', max(sequence) FROM inbox; INSERT INTO page_state (name, body) SELECT 'written-outbox', max(sequence) FROM outbox; ANALYZE;",
  );
  letGo(database);
}

function writersOf(database: Database) {
  const put = (sql: string) => {
    const statement = database.prepare(sql);
    return (...values: Value[]): void => void statement.run(...values);
  };
  const inbox = put(
    "INSERT INTO inbox (id, citizen, page, channel, kind, at, received_at, state, body) VALUES (?, ?, '102938475610293', 'messaging', 'message', ?, ?, 'handled', ?)",
  );
  const why = put(
    "INSERT INTO whys (event, citizen, at, outcome, intent, body) VALUES (?, ?, ?, 'answer', 'ktp-hilang', ?)",
  );
  const outbox = put(
    "INSERT INTO outbox (key, citizen, speaker, reply, state, not_before, created_at, ended_at, mid) VALUES (?, ?, 'bot', ?, 'sent', ?, ?, ?, ?)",
  );
  const written = put("INSERT INTO written (text, citizen, at) VALUES (?, ?, ?)");
  const own = put("INSERT INTO written_of (citizen, line) VALUES (?, last_insert_rowid())");
  const citizen = put("INSERT INTO citizens (id, revision, updated_at, state) VALUES (?, ?, ?, ?)");
  const listing = put(
    "INSERT INTO listings (citizen, place, holder, folded, is_urgent, window_ends_at, waiting_since, last_at, body) VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?)",
  );
  const escalation = put(
    "INSERT INTO escalations (id, citizen, state, opened_at, updated_at, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const WHY = JSON.stringify({
    reasons: ["cocok dengan contoh"],
    words: ["ktp", "hilang"],
    confidence: 0.97,
  });
  return {
    message(id: string, who: string, at: number, text: string): void {
      inbox(id, who, at, at + 400, JSON.stringify({ kind: "message", mid: id, text, attachments: [] }));
      why(id, who, at + 900, WHY);
      const reply = `Turut prihatin. ${text} diurus di Dukcapil, gratis.`;
      outbox(
        `${id}#0`,
        who,
        JSON.stringify({ kind: "text", text: reply }),
        at,
        at + 900,
        at + 1200,
        `${id}r`,
      );
      for (const words of [text, reply]) {
        written(words, who, at);
        own(who);
      }
    },
    citizen(id: string, n: number, end: number, chance: number): void {
      const lastAt = Math.round(end - YEAR * chance);
      citizen(
        id,
        3,
        lastAt,
        JSON.stringify({ ...newCitizen(id), revision: 3, lastWroteAt: lastAt, firstWroteAt: lastAt }),
      );
      const row = listingOf(id, n, lastAt, end);
      listing(
        id,
        row.place,
        row.folded?.reason ?? null,
        row.isUrgent ? 1 : 0,
        row.windowEndsAt,
        row.waitingSince,
        row.lastAt,
        JSON.stringify(row),
      );
      const open = row.escalation;
      if (open !== undefined)
        escalation(open.id, id, open.state, open.openedAt, open.updatedAt, JSON.stringify(open));
    },
  };
}

/** One in a thousand waits for a person now, twice as many for an agency or the citizen, a tenth is done or folded away. */
function listingOf(citizen: string, n: number, lastAt: number, end: number): Listing {
  const places: Place[] =
    n % 1000 === 0
      ? ["needs"]
      : n % 1000 < 3
        ? ["citizen", "agency"]
        : n % 10 === 3
          ? ["done"]
          : n % 25 === 4
            ? ["folded"]
            : ["bot"];
  const place = places[n % places.length] ?? "bot";
  const isOpen = place === "needs" || place === "citizen" || place === "agency";
  const at = isOpen ? end - (n % 20) * 60 * 60 * 1000 : lastAt;
  return {
    citizen,
    place,
    isUrgent: n % 7000 === 0,
    windowEndsAt: at + DAY,
    waitingSince: at,
    lastAt: at,
    excerpt: "jalan depan rumah berlubang sejak minggu lalu, kapan diperbaiki",
    ...(isOpen || place === "done" ? { escalation: escalationOf(citizen, n, at, place) } : {}),
    ...(place === "folded" ? { folded: { reason: "spam", details: ["tautan"] } } : {}),
  };
}

function escalationOf(citizen: string, n: number, at: number, place: Place): Escalation {
  return {
    id: `esc-${n}`,
    citizen,
    state: place === "needs" ? "waiting" : place === "done" ? "closed" : "taken",
    reason: n % 7000 === 0 ? "urgent" : "not-understood",
    priority: "P2",
    words: [],
    summary: "jalan depan rumah berlubang sejak minggu lalu, kapan diperbaiki",
    openedAt: at,
    lastWroteAt: at,
    updatedAt: at,
  };
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
