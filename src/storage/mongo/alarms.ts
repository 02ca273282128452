/** Alarms: whoever finds one due puts its event into the lane; that works once, whoever else finds it. */
import type { AlarmName, InboundEvent } from "../../vocabulary/event.js";
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { AlarmDocument } from "./documents.js";
import type { EventsPart } from "./events.js";

export function alarmsOf({ alarms }: Tables, events: EventsPart): Pick<Store, "ringAlarms"> {
  return {
    async ringAlarms(now, limit) {
      const due = await alarms.find({ dueAt: { $lte: now } }, { sort: { dueAt: 1 }, limit });
      if (due.length === 0) return [];
      // The event first: if nobody comes to take the alarm out, it rings again, and its event is known already.
      const fresh = await events.keep(due.map(eventOf), now);
      await alarms.remove({ $or: due.map(({ _id, dueAt }) => ({ _id, dueAt })) });
      return fresh;
    },
  };
}

function eventOf({ citizen, name, page, dueAt }: AlarmDocument): InboundEvent {
  return {
    id: `alarm:${citizen}:${name}:${dueAt}`,
    channel: "inside",
    page,
    citizen,
    at: dueAt,
    // Only turns write this field.
    body: { kind: "alarm", name: name as AlarmName },
  };
}
