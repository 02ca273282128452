/**
 * Agency and place, apart from the topic: "jam buka samsat", "alamat kecamatan timur". In the field's terms: slot filling by
 * gazetteer (Mikheev, Moens and Grover, "Named entity recognition without gazetteers", 1999, on what a gazetteer can do). The
 * names come from the city's records, so that what a city adds is found at once.
 */
import type { AgencyFile } from "../format.js";

export interface Slots {
  /** The agency that is named, as it stands in `_dinas.yaml`. */
  agency?: string;
  /** The place that is named: "kecamatan timur", "jl melati", "rt 3". */
  place?: string;
}

export type FindSlots = (words: readonly string[]) => Slots;

/** Words that begin a place; what follows is its name. */
const PLACE_WORDS = new Set([
  "jalan",
  "gang",
  "kecamatan",
  "kelurahan",
  "desa",
  "dusun",
  "perumahan",
  "kompleks",
  "rt",
  "rw",
  "pasar",
]);
/** Words no place is called. */
const NO_NAME = new Set([
  "saya",
  "kami",
  "ini",
  "itu",
  "yang",
  "di",
  "ke",
  "dimana",
  "mana",
  "apa",
  "rusak",
  "berlubang",
  "depan",
  "ada",
  "sudah",
  "tidak",
  "sampai",
  "bisa",
  "untuk",
  "buka",
  "jam",
  "berapa",
  "mati",
  "banjir",
  "gelap",
]);
/** Words in an agency's name that other agencies have, too. */
const COMMON = new Set([
  "dinas",
  "badan",
  "kota",
  "dan",
  "daerah",
  "kantor",
  "pusat",
  "contoh",
  "satuan",
  "perumda",
  "uptd",
]);
const LONGEST_NAME = 2;

/**
 * The words without the names behind words of place: "jalan anggrek" tells no more of the topic than "jalan". A name is a word
 * that is rare in the library; `countOf` says how often it has a word.
 */
export function withoutNames(words: readonly string[], countOf: (word: string) => number): readonly string[] {
  if (!words.some((word) => NAMED.has(word))) return words;
  let left = 0;
  return words.filter((word) => {
    if (NAMED.has(word)) {
      left = LONGEST_NAME;
      return true;
    }
    left = countOf(word) < KNOWN_FROM && !NO_NAME.has(word) ? left : 0;
    left -= 1;
    return left < 0;
  });
}

/** A word that the library has so often is no name. */
const KNOWN_FROM = 4;
/** What streets, villages and buildings are; what follows is often their name. */
const NAMED = new Set([...PLACE_WORDS, "masjid", "gereja", "sekolah", "jembatan", "sungai", "kampung"]);

/** `plain` turns everyday spelling into plain words, for the records as for the texts. */
export function createFindSlots(agencies: AgencyFile, plain: (text: string) => string[]): FindSlots {
  const names = Object.entries(agencies)
    .flatMap(([id, { nama: name, singkatan: short }]) =>
      [id.replaceAll("_", " "), short, name].map((each) => ({
        id,
        words: plain(each).filter((word) => !COMMON.has(word)),
      })),
    )
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
  return (words) => {
    const agency = names.find((name) => stands(name.words, words))?.id;
    const place = findPlace(words);
    return { ...(agency === undefined ? {} : { agency }), ...(place === undefined ? {} : { place }) };
  };
}

/** The words stand one behind the other. */
function stands(name: readonly string[], words: readonly string[]): boolean {
  const first = name[0];
  for (let at = 0; at + name.length <= words.length; at += 1)
    if (words[at] === first && standsAt(name, words, at)) return true;
  return false;
}

function standsAt(name: readonly string[], words: readonly string[], at: number): boolean {
  return name.every((word, offset) => words[at + offset] === word);
}

function findPlace(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (!PLACE_WORDS.has(word)) continue;
    const name: string[] = [];
    for (const next of words.slice(at + 1, at + 1 + LONGEST_NAME)) {
      if (NO_NAME.has(next)) break;
      name.push(next);
    }
    if (name.length > 0) return [word, ...name].join(" ");
  }
  return undefined;
}
