/** The lanes that this instance has: taken with a fence, one piece of work at a time in each, given back when idle. */
import { newCitizen, type Citizen } from "../../vocabulary/citizen.js";
import type { OutboxItem } from "../../vocabulary/delivery.js";
import type { InboundEvent } from "../../vocabulary/event.js";
import type { Reply } from "../../vocabulary/reply.js";
import { TurnOutdated, type TakenLane } from "../port.js";
import type { Tables } from "./connect.js";
import type { CitizenDocument, EndedPart, UnsentPart } from "./documents.js";
import type { EffectsPart } from "./effects.js";
import type { EventsPart } from "./events.js";
import type { Filter } from "./table.js";

/** What is known of a lane that is ours. */
export interface Held {
  citizen: string;
  fence: number;
  unsent: UnsentPart[];
  /** Ended, and perhaps not yet written down among what was said. */
  ended: EndedPart[];
  lastSequence: number;
  /** Taken by `take`: whoever sends has been given what is unsent. A lane that a write took on its own is not sent from. */
  isTaken?: boolean;
  /** A turn was to be written and no answer came: it may be there. */
  unsureOf?: string;
}

/** What happened to a lane, for proving afterwards that it was never two instances' at once. */
export interface LaneNote {
  lane: string;
  fence: number;
  did: "take" | "leave" | "turn" | "delivery";
  /** After a turn: the citizen's revision. */
  revision?: number;
}

export interface HeldLanes {
  /** Takes the lane, or looks at it again when it is ours already. Undefined when another instance has it or the citizen is unknown. */
  take(citizen: string): Promise<TakenLane | undefined>;
  /** Gives the lane back if nothing has come into it; otherwise what has come. */
  leave(citizen: string): Promise<InboundEvent[]>;
  /** Runs work on a lane that is ours, taking it first if need be; nothing else works on it meanwhile. Rejects with TurnOutdated when it cannot be had. */
  within<T>(citizen: string, work: (lane: Held) => Promise<T>): Promise<T>;
  /** The same for work that is not of the lane's own: a lane that was taken for it is given back at once, and called for again. */
  visit<T>(citizen: string, work: (lane: Held) => Promise<T>): Promise<T>;
  /** The filter under which only the owner of the lane may write. */
  guard(lane: Held): Filter & { _id: string };
  /** The lane is another's now, or must be read anew. */
  drop(citizen: string): void;
  dropAll(): string[];
  has(citizen: string): boolean;
  /** True when the lane is ours, and what is unsent in it was handed out when it was taken. */
  isTaken(citizen: string): boolean;
  /** Lanes that are ours because something had to be written there, and that nobody has looked at since. */
  untaken(): string[];
  /** True while this is the lane we have, and not one that was lost and taken again. */
  isHeld(lane: Held): boolean;
  /** What is unsent in a lane, after it was written. */
  setUnsent(lane: Held, unsent: UnsentPart[]): void;
  /** The citizen to whom a reply goes that is in one of our lanes. */
  citizenOfReply(key: string): string | undefined;
}

