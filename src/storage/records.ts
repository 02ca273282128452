/** Everything a store keeps, as plain records that any other store can take: for moving, backing up and checking an installation. */

/** In the order in which they are written: what others refer to comes first. */
export const RECORD_KINDS = [
  "citizens",
  "events",
  "replies",
  "escalations",
  "alarms",
  "tickets",
  "ticketNumbers",
  "pictures",
  "scripts",
  "listings",
  "drafts",
  "erasures",
  "leftFiles",
  "staff",
  "audit",
  "page",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** One record. `key` is unique in its kind. */
export interface StoredRecord {
  key: string;
  fields: Record<string, string | number | null>;
}

/** A store opened for its records alone: nothing is decided or sent meanwhile. */
export interface RecordStore {
  /** How it is called in sentences for the operator; no password in it. */
  readonly name: string;
  count(kind: RecordKind): Promise<number>;
  /** In the order of their keys, after the given one. */
  read(kind: RecordKind, after: string, limit: number): Promise<StoredRecord[]>;
  /** Writes them; what is there under the same key is written over. Lines of the audit log are never changed. */
  write(kind: RecordKind, records: readonly StoredRecord[]): Promise<void>;
  /** Sentences about what does not fit together; empty when all is well. */
  check(): Promise<string[]>;
  close(): Promise<void>;
}

/** The fields of each kind, so that every store gives the same ones. Those with the mark `?` may be null. */
export const FIELDS: Record<RecordKind, readonly string[]> = {
  citizens: ["revision", "updatedAt", "state"],
  events: [
    "order",
    "citizen",
    "page",
    "channel",
    "kind",
    "at",
    "receivedAt",
    "state",
    "attempts",
    "failure",
    "body",
    "decidedAt",
    "outcome",
    "intent",
    "why",
  ],
  replies: [
    "order",
    "citizen",
    "speaker",
    "reply",
    "state",
    "attempts",
    "notBefore",
    "createdAt",
    "endedAt",
    "mid",
    "code",
    "reason",
  ],
  escalations: ["body"],
  alarms: ["citizen", "name", "page", "dueAt"],
  tickets: ["body"],
  ticketNumbers: ["last"],
  pictures: ["ticket", "citizen", "state", "at", "attempts", "notBefore", "body"],
  scripts: ["keptAt", "body"],
  listings: ["body"],
  drafts: ["citizen", "staff", "text", "updatedAt"],
  erasures: ["at", "citizen", "body"],
  leftFiles: ["at"],
  staff: ["body"],
  audit: ["body"],
  page: ["body"],
};

/** A record of these values; what is not there is null. */
export function recordOf(kind: RecordKind, key: string, values: object): StoredRecord {
  const fields: StoredRecord["fields"] = {};
  for (const name of FIELDS[kind]) {
    const value: unknown = Reflect.get(values, name);
    fields[name] = typeof value === "string" || typeof value === "number" ? value : null;
  }
  return { key, fields };
}

/** A field that is a text. */
export const textOf = ({ fields }: StoredRecord, name: string): string => String(fields[name] ?? "");
/** A field that is a number. */
export const numberOf = ({ fields }: StoredRecord, name: string): number => Number(fields[name] ?? 0);

/** What is left of a reply when its way has ended: when it might have been tried next says nothing any more. */
export function endedReply(record: StoredRecord): StoredRecord {
  return record.fields.state === "waiting"
    ? record
    : { ...record, fields: { ...record.fields, notBefore: null } };
}

/** Staff, sessions, links and codes as one text that is the same for the same content. */
export function staffText(state: {
  staff: { id: string }[];
  sessions: { id: string }[];
  links: { staff: string }[];
  codes: Record<string, string[]>;
  pushKeys?: object;
}): string {
  const codes = Object.entries(state.codes).filter(([, hashes]) => hashes.length > 0);
  return JSON.stringify(
    sorted({
      staff: [...state.staff].sort((a, b) => (a.id < b.id ? -1 : 1)),
      sessions: [...state.sessions].sort((a, b) => (a.id < b.id ? -1 : 1)),
      links: [...state.links].sort((a, b) => (a.staff < b.staff ? -1 : 1)),
      ...(state.pushKeys && { pushKeys: state.pushKeys }),
      codes: Object.fromEntries(codes.map(([staff, hashes]) => [staff, [...hashes].sort()])),
    }),
  );
}

/** The same value with its fields in the order of the alphabet. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
