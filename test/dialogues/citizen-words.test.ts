/**
 * Every sentence a citizen can receive stands in a file that editors may change. All those sentences are written in other
 * letters, citizens talk about everything, and whatever they are told in plain letters did not come from a file.
 */
import fc from "fast-check";
import type { Intent, Library, Records, Wording } from "../../src/intents/library";
import type { Script } from "../../src/intents/script";
import { beginConversation, type Conversation } from "../../src/turns/play-conversation";
import { payloadOfIntent, payloadOfWalk, type Reply } from "../../src/vocabulary/reply";
import type { TicketMove } from "../../src/vocabulary/ticket";
import { theTown, type Town } from "../support/talking";
import { WEDNESDAY } from "../support/tickets";

/** The same text in wide letters; what is in braces stays. */
const disguised = (text: string): string =>
  text
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith("{") ? part : part.replace(/[a-z]/gi, wide)))
    .join("");
const wide = (letter: string): string => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0);

/** The same value with all its texts disguised, but for the keys that are only read. */
function everywhere<T>(value: T, isRead: (key: string) => boolean, doKeys = false): T {
  const change = (each: unknown, key: string): unknown => {
    if (isRead(key)) return each;
    if (typeof each === "string") return disguised(each);
    if (Array.isArray(each)) return each.map((one) => change(one, key));
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(
      Object.entries(each).map(([name, one]) => [doKeys ? disguised(name) : name, change(one, name)]),
    );
  };
  // Only texts have changed.
  return change(value, "") as T;
}

const nothing = (): boolean => false;
const spoken = (wording: Wording | undefined): Wording | undefined => everywhere(wording, nothing);

function disguisedScript(script: Script | undefined): Script | undefined {
  if (script === undefined) return undefined;
  const kept = new Set(["intent", "agency", "kind", "name", "reads", "leadsTo", "words", "terms", "prefix"]);
  return everywhere(script, (key) => kept.has(key));
}

function disguisedIntent(intent: Intent): Intent {
  return {
    ...intent,
    title: disguised(intent.title),
    wordings: intent.wordings.map((wording) => everywhere(wording, nothing)),
    agencyWording: spoken(intent.agencyWording),
    english: spoken(intent.english),
    emergency: spoken(intent.emergency),
    choices: intent.choices.map(({ title, intent: opens }) => ({ title: disguised(title), intent: opens })),
    links: intent.links.map(({ title, target }) => ({ title: disguised(title), target })),
    parts: everywhere(intent.parts, nothing),
    script: disguisedScript(intent.script),
  };
}

/** Words that are compared with what citizens write. */
const isRead = (key: string): boolean =>
  key.startsWith("kata_") || ["perintah", "susulan", "awalan", "dikabari"].includes(key);

/** Keys are what is said, values what is read. */
const keysOnly = <T>(table: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([key, value]) => [disguised(key), value]));

function disguisedRecords(records: Records): Records {
  const { report, places, emergency } = records;
  const { jalan } = report;
  return {
    ...records,
    city: everywhere(records.city, nothing),
    agencies: everywhere(records.agencies, nothing),
    common: everywhere(records.common, nothing),
    facts: everywhere(records.facts, (key) => ["diperiksa", "tinjau_lagi"].includes(key)),
    terms: Object.fromEntries(
      Object.entries(records.terms).map(([id, { istilah, arti }]) => [
        id,
        // What a term is called is read, too: "sptjm itu apa?"
        { istilah, arti: disguised(arti) },
      ]),
    ),
    dialogue: everywhere(records.dialogue, isRead),
    report: {
      ...everywhere(report, isRead),
      jalan: {
        ...everywhere(jalan, isRead),
        pilihan_ukuran: keysOnly(jalan.pilihan_ukuran),
        pilihan_sejak: keysOnly(jalan.pilihan_sejak),
        jenis: keysOnly(jalan.jenis),
      },
    },
    erasure: everywhere(records.erasure, isRead),
    hours: { ...records.hours, kalimat: everywhere(records.hours.kalimat, nothing) },
    emergency: { ...emergency, nomor: everywhere(emergency.nomor, nothing) },
    places: {
      ...places,
      pemilik: everywhere(places.pemilik, nothing),
      luar_kota: everywhere(places.luar_kota, (key) => key === "juga"),
      sebutan_dekat: keysOnly(places.sebutan_dekat),
      sebutan_lain: disguised(places.sebutan_lain),
      singkatan: everywhere(places.singkatan, nothing),
      titik_peta: disguised(places.titik_peta),
    },
  };
}

