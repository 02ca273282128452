/** What has arrived, and the turns that settle it. */
import { needsTurn, type AlarmName, type EventBody, type InboundEvent } from "../../vocabulary/event.js";
import type { OutboxItem } from "../../vocabulary/delivery.js";
import type { Reply } from "../../vocabulary/reply.js";
import type { Turn } from "../../vocabulary/turn.js";
import { TurnOutdated, type Store } from "../port.js";
import type { Database, Row } from "./driver.js";
import { prepareListing } from "./console/listings.js";
import { prepareTicketCommit, type FillNumbers } from "./commit-tickets.js";
import { prepareErase } from "./erase.js";
import type { GroupCommit } from "./group-commit.js";

type Inbox = Pick<Store, "accept" | "waiting" | "commitTurn" | "turnFailed" | "ringAlarms">;

/** The part of the store that keeps events and commits turns. */
export function inboxOf(database: Database, group: GroupCommit): Inbox {
  const insert = database.prepare(
    "INSERT OR IGNORE INTO inbox (id, citizen, page, channel, kind, at, received_at, state, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const waiting = database.prepare(
    "SELECT sequence, id, citizen, page, channel, at, attempts, body FROM inbox WHERE state = 'waiting' AND sequence > ? ORDER BY sequence LIMIT ?",
  );
  const failed = database.prepare(
    "UPDATE inbox SET attempts = attempts + 1, failure = ? WHERE id = ? RETURNING attempts",
  );
  const due = database.prepare(
    "SELECT citizen, name, page, due_at FROM alarms WHERE due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const removeAlarm = database.prepare("DELETE FROM alarms WHERE citizen = ? AND name = ?");
  const commit = prepareCommit(database);

  const keep = (event: InboundEvent, now: number): boolean =>
    insert.run(
      event.id,
      event.citizen ?? null,
      event.page,
      event.channel,
      event.body.kind,
      event.at,
      now,
      needsTurn(event) ? "waiting" : "kept",
      JSON.stringify(event.body),
    ).changes === 1;

  return {
    accept: (events, now) => group.write(() => events.filter((event) => keep(event, now))),
    waiting: (afterSequence, limit) =>
      Promise.resolve(
        waiting.all(afterSequence, limit).map((row) => ({
          sequence: Number(row.sequence),
          event: eventFrom(row),
          attempts: Number(row.attempts),
        })),
      ),
    commitTurn: (eventId, turn, now) => group.write(() => commit(eventId, turn, now)),
    turnFailed: (eventId, reason) => group.write(() => Number(failed.get(reason, eventId)?.attempts ?? 0)),
    ringAlarms: (now, limit) =>
      due.get(now, 1) === undefined
        ? Promise.resolve([])
        : group.write(() =>
            due.all(now, limit).flatMap((row) => {
              removeAlarm.run(text(row.citizen), text(row.name));
              const event = alarmEvent(row);
              return keep(event, now) ? [event] : [];
            }),
          ),
  };
}

/** Puts what a turn says into the outbox. */
function prepareSay(database: Database) {
  const reply = database.prepare(
    "INSERT INTO outbox (key, citizen, speaker, reply, state, not_before, created_at) VALUES (?, ?, ?, ?, 'waiting', ?, ?) RETURNING sequence",
  );
  return (eventId: string, { replies, speaker, citizen: { id } }: Turn, now: number, fill: FillNumbers) =>
    replies.map((each, index): OutboxItem => {
      const key = `${eventId}#${index}`;
      const body = fill(JSON.stringify(each));
      const row = reply.get(key, id, speaker, body, now, now);
      return {
        key,
        citizen: id,
        sequence: Number(row?.sequence),
        // What was just written of a reply is a reply.
        reply: JSON.parse(body) as Reply,
        speaker,
        createdAt: now,
        attempts: 0,
        notBefore: now,
      };
    });
}

/** Everything a turn writes. Nothing happens when its event is settled already. */
function prepareCommit(database: Database): (eventId: string, turn: Turn, now: number) => OutboxItem[] {
  const settle = database.prepare("UPDATE inbox SET state = 'handled' WHERE id = ? AND state = 'waiting'");
  const change = database.prepare(
    "UPDATE citizens SET revision = revision + 1, updated_at = ?, state = ? WHERE id = ? AND revision = ?",
  );
  const meet = database.prepare(
    "INSERT OR IGNORE INTO citizens (id, revision, updated_at, state) VALUES (?, 1, ?, ?)",
  );
  const say = prepareSay(database);
  const escalation = database.prepare(
    "INSERT INTO escalations (id, citizen, state, opened_at, updated_at, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at, body = excluded.body",
  );
  const alarm = database.prepare(
    "INSERT OR REPLACE INTO alarms (citizen, name, page, due_at) SELECT ?, ?, page, ? FROM inbox WHERE id = ?",
  );
  const why = database.prepare(
    "INSERT OR REPLACE INTO whys (event, citizen, at, outcome, intent, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const listing = prepareListing(database);
  const commitTickets = prepareTicketCommit(database);
  const erase = prepareErase(database);
  return (eventId, turn, now) => {
    if (settle.run(eventId).changes === 0) return [];
    if (turn.erase !== undefined) {
      erase(turn.erase, turn.citizen.id, now);
      return say(eventId, turn, now, (words) => words);
    }
    const fillNumbers = commitTickets(turn, now);
    const revised = { ...turn.citizen, revision: turn.citizen.revision + 1 };
    const state = JSON.stringify(revised);
    const isKept =
      revised.revision === 1
        ? meet.run(revised.id, now, state).changes === 1
        : change.run(now, state, revised.id, turn.citizen.revision).changes === 1;
    if (!isKept) throw new TurnOutdated("The citizen has changed since this turn was decided.");
    const items = say(eventId, turn, now, fillNumbers);
    const open = turn.escalation;
    if (open !== undefined)
      escalation.run(open.id, open.citizen, open.state, open.openedAt, open.updatedAt, JSON.stringify(open));
    for (const each of turn.alarms) alarm.run(each.citizen ?? revised.id, each.name, each.at, eventId);
    if (turn.listing !== undefined) listing(turn.listing);
    const { outcome, intent, ...rest } = turn.why;
    why.run(eventId, revised.id, now, outcome, intent ?? null, JSON.stringify(rest));
    return items;
  };
}

function alarmEvent(row: Row): InboundEvent {
  const at = Number(row.due_at);
  const citizen = text(row.citizen);
  // Only turns write this column.
  const name = text(row.name) as AlarmName;
  return {
    id: `alarm:${citizen}:${name}:${at}`,
    channel: "inside",
    page: text(row.page),
    citizen,
    at,
    body: { kind: "alarm", name },
  };
}

/** Rows are only written by `accept`, so what is read back is what was an event. */
export function eventFrom(row: Row): InboundEvent {
  return {
    id: text(row.id),
    channel: text(row.channel) as InboundEvent["channel"],
    page: text(row.page),
    citizen: row.citizen === null ? undefined : text(row.citizen),
    at: Number(row.at),
    body: JSON.parse(text(row.body)) as EventBody,
  };
}

/** A column that is declared TEXT. */
export function text(value: Row[string] | undefined): string {
  return typeof value === "string" ? value : "";
}
