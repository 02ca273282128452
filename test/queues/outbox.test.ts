/** Delivery: in order within a conversation, longer waits each time, nothing lost, nothing repeated without need. */
import { createOutbox, type Outbox, type OutboxParts } from "../../src/queues/outbox";
import type { Delivery, OutboxItem } from "../../src/vocabulary/delivery";
import { decideToSay, openStore, QUIET_LOG, settle, until, type OpenStore } from "../support/store";

const SENT: Delivery = { kind: "sent", mid: "m" };
const LATER: Delivery = { kind: "later", code: "2", reason: "gangguan", scope: "reply" };
const DOUBT: Delivery = { kind: "doubt", code: "ETIMEDOUT", reason: "belum pasti" };
const PAGE_LATER: Delivery = { kind: "later", code: "ECONNREFUSED", reason: "jaringan", scope: "page" };
const HOUR = 3_600_000;

let open: OpenStore;
let now = 0;
const outboxes: Outbox[] = [];
beforeEach(async () => {
  open = await openStore();
  now = 1_795_000_000_000;
});
afterEach(async () => {
  for (const outbox of outboxes.splice(0)) await outbox.stop();
  await open.close();
});

/** What Facebook answers, call by call; then "sent". */
function withAnswers(answers: Delivery[], more: Partial<OutboxParts> = {}) {
  const calls: { text: string; at: number; key: string }[] = [];
  const outbox = createOutbox({
    store: open.store,
    send: (item) => {
      calls.push({ text: item.reply.text, at: now, key: item.key });
      return Promise.resolve(answers.shift() ?? SENT);
    },
    sign: () => Promise.resolve(),
    now: () => now,
    log: QUIET_LOG,
    sendsPerSecond: 100_000,
    chance: () => 0,
    ...more,
  });
  outboxes.push(outbox);
  return { outbox, calls, texts: () => calls.map(({ text }) => text) };
}

/** Time passes in small steps, and the outbox looks at the clock in each. */
async function pass(outbox: Outbox, ms: number, stepMs = 1000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    now += stepMs;
    outbox.tick();
    await settle(4);
  }
}

const say = (citizen: string, ...words: string[]): Promise<OutboxItem[]> =>
  decideToSay(open.store, citizen, words, now);

