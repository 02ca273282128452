/** Lanes: one event of a citizen at a time, in order, many citizens at once, and no event is lost whatever fails. */
import { createAlarmClock } from "../../src/queues/alarm";
import { createInbox } from "../../src/queues/inbox";
import { createLanes, type Lanes, type LanesParts } from "../../src/queues/lanes";
import type { Outbox } from "../../src/queues/outbox";
import { newCitizen, type Citizen } from "../../src/vocabulary/citizen";
import type { InboundEvent } from "../../src/vocabulary/event";
import type { Turn } from "../../src/vocabulary/turn";
import { anEvent, aTurn, openStore, QUIET_LOG, settle, until, type OpenStore } from "../support/store";

const NOW = 1_795_000_000_000;

let open: OpenStore;
const running: Lanes[] = [];
beforeEach(async () => {
  open = await openStore();
});
afterEach(async () => {
  for (const lanes of running.splice(0)) await lanes.stop();
  await open.close();
});

function withDeciding(
  decide: (event: InboundEvent, citizen: Citizen) => Promise<Turn>,
  more: Partial<LanesParts> = {},
) {
  const said: string[] = [];
  const lanes = createLanes({
    store: open.store,
    decide,
    giveUp: (event) => Promise.resolve(aTurn(event.citizen ?? "", ["maaf"])),
    onTurn: (items) => said.push(...items.map(({ citizen, reply }) => `${citizen}:${reply.text}`)),
    now: () => NOW,
    log: QUIET_LOG,
    retryMs: 1,
    ...more,
  });
  running.push(lanes);
  let isStarted = false;
  /** As in a server that runs. */
  const arrive = async (...events: InboundEvent[]): Promise<void> => {
    if (!isStarted) await lanes.start();
    isStarted = true;
    lanes.push(await open.store.accept(events, NOW));
  };
  return { lanes, said, arrive };
}

/** Repeats the words, and counts in the citizen how many came before. */
const repeat = (event: InboundEvent, citizen: Citizen): Promise<Turn> => {
  const text = event.body.kind === "message" ? (event.body.text ?? "") : event.body.kind;
  const turn = aTurn(event.citizen ?? "", [text]);
  return Promise.resolve({
    ...turn,
    citizen: { ...citizen, notUnderstood: (citizen.notUnderstood ?? 0) + 1 },
  });
};

const says = (citizen: string, text: string, at = NOW): InboundEvent => {
  const event = anEvent(citizen, { at });
  return { ...event, body: { kind: "message", mid: event.id, text, attachments: [] } };
};

