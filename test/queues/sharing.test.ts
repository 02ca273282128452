/** What a server does with a lane that it takes: it never says again what has gone out, whoever said it. */
import { createLanes } from "../../src/queues/lanes";
import { createOutbox } from "../../src/queues/outbox";
import { createSharing } from "../../src/queues/sharing";
import type { SharedLanes, TakenLane } from "../../src/storage/port";
import { newCitizen } from "../../src/vocabulary/citizen";
import { decideToSay, openStore, QUIET_LOG, settle, until } from "../support/store";

const CITIZEN = "7100000000000001";

/** A server that takes the lane of a citizen to whom "satu" and "dua" are unsent. */
async function takeLane({
  isInDoubt,
  wentOut,
  stale = [],
}: {
  isInDoubt: boolean;
  wentOut: () => string | undefined;
  /** What was left in memory from the time when the lane was ours before. */
  stale?: string[];
}) {
  const open = await openStore();
  let now = 1_795_000_000_000;
  const unsent = await decideToSay(open.store, CITIZEN, ["satu", "dua"], now);
  const taken: TakenLane = { citizen: newCitizen(CITIZEN), events: [], unsent, isInDoubt };
  const shared: SharedLanes = {
    take: () => Promise.resolve(taken),
    leave: () => Promise.resolve([]),
    calls: () => Promise.resolve([]),
    beat: () => Promise.resolve(),
    beatMs: 1000,
    isOurs: () => isOurs,
    wentOut: (key) => Promise.resolve(key.endsWith("#0") ? wentOut() : undefined),
    instances: () => 1,
    call: () => Promise.resolve(),
    hear: () => Promise.resolve([]),
    onLost: () => undefined,
  };
  const texts: string[] = [];
  let isOurs = false;
  const common = { store: open.store, now: () => now, log: QUIET_LOG };
  const sharing = createSharing({ ...common, shared, queues: () => ({ lanes, outbox }) });
  const outbox = createOutbox({
    ...common,
    send: (item) => {
      texts.push(item.reply.text);
      return Promise.resolve({ kind: "sent", mid: "m" });
    },
    sign: () => Promise.resolve(),
    sendsPerSecond: 100_000,
    ownership: {
      isOurs: shared.isOurs,
      wentOut: shared.wentOut,
      onIdle: () => undefined,
      instances: () => 1,
    },
  });
  const lanes = createLanes({
    ...common,
    sharing,
    decide: () => Promise.reject(new Error("nothing to decide")),
    giveUp: () => Promise.reject(new Error("nothing to decide")),
    onTurn: () => undefined,
  });
  outbox.push(stale.map((text, n) => ({ ...unsent[0]!, key: `old#${n}`, reply: { kind: "text", text } })));
  await settle(4);
  isOurs = true;
  await sharing.hold(CITIZEN);
  return {
    texts,
    outbox,
    async pass(ms: number) {
      now += ms;
      outbox.tick();
      await settle(6);
    },
    async close() {
      await outbox.stop();
      await open.close();
    },
  };
}

describe("A lane that is taken", () => {
  it("is looked at before its first reply is said, also when nobody was given up: it may have gone out", async () => {
    const lane = await takeLane({ isInDoubt: false, wentOut: () => "m_before" });
    await until(() => lane.outbox.state().inMemory === 0);
    expect(lane.texts).toEqual(["dua"]);
    await lane.close();
  });

  it("goes on at once when nothing has gone out", async () => {
    const lane = await takeLane({ isInDoubt: false, wentOut: () => undefined });
    await until(() => lane.outbox.state().inMemory === 0);
    expect(lane.texts).toEqual(["satu", "dua"]);
    await lane.close();
  });

  it("brings all there is to say: what was left from an earlier time is somebody else's, and said", async () => {
    const lane = await takeLane({ isInDoubt: false, wentOut: () => undefined, stale: ["lama", "basi"] });
    await until(() => lane.outbox.state().inMemory === 0);
    expect(lane.texts).toEqual(["satu", "dua"]);
    await lane.close();
  });

  it("of an owner that was given up waits for the echo of what that one may have sent", async () => {
    let heard: string | undefined = undefined as string | undefined;
    const lane = await takeLane({ isInDoubt: true, wentOut: () => heard });
    await lane.pass(10_000);
    expect(lane.texts).toEqual([]);
    heard = "m_echo";
    await lane.pass(1000);
    await until(() => lane.outbox.state().inMemory === 0);
    expect(lane.texts).toEqual(["dua"]);
    await lane.close();
  });
});
