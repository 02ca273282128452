/** What the storage port promises about tickets: one number each, changes that do not overwrite each other, and finding them again. */
import type { Store } from "../../src/storage/port";
import { newCitizen } from "../../src/vocabulary/citizen";
import { numberToken, type TicketEntry } from "../../src/vocabulary/ticket";
import type { TicketChange } from "../../src/vocabulary/ticket-change";
import { aMessage, aTicket, aTurn, DAY_MS, WEDNESDAY } from "../support/tickets";

/** The part of the contract that is about tickets. `theStore` gives the one that is open. */
export function ticketPromises(theStore: () => Store): void {
  let store: Store;
  let count = 0;

  beforeEach(() => {
    store = theStore();
  });

  const commit = async (citizen: string, tickets: TicketChange[], words = "") => {
    const id = `m${(count += 1)}`;
    await store.accept([aMessage(id, citizen)], WEDNESDAY);
    const known = (await store.citizen(citizen)) ?? newCitizen(citizen);
    const turn = aTurn(citizen, { citizen: known, tickets, replies: [{ kind: "text", text: words }] });
    return { id, turn, items: await store.commitTurn(id, turn, WEDNESDAY) };
  };
  const file = (id: string, over = {}): TicketChange => ({
    kind: "file",
    ticket: aTicket(id, over),
    prefix: "JLN",
  });
  const entry = (what: TicketEntry["what"], over: Partial<TicketEntry> = {}): TicketEntry => ({
    at: WEDNESDAY + 1000,
    what,
    ...over,
  });

  it("lets go of pictures that staff uploaded and no ticket shows, and of no other", async () => {
    const shown = { id: "p-shown", at: WEDNESDAY, by: "staff" as const };
    await commit("c1", [file("t1", { photos: [shown] })]);
    const add = (id: string, at: number, isUpload: boolean): Promise<void> =>
      store.addPicture({
        ...{ id, ticket: "t1", citizen: "c1", state: "kept", at, attempts: 0, file: `${id}.jpg` },
        ...(isUpload && { isUpload }),
      });
    await add("p-shown", WEDNESDAY, true);
    await add("p-unused", WEDNESDAY, true);
    await add("p-fresh", WEDNESDAY + DAY_MS, true);
    await add("p-citizens", WEDNESDAY, false);
    const drop = (): Promise<number> =>
      store.dropUnusedUploads(WEDNESDAY - DAY_MS, WEDNESDAY + DAY_MS, WEDNESDAY + 2 * DAY_MS);
    expect([await drop(), await drop()]).toEqual([1, 0]);
    expect(await store.picture("p-unused")).toBeUndefined();
    expect(await store.erasures.leftFiles(10)).toEqual(["p-unused.jpg"]);
    for (const id of ["p-shown", "p-fresh", "p-citizens"])
      expect((await store.picture(id))?.file).toBe(`${id}.jpg`);
  });

  it("gives each filed ticket the next number of its prefix and puts it into the words of the turn", async () => {
    const first = await commit("c1", [file("t1")], `Nomornya ${numberToken("t1")}.`);
    await commit("c2", [file("t2")]);
    await commit("c3", [{ kind: "file", ticket: aTicket("t3"), prefix: "LPJ" }]);
    expect(first.items[0]?.reply.text).toBe("Nomornya JLN-0001.");
    expect((await store.unsent(0, 10))[0]?.reply.text).toBe("Nomornya JLN-0001.");
    expect((await store.ticketByNumber("JLN-0002"))?.id).toBe("t2");
    expect((await store.ticket("t3"))?.number).toBe("LPJ-0001");
  });

  it("gives no second number when the same turn is committed again, or the same ticket is filed again", async () => {
    const { id, turn } = await commit("c1", [file("t1")]);
    expect(await store.commitTurn(id, turn, WEDNESDAY)).toEqual([]);
    const again = await commit("c1", [file("t1")], `Nomornya ${numberToken("t1")}.`);
    expect(again.items[0]?.reply.text).toBe("Nomornya JLN-0001.");
    await commit("c2", [file("t2")]);
    expect((await store.ticket("t2"))?.number).toBe("JLN-0002");
    expect((await store.counts()).openTickets).toBe(2);
  });

  it("lists sealed tickets only for the agency they belong to", async () => {
    await commit("c1", [file("t1")]);
    await commit("c2", [file("t2", { sealed: true, agency: "inspektorat" })]);
    const seenBy = async (sealedOf?: string) =>
      (await store.tickets({ sealedOf }, { offset: 0, limit: 10 })).tickets.map(({ id }) => id).sort();
    expect(await seenBy()).toEqual(["t1", "t2"]);
    expect(await seenBy("")).toEqual(["t1"]);
    expect(await seenBy("dpu")).toEqual(["t1"]);
    expect(await seenBy("inspektorat")).toEqual(["t1", "t2"]);
  });

  it("keeps a draft without a number until it is completed", async () => {
    await commit("c1", [file("t1", { state: "draft" })]);
    expect((await store.ticket("t1"))?.number).toBeUndefined();
    expect((await store.tickets({ states: ["draft"] }, { offset: 0, limit: 10 })).total).toBe(1);
    await commit("c1", [file("t1")]);
    expect(await store.ticket("t1")).toMatchObject({ state: "received", number: "JLN-0001" });
  });

  it("takes a draft back, and only a draft", async () => {
    await commit("c1", [file("t1", { state: "draft" })]);
    await commit("c2", [file("t2")]);
    await commit("c1", [
      { kind: "drop", id: "t1" },
      { kind: "drop", id: "t2" },
    ]);
    expect(await store.ticket("t1")).toBeUndefined();
    expect((await store.ticketsOf("c1", 5)).map(({ id }) => id)).toEqual(["t2"]);
    expect((await store.ticket("t2"))?.number).toBe("JLN-0001");
  });

  it("applies joins, pictures and moves of different lanes to the same ticket", async () => {
    await commit("c1", [file("t1")]);
    const photo = { id: "p1", at: WEDNESDAY, by: "citizen" as const };
    await commit("c2", [
      {
        kind: "join",
        id: "t1",
        reporter: { citizen: "c2", at: WEDNESDAY },
        photos: [photo],
        entry: entry("joined"),
      },
    ]);
    await commit("c1", [
      { kind: "move", id: "t1", to: "working", entry: entry("moved", { to: "working", by: "sari" }) },
    ]);
    const ticket = await store.ticket("t1");
    expect(ticket?.reporters.map(({ citizen }) => citizen)).toEqual(["c1", "c2"]);
    expect(ticket?.photos).toEqual([photo]);
    expect(ticket?.state).toBe("working");
    expect(ticket?.history.map(({ what }) => what)).toEqual(["filed", "joined", "moved"]);
    expect((await store.ticketsOf("c2", 5)).map(({ id }) => id)).toEqual(["t1"]);
  });

  it("refuses a move that the state does not allow", async () => {
    await commit("c1", [file("t1", { state: "joined" })]);
    await commit("c1", [{ kind: "move", id: "t1", to: "done", entry: entry("moved", { to: "done" }) }]);
    expect(await store.ticket("t1")).toMatchObject({ state: "joined", history: [{ what: "filed" }] });
  });

  it("finds similar ones by distance or street, open and recent only", async () => {
    const near = { words: "pin", latitude: -6.2, longitude: 106.8 };
    await commit("c1", [file("t1", { place: near })]);
    await commit("c2", [file("t2", { place: { ...near, latitude: -6.2005 } })]);
    await commit("c3", [file("t3", { createdAt: WEDNESDAY - 40 * DAY_MS, place: near })]);
    await commit("c4", [file("t4", { state: "done", place: near })]);
    await commit("c5", [file("t5")]);
    const since = WEDNESDAY - 30 * DAY_MS;
    const around = { latitude: -6.2, longitude: 106.80003, metres: 50 };
    const found = async (search: object) =>
      (await store.similarTickets({ kind: "jalan-rusak", since, ...search }, 5)).map(({ id }) => id);
    expect(await found({ near: around })).toEqual(["t1"]);
    expect(await found({ street: "jl. mawar" })).toEqual(["t5"]);
  });

  it("lists what staff ask for", async () => {
    await commit("c1", [file("t1")]);
    await commit("c2", [file("t2", { agency: "dlh", kind: "sampah", contactBy: "2026-12-10" })]);
    const list = async (filter: object) =>
      (await store.tickets(filter, { offset: 0, limit: 10 })).tickets.map(({ id }) => id);
    expect(await list({ agency: "dlh" })).toEqual(["t2"]);
    expect(await list({ text: "EMBER", kind: "jalan-rusak" })).toEqual(["t1"]);
    expect(await list({ overdueOn: "2026-12-01" })).toEqual(["t1"]);
    expect(await list({ text: "jln-0002" })).toEqual(["t2"]);
  });

  it("keeps what is known of pictures and of scripts", async () => {
    await store.accept([aMessage("m1", "c1")], WEDNESDAY);
    const pictures = [{ id: "p1", url: "https://scontent.fbcdn.net/a.jpg", ticket: "t1" }];
    const script = { fingerprint: "abc", body: "{}" };
    await store.commitTurn("m1", aTurn("c1", { pictures, script }), WEDNESDAY);
    expect(await store.script("abc")).toBe("{}");
    expect(await store.wantedPictures(WEDNESDAY, 5)).toMatchObject([{ id: "p1", state: "wanted" }]);
    await store.notePicture("p1", { kind: "later", reason: "lambat" }, WEDNESDAY + 1000);
    expect(await store.wantedPictures(WEDNESDAY, 5)).toEqual([]);
    const kept = { kind: "kept" as const, file: "x.jpg", width: 10, height: 8, bytes: 99 };
    await store.notePicture("p1", kept, 0);
    expect(await store.picture("p1")).toEqual({
      id: "p1",
      ticket: "t1",
      citizen: "c1",
      state: "kept",
      at: WEDNESDAY,
      attempts: 2,
      file: "x.jpg",
      width: 10,
      height: 8,
      bytes: 99,
    });
  });

  it("rings the alarm of another citizen in that citizen's lane", async () => {
    await store.accept([aMessage("m1", "c1")], WEDNESDAY);
    const alarms = [{ name: "news:t1:2" as const, at: WEDNESDAY, citizen: "c2" }];
    await store.commitTurn("m1", aTurn("c1", { alarms }), WEDNESDAY);
    expect(await store.ringAlarms(WEDNESDAY, 5)).toMatchObject([
      { citizen: "c2", page: "page", body: { kind: "alarm", name: "news:t1:2" } },
    ]);
  });
}
