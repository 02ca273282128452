/** What was said and is not delivered yet: it stands in the citizen's document until its way has ended. */
import type { Delivery } from "../../vocabulary/delivery.js";
import type { Reply } from "../../vocabulary/reply.js";
import type { ConsoleStore } from "../console-port.js";
import { TurnOutdated, type Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { EndedPart, UnsentPart } from "./documents.js";
import type { EffectsPart } from "./effects.js";
import { itemFrom, type Held, type HeldLanes, type LaneNote } from "./held-lanes.js";

type Outbox = Pick<Store, "unsent" | "noteDelivery" | "confirmSent" | "parked"> &
  Pick<ConsoleStore, "retryParked">;

type Outcome = Pick<EndedPart, "state" | "endedAt" | "mid" | "code" | "reason">;

export function outboxOf(
  tables: Tables,
  { lanes, effects, note: tell }: { lanes: HeldLanes; effects: EffectsPart; note: (note: LaneNote) => void },
): Outbox {
  const { citizens, events, said } = tables;

  /** The event that a key begins with belongs to the same citizen. */
  const citizenOf = async (key: string): Promise<string | undefined> =>
    lanes.citizenOfReply(key) ?? (await events.get(key.slice(0, key.lastIndexOf("#"))))?.citizen;

  const write = async (lane: Held, unsent: UnsentPart[], ended: EndedPart[]): Promise<void> => {
    const isWritten = await citizens.change(lanes.guard(lane), {
      $set: { unsent, ended, ...(unsent.length > 0 ? { waiting: unsent.length } : {}) },
      ...(unsent.length > 0 ? {} : { $unset: { waiting: 1 } }),
    });
    if (!isWritten) {
      lanes.drop(lane.citizen);
      throw new TurnOutdated("Another instance has this lane.");
    }
    tell({ lane: lane.citizen, fence: lane.fence, did: "delivery" });
    lanes.setUnsent(lane, unsent);
    lane.ended = ended;
  };

  const end = async (lane: Held, part: UnsentPart, how: Outcome): Promise<void> => {
    // What earlier attempts met does not count any more.
    const { code: _code, reason: _reason, ...rest } = part;
    const ended = { ...rest, ...how };
    await write(
      lane,
      lane.unsent.filter(({ key }) => key !== part.key),
      [...lane.ended, ended],
    );
  };

  const writeSaid = async (lane: Held): Promise<void> => {
    if (lane.ended.length === 0) return;
    await effects.writeSaid(lane.citizen, lane.ended);
    lane.ended = [];
  };

  const note = async (
    lane: Held,
    key: string,
    delivery: Delivery,
    notBefore: number,
    now: number,
  ): Promise<void> => {
    const part = lane.unsent.find((each) => each.key === key);
    if (part === undefined) {
      await writeSaid(lane);
      return;
    }
    const attempts = part.attempts + 1;
    switch (delivery.kind) {
      case "sent":
        await end(lane, part, {
          state: "sent",
          endedAt: now,
          ...(delivery.mid === undefined ? {} : { mid: delivery.mid }),
        });
        break;
      case "later":
      case "doubt":
        await write(
          lane,
          lane.unsent.map((each) =>
            each === part
              ? { ...part, attempts, notBefore, code: delivery.code, reason: delivery.reason }
              : each,
          ),
          lane.ended,
        );
        break;
      case "never":
        await end(
          lane,
          { ...part, attempts },
          {
            state: "parked",
            endedAt: now,
            code: delivery.code,
            reason: delivery.reason,
          },
        );
    }
    await writeSaid(lane);
  };

  /** The lane is lost, but it did go out: the next owner looks here before it sends again. */
  const leaveWord = async (key: string, mid: string | undefined): Promise<void> => {
    await tables.pageState.insert([{ _id: `sent:${key}`, body: mid ?? "", keptAt: Date.now() }]);
  };

  return {
    unsent: async (afterSequence, limit) =>
      (await citizens.find({ waiting: { $gt: 0 } }))
        .flatMap(({ _id, unsent = [] }) => unsent.map((part) => itemFrom(_id, part)))
        .filter(({ sequence }) => sequence > afterSequence)
        .sort((a, b) => a.sequence - b.sequence)
        .slice(0, limit),
    async noteDelivery(key, delivery, notBefore, now) {
      const citizen = await citizenOf(key);
      if (citizen === undefined) return;
      try {
        await lanes.within(citizen, (lane) => note(lane, key, delivery, notBefore, now));
      } catch (error) {
        if (error instanceof TurnOutdated && delivery.kind === "sent") await leaveWord(key, delivery.mid);
        throw error;
      }
    },
    async confirmSent(key, mid, now) {
      const citizen = await citizenOf(key);
      if (citizen === undefined) return false;
      return lanes.within(citizen, async (lane) => {
        const part = lane.unsent.find((each) => each.key === key);
        if (part === undefined) return false;
        await end(lane, part, { state: "sent", endedAt: now, mid });
        await writeSaid(lane);
        return true;
      });
    },
    async retryParked(key, now) {
      const parked = (await said.find({ _id: key, state: "parked" }, { limit: 1 }))[0];
      if (parked === undefined) return undefined;
      const { sequence, reply, speaker } = parked;
      const part: UnsentPart = { key, sequence, reply, speaker, createdAt: now, attempts: 0, notBefore: now };
      return lanes.within(parked.citizen, async (lane) => {
        const isThere = lane.unsent.some((each) => each.key === key);
        if (!isThere) await write(lane, [...lane.unsent, part], lane.ended);
        // On its way first: if nobody comes to this, it is parked and on its way, and sent once.
        const isOurs = (await said.remove({ _id: key, state: "parked" })) > 0;
        return isThere || !isOurs ? undefined : itemFrom(parked.citizen, part);
      });
    },
    parked: async (limit) =>
      (await said.find({ state: "parked" }, { sort: { endedAt: -1, sequence: -1 }, limit })).map((row) => ({
        key: row._id,
        citizen: row.citizen,
        reply: JSON.parse(row.reply) as Reply,
        code: row.code ?? "",
        reason: row.reason ?? "",
        parkedAt: row.endedAt,
      })),
  };
}