const WORDS = [
  "assalamualaikum min",
  "lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh",
  "jalan berlubang",
  "lampu mati sama jalan rusak di jl wijaya kusuma",
  "ktp sama kk hilang dua2nya",
  "ktp saya hilang",
  "sptjm itu apa",
  "bayar ga?",
  "dimana?",
  "berapa lama?",
  "gak ngerti",
  "asdf qwer",
  "melati",
  "di desa sukamaju",
  "jl raya timur depan spbu",
  "jl kenari rt 3 rw 2 kel melati",
  "tidak",
  "ya",
  "batal",
  "ulang",
  "lewati",
  "petugas",
  "cek status laporan",
  "JLN-0001-AAAA",
  "masih bolong gitu",
  "tolong rumah saya kebakaran",
  "makasih min",
  "jam buka dukcapil",
  "HAPUS",
  "ya hapus",
];

type Move =
  | { kind: "words"; text: string }
  | { kind: "tap"; which: number }
  | { kind: "open"; which: number }
  | { kind: "sent"; what: "image" | "audio" | "sticker" | "location" | "file" | "link" }
  | { kind: "hours"; count: number }
  | { kind: "staff"; to: "working" | "needs-info" | "done" | "reopened" | "scheduled" | "not-city" };

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS).map((text): Move => ({ kind: "words", text })) },
  { weight: 8, arbitrary: fc.nat({ max: 11 }).map((which): Move => ({ kind: "tap", which })) },
  { weight: 1, arbitrary: fc.nat({ max: 200 }).map((which): Move => ({ kind: "open", which })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<"image" | "audio" | "sticker" | "location" | "file" | "link">(
        "image",
        "audio",
        "sticker",
        "location",
        "file",
        "link",
      )
      .map((what): Move => ({ kind: "sent", what })),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 23, 200).map((count): Move => ({ kind: "hours", count })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<"working" | "needs-info" | "done" | "reopened" | "scheduled" | "not-city">(
        "working",
        "needs-info",
        "done",
        "reopened",
        "scheduled",
        "not-city",
      )
      .map((to): Move => ({ kind: "staff", to })),
  },
);

