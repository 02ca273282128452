/** What the storage port promises about small counts that all instances share. */
import type { Store } from "../../src/storage/port";
import { tallyName } from "../../src/storage/tally-port";
import { NOW } from "./samples";

export function tallyPromises(theStore: () => Store, reopen: () => Promise<void>): void {
  const once = { count: 1, at: NOW, keptUntil: NOW + 1000 };
  const twice = { count: 2, at: NOW + 5, keptUntil: NOW + 2000 };

  it("stands where it was put, changes only from what was seen, and outlives a restart", async () => {
    const { tallies } = theStore();
    expect(await tallies.get("a")).toBeUndefined();
    expect(await tallies.swap("a", undefined, undefined)).toBe(true);
    expect(await tallies.swap("a", twice, once)).toBe(false);
    expect(await tallies.swap("a", undefined, once)).toBe(true);
    expect(await tallies.swap("a", undefined, twice)).toBe(false);
    expect(await tallies.swap("a", twice, once)).toBe(false);
    expect(await tallies.swap("a", undefined, undefined)).toBe(false);
    expect(await tallies.swap("a", once, twice)).toBe(true);
    await reopen();
    expect(await theStore().tallies.get("a")).toEqual(twice);
    expect(await theStore().tallies.swap("a", once, undefined)).toBe(false);
    expect(await theStore().tallies.swap("a", twice, undefined)).toBe(true);
    expect(await theStore().tallies.get("a")).toBeUndefined();
  });

  it("lets one of many go on who saw the same", async () => {
    const { tallies } = theStore();
    for (const before of [undefined, once]) {
      const after = {
        count: (before?.count ?? 0) + 1,
        at: before === undefined ? NOW : NOW + 1,
        keptUntil: NOW,
      };
      const all = Array.from({ length: 20 }, () =>
        tallies.swap("b", before, before === undefined ? once : after),
      );
      expect((await Promise.all(all)).filter((isFirst) => isFirst)).toHaveLength(1);
    }
  });

  it("is forgotten when its time is over, and no sooner", async () => {
    const { tallies } = theStore();
    await tallies.swap("c", undefined, once);
    await tallies.swap("d", undefined, twice);
    expect(await tallies.forget(NOW + 1000, 10)).toBe(0);
    expect(await tallies.forget(NOW + 1001, 10)).toBe(1);
    expect(await tallies.get("c")).toBeUndefined();
    expect(await tallies.get("d")).toEqual(twice);
    expect(await tallies.forget(NOW + 9000, 10)).toBe(1);
  });

  it("has a name that shows nothing of what it counts", () => {
    expect(tallyName("sign-in", "pair sari 10.0.0.1")).not.toMatch(/sari|10\.0/);
    expect(tallyName("sign-in", "x")).not.toBe(tallyName("alert", "x"));
  });
}
