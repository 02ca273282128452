/** Removes everything about one person from every collection, and keeps the record that it was done. All of it may be done again. */
import { erasureId, type Erasure, type ErasureCounts } from "../../vocabulary/erasure.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { MOST_SWEPT, SWEPT_MS, type ErasureStore } from "../erasure-port.js";
import { picturesToKeep, withoutReporter } from "../erase-ticket.js";
import { StoreFailed, TurnOutdated } from "../port.js";
import type { Tables } from "./connect.js";
import type { TicketDocument } from "./documents.js";
import type { Held, HeldLanes } from "./held-lanes.js";
import { ticketDocument, ticketFrom } from "./write-tickets.js";

/** Facebook may deliver an event again within this time: that it was here stays known, without the person and the words. */
const KNOWN_MS = 24 * 60 * 60 * 1000;
const MOST_TRIES = 50;

const STRIPPED = JSON.stringify({ kind: "other", name: "erased", raw: "" });

export interface Eraser {
  /** What a removal that this event asks for would remove. */
  count(citizen: string, eventId: string): Promise<ErasureCounts>;
  /** Removes all but the citizen's own document, which belongs to its lane, and what waits in that lane. */
  erase(citizen: string, now: number): Promise<void>;
  /** Writes the record, once. */
  record(erasure: Erasure, citizen: string): Promise<void>;
}

export function eraserOf(tables: Tables): Eraser {
  const { events, said, escalations, alarms, listings, drafts, written, pictures, tickets, erasures } =
    tables;

  /** What waits for its turn has come after the request. */
  const eraseEvents = async (citizen: string, now: number): Promise<void> => {
    const settled = { citizen, waits: null };
    await events.changeAll(
      { ...settled, receivedAt: { $gte: now - KNOWN_MS }, _id: { $not: new RegExp(escape(citizen)) } },
      {
        $set: { kind: "other", at: 0, body: STRIPPED },
        $unset: { citizen: 1, failure: 1, confirms: 1, outcome: 1, intent: 1, why: 1, toIndex: 1 },
      },
    );
    await events.remove(settled);
  };

  const rewrite = async (
    citizen: string,
    found: TicketDocument,
    gone: ReadonlySet<string>,
  ): Promise<void> => {
    let row: TicketDocument | undefined = found;
    for (let tries = 0; tries < MOST_TRIES && row?.reporters.includes(citizen) === true; tries += 1) {
      const { _id, ...fields } = ticketDocument(
        withoutReporter(ticketFrom(row), citizen, gone),
        {},
        row,
        "erase",
      );
      if (await tickets.change({ _id, revision: row.revision }, { $set: fields })) return;
      row = await tickets.get(_id);
    }
    if (row?.reporters.includes(citizen) === true)
      throw new StoreFailed("A ticket is changed too often at the moment.");
  };

  const eraseReports = async (citizen: string, now: number): Promise<void> => {
    const theirs = await tickets.find({ reporters: citizen });
    const kept = new Set(theirs.map(ticketFrom).flatMap((ticket: Ticket) => [...picturesToKeep(ticket)]));
    const rows = (await pictures.find({ citizen })).filter(({ _id }) => !kept.has(_id));
    await dropPictures(tables, rows, now);
    const gone = new Set(rows.map(({ _id }) => _id));
    await pictures.changeAll({ citizen }, { $set: { citizen: "" } });
    for (const row of theirs)
      if (row.state === "draft") await tickets.remove({ _id: row._id, state: "draft" });
      else await rewrite(citizen, row, gone);
  };

  return {
    async count(citizen, eventId) {
      const theirs = await tickets.find({ reporters: citizen });
      const kept = new Set(theirs.map(ticketFrom).flatMap((ticket) => [...picturesToKeep(ticket)]));
      const [messages, ended, document, open, typed, sent] = await Promise.all([
        events.count({
          citizen,
          kind: { $in: ["message", "postback", "edit"] },
          $or: [{ waits: null }, { _id: eventId }],
        }),
        said.pick({ citizen }, ["_id"], 1_000_000),
        tables.citizens.get(citizen),
        escalations.count({ citizen }),
        drafts.count({ citizen }),
        pictures.find({ citizen }),
      ]);
      const others = [...(document?.unsent ?? []), ...(document?.ended ?? [])].map(({ key }) => key);
      return {
        messages,
        replies: new Set([...ended.map(({ _id }) => _id), ...others]).size,
        escalations: open,
        drafts: typed,
        pictures: sent.filter(({ _id }) => !kept.has(_id)).length,
        tickets: theirs.filter(({ state }) => state !== "draft").length,
      };
    },
    async erase(citizen, now) {
      await eraseReports(citizen, now);
      await Promise.all([
        eraseEvents(citizen, now),
        ...[said, escalations, alarms, drafts, written].map((table) => table.remove({ citizen })),
        listings.remove({ _id: citizen }),
      ]);
    },
    async record({ id, ...rest }, citizen) {
      await erasures.insert([{ _id: id, at: rest.at, citizen, body: JSON.stringify({ id, ...rest }) }]);
    },
  };
}

