/** The records of a MongoDB database. */
import type { Connection } from "mongoose";
import { verifyChain } from "../audit-chain.js";
import type { AuditRow } from "../../vocabulary/audit.js";
import { StoreFailed } from "../port.js";
import {
  endedReply,
  recordOf,
  staffText,
  type RecordKind,
  type RecordStore,
  type StoredRecord,
} from "../records.js";
import type { AccessState } from "./access-state.js";
import { connect, tablesOf, type Tables } from "./connect.js";
import { migrate } from "./migrate.js";
import type { Filter, Table } from "./table.js";
import { writersOf } from "./write-records.js";

/** Opens the database for its records. Rejects with StoreFailed when it cannot be reached. */
export async function openMongoRecords(uri: string, database?: string): Promise<RecordStore> {
  const connection = await connect(uri, database);
  try {
    const tables = tablesOf(connection);
    await migrate(connection, tables);
    return recordsOf(connection, tables);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function recordsOf(connection: Connection, tables: Tables): RecordStore {
  const read = readersOf(tables);
  const write = writersOf(tables);
  const all = async (kind: RecordKind): Promise<number> => {
    let count = 0;
    for (let after = ""; ;) {
      const portion = await read[kind](after, 1000);
      count += portion.length;
      const last = portion.at(-1);
      if (last === undefined) return count;
      after = last.key;
    }
  };
  return {
    name: `MongoDB (database ${connection.name})`,
    count: all,
    read: (kind, after, limit) => read[kind](after, limit),
    async write(kind, records) {
      if ((await tables.instances.count({})) > 0)
        throw new StoreFailed(
          "A server works on this database. Stop all of them first, or wait a minute after a crash.",
        );
      await write[kind](records);
    },
    async check() {
      const chain = await verifyChain(async (after, limit) =>
        (await tables.audit.find({ sequence: { $gt: after } }, { sort: { sequence: 1 }, limit })).map(
          ({ body }) => JSON.parse(body) as AuditRow,
        ),
      );
      const waiting = await tables.events.find({ waits: { $gt: 0 } });
      const lanes = new Set((await tables.citizens.find({ knock: true })).flatMap(({ lane = [] }) => lane));
      const lost = waiting.filter(({ _id }) => !lanes.has(_id)).length;
      return [
        ...(chain.isWhole ? [] : [`The audit log is broken at line ${chain.brokenAt}.`]),
        ...(lost === 0 ? [] : [`${lost} events wait in no lane; a server mends that within a minute.`]),
      ];
    },
    close: () => connection.close(),
  };
}

type Reader = (after: string, limit: number) => Promise<StoredRecord[]>;

function readersOf(tables: Tables): Record<RecordKind, Reader> {
  const byId =
    <T extends { _id: string }>(
      table: Pick<Table<T>, "find">,
      make: (row: T) => StoredRecord,
      filter: Filter = {},
    ): Reader =>
    async (after, limit) =>
      (await table.find({ ...filter, _id: { $gt: after } }, { sort: { _id: 1 }, limit })).map(make);
  /** Small kinds are read whole. */
  const whole =
    (make: () => Promise<StoredRecord[]>): Reader =>
    async (after, limit) =>
      (await make())
        .filter(({ key }) => key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit);
  return {
    citizens: byId(tables.citizens, (row) => recordOf("citizens", row._id, row), { state: { $gt: "" } }),
    events: byId(tables.events, (row) =>
      recordOf("events", row._id, {
        ...row,
        state: row.waits !== undefined ? "waiting" : row.outcome === undefined ? "kept" : "handled",
      }),
    ),
    replies: async (after, limit) => {
      const ended = await tables.said.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit });
      const busy = await tables.citizens.find({
        $or: [{ waiting: { $gt: 0 } }, { "ended.0": { $exists: true } }],
      });
      const others = busy.flatMap(({ _id, unsent = [], ended: done = [] }) => [
        ...unsent.map((part) => ({ ...part, state: "waiting", citizen: _id })),
        ...done.map((part) => ({ ...part, citizen: _id })),
      ]);
      const known = new Set(ended.map(({ _id }) => _id));
      return [
        ...ended.map((row) => recordOf("replies", row._id, { ...row, order: row.sequence })),
        ...others
          .filter(({ key }) => key > after && !known.has(key))
          .map((part) => recordOf("replies", part.key, { ...part, order: part.sequence })),
      ]
        .map(endedReply)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit);
    },
    escalations: byId(tables.escalations, (row) => recordOf("escalations", row._id, row)),
    alarms: byId(tables.alarms, (row) => recordOf("alarms", row._id, row)),
    tickets: byId(tables.tickets, (row) => recordOf("tickets", row._id, row)),
    ticketNumbers: whole(async () =>
      (await tables.ticketNumbers.find({ last: { $gt: 0 } })).map((row) =>
        recordOf("ticketNumbers", row._id.slice("prefix:".length), row),
      ),
    ),
    pictures: byId(tables.pictures, (row) =>
      recordOf("pictures", row._id, { ...row, notBefore: row.state === "wanted" ? row.notBefore : null }),
    ),
    scripts: byId(tables.scripts, (row) => recordOf("scripts", row._id, row)),
    listings: byId(tables.listings, (row) => recordOf("listings", row._id, row)),
    drafts: byId(tables.drafts, (row) =>
      recordOf("drafts", row._id, {
        citizen: row.citizen,
        staff: row._id.slice((row.citizen ?? "").length + 1),
        text: row.body,
        updatedAt: row.keptAt,
      }),
    ),
    erasures: byId(tables.erasures, (row) => recordOf("erasures", row._id, row)),
    leftFiles: byId(tables.leftFiles, (row) => recordOf("leftFiles", row._id, row)),
    staff: whole(async () => {
      const document = await tables.access.get("access");
      if (document === undefined) return [];
      const state = JSON.parse(document.body) as AccessState;
      const seen = new Map((await tables.sessionsSeen.find({})).map(({ _id, at }) => [_id, at]));
      const sessions = state.sessions.map((each) => ({ ...each, seenAt: seen.get(each.id) ?? each.seenAt }));
      return [recordOf("staff", "all", { body: staffText({ ...state, sessions }) })];
    }),
    audit: async (after, limit) =>
      (await tables.audit.find({ sequence: { $gt: Number(after) } }, { sort: { sequence: 1 }, limit })).map(
        (row) => recordOf("audit", keyOfLine(row.sequence), { body: row.body }),
      ),
    page: whole(async () =>
      (await tables.pageState.find({ _id: "sending-stop" })).map((row) => recordOf("page", row._id, row)),
    ),
  };
}

/** Lines sort by their number. */
export const keyOfLine = (sequence: number): string => String(sequence).padStart(12, "0");
