/** A conversation in full: what happened, what was said, and how it was decided. */
import type { Why } from "../../../vocabulary/turn.js";
import type { ConsoleStore, Happening, Said } from "../../console-port.js";
import type { Database, Row } from "../driver.js";
import type { GroupCommit } from "../group-commit.js";
import { eventFrom, text } from "../inbox.js";
import { itemFrom, replyFrom } from "../outbox.js";

type Happenings = Pick<
  ConsoleStore,
  "happenings" | "said" | "receipts" | "event" | "whyOf" | "retryParked" | "draft" | "saveDraft"
>;

const EVENT = "i.id, i.citizen, i.page, i.channel, i.at, i.body";
const WHY = "w.outcome, w.intent, w.body AS why";

/** Reads conversations, keeps drafts, and puts parked replies back on their way. */
export function happeningsOf(database: Database, group: GroupCommit): Happenings {
  const happened = database.prepare(
    `SELECT ${EVENT}, ${WHY} FROM inbox i LEFT JOIN whys w ON w.event = i.id WHERE i.citizen = ? AND i.at < ? AND i.kind NOT IN ('read', 'delivery') ORDER BY i.at DESC, i.sequence DESC LIMIT ?`,
  );
  const said = database.prepare(
    "SELECT key, created_at, speaker, reply, state, attempts, reason, ended_at FROM outbox WHERE citizen = ? AND created_at < ? ORDER BY sequence DESC LIMIT ?",
  );
  const receipts = database.prepare(
    "SELECT kind, max(json_extract(body, '$.until')) AS until FROM inbox WHERE citizen = ? AND kind IN ('read', 'delivery') GROUP BY kind",
  );
  const one = database.prepare(`SELECT ${EVENT} FROM inbox i WHERE i.id = ?`);
  const why = database.prepare(`SELECT ${WHY} FROM whys w WHERE w.event = ?`);
  const retry = database.prepare(
    "UPDATE outbox SET state = 'waiting', attempts = 0, not_before = ?, ended_at = NULL, code = NULL, reason = NULL WHERE key = ? AND state = 'parked' RETURNING key, citizen, sequence, reply, speaker, created_at, attempts, not_before",
  );
  const draft = database.prepare("SELECT text FROM drafts WHERE citizen = ? AND staff = ?");
  const removeDraft = database.prepare("DELETE FROM drafts WHERE citizen = ? AND staff = ?");
  const keepDraft = database.prepare(
    "INSERT OR REPLACE INTO drafts (citizen, staff, text, updated_at) VALUES (?, ?, ?, ?)",
  );
  return {
    happenings: (citizen, before, limit) =>
      Promise.resolve(
        happened
          .all(citizen, before, limit)
          .reverse()
          .map((row): Happening => ({ event: eventFrom(row), why: whyFrom(row) })),
      ),
    said: (citizen, before, limit) =>
      Promise.resolve(said.all(citizen, before, limit).reverse().map(saidFrom)),
    receipts: (citizen) => {
      const until = new Map(receipts.all(citizen).map((row) => [text(row.kind), Number(row.until)]));
      const readUntil = until.get("read") ?? 0;
      return Promise.resolve({ readUntil, deliveredUntil: Math.max(readUntil, until.get("delivery") ?? 0) });
    },
    event: (id) => {
      const row = one.get(id);
      return Promise.resolve(row === undefined ? undefined : eventFrom(row));
    },
    whyOf: (eventId) => {
      const row = why.get(eventId);
      return Promise.resolve(row === undefined ? undefined : whyFrom(row));
    },
    retryParked: (key, now) =>
      group.write(() => {
        const row = retry.get(now, key);
        return row === undefined ? undefined : { ...itemFrom(row), createdAt: now };
      }),
    draft: (citizen, staff) => Promise.resolve(text(draft.get(citizen, staff)?.text)),
    saveDraft: (citizen, staff, words, now) =>
      group.write(() => {
        if (words === "") removeDraft.run(citizen, staff);
        else keepDraft.run(citizen, staff, words, now);
      }),
  };
}

function whyFrom(row: Row): Why | undefined {
  if (row.outcome === null || row.outcome === undefined) return undefined;
  return {
    ...(JSON.parse(text(row.why)) as Omit<Why, "outcome" | "intent">),
    // Only commitTurn writes these columns.
    outcome: text(row.outcome) as Why["outcome"],
    ...(row.intent === null ? {} : { intent: text(row.intent) }),
  };
}

function saidFrom(row: Row): Said {
  return {
    key: text(row.key),
    at: Number(row.created_at),
    speaker: row.speaker === "person" ? "person" : "bot",
    reply: replyFrom(row),
    state: row.state === "sent" ? "sent" : row.state === "parked" ? "parked" : "waiting",
    attempts: Number(row.attempts),
    ...(row.reason === null ? {} : { reason: text(row.reason) }),
    ...(row.ended_at === null ? {} : { endedAt: Number(row.ended_at) }),
  };
}