/** Lets go of pictures, and remembers their files for as long as they are there. */
export async function dropPictures(
  { pictures, leftFiles }: Tables,
  rows: readonly { _id: string; body: string }[],
  now: number,
): Promise<void> {
  const files = rows.flatMap(({ body }) => (JSON.parse(body) as { file?: string }).file ?? []);
  // First the names of the files: a picture without a row would never be deleted.
  await leftFiles.insert(files.map((file) => ({ _id: file, at: now })));
  await pictures.remove({ _id: { $in: rows.map(({ _id }) => _id) } });
}

export function erasuresOf(tables: Tables, eraser: Eraser, lanes: HeldLanes): ErasureStore {
  const { erasures, citizens, leftFiles } = tables;
  let sweptUpTo = "";

  /** True when the person has written again. All of it takes place in the lane: whoever writes meanwhile is heard afterwards. */
  const sweepLane = async (lane: Held, now: number): Promise<boolean> => {
    const document = await citizens.get(lane.citizen);
    if (document?.state !== undefined || (document?.lane ?? []).length > 0) return true;
    await eraser.erase(lane.citizen, now);
    // The lane itself, once nothing is in it.
    await citizens.remove({
      ...lanes.guard(lane),
      state: null,
      waiting: null,
      "lane.0": { $exists: false },
      "ended.0": { $exists: false },
    });
    return false;
  };

  const sweepOne = async (id: string, citizen: string, at: number, now: number): Promise<void> => {
    await citizens.put(
      { _id: citizen },
      { $setOnInsert: { revision: 0, fence: 0, lastSequence: 0, updatedAt: now } },
    );
    const isBack = await lanes.visit(citizen, (lane) => sweepLane(lane, now));
    const isEmpty = (await citizens.get(citizen)) === undefined;
    if (isBack || (isEmpty && at < now - SWEPT_MS))
      await erasures.change({ _id: id }, { $unset: { citizen: 1 } });
  };

  return {
    find: async (code) => {
      const row = await erasures.get(erasureId(code));
      return row === undefined ? undefined : (JSON.parse(row.body) as Erasure);
    },
    async sweep(now) {
      const unswept = { citizen: { $gt: "" }, _id: { $gt: sweptUpTo } };
      const rows = await erasures.find(unswept, { sort: { _id: 1 }, limit: MOST_SWEPT });
      // The next sweep goes on here; after the last one it begins anew.
      sweptUpTo = rows.length < MOST_SWEPT ? "" : (rows.at(-1)?._id ?? "");
      for (const { _id, at, citizen = "" } of rows)
        try {
          await sweepOne(_id, citizen, at, now);
        } catch (error) {
          // Another instance is at work for this person: the next sweep comes soon.
          if (!(error instanceof TurnOutdated)) throw error;
        }
      return rows.length;
    },
    leftFiles: async (limit) => (await leftFiles.find({}, { sort: { at: 1 }, limit })).map(({ _id }) => _id),
    async fileGone(file) {
      await leftFiles.remove({ _id: file });
    },
  };
}

const escape = (text: string): string => text.replaceAll(/[^\w]/g, "\\$&");
