/** Filling a text with facts, the moment and the citizen's greeting; and which day and part of the day it is. */
import path from "node:path";
import { cityDay } from "../../src/answers/city-day";
import { countOneMore, timesToday } from "../../src/answers/counting";
import { fill, startsWithSalam } from "../../src/answers/fill";
import { partOfDay } from "../../src/answers/salam";
import type { Records } from "../../src/intents/library";
import { loadLibrary } from "../../src/intents/load";

const TEN_JAKARTA = Date.UTC(2026, 10, 25, 3);
let records: Records;
beforeAll(async () => {
  const { library } = await loadLibrary(path.join(__dirname, "..", "..", "intents"));
  if (library === undefined) throw new Error("the library does not load");
  ({ records } = library);
});
const filled = (
  text: string,
  more: { zone?: string; now?: number; citizenText?: string; agency?: string } = {},
) => fill(text, { records, agency: "disdukcapil", zone: "Asia/Jakarta", now: TEN_JAKARTA, ...more });

describe("Filling a text", () => {
  it("puts in the city's facts, and leaves a text without placeholders as it is", () => {
    expect(filled("Halo {kota}.").text).toBe(`Halo ${records.city.nama}.`);
    expect(filled("{dinas.jam} {dinas.buka}").text).toMatch(
      /^Senin.*\. Hari ini buka sampai pukul \d\d\.\d\d\.$/,
    );
    expect(filled("Tanpa isian.")).toEqual({ text: "Tanpa isian.", staleFacts: [] });
    expect(filled("{tidak_ada}").text).toBe("{tidak_ada}");
  });

  it("greets by the city's own time of day", () => {
    const at = Date.UTC(2026, 10, 25, 2, 30);
    const inZone = (zone: string): string => filled("{waktu}", { zone, now: at }).text;
    expect([inZone("Asia/Jakarta"), inZone("Asia/Makassar"), inZone("Asia/Jayapura")]).toEqual([
      "pagi",
      "pagi",
      "siang",
    ]);
    expect([3, 4, 10, 11, 14, 15, 17, 18, 23, 0].map(partOfDay)).toEqual([
      "malam",
      "pagi",
      "pagi",
      "siang",
      "siang",
      "sore",
      "sore",
      "malam",
      "malam",
      "malam",
    ]);
  });

  it("gives back the salam that was given, and only an Islamic one the Islamic way", () => {
    const back = (citizenText?: string): string =>
      filled("{balas_salam}", citizenText === undefined ? {} : { citizenText }).text;
    expect(back("Assalamu'alaikum min")).toBe("Wa'alaikumsalam.");
    expect(back("assalamualaikuuuum")).toBe("Wa'alaikumsalam.");
    expect(back("selamat malam pak")).toBe("Selamat pagi.");
    expect(back("halo min")).toBe("Selamat pagi.");
    expect(back()).toBe("Selamat pagi.");
    expect(startsWithSalam("pagi min", records.common.balasan_salam)).toBe(true);
    expect(startsWithSalam("pagiku cerah", records.common.balasan_salam)).toBe(false);
    expect(startsWithSalam("ktp hilang, assalamualaikum", records.common.balasan_salam)).toBe(false);
  });

  it("says which facts are past their review date, by the city's calendar", () => {
    const [id, fact] = Object.entries(records.facts)[0] ?? [];
    if (id === undefined || fact === undefined) throw new Error("no facts");
    const lastDay = Date.parse(`${fact.tinjau_lagi}T16:59:00Z`);
    expect(filled(`{fakta.${id}}`, { now: lastDay }).staleFacts).toEqual([]);
    expect(filled(`{fakta.${id}}`, { now: lastDay + 60_000 }).staleFacts).toEqual([id]);
  });
});

describe("A city's day", () => {
  it("changes at its own midnight", () => {
    const at = Date.UTC(2026, 11, 31, 16, 0);
    expect(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"].map((zone) => cityDay(at, zone))).toEqual([
      "2026-12-31",
      "2027-01-01",
      "2027-01-01",
    ]);
    expect(cityDay(at + 3_599_999, "Asia/Jakarta")).toBe("2026-12-31");
    expect(cityDay(at + 3_600_000, "Asia/Jakarta")).toBe("2027-01-01");
  });

  it("begins every count anew", () => {
    const once = countOneMore(undefined, "2026-11-25", "kia");
    const twice = countOneMore(once, "2026-11-25", "kia");
    expect([
      timesToday(undefined, "2026-11-25", "kia"),
      timesToday(once, "2026-11-25", "kia"),
      timesToday(twice, "2026-11-25", "kia"),
    ]).toEqual([0, 1, 2]);
    expect(timesToday(twice, "2026-11-25", "ktp-baru")).toBe(0);
    expect(timesToday(twice, "2026-11-26", "kia")).toBe(0);
    expect(countOneMore(twice, "2026-11-26", "kia")).toEqual({ day: "2026-11-26", times: { kia: 1 } });
  });
});
