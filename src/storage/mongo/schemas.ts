/** What must hold for the documents of each collection, and the indexes by which they are found. */
import { Schema } from "mongoose";

/** A field as mongoose reads it. Its own types follow every schema to the end of the world; these are enough. */
type Field = object;
type Fields = Record<string, Field>;
/** The schema of these fields. */
const schema = Schema as unknown as new (fields: Fields, options: object) => Schema<unknown>;

const need = (type: Field): Field => ({ type, required: true });
const OPTIONS = { versionKey: false, autoIndex: false, autoCreate: false, minimize: false } as const;

const UNSENT: Fields = {
  key: need(String),
  sequence: need(Number),
  reply: need(String),
  speaker: { type: String, enum: ["bot", "person"], required: true },
  createdAt: need(Number),
  attempts: need(Number),
  notBefore: need(Number),
  code: String,
  reason: String,
};
const ENDED: Fields = {
  ...UNSENT,
  state: { type: String, enum: ["sent", "parked"], required: true },
  endedAt: need(Number),
  mid: String,
};
const SAID: Fields = Object.fromEntries(
  Object.entries(ENDED).filter(([name]) => name !== "key" && name !== "notBefore"),
);
const list = (of: Fields): Field => ({
  type: [new schema(of, { ...OPTIONS, _id: false })],
  default: undefined,
});

/** Fields as mongoose reads them; each index with whether documents without its field are left out of it. */
export interface Collection {
  fields: Fields;
  indexes: [keys: Record<string, 1 | -1>, sparse?: boolean][];
}

/** `_id` is unique by itself; nothing else needs to be. */
const TABLES = {
  events: {
    fields: {
      _id: need(String),
      citizen: String,
      page: need(String),
      channel: need(String),
      kind: need(String),
      at: need(Number),
      receivedAt: need(Number),
      order: need(Number),
      waits: Number,
      attempts: need(Number),
      failure: String,
      body: need(String),
      confirms: String,
      decidedAt: Number,
      outcome: String,
      intent: String,
      why: String,
      toIndex: Number,
    },
    indexes: [
      [{ order: 1 }],
      [{ citizen: 1, at: 1 }],
      [{ waits: 1 }, true],
      [{ confirms: 1 }, true],
      [{ toIndex: 1 }, true],
    ],
  },
  citizens: {
    fields: {
      _id: need(String),
      revision: need(Number),
      state: String,
      updatedAt: need(Number),
      owner: String,
      fence: need(Number),
      knock: Boolean,
      inDoubt: Boolean,
      lane: { type: [String], default: undefined },
      unsent: list(UNSENT),
      waiting: Number,
      lastSequence: need(Number),
      ended: list(ENDED),
      effects: String,
    },
    indexes: [[{ knock: 1 }, true], [{ owner: 1 }, true], [{ waiting: 1 }, true], [{ updatedAt: 1 }]],
  },
  said: {
    fields: { _id: need(String), citizen: need(String), ...SAID, toIndex: Number },
    indexes: [
      [{ citizen: 1, sequence: 1 }],
      [{ state: 1, endedAt: 1 }],
      [{ endedAt: 1 }],
      [{ toIndex: 1 }, true],
    ],
  },
  escalations: {
    fields: {
      _id: need(String),
      citizen: need(String),
      revision: need(Number),
      open: Number,
      updatedAt: Number,
      body: need(String),
    },
    indexes: [[{ open: 1 }, true], [{ citizen: 1 }], [{ updatedAt: 1 }]],
  },
  alarms: {
    fields: {
      _id: need(String),
      citizen: need(String),
      name: need(String),
      page: need(String),
      dueAt: need(Number),
      revision: need(Number),
    },
    indexes: [[{ dueAt: 1 }], [{ citizen: 1 }]],
  },
  tickets: {
    fields: {
      _id: need(String),
      number: String,
      kind: need(String),
      agency: need(String),
      sealed: Boolean,
      state: need(String),
      street: String,
      latitude: Number,
      longitude: Number,
      contactBy: String,
      filedAt: Number,
      updatedAt: need(Number),
      search: need(String),
      reporters: { type: [String], default: undefined },
      body: need(String),
      revision: need(Number),
      applied: { type: [String], default: undefined },
    },
    indexes: [
      [{ number: 1 }, true],
      [{ updatedAt: -1, _id: 1 }],
      [{ kind: 1, filedAt: 1 }],
      [{ reporters: 1 }],
    ],
  },
  pictures: {
    fields: {
      _id: need(String),
      ticket: need(String),
      citizen: need(String),
      state: need(String),
      at: need(Number),
      attempts: need(Number),
      notBefore: need(Number),
      body: need(String),
    },
    indexes: [[{ state: 1, notBefore: 1 }], [{ state: 1, at: 1 }], [{ ticket: 1 }], [{ citizen: 1 }]],
  },
  ticketnumbers: { fields: { _id: need(String), last: Number, body: String }, indexes: [] },
  scripts: { fields: { _id: need(String), body: need(String), keptAt: Number }, indexes: [] },
  pagestate: { fields: { _id: need(String), body: need(String), keptAt: Number }, indexes: [] },
  instances: { fields: { _id: need(String), beat: need(Number) }, indexes: [] },
  access: {
    fields: { _id: need(String), revision: need(Number), body: need(String), lastLine: String },
    indexes: [],
  },
  audit: {
    fields: {
      _id: need(String),
      sequence: need(Number),
      at: need(Number),
      action: need(String),
      staff: String,
      body: need(String),
    },
    indexes: [[{ sequence: 1 }], [{ at: 1 }]],
  },
  sessionsseen: { fields: { _id: need(String), at: need(Number) }, indexes: [] },
  listings: {
    fields: {
      _id: need(String),
      revision: need(Number),
      place: need(String),
      holder: String,
      folded: String,
      isUrgent: need(Boolean),
      urgency: Number,
      windowEndsAt: need(Number),
      waitingSince: need(Number),
      lastAt: need(Number),
      backwards: need(String),
      body: need(String),
    },
    indexes: [
      [{ place: 1, lastAt: 1 }],
      [{ place: 1, urgency: 1, windowEndsAt: 1, waitingSince: 1 }],
      [{ holder: 1 }, true],
      [{ backwards: 1 }],
    ],
  },
  news: { fields: { _id: need(String), at: need(Number), body: need(String) }, indexes: [[{ at: 1 }]] },
  erasures: {
    fields: { _id: need(String), at: need(Number), citizen: String, body: need(String) },
    indexes: [[{ citizen: 1 }, true]],
  },
  tallies: {
    fields: { _id: need(String), count: need(Number), at: need(Number), keptUntil: need(Number) },
    indexes: [[{ keptUntil: 1 }]],
  },
  leftfiles: { fields: { _id: need(String), at: need(Number) }, indexes: [] },
  drafts: {
    fields: { _id: need(String), citizen: need(String), body: need(String), keptAt: need(Number) },
    indexes: [[{ citizen: 1 }]],
  },
  written: {
    fields: {
      _id: need(String),
      citizen: need(String),
      at: need(Number),
      text: need(String),
      words: { type: [String], default: undefined },
    },
    indexes: [[{ words: 1, at: -1 }], [{ citizen: 1 }], [{ at: 1 }]],
  },
} satisfies Record<string, Collection>;

export type CollectionName = keyof typeof TABLES;

/** Collection → its fields and indexes. */
export const COLLECTIONS: Record<CollectionName, Collection> = TABLES;

/** The schema of one collection. */
export const schemaOf = (name: CollectionName): Schema<unknown> =>
  new schema(COLLECTIONS[name].fields, OPTIONS);
