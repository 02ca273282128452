/** What was said and is not delivered yet. */
import type { OutboxItem } from "../../vocabulary/delivery.js";
import type { Reply } from "../../vocabulary/reply.js";
import type { Store } from "../port.js";
import type { Database, Row } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

type Outbox = Pick<Store, "unsent" | "noteDelivery" | "confirmSent" | "parked">;

/** The part of the store that knows how deliveries went. */
export function outboxOf(database: Database, group: GroupCommit): Outbox {
  const unsent = database.prepare(
    "SELECT key, citizen, sequence, reply, speaker, created_at, attempts, not_before FROM outbox WHERE state = 'waiting' AND sequence > ? ORDER BY sequence LIMIT ?",
  );
  const sent = database.prepare(
    "UPDATE outbox SET state = 'sent', mid = ?, ended_at = ?, code = NULL, reason = NULL WHERE key = ? AND state = 'waiting'",
  );
  const tryLater = database.prepare(
    "UPDATE outbox SET attempts = attempts + 1, not_before = ?, code = ?, reason = ? WHERE key = ? AND state = 'waiting'",
  );
  const park = database.prepare(
    "UPDATE outbox SET state = 'parked', attempts = attempts + 1, ended_at = ?, code = ?, reason = ? WHERE key = ? AND state = 'waiting'",
  );
  const parked = database.prepare(
    "SELECT key, citizen, reply, code, reason, ended_at FROM outbox WHERE state = 'parked' ORDER BY ended_at DESC LIMIT ?",
  );
  return {
    unsent: (afterSequence, limit) => Promise.resolve(unsent.all(afterSequence, limit).map(itemFrom)),
    noteDelivery: (key, delivery, notBefore, now) =>
      group.write(() => {
        switch (delivery.kind) {
          case "sent":
            sent.run(delivery.mid ?? null, now, key);
            return;
          case "later":
          case "doubt":
            tryLater.run(notBefore, delivery.code, delivery.reason, key);
            return;
          case "never":
            park.run(now, delivery.code, delivery.reason, key);
        }
      }),
    confirmSent: (key, mid, now) => group.write(() => sent.run(mid, now, key).changes === 1),
    parked: (limit) =>
      Promise.resolve(
        parked.all(limit).map((row) => ({
          key: text(row.key),
          citizen: text(row.citizen),
          reply: replyFrom(row),
          code: text(row.code),
          reason: text(row.reason),
          parkedAt: Number(row.ended_at),
        })),
      ),
  };
}

/** A row of the outbox as a reply on its way. */
export function itemFrom(row: Row): OutboxItem {
  return {
    key: text(row.key),
    citizen: text(row.citizen),
    sequence: Number(row.sequence),
    reply: replyFrom(row),
    speaker: row.speaker === "person" ? "person" : "bot",
    createdAt: Number(row.created_at),
    attempts: Number(row.attempts),
    notBefore: Number(row.not_before),
  };
}

/** Only `commitTurn` writes this column. */
export function replyFrom(row: Row): Reply {
  return JSON.parse(text(row.reply)) as Reply;
}
