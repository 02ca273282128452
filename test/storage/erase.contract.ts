/** What the storage port promises to people who ask for their data to be removed. */
import { exportCitizen } from "../../src/storage/export-citizen";
import type { Store } from "../../src/storage/port";
import { RECORD_KINDS, type RecordStore } from "../../src/storage/records";
import { newCitizen } from "../../src/vocabulary/citizen";
import { isAbout } from "../../src/vocabulary/erasure";
import type { InboundEvent } from "../../src/vocabulary/event";
import type { Turn } from "../../src/vocabulary/turn";
import { aTicket } from "../support/tickets";
import { echo, escalation, message, NOW, turn } from "./samples";

const HER = "7100000000000001";
const HIM = "7100000000000002";
/** Stands in everything she wrote, and in everything that was said to her. */
const WORD = "kunyitasem";
const CODE = "HPS-AAAA-BBBB-CCCC-DDDD";
const DAY = 24 * 60 * 60 * 1000;

/** The part of the contract that is about removals. `open` and `records` open what lies in the place of the test. */
export function erasePromises(
  theStore: () => Store,
  reopen: { records: () => Promise<RecordStore>; store: () => Promise<void>; bytes: () => string },
): void {
  let store: Store;
  beforeEach(() => {
    store = theStore();
  });

  const commit = async (event: InboundEvent, texts: string[], more: Partial<Turn> = {}): Promise<void> => {
    await store.accept([event], event.at);
    const citizen = event.citizen ?? "";
    const known = (await store.citizen(citizen)) ?? newCitizen(citizen);
    await store.commitTurn(event.id, { ...turn(known, texts, more) }, event.at);
  };

  /** She wrote, asked for a person, filed one report and joined another, sent a picture, and staff began an answer. */
  const fill = async (): Promise<void> => {
    await commit(message("h1", HIM, "lubang di jalan", NOW - 3000), [], {
      tickets: [
        {
          kind: "file",
          ticket: aTicket("t-his", { reporters: [{ citizen: HIM, at: NOW, words: "punyanya" }] }),
          prefix: "JLN",
        },
      ],
    });
    await store.noteDelivery("h1#0", { kind: "sent", mid: "m" }, 0, NOW);
    const ticket = aTicket("t-hers", {
      summary: `Lubang seember di depan rumah ${WORD} jl mawar`,
      place: { words: `Depan rumah ${WORD} jl mawar`, street: "Jl. Mawar", rt: "5" },
      reporters: [{ citizen: HER, at: NOW, words: `bu ${WORD}` }],
      details: [
        { label: "Ukuran", value: "sebesar ban" },
        { label: "Nama", value: `bu ${WORD}` },
        { label: "Cerita", value: `tetangga saya ${WORD} jatuh di situ kemarin sore` },
      ],
      photos: [
        { id: "p-hers", at: NOW, by: "citizen" },
        { id: "p-staff", at: NOW, by: "staff" },
      ],
      history: [
        { at: NOW, what: "filed", to: "received", note: `kata ${WORD}` },
        { at: NOW, what: "note", by: "sari", note: `sudah dicek, kata bu ${WORD} betul` },
        { at: NOW, what: "moved", to: "working", sentence: `Depan rumah ${WORD} jl mawar mulai dikerjakan.` },
      ],
    });
    const listing = {
      citizen: HER,
      place: "needs" as const,
      isUrgent: false,
      windowEndsAt: NOW + DAY,
      waitingSince: NOW,
      lastAt: NOW,
      excerpt: WORD,
    };
    await commit(message("m1", HER, `saya ${WORD}`, NOW - 2 * DAY), [`Halo ${WORD}`, "Dua"], {
      citizen: { ...newCitizen(HER), unclear: WORD },
      tickets: [
        { kind: "file", ticket, prefix: "JLN" },
        {
          kind: "file",
          ticket: aTicket("t-draft", {
            state: "draft",
            summary: WORD,
            reporters: [{ citizen: HER, at: NOW }],
          }),
          prefix: "JLN",
        },
        {
          kind: "join",
          id: "t-his",
          reporter: { citizen: HER, at: NOW, words: WORD },
          photos: [{ id: "p-joined", at: NOW, by: "citizen" }],
          entry: { at: NOW, what: "joined" },
        },
      ],
      pictures: [
        { id: "p-hers", url: "https://scontent.fbcdn.net/a.jpg", ticket: "t-hers" },
        { id: "p-joined", url: "https://scontent.fbcdn.net/b.jpg", ticket: "t-his" },
      ],
      escalation: escalation("e1", HER, { summary: WORD }),
      alarms: [{ name: "bot-returns", at: NOW + DAY }],
      listing,
    });
    await store.notePicture("p-hers", { kind: "kept", file: "f.jpg", width: 1, height: 1, bytes: 1 }, 0);
    await store.addPicture({
      id: "p-staff",
      ticket: "t-hers",
      citizen: HER,
      state: "kept",
      at: NOW,
      attempts: 0,
      file: "s.jpg",
    });
    await store.noteDelivery("m1#0", { kind: "sent", mid: "mid1" }, 0, NOW);
    await store.accept([echo("e-1", HER, "sabar:m1#0")], NOW);
    await store.desk.saveDraft(HER, "sari", `Ibu ${WORD}`, NOW);
    await store.desk.index(await store.desk.unindexed(100));
    await commit(message("m2", HER, `lagi ${WORD}`, NOW), [`Ya ${WORD}`]);
    await store.noteDelivery("m2#0", { kind: "never", code: "551", reason: "x", scope: "reply" }, 0, NOW);
  };

  const remove = async (id = "m3", code = CODE): Promise<string[]> => {
    await store.accept([message(id, HER, "ya", NOW)], NOW);
    const known = (await store.citizen(HER)) ?? newCitizen(HER);
    const erasing = turn(known, [`Kode ${code}`], { erase: { code, asked: "citizen" } });
    return (await store.commitTurn(id, erasing, NOW)).map(({ key }) => key);
  };

  /** Every record of every kind, as text. */
  const everything = async (): Promise<string> => {
    const records = await reopen.records();
    const all: string[] = [];
    for (const kind of RECORD_KINDS)
      for (const record of await records.read(kind, "", 1000)) all.push(JSON.stringify({ kind, ...record }));
    await records.close();
    return all.join("\n");
  };

  it("removes every word, reply, picture, draft and memory of one person, and nobody else's", async () => {
    await fill();
    const keys = await remove();
    expect(await store.citizen(HER)).toBeUndefined();
    expect((await store.unsent(0, 10)).map(({ key }) => key)).toEqual(keys);
    expect(await store.desk.listing(HER)).toBeUndefined();
    expect(await store.desk.search([WORD], 10)).toEqual([]);
    expect(await store.openEscalations()).toEqual([]);
    expect(await store.ticketsOf(HER, 10)).toEqual([]);
    expect(await store.ticket("t-draft")).toBeUndefined();
    expect(await store.ringAlarms(NOW + 2 * DAY, 10)).toEqual([]);
    expect((await store.history(HER, 10)).map(({ text }) => text)).toEqual([`Kode ${CODE}`]);
    expect(await store.erasures.leftFiles(10)).toEqual(["f.jpg"]);
    await store.erasures.fileGone("f.jpg");
    expect(await store.erasures.leftFiles(10)).toEqual([]);
    expect((await store.history(HIM, 10)).map(({ text }) => text)).toEqual(["lubang di jalan"]);
    // The words are overwritten where they stood, not only out of reach, as soon as it is quiet.
    for (let tries = 0; tries < 50 && reopen.bytes().includes(WORD); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reopen.bytes()).not.toContain(WORD);
    await store.close();
    expect(await everything()).not.toContain(WORD);
    await reopen.store();
  });

  it("lets reports go on without the person: what, where and what was decided stay", async () => {
    await fill();
    await remove();
    const hers = await store.ticket("t-hers");
    expect(hers).toMatchObject({
      number: "JLN-0002",
      state: "received",
      summary: "Lubang seember di Jl. Mawar, RT 5",
      place: { words: "Jl. Mawar, RT 5", street: "Jl. Mawar", rt: "5" },
      reporters: [],
      details: [{ label: "Ukuran", value: "sebesar ban" }],
      photos: [{ id: "p-staff", by: "staff" }],
    });
    expect(hers?.history.map(({ what, note }) => [what, note])).toEqual([
      ["filed", undefined],
      ["note", "sudah dicek, kata … betul"],
      ["moved", undefined],
    ]);
    expect(hers?.history[2]?.sentence).toBe("Jl. Mawar, RT 5 mulai dikerjakan.");
    expect((await store.picture("p-staff"))?.file).toBe("s.jpg");
    const his = await store.ticket("t-his");
    expect(his?.reporters.map(({ citizen }) => citizen)).toEqual([HIM]);
    expect(his?.photos).toEqual([]);
  });

  it("can show afterwards that it was done, to whoever has the code, without the person's data", async () => {
    await fill();
    await remove();
    const record = (await store.erasures.find(CODE.toLowerCase()))!;
    expect(record).toMatchObject({
      at: NOW,
      asked: "citizen",
      counts: { messages: 3, replies: 3, escalations: 1, drafts: 1, pictures: 2, tickets: 2 },
    });
    expect(isAbout(record, CODE, HER)).toBe(true);
    expect(isAbout(record, CODE, HIM)).toBe(false);
    expect(JSON.stringify(record)).not.toContain(HER);
    expect(JSON.stringify(record)).not.toContain(CODE);
    expect(await store.erasures.find("HPS-XXXX")).toBeUndefined();
  });

  it("comes round to everybody, however many were removed on one day", async () => {
    const people = Array.from({ length: 70 }, (_, n) => `72000000000000${n + 10}`);
    for (const [n, citizen] of people.entries()) {
      await commit(message(`bye${n}`, citizen, "hapus", NOW), [], {
        erase: { code: `HPS-MANY-${n}`, asked: "citizen" },
      });
      if (store.shared !== undefined) await store.shared.leave(citizen);
    }
    // Their receipts come in late, when the first sweep of all has long been.
    await store.accept(
      people.map((citizen, n) => echo(`late${n}`, citizen, `sabar:nobody${n}`, NOW + 10)),
      NOW + 10,
    );
    const looked = [await store.erasures.sweep(NOW + 20), await store.erasures.sweep(NOW + 30)];
    expect(looked.reduce((sum, each) => sum + each, 0)).toBe(people.length);
    const histories = await Promise.all(people.map((citizen) => store.history(citizen, 5)));
    expect(histories.flat()).toEqual([]);
    // And it begins anew.
    expect(await store.erasures.sweep(NOW + 40)).toBeGreaterThan(0);
  }, 60_000);

  it("forgets the last words and what came in late, and after a day the person's id", async () => {
    await fill();
    const [key = ""] = await remove();
    await store.erasures.sweep(NOW + 1000);
    expect((await store.unsent(0, 10)).map((each) => each.key)).toEqual([key]);
    await store.noteDelivery(key, { kind: "sent", mid: "last" }, 0, NOW + 2000);
    await store.accept([echo("e-2", HER, `sabar:${key}`, NOW + 3000)], NOW + 3000);
    if (store.shared !== undefined) expect(await store.shared.leave(HER)).toEqual([]);
    expect(await store.erasures.sweep(NOW + 4000)).toBe(1);
    expect(await store.history(HER, 10)).toEqual([]);
    await store.erasures.sweep(NOW + DAY + 5000);
    expect(await store.erasures.sweep(NOW + DAY + 6000)).toBe(0);
    await store.close();
    expect(await everything()).not.toContain(HER);
    await reopen.store();
    store = theStore();
    expect(await store.erasures.find(CODE)).toBeDefined();
  });

  it("knows the events of the last day again when Facebook delivers them a second time", async () => {
    await fill();
    await remove();
    expect(await store.accept([message("m2", HER), message("m3", HER)], NOW)).toEqual([]);
  });

  it("leaves alone who writes again: they begin anew", async () => {
    await fill();
    await store.accept([message("m9", HER, "pesan sesudahnya", NOW + 1)], NOW);
    await remove();
    expect((await store.waiting(0, 10)).map(({ event }) => event.id)).toEqual(["m9"]);
    const known = (await store.citizen(HER)) ?? newCitizen(HER);
    expect(known.revision).toBe(0);
    expect(await store.commitTurn("m9", turn(known, ["Halo"]), NOW + 2)).toHaveLength(1);
    expect((await store.citizen(HER))?.revision).toBe(1);
    await store.erasures.sweep(NOW + 10);
    expect((await store.history(HER, 10)).map(({ text }) => text)).toContain("pesan sesudahnya");
    expect(await store.erasures.sweep(NOW + 20)).toBe(0);
  });

  it("gives a person everything that is stored about them, and nothing about others", async () => {
    await fill();
    const found = await exportCitizen(store, HER, NOW);
    expect(found.events.map(({ event }) => event.id)).toEqual(expect.arrayContaining(["m1", "m2"]));
    expect(found.replies.map(({ reply }) => reply.text)).toEqual([`Halo ${WORD}`, "Dua", `Ya ${WORD}`]);
    expect(found.tickets.map(({ id, otherReporters }) => [id, otherReporters]).sort()).toEqual([
      ["t-draft", 0],
      ["t-hers", 0],
      ["t-his", 1],
    ]);
    expect(found.pictures.map(({ id }) => id).sort()).toEqual(["p-hers", "p-joined", "p-staff"]);
    expect(found.remembered?.unclear).toBe(WORD);
    expect(JSON.stringify(found)).not.toContain(HIM);
    expect(JSON.stringify(found)).not.toContain("punyanya");
  });

  it("removes once when it is committed twice, and counts nothing of an unknown person", async () => {
    await fill();
    await remove();
    const record = await store.erasures.find(CODE);
    const known = (await store.citizen(HER)) ?? newCitizen(HER);
    expect(
      await store.commitTurn("m3", turn(known, [], { erase: { code: CODE, asked: "citizen" } }), NOW),
    ).toEqual([]);
    expect(await store.erasures.find(CODE)).toEqual(record);
    await store.accept(
      [{ ...message("x1", "999"), body: { kind: "erase", code: "HPS-X", asked: "meta" } }],
      NOW,
    );
    await store.commitTurn("x1", turn("999", [], { erase: { code: "HPS-X", asked: "meta" } }), NOW);
    expect((await store.erasures.find("HPS-X"))?.counts.messages).toBe(0);
  });
}
