/** The store in MongoDB: any number of instances, one document a citizen, each write atomic by itself. */
import type { Store } from "../port.js";
import { accessOf } from "./access.js";
import { alarmsOf } from "./alarms.js";
import { connect, tablesOf } from "./connect.js";
import { happeningsOf } from "./console/happenings.js";
import { listingsOf } from "./console/listings.js";
import { writtenOf } from "./console/written.js";
import { effectsOf } from "./effects.js";
import { eraserOf, erasuresOf } from "./erase.js";
import { eventsOf } from "./events.js";
import { forgetOf } from "./forget.js";
import { heldLanesOf, type LaneNote } from "./held-lanes.js";
import { joinInstances } from "./instances.js";
import { migrate } from "./migrate.js";
import { outboxOf } from "./outbox.js";
import { pageOf } from "./page.js";
import { picturesOf } from "./pictures.js";
import { readingOf } from "./reading.js";
import { sharedLanesOf } from "./shared-lanes.js";
import { talliesOf } from "./tallies.js";
import { ticketsOf } from "./tickets.js";
import { turnsOf } from "./turns.js";
import { ticketWriter } from "./write-tickets.js";

export interface MongoOptions {
  uri: string;
  /** Another database than the one the address names. */
  database?: string;
  /** How long an instance may be silent before the others take its lanes over, in milliseconds. */
  leaseMs?: number;
  /** Told whenever a lane is taken, written under, or given back. */
  onLane?: (note: LaneNote) => void;
}

/** Silence after which an instance is given up: well above a call to the Send API. */
const LEASE_MS = 30_000;
/** Beats in a lease: some may be missed. */
const BEATS = 8;

/** Connects, brings the database to this version, and joins the instances. Rejects with StoreFailed in a sentence for the operator. */
export async function openMongoStore({
  uri,
  database,
  leaseMs = LEASE_MS,
  onLane,
}: MongoOptions): Promise<Store> {
  const beatMs = Math.round(leaseMs / BEATS);
  const connection = await connect(uri, database);
  try {
    const tables = tablesOf(connection);
    await migrate(connection, tables);
    const lost: (() => void)[] = [];
    const instances = await joinInstances({
      tables,
      leaseMs,
      beatMs,
      clock: () => performance.now(),
      onGivenUp() {
        lanes.dropAll();
        for (const listener of lost) listener();
      },
    });
    const events = eventsOf(tables);
    const eraser = eraserOf(tables);
    const effects = effectsOf(tables, events, ticketWriter(tables), eraser);
    const note = onLane ?? (() => undefined);
    const lanes = heldLanesOf(tables, { me: instances.me, events, effects, note });
    const { retryParked, ...outbox } = outboxOf(tables, { lanes, effects, note });
    let isClosed = false;
    return {
      accept: events.accept,
      waiting: events.waiting,
      turnFailed: events.turnFailed,
      ...turnsOf(tables, { lanes, events, effects, eraser, note }),
      ...alarmsOf(tables, events),
      ...outbox,
      ...readingOf(tables),
      ...ticketsOf(tables),
      ...picturesOf(tables),
      ...pageOf(tables),
      ...forgetOf(tables),
      ...accessOf(tables),
      erasures: erasuresOf(tables, eraser, lanes),
      tallies: talliesOf(tables),
      desk: { ...listingsOf(tables), ...happeningsOf(tables), ...writtenOf(tables), retryParked },
      shared: sharedLanesOf(tables, {
        lanes,
        instances,
        events,
        leaseMs,
        beatMs,
        onLost: (listener) => lost.push(listener),
      }),
      async close() {
        if (isClosed) return;
        isClosed = true;
        // A database that is away hears the goodbye as silence.
        await instances.leave().catch(() => undefined);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
