/** What the storage port promises to the staff console. */
import type { Store } from "../../src/storage/port";
import type { Listing } from "../../src/vocabulary/listing";
import { escalation, message, NOW, turn } from "./samples";

const HOUR = 60 * 60 * 1000;

export function deskPromises(theStore: () => Store): void {
  const desk = () => theStore().desk;
  const listing = (citizen: string, more: Partial<Listing> = {}): Listing => ({
    citizen,
    place: "needs",
    isUrgent: false,
    windowEndsAt: NOW + 10 * HOUR,
    waitingSince: NOW,
    lastAt: NOW,
    excerpt: "halo",
    ...more,
  });
  let count = 0;
  /** One turn of a citizen, with what the lists show afterwards. */
  const settle = async (
    citizen: string,
    more: Partial<Listing> = {},
    texts: string[] = [],
  ): Promise<string> => {
    const store = theStore();
    const id = `d${(count += 1)}`;
    await store.accept([message(id, citizen, `pesan ${id}`, NOW + count)], NOW + count);
    const known = (await store.citizen(citizen)) ?? citizen;
    await store.commitTurn(id, turn(known, texts, { listing: listing(citizen, more) }), NOW + count);
    return id;
  };
  const ids = (all: { citizen: string }[]): string[] => all.map(({ citizen }) => citizen);
  const ask = { places: ["needs", "agency"] as const, now: NOW, limit: 10 };

  it("lists who needs a person: urgent first, then whose window closes first, closed ones last", async () => {
    await settle("calm", { windowEndsAt: NOW + 5 * HOUR });
    await settle("closed", { windowEndsAt: NOW - HOUR });
    await settle("soon", { windowEndsAt: NOW + HOUR });
    await settle("urgent", { isUrgent: true, windowEndsAt: NOW + 9 * HOUR });
    await settle("longer", { windowEndsAt: NOW + 5 * HOUR, waitingSince: NOW - HOUR });
    await settle("elsewhere", { place: "done" });
    expect(ids(await desk().listings({ ...ask, order: "need" }))).toEqual([
      "urgent",
      "soon",
      "longer",
      "calm",
      "closed",
    ]);
    expect(ids(await desk().listings({ ...ask, order: "need", limit: 2 }))).toEqual(["urgent", "soon"]);
  });

  it("lists whose life may be in danger before everything urgent, however little time that has left", async () => {
    const urgent = (citizen: string, priority: "P0" | "P1", hours: number): Promise<string> =>
      settle(citizen, {
        isUrgent: true,
        windowEndsAt: NOW + hours * HOUR,
        escalation: escalation(`e-${citizen}`, citizen, { reason: "urgent", priority }),
      });
    await urgent("tree", "P1", 1);
    await urgent("flood", "P0", 23);
    await urgent("fire", "P0", 22);
    await settle("calm", { windowEndsAt: NOW + 1 });
    expect(ids(await desk().listings({ ...ask, order: "need" }))).toEqual(["fire", "flood", "tree", "calm"]);
    const counted = await desk().countListings({ staff: "sari", now: NOW, soonUpTo: NOW, botSince: 0 });
    expect(counted.unclaimed).toEqual({ urgent: 3, other: 1 });
  });

  it("keeps one row a conversation, as the last turn left it", async () => {
    await settle("1", { holder: "sari", excerpt: "dulu" });
    await settle("1", { place: "folded", folded: { reason: "spam", details: ["x"] }, excerpt: "kini" });
    expect(await desk().listing("1")).toMatchObject({ place: "folded", excerpt: "kini" });
    expect((await desk().listing("1"))?.holder).toBeUndefined();
    expect(await desk().listings({ ...ask, places: ["needs"], order: "latest" })).toEqual([]);
    expect(await desk().listings({ ...ask, places: ["folded"], holder: "sari", order: "latest" })).toEqual(
      [],
    );
    expect(await desk().listing("2")).toBeUndefined();
  });

  it("lists by all conditions together", async () => {
    await settle("1", { holder: "sari", lastAt: NOW + 1, windowEndsAt: NOW + HOUR });
    await settle("2", { holder: "sari", lastAt: NOW + 2, windowEndsAt: NOW + 3 * HOUR });
    await settle("3", { holder: "rudi", lastAt: NOW + 3 });
    const list = async (more: object) => ids(await desk().listings({ ...ask, order: "latest", ...more }));
    expect(await list({ holder: "sari" })).toEqual(["2", "1"]);
    expect(await list({ since: NOW + 2 })).toEqual(["3", "2"]);
    expect(await list({ before: NOW + 2 })).toEqual(["1"]);
    expect(await list({ windowEnds: { after: NOW, upTo: NOW + 2 * HOUR } })).toEqual(["1"]);
    expect(await list({ order: "window" })).toEqual(["1", "2", "3"]);
  });

  it("counts where conversations stand", async () => {
    await settle("1", { holder: "sari", windowEndsAt: NOW + HOUR });
    await settle("2", { place: "agency", windowEndsAt: NOW + 9 * HOUR });
    await settle("3", { place: "bot", lastAt: NOW - HOUR });
    await settle("4", { place: "bot" });
    await settle("6", { isUrgent: true, windowEndsAt: NOW + 9 * HOUR });
    await settle("5", { place: "folded", folded: { reason: "spam", details: [] } });
    expect(
      await desk().countListings({ staff: "sari", now: NOW, soonUpTo: NOW + 2 * HOUR, botSince: NOW }),
    ).toEqual({
      places: { needs: 2, citizen: 0, agency: 1, snoozed: 0, bot: 1, folded: 1, done: 0 },
      unclaimed: { urgent: 1, other: 0 },
      mine: 1,
      soon: 1,
      folded: { spam: 1 },
    });
  });

  it("finds citizens by the end of their id, and takes what is typed as it is", async () => {
    await settle("70001234", { lastAt: NOW + 1 });
    await settle("70009234", { lastAt: NOW + 2 });
    expect(await desk().citizensEnding("1234", 5)).toEqual(["70001234"]);
    expect(await desk().citizensEnding("234", 5)).toEqual(["70009234", "70001234"]);
    expect(await desk().citizensEnding(".*", 5)).toEqual([]);
  });

  it("tells what happened and how it was decided, and what was said and what became of it", async () => {
    const first = await settle("1", {}, ["satu", "dua"]);
    const second = await settle("1", {}, ["tiga"]);
    const store = theStore();
    await store.noteDelivery(`${first}#0`, { kind: "sent", mid: "m" }, 0, NOW + 500);
    await store.noteDelivery(
      `${first}#1`,
      { kind: "never", code: "551", reason: "Tidak ada", scope: "reply" },
      0,
      NOW + 600,
    );
    await store.noteDelivery(
      `${second}#0`,
      { kind: "later", code: "4", reason: "Penuh", scope: "reply" },
      NOW + 9,
      NOW + 700,
    );
    const happened = await desk().happenings("1", NOW + HOUR, 10);
    expect(happened.map(({ event, why }) => [event.id, why?.outcome, why?.intent])).toEqual([
      [first, "answer", "ktp-hilang"],
      [second, "answer", "ktp-hilang"],
    ]);
    expect(await desk().happenings("1", NOW + HOUR, 1)).toHaveLength(1);
    expect((await desk().event(first))?.citizen).toBe("1");
    expect(await desk().whyOf(second)).toEqual({ outcome: "answer", intent: "ktp-hilang", reasons: ["uji"] });
    expect(await desk().whyOf("hantu")).toBeUndefined();
    const said = await desk().said("1", NOW + HOUR, 10);
    expect(
      said.map(({ key, state, attempts, reason, endedAt }) => [key, state, attempts, reason, endedAt]),
    ).toEqual([
      [`${first}#0`, "sent", 0, undefined, NOW + 500],
      [`${first}#1`, "parked", 1, "Tidak ada", NOW + 600],
      [`${second}#0`, "waiting", 1, "Penuh", undefined],
    ]);
    expect((await desk().said("1", NOW + HOUR, 1)).map(({ key }) => key)).toEqual([`${second}#0`]);
  });

  it("puts a parked reply back on its way, once", async () => {
    const id = await settle("1", {}, ["satu"]);
    const store = theStore();
    const refused = { kind: "never" as const, code: "551", reason: "Tidak ada", scope: "reply" as const };
    await store.noteDelivery(`${id}#0`, refused, 0, NOW + 500);
    const again = await desk().retryParked(`${id}#0`, NOW + 900);
    expect(again).toMatchObject({
      key: `${id}#0`,
      citizen: "1",
      attempts: 0,
      notBefore: NOW + 900,
      createdAt: NOW + 900,
    });
    expect(await desk().retryParked(`${id}#0`, NOW + 901)).toBeUndefined();
    expect(await store.parked(10)).toEqual([]);
    expect((await store.unsent(0, 10)).map(({ key }) => key)).toEqual([`${id}#0`]);
    await store.noteDelivery(`${id}#0`, { kind: "sent", mid: "m" }, 0, NOW + 950);
    expect(await desk().said("1", NOW + HOUR, 10)).toMatchObject([{ state: "sent" }]);
  });

  it("knows how far receipts reach, in whatever order they came", async () => {
    expect(await desk().receipts("1")).toEqual({ deliveredUntil: 0, readUntil: 0 });
    const receipt = (
      id: string,
      body: { kind: "read"; until: number } | { kind: "delivery"; mids: string[]; until: number },
    ) => ({
      ...message(id, "1"),
      body,
    });
    await theStore().accept(
      [
        receipt("r2", { kind: "read", until: NOW + 20 }),
        receipt("r1", { kind: "read", until: NOW + 10 }),
        receipt("v1", { kind: "delivery", mids: [], until: NOW + 30 }),
      ],
      NOW,
    );
    expect(await desk().receipts("1")).toEqual({ deliveredUntil: NOW + 30, readUntil: NOW + 20 });
  });

  it("keeps what somebody types, for each by themselves, until it is empty", async () => {
    await desk().saveDraft("1", "sari", "Bapak, mohon", NOW);
    await desk().saveDraft("1", "rudi", "Ibu", NOW);
    await desk().saveDraft("1", "sari", "Bapak, mohon tunggu", NOW + 1);
    expect(await desk().draft("1", "sari")).toBe("Bapak, mohon tunggu");
    await desk().saveDraft("1", "sari", "", NOW + 2);
    expect(await desk().draft("1", "sari")).toBe("");
    expect(await desk().draft("1", "rudi")).toBe("Ibu");
  });

  it("finds words and their beginnings, each text indexed once", async () => {
    const id = await settle("1", {}, ["Silakan ke Jalan Melati"]);
    await theStore().noteDelivery(`${id}#0`, { kind: "sent" }, 0, NOW + 5);
    await settle("2");
    for (let texts = await desk().unindexed(1); texts.length > 0; texts = await desk().unindexed(1))
      await desk().index(texts);
    expect((await desk().search(["mela"], 10)).map(({ citizen, text }) => [citizen, text])).toEqual([
      ["1", "Silakan ke Jalan Melati"],
    ]);
    expect((await desk().search(["pesan"], 10)).map(({ citizen }) => citizen)).toEqual(["2", "1"]);
    expect(await desk().search(["melati", "jakarta"], 10)).toEqual([]);
    expect(await desk().search(['".*('], 10)).toEqual([]);
    expect(await desk().search([], 10)).toEqual([]);
    expect(await desk().unindexed(10)).toEqual([]);
  });
}
