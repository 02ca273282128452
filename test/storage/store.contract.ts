/** The promises of the storage port, as one list that every store has to keep. */
import { StoreFailed, TurnOutdated, type Store } from "../../src/storage/port";
import type { RecordStore } from "../../src/storage/records";
import { aTicket } from "../support/tickets";
import { accessPromises } from "./access.contract";
import { erasePromises } from "./erase.contract";
import { deskPromises } from "./desk.contract";
import { tallyPromises } from "./tallies.contract";
import { ticketPromises } from "./tickets.contract";
import { echo, escalation, message, NOW, turn } from "./samples";

/** One place where data lies. A store on it may be closed and opened again. */
export interface Place {
  open(): Promise<Store>;
  /** Marks the data as written by a program of a later version. */
  pretendNewer(): Promise<void>;
  /** All records of the place, while no store is open on it. */
  records(): Promise<RecordStore>;
  /** What stands in the files of the place, byte for byte, while a store is open on it; only where they are ours. */
  bytes?(): string;
  remove(): Promise<void>;
}

const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** Runs the list against the stores that `makePlace` opens; each promise gets a place of its own. */
export function contract(name: string, makePlace: () => Promise<Place>): void {
  describe(`A store in ${name}`, () => {
    let place: Place;
    let store: Store;

    beforeEach(async () => {
      place = await makePlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await place.open();
    };
    /** An event whose turn is committed; the keys of its replies. */
    const settled = async (id: string, citizen: string, texts: string[], at = NOW): Promise<string[]> => {
      await store.accept([message(id, citizen, `pesan ${id}`, at)], at);
      const known = (await store.citizen(citizen)) ?? citizen;
      return (await store.commitTurn(id, turn(known, texts), at)).map(({ key }) => key);
    };

    describe("accepting", () => {
      it("keeps each event once, however often it comes, and names only the new ones, in order", async () => {
        expect(ids(await store.accept([message("a", "1"), message("b", "2")], NOW))).toEqual(["a", "b"]);
        expect(
          ids(await store.accept([message("c", "1"), message("a", "1"), message("d", "3")], NOW + 1)),
        ).toEqual(["c", "d"]);
        expect(ids(await store.accept([message("e", "1"), message("e", "1")], NOW + 2))).toEqual(["e"]);
        expect(ids(await store.accept([message("a", "1")], NOW + 3))).toEqual([]);
        expect(await store.accept([], NOW + 4)).toEqual([]);
        const rows = await store.waiting(0, 100);
        expect(ids(rows.map(({ event }) => event))).toEqual(["a", "b", "c", "d", "e"]);
      });

      it("keeps each event once when many ask at the same moment", async () => {
        const fresh = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            store.accept([message(`x${i % 5}`, "1"), message(`y${i}`, "2")], NOW),
          ),
        );
        const all = ids(fresh.flat()).sort();
        expect(all).toEqual(
          [
            ...Array.from({ length: 5 }, (_, i) => `x${i}`),
            ...Array.from({ length: 20 }, (_, i) => `y${i}`),
          ].sort(),
        );
        expect(await store.waiting(0, 100)).toHaveLength(25);
      });

      it("gives back what was given, also after it was closed and opened again", async () => {
        const event = {
          ...message("a", "7000000000000001", "Jl. Melati №5 🙏 'ꦱꦧꦂ' \\ \" $gt . %"),
          at: NOW - 5,
        };
        const other = {
          id: "b",
          channel: "changes" as const,
          page: "100",
          at: NOW,
          body: { kind: "other" as const, name: "apa", raw: '{"$where":{"a.b":[null]}}' },
        };
        await store.accept([event, other], NOW);
        await reopen();
        const rows = await store.waiting(0, 10);
        expect(rows.map((row) => row.event)).toEqual([event]);
        expect(rows[0]?.attempts).toBe(0);
        expect(ids(await store.accept([other], NOW))).toEqual([]);
      });

      it("loses nothing after a NUL in a text, and takes texts of any length", async () => {
        const long = "panjang ".repeat(20_000);
        await store.accept([message("a", "1", "sebelum\u0000sesudah"), message("b", "1", long)], NOW);
        const texts = (await store.waiting(0, 10)).map(({ event }) =>
          event.body.kind === "message" ? event.body.text : undefined,
        );
        expect(texts[0]).toMatch(/^sebelum.?sesudah$/s);
        expect(texts[1]).toBe(long);
      });

      it("reads what waits page by page", async () => {
        await store.accept(
          Array.from({ length: 7 }, (_, i) => message(`m${i}`, String(i % 3))),
          NOW,
        );
        const first = await store.waiting(0, 4);
        const second = await store.waiting(first.at(-1)?.sequence ?? 0, 4);
        expect(ids([...first, ...second].map(({ event }) => event))).toEqual(
          Array.from({ length: 7 }, (_, i) => `m${i}`),
        );
        expect(await store.waiting(second.at(-1)?.sequence ?? 0, 4)).toEqual([]);
      });

      it("does not let what needs no turn wait for one", async () => {
        await store.accept([echo("e", "1", "sabar:x#0")], NOW);
        expect(await store.waiting(0, 10)).toEqual([]);
        expect((await store.counts()).lastEventAt).toBe(NOW);
      });
    });

    describe("committing a turn", () => {
      it("writes citizen, replies, escalation and 'handled' together", async () => {
        await store.accept([message("a", "1"), message("b", "1")], NOW);
        const said = turn("1", ["satu", "dua"], { escalation: escalation("esc-1", "1") });
        said.citizen.lastWroteAt = NOW;
        said.citizen.asked = { day: "2026-05-04", times: { "ktp.hilang": 2, $gt: 1 } };
        const items = await store.commitTurn("a", said, NOW + 10);
        expect(items.map(({ key, citizen, speaker, attempts }) => [key, citizen, speaker, attempts])).toEqual(
          [
            ["a#0", "1", "bot", 0],
            ["a#1", "1", "bot", 0],
          ],
        );
        expect(items[0]!.sequence).toBeLessThan(items[1]!.sequence);
        await reopen();
        expect(await store.citizen("1")).toEqual({ ...said.citizen, revision: 1 });
        expect(ids((await store.waiting(0, 10)).map(({ event }) => event))).toEqual(["b"]);
        expect(await store.escalation("esc-1")).toEqual(escalation("esc-1", "1"));
        expect((await store.unsent(0, 10)).map(({ key, reply }) => [key, reply.text])).toEqual([
          ["a#0", "satu"],
          ["a#1", "dua"],
        ]);
      });

      it("changes nothing the second time", async () => {
        await store.accept([message("a", "1")], NOW);
        await store.commitTurn("a", turn("1", ["satu"]), NOW);
        const known = (await store.citizen("1"))!;
        expect(await store.commitTurn("a", turn(known, ["lain"]), NOW + 1)).toEqual([]);
        expect(await store.commitTurn("a", turn("1", ["lain"]), NOW + 1)).toEqual([]);
        await reopen();
        expect(await store.commitTurn("a", turn(known, ["lain"]), NOW + 2)).toEqual([]);
        expect((await store.unsent(0, 10)).map(({ reply }) => reply.text)).toEqual(["satu"]);
        expect((await store.citizen("1"))?.revision).toBe(1);
      });

      it("refuses a decision about a citizen who has changed since, and writes nothing of it", async () => {
        await store.accept([message("a", "1"), message("b", "1"), message("c", "2")], NOW);
        await store.commitTurn("a", turn("1", ["satu"]), NOW);
        const outdated = store.commitTurn("b", turn("1", ["dua"]), NOW + 1);
        const good = store.commitTurn("c", turn("2", ["tiga"]), NOW + 1);
        await expect(outdated).rejects.toBeInstanceOf(TurnOutdated);
        expect(ids((await good).map(({ key }) => ({ id: key })))).toEqual(["c#0"]);
        expect(ids((await store.waiting(0, 10)).map(({ event }) => event))).toEqual(["b"]);
        expect((await store.unsent(0, 10)).map(({ key }) => key).sort()).toEqual(["a#0", "c#0"]);
        const known = (await store.citizen("1"))!;
        expect(await store.commitTurn("b", turn(known, ["dua"]), NOW + 2)).toHaveLength(1);
      });

      it("does nothing for an event that was never accepted", async () => {
        expect(await store.commitTurn("hantu", turn("1", ["hu"]), NOW)).toEqual([]);
        expect(await store.citizen("1")).toBeUndefined();
        expect(await store.unsent(0, 10)).toEqual([]);
      });

      it("counts failed attempts to decide", async () => {
        await store.accept([message("a", "1")], NOW);
        expect(await store.turnFailed("a", "TypeError")).toBe(1);
        expect(await store.turnFailed("a", "TypeError")).toBe(2);
        expect((await store.waiting(0, 1))[0]?.attempts).toBe(2);
      });

      it("keeps the turns of many citizens apart", async () => {
        const citizens = Array.from({ length: 30 }, (_, i) => `c${i}`);
        await store.accept(
          citizens.map((citizen) => message(`m-${citizen}`, citizen)),
          NOW,
        );
        const all = await Promise.all(
          citizens.map((citizen) => store.commitTurn(`m-${citizen}`, turn(citizen, [citizen]), NOW)),
        );
        expect(all.map(([item]) => item?.citizen)).toEqual(citizens);
        for (const citizen of citizens) expect((await store.citizen(citizen))?.revision).toBe(1);
      });
    });

    describe("alarms", () => {
      it("ring once, when their time has come, as events that wait", async () => {
        await store.accept([message("a", "1")], NOW);
        await store.commitTurn("a", turn("1", [], { alarms: [{ name: "gathered", at: NOW + 4000 }] }), NOW);
        expect(await store.ringAlarms(NOW + 3999, 10)).toEqual([]);
        await reopen();
        const rung = await store.ringAlarms(NOW + 4000, 10);
        expect(rung).toEqual([
          {
            id: `alarm:1:gathered:${NOW + 4000}`,
            channel: "inside",
            page: "100",
            citizen: "1",
            at: NOW + 4000,
            body: { kind: "alarm", name: "gathered" },
          },
        ]);
        expect(await store.ringAlarms(NOW + 9000, 10)).toEqual([]);
        expect((await store.waiting(0, 10)).map(({ event }) => event)).toEqual(rung);
        const known = (await store.citizen("1"))!;
        expect(await store.commitTurn(rung[0]!.id, turn(known, ["lengkap"]), NOW + 5000)).toHaveLength(1);
      });

      it("replace the earlier one of the same name, and ring in the order of their times", async () => {
        for (const [id, citizen] of [
          ["a", "1"],
          ["b", "2"],
        ] as const) {
          await store.accept([message(id, citizen)], NOW);
          await store.commitTurn(
            id,
            turn(citizen, [], { alarms: [{ name: "gathered", at: NOW + 4000 }] }),
            NOW,
          );
        }
        await store.accept([message("c", "1")], NOW + 1000);
        const known = (await store.citizen("1"))!;
        await store.commitTurn(
          "c",
          turn(known, [], {
            alarms: [
              { name: "gathered", at: NOW + 5000 },
              { name: "bot-returns", at: NOW + 4500 },
            ],
          }),
          NOW + 1000,
        );
        expect(ids(await store.ringAlarms(NOW + 4000, 10))).toEqual([`alarm:2:gathered:${NOW + 4000}`]);
        expect(ids(await store.ringAlarms(NOW + 9000, 1))).toEqual([`alarm:1:bot-returns:${NOW + 4500}`]);
        expect(ids(await store.ringAlarms(NOW + 9000, 10))).toEqual([`alarm:1:gathered:${NOW + 5000}`]);
      });

      it("ring once when asked by two at the same moment", async () => {
        await store.accept([message("a", "1")], NOW);
        await store.commitTurn("a", turn("1", [], { alarms: [{ name: "gathered", at: NOW }] }), NOW);
        const rung = await Promise.all([store.ringAlarms(NOW, 10), store.ringAlarms(NOW, 10)]);
        expect(rung.flat()).toHaveLength(1);
        expect(await store.waiting(0, 10)).toHaveLength(1);
      });
    });

    describe("the outbox", () => {
      it("keeps the order of what was said to a citizen until it is delivered", async () => {
        await settled("a", "1", ["satu", "dua"]);
        await settled("b", "2", ["lain"]);
        await settled("c", "1", ["tiga"]);
        const mine = async (): Promise<string[]> =>
          (await store.unsent(0, 10)).filter(({ citizen }) => citizen === "1").map(({ key }) => key);
        expect(await mine()).toEqual(["a#0", "a#1", "c#0"]);
        await store.noteDelivery("a#0", { kind: "sent", mid: "m_1" }, 0, NOW + 5);
        await reopen();
        expect(await mine()).toEqual(["a#1", "c#0"]);
        expect((await store.counts()).outboxWaiting).toBe(3);
      });

      it("counts attempts and waits until the time that was given", async () => {
        const [key] = await settled("a", "1", ["satu"]);
        const later = { code: "4", reason: "Terlalu cepat" };
        await store.noteDelivery(key!, { kind: "later", ...later, scope: "reply" }, NOW + 2000, NOW);
        await store.noteDelivery(key!, { kind: "doubt", ...later }, NOW + 9000, NOW + 3000);
        await reopen();
        const [item] = await store.unsent(0, 10);
        expect(item).toMatchObject({ key, attempts: 2, notBefore: NOW + 9000, createdAt: NOW });
      });

      it("parks what can never be delivered, with the reason", async () => {
        const [first, second] = await settled("a", "1", ["satu", "dua"]);
        await store.noteDelivery(
          first!,
          { kind: "never", code: "551", reason: "Tidak tersedia", scope: "citizen" },
          0,
          NOW + 7,
        );
        await store.noteDelivery(
          second!,
          { kind: "never", code: "10", reason: "Di luar 24 jam", scope: "reply" },
          0,
          NOW + 8,
        );
        expect(await store.unsent(0, 10)).toEqual([]);
        expect(await store.parked(10)).toEqual([
          {
            key: second,
            citizen: "1",
            reply: { kind: "text", text: "dua" },
            code: "10",
            reason: "Di luar 24 jam",
            parkedAt: NOW + 8,
          },
          {
            key: first,
            citizen: "1",
            reply: { kind: "text", text: "satu" },
            code: "551",
            reason: "Tidak tersedia",
            parkedAt: NOW + 7,
          },
        ]);
        expect(await store.parked(1)).toHaveLength(1);
      });

      it("takes the word of an echo, once, and nothing undoes it", async () => {
        const [key] = await settled("a", "1", ["satu"]);
        expect(await store.confirmSent(key!, "m_1", NOW + 5)).toBe(true);
        expect(await store.confirmSent(key!, "m_1", NOW + 6)).toBe(false);
        expect(await store.confirmSent("hantu#0", "m_2", NOW + 6)).toBe(false);
        await store.noteDelivery(
          key!,
          { kind: "never", code: "1", reason: "terlambat", scope: "reply" },
          0,
          NOW + 7,
        );
        expect(await store.unsent(0, 10)).toEqual([]);
        expect(await store.parked(10)).toEqual([]);
      });

      it("remembers why the page may not send", async () => {
        expect(await store.sendingStop()).toBeUndefined();
        await store.setSendingStop({ code: "190", reason: "Token dicabut", since: NOW });
        await reopen();
        expect(await store.sendingStop()).toEqual({ code: "190", reason: "Token dicabut", since: NOW });
        await store.setSendingStop(undefined);
        expect(await store.sendingStop()).toBeUndefined();
      });
    });

    describe("reading", () => {
      it("shows open escalations in the order of their opening, and what became of one", async () => {
        await store.accept([message("a", "1"), message("b", "2")], NOW);
        await store.commitTurn(
          "a",
          turn("1", [], { escalation: escalation("late", "1", { openedAt: NOW + 5 }) }),
          NOW,
        );
        await store.commitTurn("b", turn("2", [], { escalation: escalation("early", "2") }), NOW);
        expect(ids(await store.openEscalations())).toEqual(["early", "late"]);
        expect((await store.counts()).openEscalations).toBe(2);
        await store.accept([message("c", "2")], NOW);
        const known = (await store.citizen("2"))!;
        const closed = escalation("early", "2", { state: "closed", updatedAt: NOW + 9 });
        await store.commitTurn("c", turn(known, [], { escalation: closed }), NOW + 9);
        expect(ids(await store.openEscalations())).toEqual(["late"]);
        expect(await store.escalation("early")).toEqual(closed);
        expect(await store.escalation("hantu")).toBeUndefined();
      });

      it("tells a conversation in order, with how each reply fared", async () => {
        await settled("a", "1", ["halo"], NOW);
        await settled("x", "2", ["bukan urusan 1"], NOW + 1);
        await settled("b", "1", ["silakan", "ada lagi?"], NOW + 2000);
        await store.noteDelivery("a#0", { kind: "sent", mid: "m_1" }, 0, NOW + 50);
        await store.noteDelivery(
          "b#0",
          { kind: "never", code: "551", reason: "-", scope: "reply" },
          0,
          NOW + 2050,
        );
        const picture = message("p", "1", undefined, NOW + 3000);
        picture.body = {
          kind: "message",
          mid: "p",
          attachments: [{ kind: "image", url: "https://x.example/1" }],
        };
        await store.accept([picture], NOW + 3000);
        const lines = (await store.history("1", 20)).map(({ from, text, delivery }) => [
          from,
          text,
          delivery,
        ]);
        expect(lines).toEqual([
          ["citizen", "pesan a", undefined],
          ["bot", "halo", "sent"],
          ["citizen", "pesan b", undefined],
          ["bot", "silakan", "parked"],
          ["bot", "ada lagi?", "waiting"],
          ["citizen", "[foto]", undefined],
        ]);
        expect((await store.history("1", 2)).map(({ text }) => text)).toEqual(["ada lagi?", "[foto]"]);
        expect(await store.history("3", 5)).toEqual([]);
      });

      it("finds the texts of the last hour, oldest first", async () => {
        await store.accept([message("old", "1", "lama", NOW - 99)], NOW - 99);
        await store.accept([message("a", "1", "satu")], NOW);
        await store.accept([message("b", "2", "dua")], NOW + 1);
        await store.accept([message("c", "3", "tiga")], NOW + 2);
        expect(await store.recentTexts(NOW, 2)).toEqual([
          { citizen: "2", text: "dua", at: NOW + 1 },
          { citizen: "3", text: "tiga", at: NOW + 2 },
        ]);
        expect(await store.recentTexts(NOW, 10)).toHaveLength(3);
      });

      it("counts what waits and since when", async () => {
        expect(await store.counts()).toEqual({
          inboxWaiting: 0,
          oldestWaitingAt: undefined,
          lastEventAt: undefined,
          leastDelayMs: undefined,
          outboxWaiting: 0,
          parked: 0,
          openEscalations: 0,
          openTickets: 0,
        });
        await settled("a", "1", ["satu"]);
        await store.accept([message("b", "1")], NOW + 10);
        await store.accept([message("c", "2")], NOW + 20);
        expect(await store.counts()).toEqual({
          inboxWaiting: 2,
          oldestWaitingAt: NOW + 10,
          lastEventAt: NOW + 20,
          leastDelayMs: 0,
          outboxWaiting: 1,
          parked: 0,
          openEscalations: 0,
          openTickets: 0,
        });
      });
    });

    describe("tickets", () => {
      ticketPromises(() => store);
    });

    describe("access", () => {
      accessPromises(() => store, reopen);
    });

    describe("the desk", () => {
      deskPromises(() => store);
    });

    describe("forgetting", () => {
      const DAY = 24 * 60 * 60 * 1000;
      const forgetAll = async (before: number): Promise<number> => {
        let removed = 0;
        for (let some = await store.forget(before, 3); some > 0; some = await store.forget(before, 3))
          removed += some;
        return removed;
      };

      it("removes what has ended and is old, a little at a time, and nothing else", async () => {
        for (let n = 0; n < 8; n += 1) {
          const [key] = await settled(`old${n}`, `${n}`, ["lama"], NOW - 40 * DAY);
          await store.noteDelivery(key!, { kind: "sent", mid: `m${n}` }, 0, NOW - 40 * DAY);
        }
        await settled("unsent", "a", ["belum"], NOW - 40 * DAY);
        await store.accept([message("waits", "b", "menunggu", NOW - 40 * DAY)], NOW - 40 * DAY);
        await store.accept([message("asked", "c")], NOW - 40 * DAY);
        const open = escalation("esc-1", "c", { openedAt: NOW - 40 * DAY, updatedAt: NOW - 40 * DAY });
        await store.commitTurn("asked", turn("c", [], { escalation: open }), NOW - 40 * DAY);
        await settled("fresh", "0", ["baru"], NOW);
        await reopen();
        // An instance that lives frees the lanes of those that have gone.
        await store.shared?.beat();
        expect(await forgetAll(NOW - 30 * DAY)).toBeGreaterThan(16);
        expect(await store.citizen("1")).toBeUndefined();
        expect(await store.history("1", 10)).toEqual([]);
        expect((await store.history("0", 10)).map(({ text }) => text)).toEqual(["pesan fresh", "baru"]);
        expect((await store.citizen("0"))?.revision).toBe(2);
        expect((await store.unsent(0, 10)).map(({ key }) => key)).toEqual(["unsent#0", "fresh#0"]);
        expect(ids((await store.waiting(0, 10)).map(({ event }) => event))).toEqual(["waits"]);
        expect(ids(await store.openEscalations())).toEqual(["esc-1"]);
        expect(await store.citizen("c")).toBeDefined();
        expect(await forgetAll(NOW - 30 * DAY)).toBe(0);
      });

      it("keeps tickets, staff and the audit log", async () => {
        await store.accept([message("t", "1")], NOW);
        const filed = turn("1", [], { tickets: [{ kind: "file", ticket: aTicket("t1"), prefix: "JLN" }] });
        await store.commitTurn("t", filed, NOW);
        await store.audit.append({ action: "signed-out" }, NOW);
        await forgetAll(NOW + 900 * DAY);
        expect(await store.ticket("t1")).toBeDefined();
        expect(await store.audit.after(0, 5)).toHaveLength(1);
      });
    });

    describe("a small count", () => {
      tallyPromises(() => store, reopen);
    });

    describe("removing a person", () => {
      erasePromises(() => store, {
        records: () => place.records(),
        store: reopen,
        bytes: () => place.bytes?.() ?? "",
      });
    });

    describe("itself", () => {
      it("can say that it works", async () => {
        await expect(store.check()).resolves.toBeUndefined();
      });

      it("refuses data that a newer program has written", async () => {
        await store.close();
        await place.pretendNewer();
        const opened = place.open();
        await expect(opened).rejects.toBeInstanceOf(StoreFailed);
        await expect(opened).rejects.toThrow(/newer Sabar/);
        // For afterEach: an old store closed twice is no trouble.
        await expect(store.close()).resolves.toBeUndefined();
      });
    });
  });
}
