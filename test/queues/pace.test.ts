/** The page-wide pace and the waits between attempts. */
import { waitAfter } from "../../src/queues/backoff";
import { createPace } from "../../src/queues/pace";

describe("The page's pace", () => {
  it("lets no second hold more than it may, wherever the second begins", () => {
    let now = 1000;
    const pace = createPace(
      () => 30,
      () => now,
    );
    const taken: number[] = [];
    for (; now < 6000; now += 3) if (pace.take().waitMs === 0) taken.push(now);
    for (const start of taken) {
      const within = taken.filter((at) => at >= start && at < start + 1000).length;
      expect(within).toBeLessThanOrEqual(30);
    }
    expect(taken.length).toBeGreaterThanOrEqual(150);
  });

  it("tells how long to wait, and keeps its word", () => {
    let now = 0;
    const pace = createPace(
      () => 2,
      () => now,
    );
    expect([pace.take().waitMs, pace.take().waitMs]).toEqual([0, 0]);
    now = 400;
    const { waitMs } = pace.take();
    expect(waitMs).toBe(600);
    now += waitMs;
    expect(pace.take().waitMs).toBe(0);
  });

  it("keeps a share of less than one a second, too: eleven servers send no more than one may", () => {
    let now = 0;
    const paces = Array.from({ length: 11 }, () =>
      createPace(
        () => 5 / 11,
        () => now,
      ),
    );
    let taken = 0;
    for (; now < 22_000; now += 7)
      taken += paces.map((pace) => pace.take()).filter(({ waitMs }) => waitMs === 0).length;
    expect(taken).toBeLessThanOrEqual(11 + 5 * 22);
    expect(taken).toBeGreaterThan(100);
    now += paces[0]?.take().waitMs ?? 0;
    expect(paces[0]?.take().waitMs).toBe(0);
  });

  it("lets in one that was refused when its share grows again", () => {
    let rate = 0.1;
    let now = 0;
    const pace = createPace(
      () => rate,
      () => now,
    );
    expect(pace.take().waitMs).toBe(0);
    now = 1500;
    expect(pace.take().waitMs).toBe(8500);
    rate = 10;
    expect(pace.take().waitMs).toBe(0);
  });

  it("does not stand still for an hour when the clock is set back by one", () => {
    let now = 3_600_000;
    const pace = createPace(
      () => 1,
      () => now,
    );
    expect(pace.take().waitMs).toBe(0);
    now = 10;
    expect(pace.take().waitMs).toBe(0);
    expect(pace.take().waitMs).toBeLessThanOrEqual(1000);
  });
});

describe("The wait before a reply is tried again", () => {
  it("is longer each time, up to an hour", () => {
    const waits = [1, 2, 3, 4, 5, 6, 100].map((attempts) => waitAfter(attempts, 0));
    expect(waits).toEqual([2000, 10_000, 60_000, 600_000, 3_600_000, 3_600_000, 3_600_000]);
  });

  it("is spread by a tenth, so that not everything comes back at once", () => {
    expect(waitAfter(1, 1)).toBe(2200);
    expect(waitAfter(3, 0.5)).toBe(63_000);
  });
});
