/** Conversations as citizens have them: through the real server, with a clock that is moved. */
import path from "node:path";
import { loadLibrary } from "../../src/intents/load";
import type { Library } from "../../src/intents/library";
import { newMid, textMessage } from "../../src/simulator/payloads";
import { newCitizen, openCity, type City } from "../support/city";
import { KEYS } from "../support/stand-in";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NONSENSE = "zxqv wkrp blorf";

let city: City;
let library: Library;
beforeAll(async () => {
  const loaded = await loadLibrary(path.join(__dirname, "..", "..", "intents"));
  if (loaded.library === undefined) throw new Error("the library does not load");
  library = loaded.library;
  city = await openCity();
});
afterAll(() => city.close());

/** The longest stretch of a text that has no placeholder in it. */
const literal = (text = ""): string =>
  text
    .split(/\{[^}]*\}/)
    .sort((a, b) => b.length - a.length)[0]
    ?.trim() ?? "";
const wordingOf = (intent: string, number: number): string =>
  literal(library.intents.get(intent)?.wordings[number - 1]?.bubbles[0]);
const common = (
  name: "perkenalan" | "asisten_kembali" | "tidak_paham" | "maksudnya_yang_mana",
  number = 1,
): string => literal(library.records.common[name][number - 1]);
const says = (heard: string[], words: string): boolean =>
  words !== "" && heard.some((text) => text.includes(words));

describe("First contact", () => {
  it("gets the notice about the automatic assistant once, and again only after a long silence", async () => {
    const citizen = newCitizen();
    const first = await city.writes(citizen, "ktp saya hilang");
    expect(first[0]).toContain(common("perkenalan"));
    expect(first[0]).toMatch(/NIK/);
    expect(says(first, wordingOf("ktp-hilang", 1))).toBe(true);
    expect(says(await city.writes(citizen, "syarat bikin kia apa saja"), common("perkenalan"))).toBe(false);
    await city.pass(31 * DAY);
    expect(says(await city.writes(citizen, "syarat bikin kia apa saja"), common("perkenalan"))).toBe(true);
    await city.pass(-31 * DAY);
  });

  it("by Get Started is a greeting, and the menu and ice breakers open their topics", async () => {
    const citizen = newCitizen();
    const started = await city.presses(citizen, "GET_STARTED", "Mulai");
    expect(says(started, common("perkenalan"))).toBe(true);
    expect(started.length).toBeGreaterThan(1);
    for (const item of library.records.profile.menu) {
      if (!("topik" in item) || item.topik === "bicara-petugas") continue;
      expect(
        says(await city.presses(citizen, `intent:${item.topik}`, item.judul), wordingOf(item.topik, 1)),
      ).toBe(true);
    }
  });

  it("gives a salam back in kind, and a greeting by the time of day", async () => {
    const heard = await city.writes(newCitizen(), "assalamualaikum min, ktp saya hilang");
    expect(heard.join("\n")).toContain("Wa'alaikumsalam");
    expect((await city.writes(newCitizen(), "selamat malam min")).join("\n")).toContain("Selamat pagi");
    expect((await city.writes(newCitizen(), "ktp saya hilang")).join("\n")).not.toContain("Wa'alaikumsalam");
  });
});

