/** Writes records of another store, or of a backup, into a MongoDB database. */
import type { AuditRow } from "../../vocabulary/audit.js";
import type { Escalation } from "../../vocabulary/escalation.js";
import type { Listing } from "../../vocabulary/listing.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { numberOf, textOf, type RecordKind, type StoredRecord } from "../records.js";
import type { Tables } from "./connect.js";
import { listingFields } from "./console/listings.js";
import type { EventDocument, UnsentPart } from "./documents.js";
import { lineDocument } from "./access.js";
import { ticketDocument } from "./write-tickets.js";

type Writer = (records: readonly StoredRecord[]) => Promise<void>;

/** Sparse fields: absent where null. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

export function writersOf(tables: Tables): Record<RecordKind, Writer> {
  const { citizens } = tables;
  const nobody = { fence: 0, lastSequence: 0 };
  const revisionOf = async (citizen: string): Promise<number> => (await citizens.get(citizen))?.revision ?? 0;

  const writeEvents: Writer = async (records) => {
    await tables.events.putMany(
      records.map((record) => ({ filter: { _id: record.key }, change: { $set: eventFields(record) } })),
    );
    for (const record of records)
      if (record.fields.state === "waiting")
        await citizens.put(
          { _id: textOf(record, "citizen") },
          {
            $addToSet: { lane: record.key },
            $set: { knock: true },
            $setOnInsert: { ...nobody, revision: 0, updatedAt: numberOf(record, "receivedAt") },
          },
        );
  };

  const writeReplies: Writer = async (records) => {
    for (const record of records)
      if (record.fields.state === "waiting") await putUnsent(record);
      else
        await tables.said.put(
          { _id: record.key },
          {
            $set: present({
              ...record.fields,
              order: null,
              notBefore: null,
              sequence: numberOf(record, "order"),
            }),
            $setOnInsert: { toIndex: numberOf(record, "order") },
          },
        );
  };

  const putUnsent = async (record: StoredRecord): Promise<void> => {
    const _id = textOf(record, "citizen");
    const document = await citizens.get(_id);
    const {
      citizen: _citizen,
      state: _state,
      endedAt: _endedAt,
      mid: _mid,
      order,
      ...fields
    } = record.fields;
    // The fields of a reply on its way are those of the record, under the same names.
    const part = present({ ...fields, key: record.key, sequence: order }) as unknown as UnsentPart;
    const unsent = [...(document?.unsent ?? []).filter(({ key }) => key !== record.key), part].sort(
      (a, b) => a.sequence - b.sequence,
    );
    const lastSequence = Math.max(document?.lastSequence ?? 0, part.sequence);
    await citizens.put(
      { _id },
      {
        $set: { unsent, waiting: unsent.length, lastSequence, knock: true },
        $setOnInsert: { revision: 0, fence: 0, updatedAt: part.createdAt },
      },
    );
  };

  const putAll =
    (
      table: "scripts" | "pageState" | "pictures" | "erasures" | "leftFiles",
      more: (record: StoredRecord) => Record<string, unknown> = () => ({}),
    ): Writer =>
    (records) =>
      tables[table].putMany(
        records.map((record) => ({
          filter: { _id: record.key },
          change: { $set: present({ ...record.fields, ...more(record) }) },
        })),
      );

  return {
    citizens: (records) =>
      citizens.putMany(
        records.map(({ key, fields }) => ({
          filter: { _id: key },
          change: { $set: fields, $setOnInsert: nobody },
        })),
      ),
    events: writeEvents,
    replies: writeReplies,
    async escalations(records) {
      for (const record of records) {
        const body = textOf(record, "body");
        const { citizen, state, openedAt, updatedAt } = JSON.parse(body) as Escalation;
        await tables.escalations.put(
          { _id: record.key },
          {
            $set: {
              citizen,
              body,
              updatedAt,
              revision: await revisionOf(citizen),
              ...(state === "closed" ? {} : { open: openedAt }),
            },
            ...(state === "closed" ? { $unset: { open: 1 } } : {}),
          },
        );
      }
    },
    async alarms(records) {
      for (const { key, fields } of records)
        await tables.alarms.put(
          { _id: key },
          { $set: { ...fields, revision: await revisionOf(String(fields.citizen)) } },
        );
    },
    async tickets(records) {
      for (const record of records) {
        const { _id, ...fields } = ticketDocument(
          JSON.parse(textOf(record, "body")) as Ticket,
          {},
          undefined,
          "copied",
        );
        await tables.tickets.put({ _id }, { $set: { ...fields, body: textOf(record, "body") } });
      }
    },
    ticketNumbers: async (records) => {
      for (const record of records)
        await tables.ticketNumbers.put(
          { _id: `prefix:${record.key}` },
          { $set: { last: numberOf(record, "last") } },
        );
    },
    pictures: putAll("pictures", (record) => ({ notBefore: numberOf(record, "notBefore") })),
    scripts: putAll("scripts"),
    async listings(records) {
      for (const record of records) {
        const body = textOf(record, "body");
        const fields = { ...listingFields(JSON.parse(body) as Listing), body };
        await tables.listings.put(
          { _id: record.key },
          { $set: { ...fields, revision: await revisionOf(record.key) } },
        );
      }
    },
    async drafts(records) {
      for (const record of records)
        await tables.drafts.put(
          { _id: record.key },
          {
            $set: {
              citizen: textOf(record, "citizen"),
              body: textOf(record, "text"),
              keptAt: numberOf(record, "updatedAt"),
            },
          },
        );
    },
    async staff(records) {
      for (const record of records)
        await tables.access.put(
          { _id: "access" },
          { $set: { body: textOf(record, "body") }, $inc: { revision: 1 } },
        );
    },
    async audit(records) {
      const rows = records.map((record) => JSON.parse(textOf(record, "body")) as AuditRow);
      await tables.audit.insert(rows.map(lineDocument));
      const last = rows.at(-1);
      if (last !== undefined)
        await tables.access.put(
          { _id: "access" },
          { $set: { lastLine: JSON.stringify(last) }, $inc: { revision: 1 } },
        );
    },
    erasures: putAll("erasures"),
    leftFiles: putAll("leftFiles"),
    page: putAll("pageState"),
  };
}

/** What an event had that another store has no field for is left out. */
function eventFields(record: StoredRecord): Omit<EventDocument, "_id"> {
  const { state, ...fields } = record.fields;
  const body = JSON.parse(textOf(record, "body")) as { kind: string; by?: string; metadata?: string };
  const isOwn = body.kind === "echo" && body.by === "sabar" && body.metadata?.startsWith("sabar:") === true;
  return present({
    ...fields,
    waits: state === "waiting" ? fields.order : null,
    toIndex: fields.citizen !== null ? fields.order : null,
    confirms: isOwn ? body.metadata?.slice("sabar:".length) : null,
  }) as unknown as EventDocument;
}
