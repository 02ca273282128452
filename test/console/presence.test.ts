/** Who is in a conversation, as time goes by: typing is told again while it lasts, and that it ended. */
import { createNewsroom, type News } from "../../src/console/live/news";
import { createPresence } from "../../src/console/live/presence";

const SARI = { id: "s1", name: "Sari" };

describe("Presence", () => {
  let now = 0;
  let due: { at: number; work: () => void }[] = [];
  const later = (work: () => void, ms: number): void => void due.push({ at: now + ms, work });
  const pass = (ms: number): void => {
    now += ms;
    const ripe = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { work } of ripe) work();
  };
  beforeEach(() => {
    now = 1_795_317_300_000;
    due = [];
  });

  it("tells that somebody types for as long as they do, and then that they do not", () => {
    const news = createNewsroom();
    const told: News[] = [];
    news.follow((each) => told.push(each));
    const presence = createPresence({ news, now: () => now, later });
    const leave = presence.open("71", SARI);
    for (let seconds = 0; seconds < 30; seconds += 2) {
      presence.typing("71", SARI);
      pass(2000);
      expect(presence.others("71", "me")).toEqual([{ ...SARI, isTyping: true }]);
    }
    const typing = told.flatMap((each) => (each.kind === "here" ? [each.isTyping] : []));
    expect(typing.filter((is) => is).length).toBeGreaterThanOrEqual(4);
    for (let seconds = 0; seconds < 20; seconds += 1) pass(1000);
    expect(presence.others("71", "me")).toEqual([{ ...SARI, isTyping: false }]);
    const last = told.filter((each) => each.kind === "here").at(-1);
    expect(last).toMatchObject({ isOpen: true, isTyping: false });
    leave();
    expect(presence.others("71", "me")).toEqual([]);
  });

  it("counts one person with pages at two processes once, until both are gone", () => {
    const news = createNewsroom();
    const presence = createPresence({ news, now: () => now, later });
    const leave = presence.open("71", SARI);
    const there = { kind: "here", citizen: "71", instance: "other", staff: SARI, isTyping: false } as const;
    news.tell({ ...there, isOpen: true });
    expect(presence.others("71", "me")).toHaveLength(1);
    leave();
    expect(presence.others("71", "me")).toHaveLength(1);
    news.tell({ ...there, isOpen: false });
    expect(presence.others("71", "me")).toEqual([]);
  });
});
