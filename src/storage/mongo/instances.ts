/** Which processes work on this database: each shows that it lives, and watches the others. */
import { randomUUID } from "node:crypto";
import type { Tables } from "./connect.js";

export interface Instances {
  /** This one, as the lanes name their owner. A new name after it was given up for dead. */
  me(): string;
  /** How many live; at least 1. */
  count(): number;
  /** True while nobody can have given this one up, for at least so many milliseconds more. */
  isSure(ms: number): boolean;
  /** Shows life, looks at the others, gives up the dead and frees their lanes. */
  tick(): Promise<void>;
  /** Says goodbye: whatever it had is anyone's. */
  leave(): Promise<void>;
}

export interface InstancesParts {
  tables: Pick<Tables, "instances" | "citizens">;
  /** How long an instance may be silent before the others take its lanes. */
  leaseMs: number;
  /** How often `tick` is called. */
  beatMs: number;
  /** It was given up, and has a new name: nothing it had is its own any more. */
  onGivenUp: () => void;
  /** Milliseconds that never jump back. */
  clock: () => number;
}

/** Another one, as seen from here. */
interface Seen {
  beat: number;
  /** How long it has shown the same beat, while we could look. */
  silentMs: number;
  lookedAt: number;
}

/**
 * An instance counts its beats in a document. The others measure its silence with their own clocks, and only while they
 * can read: no two clocks have to agree, and a database that is down for a while makes nobody dead.
 */
export async function joinInstances(parts: InstancesParts): Promise<Instances> {
  const { tables, leaseMs, clock } = parts;
  const { instances, citizens } = tables;
  const seen = new Map<string, Seen>();
  let me: string = randomUUID();
  let sureFrom = 0;
  let sureUntil = 0;
  let count = 1;

  /** True when it has been silent for too long: then its document goes, and with it its right to any lane. */
  const isSilent = (id: string, now: number, shown: number): boolean => {
    const before = seen.get(id);
    const gap = before === undefined ? 0 : now - before.lookedAt;
    // After a pause of our own, or of the database, the counting starts anew.
    const isSame = before?.beat === shown && gap < leaseMs / 2;
    const silentMs = isSame ? before.silentMs + gap : 0;
    seen.set(id, { beat: shown, silentMs, lookedAt: now });
    return silentMs > leaseMs;
  };

  const watch = async (): Promise<void> => {
    // First the owners, then the instances: whoever owns a lane was among the instances before.
    const owners = await citizens.distinct("owner", { owner: { $gt: "" } });
    const all = await instances.find({});
    const now = clock();
    const alive = new Set<string>();
    for (const { _id, beat: shown } of all)
      if (_id === me || !isSilent(_id, now, shown)) alive.add(_id);
      else if ((await instances.remove({ _id, beat: shown })) === 0) alive.add(_id);
    for (const id of seen.keys()) if (!alive.has(id)) seen.delete(id);
    count = Math.max(1, alive.size);
    for (const owner of owners) if (!alive.has(owner)) await free(owner, true);
  };

  const free = async (owner: string, inDoubt: boolean): Promise<void> => {
    await citizens.changeAll(
      { owner },
      { $set: { owner: null, knock: true, ...(inDoubt ? { inDoubt: true } : {}) }, $inc: { fence: 1 } },
    );
  };

  /** Only an instance that the others can see may own anything. */
  const join = async (name: string): Promise<void> => {
    const asked = clock();
    await instances.insert([{ _id: name, beat: 0 }]);
    me = name;
    sureUntil = asked + leaseMs;
    // Until the others have seen it, the page's pace is theirs.
    if ((await instances.count({})) > 1) sureFrom = asked + 2 * parts.beatMs;
    await watch();
  };

  const beat = async (): Promise<void> => {
    const asked = clock();
    if (await instances.change({ _id: me }, { $inc: { beat: 1 } })) {
      sureUntil = asked + leaseMs;
      return;
    }
    sureUntil = 0;
    parts.onGivenUp();
    await join(randomUUID());
  };

  await join(me);
  return {
    me: () => me,
    count: () => count,
    isSure: (ms) => clock() >= sureFrom && clock() + ms < sureUntil,
    async tick() {
      await beat();
      await watch();
    },
    async leave() {
      sureUntil = 0;
      await instances.remove({ _id: me });
      await free(me, false);
    },
  };
}