export function heldLanesOf(
  { citizens }: Pick<Tables, "citizens">,
  parts: { me: () => string; events: EventsPart; effects: EffectsPart; note: (note: LaneNote) => void },
): HeldLanes {
  const held = new Map<string, Held>();
  /** Key of a reply in one of our lanes → its citizen. */
  const replies = new Map<string, string>();
  const tails = new Map<string, Promise<unknown>>();

  /** One after the other for each citizen. */
  const inTurn = <T>(citizen: string, work: () => Promise<T>): Promise<T> => {
    const before = tails.get(citizen) ?? Promise.resolve();
    const result = before.then(work, work);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    tails.set(citizen, tail);
    void tail.then(() => {
      if (tails.get(citizen) === tail) tails.delete(citizen);
    });
    return result;
  };

  /** Ours or nobody's becomes ours, with a new fence. A taking whose answer was lost is made good this way, too. */
  const takeNow = async (citizen: string): Promise<{ lane: Held; document: CitizenDocument } | undefined> => {
    const document = await citizens.changeAndGet(
      { _id: citizen, owner: { $in: [null, parts.me()] } },
      { $set: { owner: parts.me() }, $inc: { fence: 1 }, $unset: { knock: 1 } },
    );
    if (document === undefined) {
      drop(citizen);
      return undefined;
    }
    const lane = heldFrom(document, held.get(citizen));
    held.set(citizen, lane);
    parts.note({ lane: citizen, fence: lane.fence, did: "take" });
    for (const { key } of lane.unsent) replies.set(key, citizen);
    // What the last turn had to write elsewhere, in case nobody came to it.
    await parts.effects.redo(document);
    lane.ended = [];
    return { lane, document };
  };

  const drop = (citizen: string): void => {
    for (const { key } of held.get(citizen)?.unsent ?? []) replies.delete(key);
    held.delete(citizen);
  };

  const look = async (citizen: string): Promise<TakenLane | undefined> => {
    const taken = await takeNow(citizen);
    if (taken === undefined) return undefined;
    const { document } = taken;
    taken.lane.isTaken = true;
    const lane = document.lane ?? [];
    const events = await parts.events.waitingOf(lane);
    const gone = lane.filter((id) => !events.some((event) => event.id === id));
    if (gone.length > 0) await citizens.change(guard(taken.lane), { $pull: { lane: { $in: gone } } });
    return {
      citizen: citizenFrom(document) ?? newCitizen(citizen),
      events,
      unsent: taken.lane.unsent.map((part) => itemFrom(citizen, part)),
      isInDoubt: document.inDoubt === true,
    };
  };

  const guard = (lane: Held): Filter & { _id: string } => ({
    _id: lane.citizen,
    owner: parts.me(),
    fence: lane.fence,
  });

  const leaveNow = async (citizen: string): Promise<InboundEvent[]> => {
    for (;;) {
      const lane = held.get(citizen);
      if (lane === undefined) return [];
      const isLeft = await citizens.change(
        { ...guard(lane), knock: { $ne: true } },
        {
          // Whatever is left unsent calls for the next owner.
          $set: { owner: null, ended: lane.ended, ...(lane.unsent.length > 0 ? { knock: true } : {}) },
          $unset: { inDoubt: 1, ...(lane.unsureOf === undefined ? { effects: 1 } : {}) },
        },
      );
      if (isLeft) {
        parts.note({ lane: citizen, fence: lane.fence, did: "leave" });
        drop(citizen);
        return [];
      }
      const events = (await look(citizen))?.events ?? [];
      if (events.length > 0) return events;
    }
  };

  return {
    take: (citizen) => inTurn(citizen, () => look(citizen)),
    leave: (citizen) => inTurn(citizen, () => leaveNow(citizen)),
    within: (citizen, work) =>
      inTurn(citizen, async () => {
        const lane = held.get(citizen) ?? (await takeNow(citizen))?.lane;
        if (lane === undefined) throw new TurnOutdated("Another instance has this lane.");
        return work(lane);
      }),
    visit: (citizen, work) =>
      inTurn(citizen, async () => {
        const kept = held.get(citizen);
        const lane = kept ?? (await takeNow(citizen))?.lane;
        if (lane === undefined) throw new TurnOutdated("Another instance has this lane.");
        try {
          return await work(lane);
        } finally {
          if (kept === undefined) {
            drop(citizen);
            await citizens.change(guard(lane), { $set: { owner: null, knock: true } });
            parts.note({ lane: citizen, fence: lane.fence, did: "leave" });
          }
        }
      }),
    guard,
    drop,
    dropAll() {
      const all = [...held.keys()];
      all.forEach(drop);
      return all;
    },
    has: (citizen) => held.has(citizen),
    isTaken: (citizen) => held.get(citizen)?.isTaken === true,
    untaken: () => [...held.values()].filter((lane) => lane.isTaken !== true).map(({ citizen }) => citizen),
    isHeld: (lane) => held.get(lane.citizen) === lane,
    citizenOfReply: (key) => replies.get(key),
    setUnsent(lane, unsent) {
      for (const { key } of lane.unsent) replies.delete(key);
      for (const { key } of unsent) replies.set(key, lane.citizen);
      lane.unsent = unsent;
    },
  };
}

function heldFrom(document: CitizenDocument, before: Held | undefined): Held {
  return {
    citizen: document._id,
    fence: document.fence,
    unsent: document.unsent ?? [],
    ended: document.ended ?? [],
    lastSequence: document.lastSequence,
    ...(before?.unsureOf === undefined ? {} : { unsureOf: before.unsureOf }),
  };
}

/** The citizen of a document; undefined before the first turn. */
export function citizenFrom(document: CitizenDocument | undefined): Citizen | undefined {
  return document?.state === undefined ? undefined : (JSON.parse(document.state) as Citizen);
}

/** A reply on its way, as the outbox knows it. */
export function itemFrom(citizen: string, part: UnsentPart): OutboxItem {
  const { key, sequence, speaker, createdAt, attempts, notBefore } = part;
  return {
    key,
    citizen,
    sequence,
    // Only turns write this field.
    reply: JSON.parse(part.reply) as Reply,
    speaker,
    createdAt,
    attempts,
    notBefore,
  };
}
