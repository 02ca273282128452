/** How everyday words are read: normalising, repair, meanings, negation, language, places. */
import { createConcepts } from "../../../src/intents/matching/concepts.js";
import { isEnglish } from "../../../src/intents/matching/english.js";
import { withoutDenied } from "../../../src/intents/matching/negation.js";
import { createNormalizer, simplify } from "../../../src/intents/matching/normalize.js";
import { createRepair } from "../../../src/intents/matching/repair.js";
import { createFindSlots } from "../../../src/intents/matching/slots.js";

const WORDS = {
  kata: { gmn: "bagaimana", ilang: "hilang", sy: "saya" },
  basa_basi: ["min", "mohon bantuan", "kak"],
  sepadan: ["hilang, lenyap, raib"],
};
const normalizer = createNormalizer(WORDS);

describe("A message in everyday spelling", () => {
  it("is read in plain words", () => {
    expect(normalizer.words("Min, KTP sy ILAAANG gmn???")).toEqual(["ktp", "saya", "hilang", "bagaimana"]);
  });

  it("loses polite phrases at its ends, but not a topic that is part of one", () => {
    expect(normalizer.words("mohon bantuan ktp hilang kak")).toEqual(["ktp", "hilang"]);
    expect(normalizer.words("kapan dapat bantuan")).toEqual(["kapan", "dapat", "bantuan"]);
  });

  it("keeps its words when only politeness would be taken", () => {
    expect(normalizer.words("min")).toEqual(["min"]);
  });

  it("is read through disguise and invisible signs", () => {
    expect(simplify("K\u200bTP\ufeff  Jum'at https://contoh.example/x e-KTP")).toBe("ktp jumat ektp");
  });
});

describe("A word the library has never seen", () => {
  const repair = createRepair(
    new Map([
      ["kartu", 5],
      ["perpanjang", 2],
      ["lampu", 3],
    ]),
  );

  it("is repaired when vowels are missing or a finger slipped", () => {
    expect(["krtu", "kratu", "prpnjang", "lampuu"].map(repair)).toEqual([
      "kartu",
      "kartu",
      "perpanjang",
      "lampu",
    ]);
  });

  it("is left alone when it is a real Indonesian word or a number", () => {
    expect(["lampau", "12345", "ba"].map(repair)).toEqual(["lampau", "12345", "ba"]);
  });
});

describe("Words of one meaning", () => {
  const conceptsOf = createConcepts(WORDS, normalizer);

  it("share it, in the library's groups and in the everyday ones", () => {
    expect(conceptsOf("raib")).toEqual(expect.arrayContaining(["city hilang"]));
    expect(conceptsOf("lenyap")).toEqual(expect.arrayContaining(["city hilang"]));
    expect(conceptsOf("hujan")).toEqual(expect.arrayContaining(["id cuaca"]));
    expect(conceptsOf("xyzzy")).toEqual([]);
  });
});

describe("What is denied", () => {
  it("does not speak for its topic", () => {
    expect(withoutDenied(["kk", "hilang", "bukan", "ktp"])).toEqual(["kk", "hilang", "bukan"]);
    expect(withoutDenied(["bukan", "warga", "sini"])).toEqual(["bukan", "warga", "sini"]);
  });
});

describe("Plain English", () => {
  it.each([
    ["how do i get a new id card", true],
    ["where is the office", true],
    ["mau cancel order saya", false],
    ["ktp hilang gmn", false],
    ["i lost my ktp di pasar", false],
  ])("%s: %s", (text, expected) => {
    expect(isEnglish(simplify(text).split(" "))).toBe(expected);
  });
});

describe("Agency and place", () => {
  const agency = {
    nama: "Dinas Sosial",
    singkatan: "Dinsos",
    alamat: "",
    telepon: "",
    sumber: "",
    diperiksa: "",
    tinjau_lagi: "",
  };
  const findSlots = createFindSlots({ dinsos: agency }, normalizer.allWords);

  it("are found by the city's own records", () => {
    expect(findSlots(normalizer.allWords("jam buka Dinsos"))).toEqual({ agency: "dinsos" });
    expect(findSlots(normalizer.allWords("alamat kecamatan timur"))).toEqual({ place: "kecamatan timur" });
    expect(findSlots(normalizer.allWords("jalan rusak"))).toEqual({});
  });
});