describe("The outbox", () => {
  it("delivers the replies of one citizen in order, one after the other, and many citizens at once", async () => {
    const order: string[] = [];
    let atOnce = 0;
    let most = 0;
    const { outbox } = withAnswers([], {
      send: async (item) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        order.push(`${item.citizen}:${item.reply.text}`);
        // Later ones would overtake if they could.
        await settle(item.reply.text === "1" ? 6 : 1);
        atOnce -= 1;
        return SENT;
      },
    });
    await outbox.start();
    for (const citizen of ["a", "b", "c"]) outbox.push(await say(citizen, "1", "2", "3"));
    await until(() => outbox.state().inMemory === 0);
    for (const citizen of ["a", "b", "c"])
      expect(order.filter((each) => each.startsWith(citizen))).toEqual(
        ["1", "2", "3"].map((n) => `${citizen}:${n}`),
      );
    expect(most).toBeGreaterThan(1);
    expect((await open.store.counts()).outboxWaiting).toBe(0);
  });

  it("waits longer each time, and holds what comes after until the first is through", async () => {
    const { outbox, calls, texts } = withAnswers([LATER, LATER, LATER, LATER]);
    await outbox.start();
    const startedAt = now;
    outbox.push(await say("a", "satu", "dua"));
    await settle();
    await pass(outbox, 15_000);
    await pass(outbox, 700_000, 10_000);
    await until(() => calls.length >= 6);
    expect(texts()).toEqual(["satu", "satu", "satu", "satu", "satu", "dua"]);
    const waits = calls.slice(1, 5).map(({ at }, index) => at - (calls[index]?.at ?? 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(calls[0]?.at).toBe(startedAt);
    expect(waits[0]).toBeGreaterThanOrEqual(2000);
    expect(waits[3]).toBeGreaterThanOrEqual(600_000);
  });

  it("keeps a reply's attempts and its next moment over a restart", async () => {
    const first = withAnswers([LATER, LATER]);
    await first.outbox.start();
    first.outbox.push(await say("a", "satu", "dua"));
    await settle();
    await pass(first.outbox, 3000);
    expect(first.texts()).toEqual(["satu", "satu"]);
    await first.outbox.stop();
    const second = withAnswers([]);
    await second.outbox.start();
    await settle();
    expect(second.texts()).toEqual([]);
    await pass(second.outbox, 10_000);
    await until(() => second.calls.length === 2);
    expect(second.texts()).toEqual(["satu", "dua"]);
  });

  it("does not let somebody who writes again wait behind an old reply that rests for an hour", async () => {
    const { outbox, texts } = withAnswers([LATER, LATER, LATER, LATER, LATER]);
    await outbox.start();
    outbox.push(await say("a", "lama"));
    await settle();
    await pass(outbox, 700_000, 5000);
    const before = texts().length;
    expect(before).toBeGreaterThanOrEqual(5);
    outbox.push(await say("a", "darurat"));
    await pass(outbox, 16_000);
    await until(() => texts().at(-1) === "darurat");
    expect(texts().slice(before)).toEqual(["lama", "darurat"]);
  });

  it("parks what never works, with its reason, and goes on with the next", async () => {
    const never: Delivery = { kind: "never", code: "100", reason: "Ditolak.", scope: "reply" };
    const { outbox, texts } = withAnswers([never]);
    await outbox.start();
    outbox.push(await say("a", "satu", "dua"));
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "dua"]);
    expect(await open.store.parked(10)).toMatchObject([
      { code: "100", reason: "Ditolak.", reply: { text: "satu" } },
    ]);
  });

  it("parks everything that waits for a citizen who cannot be reached, and nothing of the others", async () => {
    const never: Delivery = { kind: "never", code: "551", reason: "Tidak bisa.", scope: "citizen" };
    const { outbox, texts } = withAnswers([never]);
    await outbox.start();
    outbox.push(await say("a", "satu", "dua", "tiga"));
    outbox.push(await say("b", "empat"));
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "empat"]);
    expect(await open.store.parked(10)).toHaveLength(3);
  });

  it("gives up after a day, and says that it tried", async () => {
    const { outbox, calls } = withAnswers(Array.from({ length: 60 }, () => LATER));
    await outbox.start();
    outbox.push(await say("a", "satu"));
    await pass(outbox, 26 * HOUR, HOUR / 4);
    await until(() => outbox.state().inMemory === 0);
    expect(calls.length).toBeLessThan(40);
    const [parked] = await open.store.parked(1);
    expect(parked?.reason).toMatch(/^Sudah dicoba selama 24 jam\./);
  });
});

