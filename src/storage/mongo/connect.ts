/** The connection to MongoDB: bounded waits, durable writes, one table a collection. */
import mongoose, { type Connection } from "mongoose";
import { StoreFailed } from "../port.js";
import type {
  AccessDocument,
  AlarmDocument,
  AuditDocument,
  CitizenDocument,
  ErasureDocument,
  EscalationDocument,
  EventDocument,
  InstanceDocument,
  LeftFileDocument,
  ListingDocument,
  NamedDocument,
  NewsDocument,
  PictureDocument,
  SaidDocument,
  SeenDocument,
  TallyDocument,
  TicketDocument,
  WrittenDocument,
} from "./documents.js";
import { schemaOf, type CollectionName } from "./schemas.js";
import { createTable, type Table } from "./table.js";

export interface Tables {
  events: Table<EventDocument>;
  citizens: Table<CitizenDocument>;
  said: Table<SaidDocument>;
  escalations: Table<EscalationDocument>;
  alarms: Table<AlarmDocument>;
  tickets: Table<TicketDocument>;
  pictures: Table<PictureDocument>;
  ticketNumbers: Table<NamedDocument>;
  scripts: Table<NamedDocument>;
  pageState: Table<NamedDocument>;
  instances: Table<InstanceDocument>;
  access: Table<AccessDocument>;
  audit: Table<AuditDocument>;
  sessionsSeen: Table<SeenDocument>;
  listings: Table<ListingDocument>;
  drafts: Table<NamedDocument>;
  written: Table<WrittenDocument>;
  news: Table<NewsDocument>;
  erasures: Table<ErasureDocument>;
  leftFiles: Table<LeftFileDocument>;
  tallies: Table<TallyDocument>;
}

/** No call waits longer than about these together; then the caller hears StoreFailed and asks again later. */
const WAITS = {
  serverSelectionTimeoutMS: 3000,
  connectTimeoutMS: 3000,
  socketTimeoutMS: 8000,
  waitQueueTimeoutMS: 5000,
};

/** Connects. Rejects with StoreFailed in a sentence for the operator; the address is not in it, because it may hold a password. */
export async function connect(uri: string, dbName?: string): Promise<Connection> {
  try {
    const connection = mongoose.createConnection(uri, {
      ...WAITS,
      maxPoolSize: 24,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      // A write counts once a majority has it in its journal: what was answered 200 survives a change of the primary.
      writeConcern: { w: "majority", j: true, wtimeoutMS: 5000 },
      readPreference: "primary",
      appName: "sabar",
      ...(dbName === undefined ? {} : { dbName }),
    });
    // A lost connection shows in every call that needs it.
    connection.on("error", () => undefined);
    return await connection.asPromise();
  } catch (error) {
    throw new StoreFailed("MongoDB cannot be reached. Check MONGODB_URI and that the server runs.", {
      cause: error,
    });
  }
}

/** The tables of a connection. */
export function tablesOf(connection: Connection): Tables {
  const table = <T extends { _id: string }>(name: CollectionName): Table<T> =>
    createTable<T>(connection, name, schemaOf(name));
  return {
    events: table("events"),
    citizens: table("citizens"),
    said: table("said"),
    escalations: table("escalations"),
    alarms: table("alarms"),
    tickets: table("tickets"),
    pictures: table("pictures"),
    ticketNumbers: table("ticketnumbers"),
    scripts: table("scripts"),
    pageState: table("pagestate"),
    instances: table("instances"),
    access: table("access"),
    audit: table("audit"),
    sessionsSeen: table("sessionsseen"),
    listings: table("listings"),
    drafts: table("drafts"),
    written: table("written"),
    news: table("news"),
    erasures: table("erasures"),
    leftFiles: table("leftfiles"),
    tallies: table("tallies"),
  };
}