describe("The same question again", () => {
  it("is answered in three wordings, then by a person; the next day it begins anew", async () => {
    const citizen = newCitizen();
    for (const number of [1, 2, 3]) {
      const heard = await city.taps(citizen, "kia");
      expect(says(heard, wordingOf("kia", number))).toBe(true);
    }
    expect(await city.escalationOf(citizen)).toBeUndefined();
    const fourth = await city.taps(citizen, "kia");
    expect(says(fourth, literal(library.records.common.ke_petugas_kesabaran[0]))).toBe(true);
    expect(await city.escalationOf(citizen)).toMatchObject({
      reason: "patience",
      state: "waiting",
      intent: "kia",
    });
    await city.pass(DAY);
    expect(says(await city.taps(citizen, "kia"), wordingOf("kia", 1))).toBe(true);
    await city.pass(-DAY);
  });

  it("never gets the same bubble twice on one day", async () => {
    const citizen = newCitizen();
    const all: string[] = [];
    for (let i = 0; i < 6; i += 1) all.push(...(await city.writes(citizen, NONSENSE)));
    for (let i = 0; i < 5; i += 1) all.push(...(await city.taps(citizen, "ktp-hilang")));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("What is not understood", () => {
  it("is said honestly, with when a person reads it, and waits for that person with reason and words", async () => {
    const citizen = newCitizen();
    const heard = await city.writes(citizen, `${NONSENSE} 3372014511900001`);
    expect(says(heard, common("tidak_paham"))).toBe(true);
    expect(heard.join("\n")).toMatch(/hari ini sebelum pukul \d\d\.\d\d/);
    expect(await city.escalationOf(citizen)).toMatchObject({
      reason: "not-understood",
      state: "waiting",
      summary: `${NONSENSE} [NIK]`,
    });
  });

  it("at night and on a holiday promises the next opening, not now", async () => {
    await city.pass(12 * HOUR);
    const night = await city.writes(newCitizen(), NONSENSE);
    expect(night.join("\n")).toMatch(/besok, Kamis, mulai pukul 08\.00/);
    await city.pass(-12 * HOUR);
    // From 25 November to Christmas, a Friday: the next day of work is Monday.
    await city.pass(30 * DAY);
    const holiday = await city.writes(newCitizen(), NONSENSE);
    expect(holiday.join("\n")).toMatch(/Senin mulai pukul 08\.00/);
    await city.pass(-30 * DAY);
  });

  it("may be close to two topics: then both are offered, and 'none of them' brings a person with the first words", async () => {
    const citizen = newCitizen();
    const candidates = ["ktp", "kk", "surat", "lapor", "akta", "jalan", "pajak"];
    let offered: string[] = [];
    for (const word of candidates) {
      const other = newCitizen();
      const heard = await city.writes(other, word);
      if (!says(heard, common("maksudnya_yang_mana"))) continue;
      offered = city.titles(other);
      await city.writes(citizen, word);
      break;
    }
    expect(offered.length).toBeGreaterThanOrEqual(3);
    expect(offered.at(-1)).toBe(library.records.common.tidak_satu_pun);
    for (const title of offered) expect(title.length).toBeLessThanOrEqual(20);
    const handed = await city.chooses(citizen, offered.at(-1) ?? "");
    expect(says(handed, common("tidak_paham"))).toBe(true);
    expect(await city.escalationOf(citizen)).toMatchObject({ reason: "not-understood" });
  });

  it("includes a button that nothing knows any more: its writing is read, and without one a person is asked", async () => {
    const read = await city.presses(newCitizen(), "payload-from-2019", "KTP hilang");
    expect(says(read, wordingOf("ktp-hilang", 1))).toBe(true);
    const citizen = newCitizen();
    expect(says(await city.presses(citizen, "payload-from-2019", ""), common("tidak_paham"))).toBe(true);
    expect(await city.escalationOf(citizen)).toBeDefined();
  });
});

describe("Asking for a person", () => {
  it("is granted at once, and the assistant is silent until it has waited long enough", async () => {
    const citizen = newCitizen();
    const heard = await city.writes(citizen, "mau bicara dengan petugas");
    expect(heard.length).toBeGreaterThan(0);
    expect(await city.escalationOf(citizen)).toMatchObject({ reason: "asked", state: "waiting" });
    expect(await city.writes(citizen, "ktp saya hilang")).toEqual([]);
    expect(await city.taps(citizen, "kia")).toEqual([]);
    expect(await city.escalationOf(citizen)).toMatchObject({ reason: "asked", summary: "kia" });
    await city.pass(12 * HOUR + 1000);
    const again = await city.writes(citizen, "ktp saya hilang");
    expect(says(again, common("asisten_kembali"))).toBe(true);
    expect(says(again, wordingOf("ktp-hilang", 1))).toBe(true);
    // Nobody has answered: the request still waits.
    expect(await city.escalationOf(citizen)).toMatchObject({ reason: "asked", state: "waiting" });
    await city.pass(-12 * HOUR - 1000);
  });
});

describe("A person in the conversation", () => {
  it("who writes in Business Suite silences the assistant, counted from their last words", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "ktp saya hilang");
    expect(await city.personSays(citizen, "Saya bantu ya Bu")).toEqual([]);
    expect(await city.writes(citizen, "syarat kia")).toEqual([]);
    expect(await city.escalationOf(citizen)).toMatchObject({ state: "taken" });
    await city.pass(10 * HOUR);
    await city.personSays(citizen, "Masih saya cek");
    await city.pass(10 * HOUR);
    expect(await city.writes(citizen, "syarat kia")).toEqual([]);
    await city.pass(3 * HOUR);
    expect(says(await city.writes(citizen, "syarat bikin kia"), common("asisten_kembali"))).toBe(true);
    await city.pass(-23 * HOUR);
  });

  it("may get the conversation from Facebook, and give it back there", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "ktp saya hilang");
    const handover = (kind: string, to: string | number) => ({
      object: "page",
      entry: [
        {
          id: KEYS.pageId,
          time: city.now(),
          messaging: [
            {
              sender: { id: citizen },
              recipient: { id: KEYS.pageId },
              timestamp: city.now(),
              [kind]: { new_owner_app_id: to, previous_owner_app_id: 1, metadata: "" },
            },
          ],
        },
      ],
    });
    await city.happens(citizen, handover("take_thread_control", 263902037430900));
    expect(await city.writes(citizen, "syarat bikin kia")).toEqual([]);
    await city.happens(citizen, handover("pass_thread_control", KEYS.appId));
    expect(says(await city.writes(citizen, "syarat bikin kia"), wordingOf("kia", 1))).toBe(true);
  });

  it("is not talked over when another app owns the conversation, but danger is brought to staff", async () => {
    const citizen = newCitizen();
    const overheard = (text: string) => {
      const { entry } = textMessage({ pageId: KEYS.pageId, citizen, at: city.now() }, text) as {
        entry: { id: string; time: number; messaging: unknown[] }[];
      };
      const [{ id, time, messaging } = { id: "", time: 0, messaging: [] }] = entry;
      return { object: "page", entry: [{ id, time, standby: messaging }] };
    };
    expect(await city.happens(citizen, overheard("ktp saya hilang"))).toEqual([]);
    expect(await city.escalationOf(citizen)).toBeUndefined();
    expect(await city.happens(citizen, overheard("tolong rumah saya kebakaran"))).toEqual([]);
    expect(await city.escalationOf(citizen)).toMatchObject({ reason: "urgent", priority: "P0" });
  });
});

