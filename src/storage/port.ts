/** Everything the program may ask of a store. One list of promises; every store keeps all of them (test/storage/store.contract.ts). */
import type { Citizen } from "../vocabulary/citizen.js";
import type { Delivery, OutboxItem, ParkedReply, SendingStop } from "../vocabulary/delivery.js";
import type { Escalation } from "../vocabulary/escalation.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Picture, PictureOutcome } from "../vocabulary/picture.js";
import type { Ticket, TicketState } from "../vocabulary/ticket.js";
import type { Turn } from "../vocabulary/turn.js";
import type { AccessStore, AuditStore } from "./access-port.js";
import type { ConsoleStore } from "./console-port.js";
import type { ErasureStore } from "./erasure-port.js";
import type { TallyStore } from "./tally-port.js";

/** One line of a conversation, as staff read it. */
export interface HistoryLine {
  at: number;
  from: "citizen" | "bot" | "person";
  text: string;
  delivery?: "waiting" | "sent" | "parked";
}

export interface StoreCounts {
  inboxWaiting: number;
  /** When the oldest event that waits for its turn arrived, in milliseconds. */
  oldestWaitingAt?: number;
  lastEventAt?: number;
  /** The least time between Facebook's stamp and our keeping, among the latest events: below 0 our clock is slow. */
  leastDelayMs?: number;
  outboxWaiting: number;
  parked: number;
  openEscalations: number;
  /** Filed and not closed. */
  openTickets: number;
}

/** Filed tickets of one kind, not closed, filed since then; near the point, or in the street, or both. */
export interface SimilarSearch {
  kind: string;
  since: number;
  near?: { latitude: number; longitude: number; metres: number };
  street?: string;
}

/** Everything is optional; several parts must all fit. */
export interface TicketFilter {
  states?: readonly TicketState[];
  agency?: string;
  /** Whose sealed tickets are among them: those of this agency and no others. Absent: all. */
  sealedOf?: string;
  kind?: string;
  /** Part of the number, the summary, the place or the answers. */
  text?: string;
  /** Not closed, and the promised day of contact is before this one (2026-12-01). */
  overdueOn?: string;
}

export interface Store {
  /**
   * Keeps every event that was not seen before and resolves once they are on disk, with the new ones in the order given.
   * Rejects with StoreFailed when that did not work: ask again; what was kept already is kept once and not named as new.
   */
  accept(events: readonly InboundEvent[], now: number): Promise<InboundEvent[]>;
  /** Events that still need their turn, in the order of arrival, after the given sequence. */
  waiting(
    afterSequence: number,
    limit: number,
  ): Promise<{ sequence: number; event: InboundEvent; attempts: number }[]>;

  citizen(id: string): Promise<Citizen | undefined>;
  /**
   * Writes the turn and "this event is handled" in one atomic step, and gives back the replies to deliver.
   * Committing the same event twice changes nothing and gives back []. Rejects with TurnOutdated, and writes nothing,
   * when the citizen's revision is no longer the one that the turn was decided on. Ticket changes are applied with
   * `applyChange` to the ticket as it is then; a ticket that is filed gets the next number of its prefix, once, and that
   * number takes the place of its `numberToken` in the replies and in its history. A turn with `erase` removes
   * everything about its citizen that is not waiting for a turn, keeps the record, and gives back the last words to say.
   */
  commitTurn(eventId: string, turn: Turn, now: number): Promise<OutboxItem[]>;
  /** Counts a failed attempt to decide about an event, and returns the attempts so far. */
  turnFailed(eventId: string, reason: string): Promise<number>;

  /** Alarms whose time has come, taken out and put into the inbox as events in one step; returns those events. */
  ringAlarms(now: number, limit: number): Promise<InboundEvent[]>;

  /** Replies not delivered yet, in order, after the given sequence. */
  unsent(afterSequence: number, limit: number): Promise<OutboxItem[]>;
  /** Notes how an attempt ended. `sent` and `never` end the reply's way; `later` and `doubt` count an attempt and set `notBefore`. */
  noteDelivery(key: string, delivery: Delivery, notBefore: number, now: number): Promise<void>;
  /** An echo came back: the reply with this key did go out. True if it was still waiting. */
  confirmSent(key: string, mid: string, now: number): Promise<boolean>;
  parked(limit: number): Promise<ParkedReply[]>;

  sendingStop(): Promise<SendingStop | undefined>;
  setSendingStop(stop: SendingStop | undefined): Promise<void>;

  openEscalations(): Promise<Escalation[]>;
  escalation(id: string): Promise<Escalation | undefined>;
  /** The last lines of a conversation, oldest first. */
  history(citizen: string, limit: number): Promise<HistoryLine[]>;
  /** Texts other citizens sent since then, for finding copies; without the sender's id. */
  recentTexts(since: number, limit: number): Promise<{ citizen: string; text: string; at: number }[]>;

