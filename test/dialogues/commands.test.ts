/** "batal", "ulang" and "petugas" work wherever a dialogue waits, and so do silence, stickers and a change of mind. */
import { beginsHow } from "../../src/dialogues/registry";
import { payloadOfIntent, payloadOfWalk } from "../../src/vocabulary/reply";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";

/** How to come to each question of a report: `[button]` or words. */
const PLACES: Record<string, string[]> = {
  danger: ["jalan berlubang"],
  place: ["jalan berlubang", "[Tidak]"],
  "which place": ["jalan berlubang", "[Tidak]", "melati"],
  landmark: ["jalan berlubang", "[Tidak]", "jl kenanga"],
  picture: ["jalan berlubang", "[Tidak]", "jl kenanga depan pasar"],
  size: ["jalan berlubang", "[Tidak]", "jl kenanga depan pasar", "[Lewati]"],
  since: ["jalan berlubang", "[Tidak]", "jl kenanga depan pasar", "[Lewati]", "[Lewati]"],
  "read back": ["lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh", "[Lewati]"],
  "what to change": [
    "lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh",
    "[Lewati]",
    "[Ubah lainnya]",
  ],
  "the lamp's number": ["lampu jalan mati di jl melati dekat masjid agung"],
  "a question about papers": ["ktp saya hilang", "[Pelan-pelan]"],
  "a step of papers": ["ktp saya hilang", "[Pelan-pelan]", "[Ada]"],
  "what is not clear": ["ktp saya hilang", "[Pelan-pelan]", "[Ada]", "[Belum]"],
  "which report": ["cek status laporan"],
};

describe("Wherever a dialogue waits", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);

  const goTo = async (moves: readonly string[]): Promise<Talker> => {
    const citizen = aCitizen(town);
    for (const move of moves) {
      const title = /^\[(.+)\]$/.exec(move)?.[1];
      await (title === undefined ? citizen.writes(move) : citizen.taps(title));
    }
    expect(citizen.talk.citizen().dialogue).toBeDefined();
    return citizen;
  };
  const waits = (citizen: Talker): boolean => citizen.talk.citizen().dialogue !== undefined;

  it.each(Object.entries(PLACES))("at %s: batal, ulang, petugas, in words", async (_name, moves) => {
    const off = await goTo(moves);
    expect(await off.writes("batal")).toMatch(/tidak jadi/i);
    expect(waits(off)).toBe(false);
    expect(off.talk.tickets.all()).toEqual([]);

    const again = await goTo(moves);
    expect(await again.writes("ulang dari awal min")).toMatch(/dari awal/);
    expect(waits(again)).toBe(true);

    const person = await goTo(moves);
    expect(await person.writes("bicara petugas")).toContain("petugas");
    expect(person.talk.escalation()).toMatchObject({ reason: "asked" });
    expect(waits(person)).toBe(false);
    expect(person.talk.citizen().quiet).toMatchObject({ reason: "asked" });
  });

  it.each(Object.entries(PLACES))("at %s: danger is heard before everything else", async (_name, moves) => {
    const citizen = await goTo(moves);
    const said = await citizen.writes("tolong rumah saya kebakaran");
    expect(said.split("\n")[0]).toContain("112");
    expect(citizen.talk.escalation()).toMatchObject({ reason: "urgent", priority: "P0" });
    expect(waits(citizen)).toBe(false);
  });

  it.each(Object.entries(PLACES))("at %s: a sticker or a voice note loses nothing", async (_name, moves) => {
    const citizen = await goTo(moves);
    const question = citizen.talk.citizen().dialogue?.question;
    for (const kind of ["sticker", "audio"] as const) {
      expect(await citizen.sends({ kind })).not.toBe("");
      expect(citizen.talk.citizen().dialogue?.question).toBe(question);
    }
  });

  it("works at the first question of every topic that has a dialogue", async () => {
    const topics = [...town.library.intents.values()].filter((intent) => beginsHow(intent) !== "never");
    expect(topics.length).toBeGreaterThanOrEqual(25);
    const begin = async (id: string): Promise<Talker> => {
      const intent = town.library.intents.get(id);
      if (intent === undefined) throw new Error(id);
      const citizen = aCitizen(town);
      const choice = beginsHow(intent) === "button" ? payloadOfWalk(id) : payloadOfIntent(id);
      await citizen.talk.happens({ kind: "message", mid: `m-${id}`, text: id, choice, attachments: [] });
      expect({ id, waits: waits(citizen) }).toEqual({ id, waits: true });
      return citizen;
    };
    for (const { id } of topics) {
      const off = await begin(id);
      await off.writes("batal");
      expect({ id, waits: waits(off), tickets: off.talk.tickets.all() }).toEqual({
        id,
        waits: false,
        tickets: [],
      });
      const again = await begin(id);
      const first = again.talk.citizen().dialogue?.question;
      await again.writes("ulang");
      expect({ id, question: again.talk.citizen().dialogue?.question }).toEqual({ id, question: first });
      const person = await begin(id);
      await person.writes("petugas");
      expect({ id, reason: person.talk.escalation()?.reason }).toEqual({ id, reason: "asked" });
    }
  }, 120_000);
});