describe("Danger", () => {
  const FIRE = "tolong rumah tetangga kebakaran apinya besar";

  it("is answered with the number first, in one breath, and raises the alarm with the words that made it", async () => {
    const citizen = newCitizen();
    const heard = await city.writes(citizen, FIRE);
    expect(heard[0]).toMatch(/11[0-9]/);
    expect(says(heard, common("perkenalan"))).toBe(false);
    const escalation = await city.escalationOf(citizen);
    expect(escalation).toMatchObject({ reason: "urgent", priority: "P0", state: "waiting", summary: FIRE });
    expect(escalation?.words.join(" ")).toMatch(/kebakaran|api/);
  });

  it("keeps the assistant quiet about everything else, for good, until a person was there", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, FIRE);
    expect(await city.writes(citizen, "syarat bikin kia")).toEqual([]);
    expect(await city.writes(citizen, FIRE)).toEqual([]);
    await city.pass(3 * DAY);
    expect(await city.writes(citizen, "syarat bikin kia")).toEqual([]);
    await city.pass(-3 * DAY);
  });

  it("is heard while a person was only asked for, and in the new words of an old message", async () => {
    const waiting = newCitizen();
    await city.writes(waiting, "mau bicara dengan petugas");
    expect((await city.writes(waiting, FIRE))[0]).toMatch(/11[0-9]/);
    expect(await city.escalationOf(waiting)).toMatchObject({ reason: "urgent", priority: "P0" });
    const editing = newCitizen();
    const mid = newMid();
    await city.writes(editing, "ktp saya hilang", mid);
    expect((await city.changes(editing, mid, FIRE))[0]).toMatch(/11[0-9]/);
  });

  it("does not interrupt a person who is talking with them, but is put before all staff again", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "ktp saya hilang");
    await city.personSays(citizen, "Saya bantu ya Bu");
    expect(await city.writes(citizen, FIRE)).toEqual([]);
    expect(await city.escalationOf(citizen)).toMatchObject({
      reason: "urgent",
      priority: "P0",
      state: "waiting",
    });
  });
});