  ticket(id: string): Promise<Ticket | undefined>;
  /** By the number alone, `JLN-0001`, in capitals. Whoever asks for a citizen compares the check code, too. */
  ticketByNumber(number: string): Promise<Ticket | undefined>;
  /** What this citizen filed or joined, drafts included, newest first. */
  ticketsOf(citizen: string, limit: number): Promise<Ticket[]>;
  /** Open tickets that may be about the same thing, newest first. */
  similarTickets(search: SimilarSearch, limit: number): Promise<Ticket[]>;
  /** For lists of staff: what fits all that is asked for, last changed first, and how many there are. */
  tickets(
    filter: TicketFilter,
    page: { offset: number; limit: number },
  ): Promise<{ tickets: Ticket[]; total: number }>;

  /** Pictures that are still to be fetched and whose time has come, oldest first. */
  wantedPictures(now: number, limit: number): Promise<Picture[]>;
  /** Notes how fetching one ended. `later` counts an attempt and waits until `notBefore`. */
  notePicture(id: string, outcome: PictureOutcome, notBefore: number): Promise<void>;
  /** Keeps the row of a picture that staff uploaded; its file is there already. */
  addPicture(picture: Picture): Promise<void>;
  picture(id: string): Promise<Picture | undefined>;
  /** Lets go of what staff uploaded between these moments and no ticket shows; the files are left to be deleted. Returns how many. */
  dropUnusedUploads(from: number, until: number, now: number): Promise<number>;

  /** The script of a dialogue that began with it, as it was then. */
  script(fingerprint: string): Promise<string | undefined>;

  /** Staff, their sessions and links. */
  readonly access: AccessStore;
  /** Who did what. Lines are added, never changed. */
  readonly audit: AuditStore;
  /** What the staff console reads and keeps of conversations. */
  readonly desk: ConsoleStore;

  /** Who asked to be removed. */
  readonly erasures: ErasureStore;
  /** What all instances count together. */
  readonly tallies: TallyStore;

  /** Present where several instances work on one store. */
  readonly shared?: SharedLanes;

  /**
   * Removes up to about so many of each kind that ended before: messages and how they were decided, replies, lists of
   * conversations that need nobody, drafts, closed escalations, and what is remembered of citizens nobody waits for.
   * Tickets, staff and the audit log stay. Returns how many were removed; 0 when nothing is left.
   */
  forget(before: number, limit: number): Promise<number>;

  counts(): Promise<StoreCounts>;
  /** Writes and reads something. Rejects when the store does not work. */
  check(): Promise<void>;
  /** Writes what waits and lets go. Closing twice is no trouble. */
  close(): Promise<void>;
}

/** What an instance gets with a lane. */
export interface TakenLane {
  citizen: Citizen;
  /** What waits for a turn, in the order of arrival. */
  events: InboundEvent[];
  /** What is to be delivered, in order. */
  unsent: OutboxItem[];
  /** The last owner went away without a word: what it was sending may have gone out. */
  isInDoubt: boolean;
}

/**
 * The lanes of a store that several instances work on: each lane is one instance's at a time. `commitTurn` and
 * `noteDelivery` reject with TurnOutdated, and write nothing, when the lane has become another's.
 */
export interface SharedLanes {
  /** Takes the lane, or looks at it again when it is ours already. Undefined when another instance has it. */
  take(citizen: string): Promise<TakenLane | undefined>;
  /** Gives the lane back, if nothing has come into it since it was looked at; otherwise what has come, and it stays ours. */
  leave(citizen: string): Promise<InboundEvent[]>;
  /** Citizens in whose lanes something waits that nobody has looked at: free lanes, and ours. Ours, too, that a write has taken without anybody looking. */
  calls(limit: number): Promise<string[]>;
  /** Shows that this instance lives, and frees the lanes of those that do not. To be called every `beatMs`. */
  beat(): Promise<void>;
  readonly beatMs: number;
  /** True while the lane is ours, was looked at since it became ours, and will be ours for as long as a call to the Send API may take. Costs nothing: ask right before sending. */
  isOurs(citizen: string): boolean;
  /** The platform's id of a reply that did go out, as far as anybody has heard of it. */
  wentOut(key: string): Promise<string | undefined>;
  /** How many instances live, this one included. */
  instances(): number;
  /** Lets the other instances hear these words. They are forgotten within a minute. */
  call(words: readonly string[]): Promise<void>;
  /** What the others have called since the last time. */
  hear(): Promise<string[]>;
  /** Calls back when all lanes are lost at once: this instance was silent for so long that the others went on without it. */
  onLost(listener: () => void): void;
}

/** The store could not do what was asked: a full disk, a file that cannot be written. */
export class StoreFailed extends Error {
  override name = "StoreFailed";
}

/** The citizen has changed since this was decided, or another instance has the lane: nothing was written. */
export class TurnOutdated extends Error {
  override name = "TurnOutdated";
}
