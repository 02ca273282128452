/** The documents in MongoDB, as the store reads and writes them. */

/** One event. `_id` is the event's id. */
export interface EventDocument {
  _id: string;
  citizen?: string;
  page: string;
  channel: string;
  kind: string;
  at: number;
  receivedAt: number;
  /** Ascending in the order of arrival; thousandths of a millisecond. */
  order: number;
  /** The same, while it waits for its turn; absent afterwards. */
  waits?: number;
  attempts: number;
  failure?: string;
  /** JSON of the body. */
  body: string;
  /** For our own message come back: the key of the reply. */
  confirms?: string;
  /** How it was decided. */
  decidedAt?: number;
  outcome?: string;
  intent?: string;
  why?: string;
  /** Equal to `order` until its words are in the index of what was written. */
  toIndex?: number;
}

/** A reply on its way. */
export interface UnsentPart {
  key: string;
  sequence: number;
  /** JSON of the reply. */
  reply: string;
  speaker: "bot" | "person";
  createdAt: number;
  attempts: number;
  notBefore: number;
  /** Why the last attempt failed. */
  code?: string;
  reason?: string;
}

/** A reply whose way has ended, until it is written down among what was said. */
export interface EndedPart extends UnsentPart {
  state: "sent" | "parked";
  endedAt: number;
  mid?: string;
}

/**
 * One citizen: the lane, what is remembered, and what is not delivered. A turn is one write of this document. Whatever
 * else a turn causes stands in `effects` until it is done, so that whoever has the lane next can do it again.
 */
export interface CitizenDocument {
  _id: string;
  revision: number;
  /** JSON of the citizen; absent until the first turn. */
  state?: string;
  updatedAt: number;
  /** The instance that has the lane; absent or null when nobody has. */
  owner?: string | null;
  /** Raised with every taking of the lane: a write with an older one is refused. */
  fence: number;
  /** Something has come into the lane that nobody has looked at. */
  knock?: boolean;
  /** The last owner went away without a word: what it was sending may have gone out. */
  inDoubt?: boolean;
  /** Ids of the events that wait, in the order of arrival. */
  lane?: string[];
  unsent?: UnsentPart[];
  /** How many are unsent; absent when none is. */
  waiting?: number;
  /** The highest sequence given to a reply. */
  lastSequence: number;
  ended?: EndedPart[];
  /** JSON of what the last turn has to write elsewhere. */
  effects?: string;
}

/** What was said and ended, sent or parked. `_id` is the reply's key. */
export interface SaidDocument extends Omit<EndedPart, "key" | "notBefore"> {
  _id: string;
  citizen: string;
  /** Equal to `sequence` until its words are in the index of what was written. */
  toIndex?: number;
}

export interface EscalationDocument {
  _id: string;
  citizen: string;
  /** The citizen's revision that wrote it last: an older one never writes over it. */
  revision: number;
  /** When it was opened, while it is open. */
  open?: number;
  updatedAt?: number;
  body: string;
}

export interface AlarmDocument {
  _id: string;
  citizen: string;
  name: string;
  page: string;
  dueAt: number;
  revision: number;
}

export interface TicketDocument {
  _id: string;
  number?: string;
  kind: string;
  agency: string;
  sealed?: boolean;
  state: string;
  street?: string;
  latitude?: number;
  longitude?: number;
  contactBy?: string;
  filedAt?: number;
  updatedAt: number;
  search: string;
  reporters: string[];
  body: string;
  /** Counts changes: a change is written only over the ticket it was made of. */
  revision: number;
  /** The last changes applied, so that none is applied twice. */
  applied: string[];
}

export interface PictureDocument {
  _id: string;
  ticket: string;
  citizen: string;
  state: string;
  at: number;
  attempts: number;
  notBefore: number;
  body: string;
}

/** Something small under a name: numbers given, scripts, the state of the page. */
export interface NamedDocument {
  _id: string;
  body?: string;
  last?: number;
  keptAt?: number;
  citizen?: string;
}

/** All of access in one document, with the last line of the audit log. */
export interface AccessDocument {
  _id: string;
  revision: number;
  body: string;
  lastLine?: string;
}

export interface AuditDocument {
  _id: string;
  sequence: number;
  at: number;
  action: string;
  staff?: string;
  body: string;
}

/** When a session was used last. */
export interface SeenDocument {
  _id: string;
  at: number;
}

/** What one instance calls to the others. */
export interface NewsDocument {
  _id: string;
  at: number;
  body: string;
}

/** One conversation in the staff's lists. `_id` is the citizen's. */
export interface ListingDocument {
  _id: string;
  revision: number;
  place: string;
  holder?: string;
  folded?: string;
  isUrgent: boolean;
  /** As `urgencyOf` in the vocabulary counts it, for the order. */
  urgency?: number;
  windowEndsAt: number;
  waitingSince: number;
  lastAt: number;
  /** The id from its end. */
  backwards: string;
  body: string;
}

/** That a person was removed. `citizen` goes when nothing can come in late any more. */
export interface ErasureDocument {
  _id: string;
  at: number;
  citizen?: string;
  body: string;
}

/** A picture file that is to be deleted. */
export interface LeftFileDocument {
  _id: string;
  at: number;
}

/** A small count with a time. */
export interface TallyDocument {
  _id: string;
  count: number;
  at: number;
  keptUntil: number;
}

/** Words that were written, for finding. */
export interface WrittenDocument {
  _id: string;
  citizen: string;
  at: number;
  text: string;
  words: string[];
}

/** A process that works on this database. */
export interface InstanceDocument {
  _id: string;
  beat: number;
}
