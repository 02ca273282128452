/** What a turn writes besides its citizen. All of it may be done again and again: by the same instance, or by the next owner of the lane. */
import type { AlarmName } from "../../vocabulary/event.js";
import type { Erasure } from "../../vocabulary/erasure.js";
import type { Escalation } from "../../vocabulary/escalation.js";
import type { Listing } from "../../vocabulary/listing.js";
import type { PictureWanted } from "../../vocabulary/picture.js";
import type { TicketChange } from "../../vocabulary/ticket-change.js";
import type { Why } from "../../vocabulary/turn.js";
import type { Tables } from "./connect.js";
import { listingFields } from "./console/listings.js";
import type { CitizenDocument, EndedPart, SaidDocument } from "./documents.js";
import { dropPictures, type Eraser } from "./erase.js";
import type { EventsPart } from "./events.js";
import type { TicketWriter } from "./write-tickets.js";

/** As it stands in the citizen's document until it is done. */
export interface Effects {
  event: string;
  citizen: string;
  /** The citizen's revision after the turn: what an older one wrote gives way. */
  revision: number;
  at: number;
  why: Why;
  escalation?: Escalation;
  listing?: Listing;
  alarms: { citizen: string; name: AlarmName; page: string; at: number }[];
  tickets: TicketChange[];
  /** Ticket id → the number it was given. */
  numbers: Record<string, string>;
  pictures: PictureWanted[];
  script?: { fingerprint: string; body: string };
  /** The citizen is removed: then nothing of the rest is written. */
  erasure?: Erasure;
}

export interface EffectsPart {
  apply(effects: Effects): Promise<void>;
  /** Writes what was said and has ended. */
  writeSaid(citizen: string, ended: readonly EndedPart[]): Promise<void>;
  /** Does again what a citizen's document says is perhaps not done. */
  redo(document: CitizenDocument): Promise<void>;
}

export function effectsOf(
  tables: Tables,
  events: EventsPart,
  writeTickets: TicketWriter,
  eraser: Eraser,
): EffectsPart {
  const remove = async ({ event, citizen, at }: Effects, erasure: Erasure): Promise<void> => {
    await eraser.record(erasure, citizen);
    // The event that asked for it is settled, and goes with the others.
    await tables.events.change({ _id: event }, { $unset: { waits: 1 } });
    await eraser.erase(citizen, at);
    events.forget(event);
  };
  const apply = async (effects: Effects): Promise<void> => {
    const { event, citizen, at } = effects;
    if (effects.erasure !== undefined) return remove(effects, effects.erasure);
    await Promise.all([
      settleEvent(tables, effects),
      effects.escalation === undefined ? undefined : writeEscalation(tables, effects, effects.escalation),
      effects.listing === undefined ? undefined : writeListing(tables, effects, effects.listing),
      ...effects.alarms.map((alarm) => setAlarm(tables, effects, alarm)),
      writeTickets(event, effects.tickets, effects.numbers),
      withdrawPictures(tables, effects),
      tables.pictures.insert(effects.pictures.map((picture) => wantedPicture(picture, citizen, at))),
      effects.script === undefined
        ? undefined
        : tables.scripts.insert([{ _id: effects.script.fingerprint, body: effects.script.body, keptAt: at }]),
    ]);
    events.forget(event);
  };
  const writeSaid: EffectsPart["writeSaid"] = async (citizen, ended) => {
    await tables.said.putMany(
      ended.map((part) => ({
        filter: { _id: part.key },
        change: { $set: { ...saidFields(part), citizen }, $setOnInsert: { toIndex: part.sequence } },
      })),
    );
  };
  return {
    apply,
    writeSaid,
    async redo(document) {
      // Only turns write this field.
      if (document.effects !== undefined) await apply(JSON.parse(document.effects) as Effects);
      if (document.ended !== undefined && document.ended.length > 0)
        await writeSaid(document._id, document.ended);
    },
  };
}

async function withdrawPictures(tables: Tables, { tickets, at }: Effects): Promise<void> {
  const ids = tickets.flatMap((change) => (change.kind === "withdraw" ? change.photos : []));
  if (ids.length > 0) await dropPictures(tables, await tables.pictures.find({ _id: { $in: ids } }), at);
}

async function settleEvent({ events }: Tables, { event, at, why }: Effects): Promise<void> {
  const { outcome, intent, ...rest } = why;
  await events.change(
    { _id: event },
    {
      $set: {
        decidedAt: at,
        outcome,
        why: JSON.stringify(rest),
        ...(intent === undefined ? {} : { intent }),
      },
      $unset: { waits: 1 },
    },
  );
}

async function writeEscalation(
  { escalations }: Tables,
  { revision }: Effects,
  escalation: Escalation,
): Promise<void> {
  const { id, citizen, state, openedAt, updatedAt } = escalation;
  await escalations.put(
    { _id: id, revision: { $lt: revision } },
    {
      $set: {
        citizen,
        revision,
        updatedAt,
        body: JSON.stringify(escalation),
        ...(state === "closed" ? {} : { open: openedAt }),
      },
      ...(state === "closed" ? { $unset: { open: 1 } } : {}),
    },
  );
}

async function writeListing({ listings }: Tables, { revision }: Effects, listing: Listing): Promise<void> {
  const gone = (["holder", "folded"] as const).filter((field) => listing[field] === undefined);
  await listings.put(
    { _id: listing.citizen, revision: { $lt: revision } },
    {
      $set: { revision, ...listingFields(listing) },
      ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, 1])) } : {}),
    },
  );
}

async function setAlarm(
  { alarms }: Tables,
  { revision }: Effects,
  { citizen, name, page, at }: Effects["alarms"][number],
): Promise<void> {
  await alarms.put(
    { _id: `${citizen}:${name}`, revision: { $lt: revision } },
    { $set: { citizen, name, page, dueAt: at, revision } },
  );
}

function wantedPicture({ id, ticket, url }: PictureWanted, citizen: string, at: number) {
  return {
    _id: id,
    ticket,
    citizen,
    state: "wanted",
    at,
    attempts: 0,
    notBefore: at,
    body: JSON.stringify({ url }),
  };
}

function saidFields(part: EndedPart): Omit<SaidDocument, "_id" | "citizen"> {
  const { sequence, reply, speaker, createdAt, attempts, state, endedAt, mid, code, reason } = part;
  return {
    sequence,
    reply,
    speaker,
    createdAt,
    attempts,
    state,
    endedAt,
    ...(mid === undefined ? {} : { mid }),
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { reason }),
  };
}
