/** Commits turns: one write of the citizen's document, then whatever else the turn causes. */
import type { OutboxItem } from "../../vocabulary/delivery.js";
import { erasureOf, type Erase } from "../../vocabulary/erasure.js";
import type { Turn } from "../../vocabulary/turn.js";
import { TurnOutdated, type Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { CitizenDocument, UnsentPart } from "./documents.js";
import type { Effects, EffectsPart } from "./effects.js";
import type { Eraser } from "./erase.js";
import type { EventsPart } from "./events.js";
import { itemFrom, type Held, type HeldLanes, type LaneNote } from "./held-lanes.js";
import { createOrder } from "./order.js";
import { fillNumbers, reserveNumbers } from "./write-tickets.js";

export function turnsOf(
  tables: Tables,
  parts: {
    lanes: HeldLanes;
    events: EventsPart;
    effects: EffectsPart;
    eraser: Eraser;
    note: (note: LaneNote) => void;
  },
): Pick<Store, "commitTurn"> {
  const { citizens } = tables;
  const { lanes, events, effects, eraser } = parts;
  const order = createOrder();

  const effectsOfTurn = async (eventId: string, turn: Turn, now: number): Promise<Effects> => {
    const { citizen, why, escalation, listing, tickets = [], pictures = [], script } = turn;
    const page = turn.alarms.length > 0 ? await events.pageOf(eventId) : "";
    return {
      event: eventId,
      citizen: citizen.id,
      revision: citizen.revision + 1,
      at: now,
      why,
      escalation,
      listing,
      alarms: turn.alarms.map(({ name, at, citizen: other = citizen.id }) => ({
        citizen: other,
        name,
        page,
        at,
      })),
      tickets,
      numbers: tickets.length > 0 ? await reserveNumbers(tables, tickets) : {},
      pictures,
      script,
    };
  };

  /** Nothing of a turn that removes its citizen is written, but the record and the last words. */
  const effectsOfErasing = async (
    eventId: string,
    { citizen, why }: Turn,
    erase: Erase,
    now: number,
  ): Promise<Effects> => ({
    event: eventId,
    citizen: citizen.id,
    revision: 0,
    at: now,
    why: { ...why, reasons: [] },
    alarms: [],
    tickets: [],
    numbers: {},
    pictures: [],
    erasure: erasureOf(erase, citizen.id, await eraser.count(citizen.id, eventId), now),
  });

  const repliesOf = (eventId: string, turn: Turn, lane: Held, numbers: Effects["numbers"], now: number) =>
    turn.replies.map((reply, index): UnsentPart => {
      lane.lastSequence = Math.max(lane.lastSequence + 1, order(now));
      return {
        key: `${eventId}#${index}`,
        sequence: lane.lastSequence,
        reply: fillNumbers(JSON.stringify(reply), numbers),
        speaker: turn.speaker,
        createdAt: now,
        attempts: 0,
        notBefore: now,
      };
    });

  const write = (
    lane: Held,
    { citizen }: Turn,
    { event, ...rest }: Effects,
    unsent: UnsentPart[],
    now: number,
  ): Promise<boolean> => {
    const { revision, erasure } = rest;
    const remembered = erasure === undefined ? { state: JSON.stringify({ ...citizen, revision }) } : {};
    return citizens.change(
      { ...lanes.guard(lane), revision: citizen.revision, lane: event },
      {
        $set: {
          revision,
          ...remembered,
          updatedAt: now,
          unsent,
          ended: lane.ended,
          lastSequence: lane.lastSequence,
          effects: JSON.stringify({ event, ...rest }),
          ...(unsent.length > 0 ? { waiting: unsent.length } : {}),
        },
        $pull: { lane: event },
        $unset: {
          inDoubt: 1,
          ...(unsent.length > 0 ? {} : { waiting: 1 }),
          ...(erasure === undefined ? {} : { state: 1 }),
        },
      },
    );
  };

  const commit = async (lane: Held, eventId: string, turn: Turn, now: number): Promise<OutboxItem[]> => {
    const { erase } = turn;
    const caused =
      erase === undefined
        ? await effectsOfTurn(eventId, turn, now)
        : await effectsOfErasing(eventId, turn, erase, now);
    const replies = repliesOf(eventId, turn, lane, caused.numbers, now);
    if (erase !== undefined) lane.ended = [];
    const unsent = erase === undefined ? [...lane.unsent, ...replies] : replies;
    // From here until it is known to be done, the turn may be there without our knowing.
    lane.unsureOf = eventId;
    if (!(await write(lane, turn, caused, unsent, now))) {
      delete lane.unsureOf;
      throw new TurnOutdated(
        "The citizen has changed since this turn was decided, or the lane is another's.",
      );
    }
    parts.note({ lane: lane.citizen, fence: lane.fence, did: "turn", revision: caused.revision });
    lanes.setUnsent(lane, unsent);
    await effects.apply(caused);
    delete lane.unsureOf;
    // Lost in the meantime: they are the next owner's to say.
    return lanes.isHeld(lane) ? replies.map((part) => itemFrom(lane.citizen, part)) : [];
  };

  /** Asked for again after no answer came: the replies of the turn that is there, or undefined when it is not. */
  const finishUnsure = async (lane: Held, eventId: string): Promise<OutboxItem[] | undefined> => {
    const document = await citizens.get(lane.citizen);
    if (document === undefined || isWaitingIn(document, eventId)) return undefined;
    await effects.redo(document);
    delete lane.unsureOf;
    lanes.setUnsent(lane, document.unsent ?? []);
    lane.lastSequence = document.lastSequence;
    if (!lanes.isHeld(lane)) return [];
    return lane.unsent
      .filter(({ key }) => key.startsWith(`${eventId}#`))
      .map((part) => itemFrom(lane.citizen, part));
  };

  return {
    async commitTurn(eventId, turn, now) {
      const { id } = turn.citizen;
      try {
        return await lanes.within(id, async (lane) => {
          const there = lane.unsureOf === eventId ? await finishUnsure(lane, eventId) : undefined;
          return there ?? commit(lane, eventId, turn, now);
        });
      } catch (error) {
        if (!(error instanceof TurnOutdated)) throw error;
        const document = await citizens.get(id);
        if (document === undefined || !isWaitingIn(document, eventId)) return [];
        lanes.drop(id);
        throw error;
      }
    },
  };
}

function isWaitingIn(document: CitizenDocument, eventId: string): boolean {
  return document.lane?.includes(eventId) === true;
}
