/** Small counts with a time: one document each. */
import type { Tally, TallyStore } from "../tally-port.js";
import type { Tables } from "./connect.js";

export function talliesOf({ tallies }: Pick<Tables, "tallies">): TallyStore {
  const swap = async (
    name: string,
    before: Tally | undefined,
    after: Tally | undefined,
  ): Promise<boolean> => {
    const seen = before === undefined ? undefined : { _id: name, count: before.count, at: before.at };
    if (after === undefined)
      return seen === undefined ? (await tallies.get(name)) === undefined : (await tallies.remove(seen)) > 0;
    return seen === undefined
      ? (await tallies.insert([{ _id: name, ...after }])).size === 0
      : tallies.change(seen, { $set: { ...after } });
  };
  return {
    async get(name) {
      const row = await tallies.get(name);
      return row && { count: row.count, at: row.at, keptUntil: row.keptUntil };
    },
    swap,
    async forget(now, limit) {
      const due = await tallies.pick({ keptUntil: { $lt: now } }, ["_id"], limit);
      if (due.length === 0) return 0;
      return tallies.remove({ keptUntil: { $lt: now }, _id: { $in: due.map(({ _id }) => _id) } });
    },
  };
}