describe("What citizens are told", () => {
  let town: Town;
  let library: Library;
  beforeAll(async () => {
    town = await theTown();
    library = {
      ...town.library,
      intents: new Map([...town.library.intents].map(([id, intent]) => [id, disguisedIntent(intent)])),
      records: disguisedRecords(town.library.records),
    };
  }, 60_000);

  let count = 0;
  const begin = (): Conversation =>
    beginConversation(
      { library, understander: town.understander, zone: "Asia/Jakarta", now: WEDNESDAY },
      `79${String((count += 1)).padStart(12, "0")}`,
    );

  const make = async (talk: Conversation, each: Move): Promise<void> => {
    const mid = `m${talk.heard().length}`;
    const sends = (attachments: { kind: "image"; url: string }[] | { kind: "audio" }[], text?: string) =>
      talk.happens({ kind: "message", mid, text, attachments });
    switch (each.kind) {
      case "words":
        await sends([], each.text);
        return;
      case "tap": {
        const last =
          talk
            .heard()
            .filter((replies) => replies.length > 0)
            .at(-1) ?? [];
        const choices = last.flatMap((reply) => reply.choices ?? []);
        const choice = choices[each.which % Math.max(1, choices.length)];
        if (choice === undefined) return;
        await talk.happens({
          kind: "message",
          mid,
          text: choice.title,
          choice: choice.payload,
          attachments: [],
        });
        return;
      }
      case "open": {
        const ids = [...library.intents.keys()];
        const id = ids[each.which % ids.length] ?? "";
        const payload = each.which % 2 === 0 ? payloadOfIntent(id) : payloadOfWalk(id);
        await talk.happens({ kind: "postback", payload, title: id });
        return;
      }
      case "sent": {
        const url = `https://scontent.fbcdn.net/${mid}.jpg`;
        await talk.happens({
          kind: "message",
          mid,
          attachments: [
            each.what === "location"
              ? { kind: "location", latitude: -7.55, longitude: 110.81 }
              : { kind: each.what, url },
          ],
        });
        return;
      }
      case "hours":
        await talk.passes(each.count * 3_600_000);
        return;
      case "staff":
        await staffMove(talk, each.to);
    }
  };
  const staffMove = async (talk: Conversation, to: Extract<Move, { kind: "staff" }>["to"]): Promise<void> => {
    const ticket = talk.tickets.all().find(({ state }) => state !== "draft");
    if (ticket === undefined) return;
    const moves: Record<typeof to, TicketMove> = {
      working: { to: "working" },
      "needs-info": { to: "needs-info", what: "123" },
      done: { to: "done", note: "123", photos: [], withoutPhoto: "123" },
      reopened: { to: "reopened", reason: "123" },
      scheduled: { to: "scheduled", day: "2027-01-04" },
      "not-city": { to: "not-city", owner: "123" },
    };
    await talk.happens({
      kind: "ticket",
      ticket: ticket.id,
      by: "sari",
      work: { action: "move", move: moves[to] },
    });
  };

  /** Words that are the citizen's own, names of places, terms as they are asked for, and months. */
  const known = (): Set<string> => {
    const { places, terms } = town.library.records;
    const names = [
      ...WORDS,
      ...town.library.intents.keys(),
      ...Object.keys(places.jalan),
      ...Object.keys(places.patokan),
      ...Object.keys(places.luar_kota),
      ...Object.entries(places.kecamatan).flatMap(([name, { kelurahan }]) => [name, ...kelurahan]),
      ...Object.values(terms).map(({ istilah }) => istilah),
      "Januari Desember November",
    ];
    return new Set(names.flatMap((name) => name.toLowerCase().match(/[a-z]+/g) ?? []));
  };
  const strangeIn = (replies: readonly Reply[], allowed: ReadonlySet<string>): string[] =>
    replies.flatMap((reply) => {
      const titles = [
        ...(reply.choices ?? []).map(({ title }) => title),
        ...(reply.kind === "buttons" ? reply.buttons.map(({ title }) => title) : []),
      ];
      return [reply.text, ...titles].flatMap((text) => {
        // Ticket numbers and receipts: JLN-0001-AB2C.
        const words = text.replace(/\b[A-Z]{2,4}(-[A-Z0-9]{4})+\b/g, "").match(/[a-z]+/gi) ?? [];
        return words.filter((word) => !allowed.has(word.toLowerCase())).map((word) => `${word}: ${text}`);
      });
    });

  it("stands in files, whatever they talk about", async () => {
    const allowed = known();
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 20 }), async (moves) => {
        const talk = begin();
        for (const each of moves) await make(talk, each);
        expect(strangeIn(talk.heard().flat(), allowed)).toEqual([]);
      }),
      { numRuns: 150, seed: 2026 },
    );
  }, 180_000);

  it("stands in files for every topic, each of its wordings, and a person after them", async () => {
    const allowed = known();
    for (const id of library.intents.keys()) {
      const talk = begin();
      for (let time = 0; time < 4; time += 1)
        await talk.happens({ kind: "postback", payload: payloadOfIntent(id), title: id });
      expect(strangeIn(talk.heard().flat(), allowed)).toEqual([]);
    }
  }, 60_000);

  it("would be noticed if it came from anywhere else", () => {
    expect(strangeIn([{ kind: "text", text: "Kalimat dari program." }], known()).length).toBeGreaterThan(0);
    expect(strangeIn([{ kind: "text", text: disguised("Kalimat dari berkas.") }], known())).toEqual([]);
  });
});
