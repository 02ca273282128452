/** Noise is set aside, a citizen's matter never; copies are told from a surge; numbers of people are hidden. */
import { findCopies, findSurge } from "../../src/triage/copies.js";
import { isNik, maskPersonal, maskPieces, withoutNumbers } from "../../src/triage/mask.js";
import { createFindNoise } from "../../src/triage/noise.js";

const findNoise = createFindNoise();
const others = (texts: readonly string[]): { citizen: string; text: string; at: number }[] =>
  texts.map((text, index) => ({ citizen: `c${index}`, text, at: index }));

describe("Noise", () => {
  it.each([
    ["S L O T g4c0r maxwin, klik bit.ly/x", "spam"],
    ["dasar admin goblok", "insult"],
  ])("%s is %s, with its reason", (text, kind) => {
    const noise = findNoise(text);
    expect(noise?.kind).toBe(kind);
    expect(noise?.reasons[0]).toBeTruthy();
  });

  it.each([
    "goblok kalian, lampu jalan mati seminggu ga dibenerin",
    "min kok banyak iklan slot di komen?",
    "wali kota cuma janji, jalan tetap rusak",
    "saya ketipu slot, lapor kemana",
  ])("%s is no noise", (text) => {
    expect(findNoise(text)).toBeUndefined();
  });
});

describe("Many people at once", () => {
  const copy = "pemerintah sekarang hebat sekali mari kita dukung bersama";

  it("are copies when the words are the same", () => {
    const recent = others([copy, `${copy}!`]);
    expect(findCopies(copy, recent)).toBe(2);
    expect(findNoise(copy, recent)?.kind).toBe("copies");
    expect(findSurge(copy, recent)).toBeUndefined();
  });

  it("are a surge when each tells of one event in words of their own", () => {
    const recent = others([
      "perempatan kenanga banjir selutut motor mogok semua",
      "banjir di kenanga sudah masuk halaman tetangga",
      "depan sekolah kenanga banjir anak anak belum pulang",
      "kapan pompa kenanga nyala banjir makin dalam",
    ]);
    const surge = findSurge("jalan kenanga banjir parah dari sore", recent);
    expect(surge).toMatchObject({ people: 4 });
    expect(surge?.words).toEqual(expect.arrayContaining(["banjir", "kenanga"]));
    expect(findCopies("jalan kenanga banjir parah dari sore", recent)).toBeUndefined();
  });
});

describe("A person's numbers", () => {
  it("are hidden with what they are", () => {
    expect(maskPersonal("nik 3374 0115 0190 0001 wa 0812-3456-7890")).toBe("nik [NIK] wa [TELEPON]");
    expect(maskPersonal("nomor 9999999999999999")).toBe("nomor [ANGKA16]");
    expect(withoutNumbers("tolong, nik saya 3374 0115 0190 0001 dan hp [TELEPON]. ada api")).toBe(
      "tolong, dan . ada api",
    );
    expect(isNik("3374015501900001")).toBe(true);
    expect(isNik("3374013201900001")).toBe(false);
  });

  it("are hidden when they are typed in two messages", () => {
    expect(maskPieces(["nik saya 33740115", "01900001 tolong dicek"])).toEqual([
      "nik saya [NIK]",
      "[…] tolong dicek",
    ]);
    expect(maskPieces(["rt 03 rw 05", "12 rumah kebanjiran"])).toEqual([
      "rt 03 rw 05",
      "12 rumah kebanjiran",
    ]);
  });
});