describe("A reply in doubt", () => {
  it("is not sent again when its echo comes back, and the next one goes on at once", async () => {
    const { outbox, texts, calls } = withAnswers([DOUBT]);
    await outbox.start();
    outbox.push(await say("a", "satu", "dua"));
    await until(() => calls.length === 1);
    await settle();
    await outbox.confirm(calls[0]?.key ?? "", "m_echo");
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "dua"]);
    expect((await open.store.history("a", 10)).filter(({ delivery }) => delivery === "sent")).toHaveLength(2);
  });

  it("is sent again only after the echo has had its time, and waits longer the time after", async () => {
    const { outbox, calls } = withAnswers([DOUBT, DOUBT]);
    await outbox.start();
    outbox.push(await say("a", "satu"));
    await settle();
    await pass(outbox, 58_000);
    expect(calls).toHaveLength(1);
    await pass(outbox, 3000);
    expect(calls).toHaveLength(2);
    await pass(outbox, 60_000);
    expect(calls).toHaveLength(2);
    await pass(outbox, 3000);
    await until(() => calls.length === 3);
  });

  it("is not sent again sooner because its citizen writes, nor when the echo comes late", async () => {
    const { outbox, texts, calls } = withAnswers([DOUBT]);
    await outbox.start();
    outbox.push(await say("a", "satu"));
    await settle();
    await pass(outbox, 10_000);
    outbox.push(await say("a", "dua"));
    await pass(outbox, 40_000);
    expect(texts()).toEqual(["satu"]);
    await outbox.confirm(calls[0]?.key ?? "", "m_late");
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "dua"]);
  });

  it("is not sent again sooner by a server that was started meanwhile, when its citizen writes to that one", async () => {
    const first = withAnswers([DOUBT]);
    await first.outbox.start();
    first.outbox.push(await say("a", "satu"));
    await settle();
    await first.outbox.stop();
    const { outbox, texts } = withAnswers([]);
    await outbox.start();
    await pass(outbox, 5000);
    outbox.push(await say("a", "dua"));
    await pass(outbox, 40_000);
    expect(texts()).toEqual([]);
    await pass(outbox, 20_000);
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "dua"]);
  });

  it("is asked about while it waits, where another server may have heard its echo", async () => {
    const heard: string[] = [];
    const { outbox, texts } = withAnswers([DOUBT], {
      ownership: {
        isOurs: () => true,
        wentOut: () => Promise.resolve(heard[0]),
        onIdle: () => undefined,
        instances: () => 1,
      },
    });
    outbox.push(await say("a", "satu", "dua"));
    await settle();
    await pass(outbox, 5000);
    expect(texts()).toEqual(["satu"]);
    heard.push("m_echo");
    await pass(outbox, 2000);
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu", "dua"]);
  });

  it("counts as sent when the echo overtakes the answer that never came", async () => {
    let answer: (delivery: Delivery) => void = () => undefined;
    const { outbox } = withAnswers([], {
      send: () => new Promise((resolve) => (answer = resolve)),
    });
    await outbox.start();
    const [item] = await say("a", "satu");
    outbox.push(item === undefined ? [] : [item]);
    await settle();
    await outbox.confirm(item?.key ?? "", "m_echo");
    answer(DOUBT);
    await until(() => outbox.state().inMemory === 0);
    expect((await open.store.counts()).outboxWaiting).toBe(0);
  });

  it("is settled by an echo that arrives before the replies of the last run are read", async () => {
    const [item] = await say("a", "satu");
    const { outbox, calls } = withAnswers([]);
    await outbox.confirm(item?.key ?? "", "m_echo");
    await outbox.start();
    await settle();
    expect(calls).toEqual([]);
    expect((await open.store.counts()).outboxWaiting).toBe(0);
  });
});

