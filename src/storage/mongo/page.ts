/** The state of the page as a whole, and of the store itself. */
import type { SendingStop } from "../../vocabulary/delivery.js";
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import { OPEN_TICKET } from "./tickets.js";

type Page = Pick<Store, "sendingStop" | "setSendingStop" | "counts" | "check">;

const STOP = "sending-stop";
const CHECKED = "checked";
/** Events among which the least delay is looked for. */
const LATEST = 100;

/** The part of the store that says how things stand. */
export function pageOf({ pageState, events, citizens, said, escalations, tickets }: Tables): Page {
  return {
    sendingStop: async () => {
      const body = (await pageState.get(STOP))?.body;
      return body === undefined ? undefined : (JSON.parse(body) as SendingStop);
    },
    async setSendingStop(stop) {
      if (stop === undefined) await pageState.remove({ _id: STOP });
      else await pageState.put({ _id: STOP }, { $set: { body: JSON.stringify(stop) } });
    },
    async counts() {
      const [inboxWaiting, oldest, latest, last, outboxWaiting, parked, openEscalations, openTickets] =
        await Promise.all([
          events.count({ waits: { $gt: 0 } }),
          events.find({ waits: { $gt: 0 } }, { sort: { waits: 1 }, limit: 1 }),
          events.find({ channel: { $ne: "inside" } }, { sort: { order: -1 }, limit: LATEST }),
          events.find({}, { sort: { order: -1 }, limit: 1 }),
          citizens.sum({ waiting: { $gt: 0 } }, "waiting"),
          said.count({ state: "parked" }),
          escalations.count({ open: { $gt: 0 } }),
          tickets.count(OPEN_TICKET),
        ]);
      return {
        inboxWaiting,
        oldestWaitingAt: oldest[0]?.receivedAt,
        lastEventAt: last[0]?.receivedAt,
        leastDelayMs:
          latest.length === 0 ? undefined : Math.min(...latest.map(({ receivedAt, at }) => receivedAt - at)),
        outboxWaiting,
        parked,
        openEscalations,
        openTickets,
      };
    },
    async check() {
      // Another value each time: where the same stands already nothing would be written.
      await pageState.put({ _id: CHECKED }, { $set: { body: `${process.pid} ${performance.now()}` } });
    },
  };
}