describe("A lane", () => {
  it("decides one event after the other, each with the citizen as the one before left them", async () => {
    let atOnce = 0;
    const seen: number[] = [];
    const { said, arrive } = withDeciding(async (event, citizen) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      seen.push(citizen.notUnderstood ?? 0);
      await settle(2);
      atOnce -= 1;
      return repeat(event, citizen);
    });
    await arrive(says("a", "1"));
    await arrive(says("a", "2"), says("a", "3"));
    await until(() => said.length === 3);
    expect(said).toEqual(["a:1", "a:2", "a:3"]);
    expect(seen).toEqual([0, 1, 2]);
    expect(await open.store.citizen("a")).toMatchObject({ revision: 3, notUnderstood: 3 });
  });

  it("begins no turn before the start, and takes up then what was pushed", async () => {
    const { lanes, said } = withDeciding(repeat);
    lanes.push(await open.store.accept([says("a", "1")], NOW));
    await settle(20);
    expect(said).toEqual([]);
    await lanes.start();
    await until(() => said.length === 1);
    expect(said).toEqual(["a:1"]);
  });

  it("hears what another instance accepted earlier before what it accepted later itself", async () => {
    const waits: InboundEvent[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const said: string[] = [];
    const { lanes } = withDeciding(
      async (event, citizen) => {
        await held;
        return repeat(event, citizen);
      },
      {
        sharing: {
          hold: async (id) => ({
            citizen: (await open.store.citizen(id)) ?? newCitizen(id),
            events: [...waits],
            unsent: [],
            isInDoubt: false,
          }),
          settle: () => undefined,
        },
        onTurn(items, _turn, event) {
          waits.splice(waits.indexOf(event), 1);
          said.push(...items.map(({ reply }) => reply.text));
        },
      },
    );
    const accept = async (event: InboundEvent): Promise<InboundEvent[]> => {
      const fresh = await open.store.accept([event], NOW);
      waits.push(...fresh);
      return fresh;
    };
    await lanes.start();
    lanes.push(await accept(says("a", "1")));
    await settle(4);
    await accept(says("a", "2"));
    lanes.push(await accept(says("a", "3")));
    release();
    await until(() => said.length === 3);
    expect(said).toEqual(["1", "2", "3"]);
  });

  it("does not hold up other citizens", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { said, arrive } = withDeciding(async (event, citizen) => {
      if (event.citizen === "slow") await held;
      return repeat(event, citizen);
    });
    await arrive(says("slow", "1"), says("b", "2"), says("c", "3"));
    await until(() => said.length === 2);
    release();
    await until(() => said.length === 3);
    expect(said.at(-1)).toBe("slow:1");
  });

  it("answers in the order of happening what waits together, however it was delivered", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { said, arrive } = withDeciding(async (event, citizen) => {
      if (event.at === NOW) await held;
      return repeat(event, citizen);
    });
    await arrive(says("a", "pertama", NOW));
    await arrive(says("a", "keempat", NOW + 30));
    await arrive(says("a", "kedua", NOW + 10), says("a", "ketiga", NOW + 20));
    release();
    await until(() => said.length === 4);
    expect(said).toEqual(["a:pertama", "a:kedua", "a:ketiga", "a:keempat"]);
  });

  it("ignores an event it has already, and one that was settled long ago", async () => {
    const { said, arrive, lanes } = withDeciding(repeat);
    const event = says("a", "sekali");
    await arrive(event);
    lanes.push([event]);
    await until(() => said.length === 1);
    await arrive(event);
    await lanes.start();
    await settle();
    expect(said).toEqual(["a:sekali"]);
    expect(lanes.inMemory()).toBe(0);
  });
});

describe("Lanes and what goes wrong", () => {
  it("try a decision three times, then say so honestly and go on", async () => {
    const tried: string[] = [];
    const { said, arrive } = withDeciding((event, citizen) => {
      const text = event.body.kind === "message" ? event.body.text : "";
      tried.push(text ?? "");
      return text === "racun" ? Promise.reject(new Error("a bug")) : repeat(event, citizen);
    });
    await arrive(says("a", "racun"), says("a", "sehat"), says("b", "lain"));
    await until(() => said.length === 3);
    expect(tried.filter((text) => text === "racun")).toHaveLength(3);
    expect(said.filter((each) => each.startsWith("a"))).toEqual(["a:maaf", "a:sehat"]);
  });

  it("commit the same decision again until the store takes it", async () => {
    let failures = 2;
    let decisions = 0;
    const { commitTurn } = open.store;
    const { said, arrive } = withDeciding(
      (event, citizen) => {
        decisions += 1;
        return repeat(event, citizen);
      },
      {
        store: {
          ...open.store,
          commitTurn: (...given) => {
            failures -= 1;
            return failures >= 0 ? Promise.reject(new Error("disk full")) : commitTurn(...given);
          },
        },
      },
    );
    await arrive(says("a", "satu"));
    await until(() => said.length === 1);
    expect(decisions).toBe(1);
    expect(said).toEqual(["a:satu"]);
  });

  it("leave what was not begun to the next start, and finish what was", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = withDeciding(async (event, citizen) => {
      await held;
      return repeat(event, citizen);
    });
    await first.arrive(says("a", "satu"), says("a", "dua"));
    await until(() => first.lanes.inMemory() === 2);
    await settle();
    const stopped = first.lanes.stop();
    await first.arrive(says("b", "tiga"));
    release();
    await stopped;
    expect(first.said).toEqual(["a:satu"]);
    const second = withDeciding(repeat);
    await second.lanes.start();
    await until(() => second.said.length === 2);
    expect(second.said.sort()).toEqual(["a:dua", "b:tiga"]);
  });

  it("take up what waits from earlier before what arrives while they start", async () => {
    await open.store.accept([says("a", "kemarin", NOW)], NOW);
    const { said, arrive, lanes } = withDeciding(repeat);
    await arrive(says("a", "hari ini", NOW + 1000));
    await lanes.start();
    await until(() => said.length === 2);
    expect(said).toEqual(["a:kemarin", "a:hari ini"]);
  });

  it("work through far more events than fit into memory, each once and in order", async () => {
    for (let i = 0; i < 10; i += 1)
      await open.store.accept(
        Array.from({ length: 30 }, (_, c) => says(`c${c}`, String(i), NOW + i)),
        NOW,
      );
    const { said, arrive, lanes } = withDeciding(repeat, { maxInMemory: 20 });
    await lanes.start();
    await arrive(...Array.from({ length: 30 }, (_, c) => says(`c${c}`, "10", NOW + 10)));
    await until(() => said.length === 330);
    expect(lanes.inMemory()).toBe(0);
    for (let c = 0; c < 30; c += 1)
      expect(said.filter((each) => each.startsWith(`c${c}:`))).toEqual(
        Array.from({ length: 11 }, (_, i) => `c${c}:${i}`),
      );
  });
});

