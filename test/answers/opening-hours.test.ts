/** Opening hours: open or not, until when, and when again, in each of Indonesia's zones, on holidays and at midnight. */
import {
  hoursSentence,
  isOpen,
  nextOpening,
  openSentence,
  whenAnswered,
  type Calendar,
} from "../../src/answers/opening-hours";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { HoursFile } from "../../src/intents/format";
import { readWeek } from "../../src/intents/hours";

const { kalimat: words } = parse(
  readFileSync(path.join(__dirname, "..", "..", "intents", "_jam.yaml"), "utf8"),
) as HoursFile;

/** The moment of a clock on the wall; offset in hours. */
const wall = (text: string, offset = 7): number =>
  Date.parse(`${text.replace(" ", "T")}:00Z`) - offset * 3_600_000;
const calendar = (hours: Record<string, string>, more: Partial<Calendar> = {}): Calendar => ({
  week: readWeek(hours) ?? [],
  holidays: {},
  zone: "Asia/Jakarta",
  words,
  ...more,
});
const OFFICE = { "senin-kamis": "08.00-12.00, 13.00-15.30", jumat: "08.00-11.30" };
const office = calendar(OFFICE, { holidays: { "2026-12-25": "Hari Raya Natal", "2026-11-27": "Hari Kota" } });

describe("A counter", () => {
  it.each([
    ["2026-11-25 07:59", false],
    ["2026-11-25 08:00", true],
    ["2026-11-25 11:59", true],
    ["2026-11-25 12:00", false],
    ["2026-11-25 13:00", true],
    ["2026-11-25 15:29", true],
    ["2026-11-25 15:30", false],
    ["2026-11-28 10:00", false],
    ["2026-12-25 09:00", false],
  ])("at %s is open: %s", (at, open) => {
    expect(isOpen(office, wall(at))).toBe(open);
  });

  it("is judged by the clock on its own wall", () => {
    const at = Date.UTC(2026, 10, 25, 1, 30);
    const open = (zone: string): boolean => isOpen(calendar(OFFICE, { zone }), at);
    expect([open("Asia/Jakarta"), open("Asia/Makassar"), open("Asia/Jayapura")]).toEqual([true, true, true]);
    const early = Date.UTC(2026, 10, 24, 23, 30);
    const isEarly = (zone: string): boolean => isOpen(calendar(OFFICE, { zone }), early);
    expect([isEarly("Asia/Jakarta"), isEarly("Asia/Makassar"), isEarly("Asia/Jayapura")]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("that closes at midnight is not open all day, and one that never closes has no holidays", () => {
    const late = calendar({ "setiap hari": "18.00-24.00" });
    expect(openSentence(late, wall("2026-11-25 23:59"))).toBe("Hari ini buka sampai pukul 24.00.");
    expect(isOpen(late, wall("2026-11-26 00:00"))).toBe(false);
    expect(whenAnswered(late, wall("2026-11-25 20:00"))).toBe("hari ini sebelum pukul 24.00");
    const always = calendar({ "setiap hari": "24 jam" }, { holidays: { "2026-12-25": "Natal" } });
    expect(openSentence(always, wall("2026-12-25 03:00"))).toBe("Buka 24 jam.");
    expect(whenAnswered(always, wall("2026-12-25 03:00"))).toBe("secepatnya");
  });
});

describe("What is said about it", () => {
  it.each([
    ["2026-11-25 10:00", "Hari ini buka sampai pukul 15.30."],
    ["2026-11-25 12:30", "Sekarang tutup. Buka lagi hari ini pukul 13.00."],
    ["2026-11-25 06:00", "Sekarang tutup. Buka lagi hari ini pukul 08.00."],
    ["2026-11-25 23:59", "Sekarang tutup. Buka lagi besok, Kamis, pukul 08.00."],
    ["2026-11-26 00:00", "Sekarang tutup. Buka lagi hari ini pukul 08.00."],
    ["2026-11-26 16:00", "Sekarang tutup. Buka lagi Senin pukul 08.00."],
    ["2026-11-27 09:00", "Hari ini libur Hari Kota. Buka lagi Senin pukul 08.00."],
    ["2026-12-24 16:00", "Sekarang tutup. Buka lagi Senin pukul 08.00."],
  ])("at %s: %s", (at, sentence) => {
    expect(openSentence(office, wall(at))).toBe(sentence);
  });

  it.each([
    ["2026-11-25 10:00", "hari ini sebelum pukul 15.30"],
    ["2026-11-25 12:30", "hari ini mulai pukul 13.00"],
    ["2026-11-25 20:00", "besok, Kamis, mulai pukul 08.00"],
    ["2026-11-28 10:00", "Senin mulai pukul 08.00"],
  ])("a person's answer at %s is promised %s", (at, words) => {
    expect(whenAnswered(office, wall(at))).toBe(words);
  });

  it("names the date when it is a week or more away, and promises nothing that cannot be known", () => {
    const rare = calendar({ rabu: "08.00-10.00" });
    expect(openSentence(rare, wall("2026-11-25 11:00"))).toBe(
      "Sekarang tutup. Buka lagi Rabu 2 Desember pukul 08.00.",
    );
    const never = calendar({});
    expect(nextOpening(never, wall("2026-11-25 11:00"))).toBeUndefined();
    expect(whenAnswered(never, wall("2026-11-25 11:00"))).toBe("pada hari kerja berikutnya");
    expect(openSentence(never, wall("2026-11-25 11:00"))).toBe("Sekarang tutup.");
  });

  it("sums up a week in one line", () => {
    expect(hoursSentence(office)).toBe("Senin–Kamis 08.00–12.00 dan 13.00–15.30, Jumat 08.00–11.30.");
    expect(hoursSentence(calendar({ "setiap hari": "24 jam" }))).toBe("Setiap hari 24 jam.");
    expect(hoursSentence(calendar({ "setiap hari": "09.00-17.00" }))).toBe("Setiap hari 09.00–17.00.");
    expect(hoursSentence(calendar({}))).toBe("Belum ada jam buka.");
  });
});

describe("Hours as editors write them", () => {
  it.each([
    [{ senin: "8.00-12:00" }, true],
    [{ "Senin – Jumat": "08.00 – 15.00" }, true],
    [{ sabtu: "tutup" }, true],
    [{ "jumat-senin": "08.00-12.00" }, false],
    [{ senin: "08.00-25.00" }, false],
    [{ senin: "12.00-08.00" }, false],
    [{ senin: "pagi" }, false],
    [{ monday: "08.00-12.00" }, false],
  ])("%j are readable: %s", (hours, isReadable) => {
    expect(readWeek(hours as Record<string, string>) !== undefined).toBe(isReadable);
  });
});
