/** The port's view of lanes that several instances share. */
import type { SharedLanes } from "../port.js";
import { callingOf } from "./calling.js";
import type { Tables } from "./connect.js";
import { bodyFrom, type EventsPart } from "./events.js";
import type { HeldLanes } from "./held-lanes.js";
import type { Instances } from "./instances.js";

export interface SharedParts {
  lanes: HeldLanes;
  instances: Instances;
  events: EventsPart;
  leaseMs: number;
  beatMs: number;
  onLost: SharedLanes["onLost"];
}

/** How late an event may be in its lane before it is put there again. */
const MEND_AFTER_MS = 60_000;

export function sharedLanesOf(
  tables: Tables,
  { lanes, instances, events, leaseMs, beatMs, onLost }: SharedParts,
): SharedLanes {
  const { citizens, events: eventTable, said, pageState } = tables;
  /** Ours in the database and not in memory: a taking whose answer was lost. */
  let strayed: string[] = [];
  let mendedAt = 0;
  return {
    take: lanes.take,
    leave: lanes.leave,
    beatMs,
    async calls(limit) {
      const found = strayed;
      strayed = [];
      const knocking = await citizens.pick(
        { knock: true, owner: { $in: [null, instances.me()] } },
        ["_id"],
        limit,
      );
      return [...new Set([...found, ...lanes.untaken(), ...knocking.map(({ _id }) => _id)])];
    },
    async beat() {
      await instances.tick();
      const ours = await citizens.pick({ owner: instances.me() }, ["_id"], 100_000);
      strayed = ours.map(({ _id }) => _id).filter((citizen) => !lanes.has(citizen));
      const now = Date.now();
      if (now - mendedAt < MEND_AFTER_MS) return;
      mendedAt = now;
      await events.mendLanes(now - MEND_AFTER_MS);
    },
    // A third of the lease is more than the longest call; whoever takes the lane over waits for its end before repeating it.
    isOurs: (citizen) => lanes.isTaken(citizen) && instances.isSure(leaseMs / 3),
    async wentOut(key) {
      const [[echo], [ended], word] = await Promise.all([
        eventTable.find({ confirms: key }, { limit: 1 }),
        said.find({ _id: key, state: "sent" }, { limit: 1 }),
        pageState.get(`sent:${key}`),
      ]);
      const body = echo === undefined ? undefined : bodyFrom(echo);
      return body?.kind === "echo" ? body.mid : (ended?.mid ?? word?.body);
    },
    instances: instances.count,
    ...callingOf(tables, Date.now),
    onLost,
  };
}
