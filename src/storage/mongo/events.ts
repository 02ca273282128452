/** What has arrived: each event once, and its id in the lane of its citizen. */
import type { EventBody, InboundEvent } from "../../vocabulary/event.js";
import { needsTurn } from "../../vocabulary/event.js";
import { WORD_KINDS } from "../lines.js";
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { EventDocument } from "./documents.js";
import { createOrder } from "./order.js";

type Events = Pick<Store, "accept" | "waiting" | "turnFailed">;

export interface EventsPart extends Events {
  /** Keeps events like `accept`, at once. */
  keep(events: readonly InboundEvent[], now: number): Promise<InboundEvent[]>;
  /** The events with these ids that wait, in the order of arrival. */
  waitingOf(ids: readonly string[]): Promise<InboundEvent[]>;
  /** The page an event belongs to. */
  pageOf(eventId: string): Promise<string>;
  /** Called when an event needs to be remembered no longer. */
  forget(eventId: string): void;
  /** Puts events back into their lanes that were kept when the program ended before their lanes knew of them. */
  mendLanes(before: number): Promise<number>;
}

/** What our own messages carry in their metadata, before the key of the reply. */
const OWN = "sabar:";
/** Events just kept, so that their lane need not read them again. */
const MOST_REMEMBERED = 20_000;

export function eventsOf({ events, citizens }: Pick<Tables, "events" | "citizens">): EventsPart {
  const order = createOrder();
  const remembered = new Map<string, InboundEvent>();
  const remember = (event: InboundEvent): void => {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(event.id, event);
  };

  /** The lane learns of an event after the event is there: what a lane names can be read. */
  const intoLanes = async (
    waiting: readonly { id: string; citizen: string }[],
    now: number,
  ): Promise<void> => {
    const lanes = new Map<string, string[]>();
    for (const { id, citizen } of waiting) lanes.set(citizen, [...(lanes.get(citizen) ?? []), id]);
    if (lanes.size === 0) return;
    await citizens.putMany(
      [...lanes].map(([citizen, ids]) => ({
        filter: { _id: citizen },
        change: {
          $addToSet: { lane: { $each: ids } },
          $set: { knock: true },
          $setOnInsert: { revision: 0, fence: 0, lastSequence: 0, updatedAt: now },
        },
      })),
    );
  };

  const keep = async (arrived: readonly InboundEvent[], now: number): Promise<InboundEvent[]> => {
    const known = await events.insert(arrived.map((event) => documentFrom(event, now, order(now))));
    const fresh = arrived.filter((_, index) => !known.has(index));
    const again = [...known].flatMap((index) => arrived[index]?.id ?? []);
    // One that was kept and not put into its lane before a crash: it is put there now, and once only.
    const left = again.length === 0 ? [] : await events.find({ _id: { $in: again }, waits: { $gt: 0 } });
    const waiting = [
      ...fresh.filter(needsTurn).map(({ id, citizen }) => ({ id, citizen: citizen ?? "" })),
      ...left.map(({ _id, citizen }) => ({ id: _id, citizen: citizen ?? "" })),
    ];
    await intoLanes(waiting, now);
    for (const event of fresh) if (needsTurn(event)) remember(event);
    return fresh;
  };

  return {
    keep,
    accept: groupAccepts(keep),
    waiting: async (afterSequence, limit) => {
      const rows = await events.find({ waits: { $gt: afterSequence } }, { sort: { waits: 1 }, limit });
      return rows.map((row) => ({ sequence: row.order, event: eventFrom(row), attempts: row.attempts }));
    },
    turnFailed: async (eventId, reason) => {
      const row = await events.changeAndGet(
        { _id: eventId },
        { $inc: { attempts: 1 }, $set: { failure: reason } },
      );
      return row?.attempts ?? 0;
    },
    async waitingOf(ids) {
      if (ids.length === 0) return [];
      const unknown = ids.filter((id) => !remembered.has(id));
      const known = ids.filter((id) => remembered.has(id));
      // Kept here, and settled by another instance while this one stood still before it came to the lane: it is asked about.
      const [rows, waiting] = await Promise.all([
        unknown.length === 0 ? [] : events.find({ _id: { $in: unknown }, waits: { $gt: 0 } }),
        known.length === 0
          ? []
          : events.pick({ _id: { $in: known }, waits: { $gt: 0 } }, ["_id"], known.length),
      ]);
      const read = new Map(rows.map((row) => [row._id, eventFrom(row)]));
      const still = new Set(waiting.map(({ _id }) => _id));
      for (const id of known) if (!still.has(id)) remembered.delete(id);
      return ids.flatMap((id) => remembered.get(id) ?? read.get(id) ?? []);
    },
    pageOf: async (eventId) => remembered.get(eventId)?.page ?? (await events.get(eventId))?.page ?? "",
    forget: (eventId) => void remembered.delete(eventId),
    async mendLanes(before) {
      const late = await events.find(
        { waits: { $gt: 0, $lt: before * 1000 } },
        { sort: { waits: 1 }, limit: 1000 },
      );
      await intoLanes(
        late.map(({ _id, citizen }) => ({ id: _id, citizen: citizen ?? "" })),
        before,
      );
      return late.length;
    },
  };
}

/** Requests that arrive while one write is on its way share the next. Each learns what of its own was new. */
function groupAccepts(keep: EventsPart["keep"]): Store["accept"] {
  interface Asked {
    events: readonly InboundEvent[];
    now: number;
    resolve: (fresh: InboundEvent[]) => void;
    reject: (error: unknown) => void;
  }
  let asked: Asked[] = [];
  let isWriting = false;
  const run = async (): Promise<void> => {
    isWriting = true;
    while (asked.length > 0) {
      const group = asked;
      asked = [];
      try {
        const all = group.flatMap(({ events }) => events);
        // The latest clock of the group: no event counts as received before somebody asked.
        const fresh = new Set(await keep(all, Math.max(...group.map(({ now }) => now))));
        for (const each of group) each.resolve(each.events.filter((event) => fresh.has(event)));
      } catch (error) {
        for (const each of group) each.reject(error);
      }
    }
    isWriting = false;
  };
  return (events, now) =>
    events.length === 0
      ? Promise.resolve([])
      : new Promise((resolve, reject) => {
          asked.push({ events, now, resolve, reject });
          if (!isWriting) setImmediate(() => void (isWriting || run()));
        });
}

function documentFrom(event: InboundEvent, now: number, order: number): EventDocument {
  const { body } = event;
  const isOwn = body.kind === "echo" && body.by === "sabar" && body.metadata?.startsWith(OWN);
  return {
    _id: event.id,
    ...(event.citizen === undefined ? {} : { citizen: event.citizen }),
    page: event.page,
    channel: event.channel,
    kind: body.kind,
    at: event.at,
    receivedAt: now,
    order,
    ...(needsTurn(event) ? { waits: order } : {}),
    attempts: 0,
    body: JSON.stringify(body),
    ...(event.citizen !== undefined && WORD_KINDS.includes(body.kind) ? { toIndex: order } : {}),
    ...(isOwn === true ? { confirms: body.metadata?.slice(OWN.length) } : {}),
  };
}

/** Documents are only written by `keep`, so what is read back is what was an event. */
export function eventFrom(row: EventDocument): InboundEvent {
  return {
    id: row._id,
    channel: row.channel as InboundEvent["channel"],
    page: row.page,
    citizen: row.citizen,
    at: row.at,
    body: bodyFrom(row),
  };
}

export function bodyFrom(row: Pick<EventDocument, "body">): EventBody {
  return JSON.parse(row.body) as EventBody;
}