describe("Smaller events", () => {
  it("are remembered without an answer: edits, reactions, referrals", async () => {
    const citizen = newCitizen();
    const mid = newMid();
    await city.writes(citizen, "ktp saya hilang", mid);
    expect(await city.changes(citizen, mid, "ktp saya hilang di pasar")).toEqual([]);
    expect(await city.changes(citizen, mid, "ktp saya hilang di pasar besar", 2)).toEqual([]);
    expect(await city.reacts(citizen, mid)).toEqual([]);
  });

  it("open the reply window, and never beyond now", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, NONSENSE);
    const before = (await city.escalationOf(citizen))?.lastWroteAt ?? 0;
    await city.pass(HOUR);
    await city.reacts(citizen, "m_any");
    expect((await city.escalationOf(citizen))?.lastWroteAt).toBeGreaterThanOrEqual(before + HOUR);
    const future = textMessage({ pageId: KEYS.pageId, citizen, at: city.now() + 900 * DAY }, NONSENSE);
    await city.happens(citizen, future);
    expect((await city.escalationOf(citizen))?.lastWroteAt).toBeLessThanOrEqual(city.now());
    await city.pass(-HOUR);
  });

  it("that are noise get at most a calm line, and open nothing", async () => {
    const citizen = newCitizen();
    const heard = await city.writes(
      citizen,
      "slot g4c0r maxwin depo 10rb daftar sekarang www.slot-contoh.xyz",
    );
    expect(heard).toEqual([]);
    expect(await city.escalationOf(citizen)).toBeUndefined();
  });
});

describe("Gathering", () => {
  let slow: City;
  beforeAll(async () => {
    slow = await openCity({ env: { GATHER_SECONDS: "4" } });
  });
  afterAll(() => slow.close());
  /** The clock moves on, and the alarm has had time to ring. */
  const wait = async (citizen: string, ms = 4500): Promise<string[]> => {
    const before = slow.standIn.heard(citizen).length;
    await slow.pass(ms);
    return slow.standIn.heard(citizen).slice(before);
  };

  it("puts a question together that is typed in pieces, and answers it once", async () => {
    const citizen = newCitizen();
    for (const piece of ["min", "ktp saya", "hilang gmn ya"])
      expect(await slow.writes(citizen, piece)).toEqual([]);
    expect(slow.standIn.graph.signs).toContainEqual({ citizen, action: "typing_on" });
    const heard = await wait(citizen);
    expect(says(heard, wordingOf("ktp-hilang", 1))).toBe(true);
    expect(await wait(citizen)).toEqual([]);
  });

  it("reads a piece in its changed words", async () => {
    const citizen = newCitizen();
    const mid = newMid();
    await slow.writes(citizen, "syarat bikin kia", mid);
    await slow.changes(citizen, mid, "ktp saya hilang");
    const heard = await wait(citizen);
    expect(says(heard, wordingOf("ktp-hilang", 1))).toBe(true);
    expect(says(heard, wordingOf("kia", 1))).toBe(false);
  });

  it("does not wait for ever for somebody who never stops", async () => {
    const citizen = newCitizen();
    const heard: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      heard.push(...(await slow.writes(citizen, `ktp saya hilang lagi ${i}`)));
      heard.push(...(await wait(citizen, 3000)));
    }
    expect(heard.length).toBeGreaterThan(0);
  }, 30_000);

  it("is over when something is tapped: the words are answered first, then the tap", async () => {
    const citizen = newCitizen();
    await slow.writes(citizen, "ktp saya hilang");
    const heard = await slow.taps(citizen, "kia");
    const places = [wordingOf("ktp-hilang", 1), wordingOf("kia", 1)].map((words) =>
      heard.findIndex((text) => text.includes(words)),
    );
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places[1]).toBeGreaterThan(places[0] ?? 0);
    expect(await wait(citizen)).toEqual([]);
  });

  it("that brings a person leaves the tap to that person", async () => {
    const citizen = newCitizen();
    await slow.writes(citizen, "mau bicara dengan petugas");
    const heard = await slow.taps(citizen, "kia");
    expect(heard.length).toBeGreaterThan(0);
    expect(says(heard, wordingOf("kia", 1))).toBe(false);
  });

  it("ends when a person writes, so that nothing is answered over their head", async () => {
    const citizen = newCitizen();
    await slow.writes(citizen, "ktp saya hilang");
    await slow.personSays(citizen, "Saya bantu ya");
    expect(await wait(citizen)).toEqual([]);
  });

  it("never delays danger, even when only the pieces together are dangerous", async () => {
    const alone = await slow.writes(newCitizen(), "tolong rumah saya kebakaran");
    expect(alone[0]).toMatch(/11[0-9]/);
    const citizen = newCitizen();
    await slow.writes(citizen, "bapak saya");
    const heard = await slow.writes(citizen, "tidak sadarkan diri");
    expect(heard[0]).toMatch(/11[0-9]/);
    expect(await wait(citizen)).toEqual([]);
  });
});