describe("Sending for the whole page", () => {
  it("stops when it is not allowed any more, keeps everything, and begins again with the next start", async () => {
    const stop: Delivery = { kind: "never", code: "10/1893063", reason: "Dibatasi.", scope: "page" };
    const first = withAnswers([stop]);
    await first.outbox.start();
    first.outbox.push(await say("a", "satu"));
    await until(() => first.outbox.state().stop !== undefined);
    first.outbox.push(await say("b", "dua"));
    await pass(first.outbox, 10_000);
    expect(first.texts()).toEqual(["satu"]);
    expect(first.outbox.state().stop).toMatchObject({ code: "10/1893063", reason: "Dibatasi." });
    expect(await open.store.sendingStop()).toMatchObject({ code: "10/1893063" });
    await first.outbox.stop();
    const second = withAnswers([]);
    await second.outbox.start();
    await until(() => second.outbox.state().inMemory === 0);
    expect(second.texts().sort()).toEqual(["dua", "satu"]);
    expect(await open.store.sendingStop()).toBeUndefined();
  });

  it("is not begun again by a smaller trouble of a reply that was on the wire at the same time", async () => {
    const answers: Record<string, Delivery> = {
      satu: { kind: "never", code: "190", reason: "Token mati.", scope: "page" },
      dua: PAGE_LATER,
    };
    const { outbox, calls } = withAnswers([], {
      send: async (item) => {
        calls.push({ text: item.reply.text, at: now, key: item.key });
        await settle(item.reply.text === "satu" ? 1 : 8);
        return answers[item.reply.text] ?? SENT;
      },
    });
    await outbox.start();
    outbox.push([...(await say("a", "satu")), ...(await say("b", "dua"))]);
    await until(() => calls.length === 2);
    await settle(30);
    await pass(outbox, 120_000, 5000);
    expect(outbox.state().stop).toMatchObject({ code: "190" });
    expect(calls).toHaveLength(2);
  });

  it("notices within a minute that the network is back, however long it was away", async () => {
    let isDown = true;
    const calls: number[] = [];
    const { outbox } = withAnswers([], {
      send: () => {
        calls.push(now);
        return Promise.resolve(isDown ? PAGE_LATER : SENT);
      },
    });
    await outbox.start();
    for (const citizen of ["a", "b", "c", "d"]) outbox.push(await say(citizen, "halo"));
    await settle();
    await pass(outbox, HOUR, 5000);
    const tries = calls.length;
    // One call at a time finds out: not all that waits at once.
    expect(tries).toBeLessThan(4 + 75);
    isDown = false;
    await pass(outbox, 70_000, 5000);
    await until(() => outbox.state().inMemory === 0);
  });

  it("waits as long as Facebook asks for, and lets one reply find out first", async () => {
    const limit: Delivery = { ...PAGE_LATER, code: "613", afterMs: 120_000 };
    const { outbox, calls } = withAnswers([limit, limit]);
    await outbox.start();
    outbox.push(await say("a", "1"));
    await settle();
    for (const citizen of ["b", "c", "d"]) outbox.push(await say(citizen, "2"));
    await pass(outbox, 118_000, 2000);
    expect(calls).toHaveLength(1);
    expect(outbox.state().stop).toMatchObject({ code: "613" });
    await pass(outbox, 6000, 2000);
    expect(calls).toHaveLength(2);
    await pass(outbox, 130_000, 2000);
    await until(() => outbox.state().inMemory === 0);
    expect(outbox.state().stop).toBeUndefined();
  });

  it("keeps the page's pace", async () => {
    const { outbox, calls } = withAnswers([], { sendsPerSecond: 5 });
    await outbox.start();
    for (let i = 0; i < 12; i += 1) outbox.push(await say(`c${i}`, "x"));
    await settle();
    expect(calls).toHaveLength(5);
    await pass(outbox, 3000, 500);
    await until(() => calls.length === 12);
    for (const { at } of calls)
      expect(calls.filter((each) => each.at >= at && each.at < at + 1000).length).toBeLessThanOrEqual(5);
  });

  it("shows signs of life only when nothing waits for its turn", async () => {
    const signs: string[] = [];
    const { outbox } = withAnswers([], {
      sendsPerSecond: 2,
      sign: (citizen) => {
        signs.push(citizen);
        return Promise.resolve();
      },
    });
    await outbox.start();
    outbox.sign("a", "typing_on");
    expect(signs).toEqual(["a"]);
    for (const citizen of ["b", "c", "d"]) outbox.push(await say(citizen, "x"));
    outbox.sign("e", "typing_on");
    expect(signs).toEqual(["a"]);
  });
});

describe("The outbox and its store", () => {
  it("reads on from the store when more waits than fits into memory, in order", async () => {
    for (let i = 0; i < 30; i += 1) await say("a", `kata ${i}`);
    const { outbox, texts } = withAnswers([], { maxInMemory: 4 });
    await outbox.start();
    for (let i = 30; i < 40; i += 1) outbox.push(await say("a", `kata ${i}`));
    await until(() => texts().length === 40);
    expect(texts()).toEqual(Array.from({ length: 40 }, (_, i) => `kata ${i}`));
  });

  it("writes down what was sent even when the store fails for a while, and sends nothing twice meanwhile", async () => {
    let failures = 2;
    const { noteDelivery } = open.store;
    const { outbox, texts } = withAnswers([], {
      store: {
        ...open.store,
        noteDelivery: (...given) => {
          failures -= 1;
          return failures >= 0 ? Promise.reject(new Error("disk full")) : noteDelivery(...given);
        },
      },
    });
    await outbox.start();
    outbox.push(await say("a", "satu"));
    await until(() => outbox.state().inMemory === 0);
    expect(texts()).toEqual(["satu"]);
    expect((await open.store.counts()).outboxWaiting).toBe(0);
  });

  it("survives a sender that breaks its promise never to throw", async () => {
    let calls = 0;
    const { outbox } = withAnswers([], {
      send: () => {
        calls += 1;
        return calls === 1 ? Promise.reject(new Error("a bug")) : Promise.resolve(SENT);
      },
    });
    await outbox.start();
    outbox.push(await say("a", "satu"));
    await until(() => outbox.state().inMemory === 0);
    expect(calls).toBe(2);
  });
});
