/** Takes out what has been kept long enough, a little at a time, so that nobody waits for it. */
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { Filter, Table } from "./table.js";

/** Where the fields tell how old something is, old ones are found by their indexes. */
export function forgetOf(tables: Tables): Pick<Store, "forget"> {
  const { events, said, written, listings, drafts, escalations, citizens, alarms, pageState } = tables;

  const remove = async <T extends { _id: string }>(
    table: Table<T>,
    filter: Filter,
    limit: number,
  ): Promise<number> => {
    const due = await table.pick(filter, ["_id"], limit);
    return due.length === 0 ? 0 : table.remove({ ...filter, _id: { $in: due.map(({ _id }) => _id) } });
  };

  /** A citizen somebody still has to answer, or is to be reminded of, is remembered. */
  const removeCitizens = async (before: number, limit: number): Promise<number> => {
    const idle = {
      updatedAt: { $lt: before },
      owner: null,
      waiting: null,
      "lane.0": { $exists: false },
    };
    const ids = (await citizens.pick(idle, ["_id"], limit)).map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    const [open, reminded] = await Promise.all([
      escalations.find({ citizen: { $in: ids }, open: { $gt: 0 } }),
      alarms.find({ citizen: { $in: ids } }),
    ]);
    const kept = new Set([...open, ...reminded].map(({ citizen }) => citizen));
    return citizens.remove({ ...idle, _id: { $in: ids.filter((id) => !kept.has(id)) } });
  };

  return {
    async forget(before, limit) {
      // Nothing that waits has been decided, and what was decided has been written everywhere long ago.
      const removed = await Promise.all([
        remove(events, { order: { $lt: before * 1000 }, receivedAt: { $lt: before }, waits: null }, limit),
        remove(said, { endedAt: { $lt: before } }, limit),
        remove(written, { at: { $lt: before } }, limit),
        remove(listings, { place: { $in: ["bot", "done", "folded"] }, lastAt: { $lt: before } }, limit),
        remove(drafts, { keptAt: { $lt: before } }, limit),
        remove(escalations, { open: null, updatedAt: { $lt: before } }, limit),
        removeCitizens(before, limit),
        remove(pageState, { keptAt: { $lt: before } }, limit),
      ]);
      return removed.reduce((sum, each) => sum + each, 0);
    },
  };
}