describe("The inbox", () => {
  const noOutbox = { confirm: () => Promise.resolve() } as unknown as Outbox;

  it("rejects when nothing could be kept, and takes the same events once it can", async () => {
    let isFull = true;
    const { lanes, said } = withDeciding(repeat);
    const inbox = createInbox({
      store: {
        ...open.store,
        accept: (...given) => (isFull ? Promise.reject(new Error("disk full")) : open.store.accept(...given)),
      },
      lanes,
      outbox: noOutbox,
      now: () => NOW,
    });
    const event = says("a", "satu");
    await lanes.start();
    await expect(inbox.accept([event])).rejects.toThrow();
    expect(said).toEqual([]);
    isFull = false;
    await inbox.accept([event]);
    await inbox.accept([event]);
    await until(() => said.length === 1);
  });

  it("hears the echo of an own reply, and again when Facebook repeats it", async () => {
    const heard: string[] = [];
    const { lanes } = withDeciding(repeat);
    const outbox = { confirm: (key: string) => Promise.resolve(void heard.push(key)) } as unknown as Outbox;
    const inbox = createInbox({ store: open.store, lanes, outbox, now: () => NOW });
    const echo = (by: "sabar" | "person", metadata?: string): InboundEvent =>
      anEvent("a", { body: { kind: "echo", mid: `m_echo-${by}-${metadata ?? ""}`, by, metadata } });
    const ours = echo("sabar", "sabar:m_1#0");
    await inbox.accept([ours, echo("person", "sabar:m_2#0"), echo("sabar", "lain"), echo("sabar")]);
    await inbox.accept([ours]);
    expect(heard).toEqual(["m_1#0", "m_1#0"]);
  });
});

describe("The alarm clock", () => {
  it("rings once when the time has come, and not before; a later alarm of the same name replaces it", async () => {
    let now = NOW;
    const { lanes, said, arrive } = withDeciding((event, citizen) => {
      const isMessage = event.body.kind === "message";
      const turn = aTurn("a", [isMessage ? "pesan" : `alarm ${event.at - NOW}`]);
      const at = NOW + (citizen.revision === 0 ? 4000 : 8000);
      return Promise.resolve({
        ...turn,
        citizen: { ...citizen },
        alarms: isMessage ? [{ name: "gathered" as const, at }] : [],
      });
    });
    const clock = createAlarmClock({ store: open.store, lanes, now: () => now, log: QUIET_LOG });
    await arrive(says("a", "satu"));
    await arrive(says("a", "dua"));
    await until(() => said.length === 2);
    now = NOW + 5000;
    await clock.tick();
    await settle();
    expect(said).toHaveLength(2);
    now = NOW + 8000;
    await Promise.all([clock.tick(), clock.tick()]);
    await clock.tick();
    await until(() => said.length === 3);
    await settle();
    expect(said).toEqual(["a:pesan", "a:pesan", "a:alarm 8000"]);
  });
});
