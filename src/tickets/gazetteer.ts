/** The city's streets, landmarks and districts, prepared for finding them in free text. */
import type { PlacesFile } from "../intents/format-dialogues.js";
import { metresBetween, type Point } from "../vocabulary/distance.js";
import type { Place } from "../vocabulary/ticket.js";
import type { PlaceWords } from "./place-words.js";

/** A name with the ways it is written, as plain words: "Jl. Mawar Raya" → [mawar, raya]. */
export interface Named {
  name: string;
  phrases: string[][];
}

export interface Gazetteer {
  streets: (Named & { owner?: string; kelurahan?: string })[];
  landmarks: (Named & { street?: string })[];
  kelurahan: (Named & { kecamatan: string })[];
  kecamatan: Named[];
  outside: (Named & { body: string })[];
  near: string[][];
  /** How places are said back. */
  words: PlaceWords;
  /** What a point without words is called. */
  pinWords: string;
  vague: Set<string>;
  /** Words that no name of a street or landmark goes beyond. */
  stops: Set<string>;
  isInside(point: Point): boolean;
}

const prepared = new WeakMap<PlacesFile, Gazetteer>();

/** Prepared once for each library. */
export function gazetteerOf(places: PlacesFile): Gazetteer {
  const known = prepared.get(places);
  if (known !== undefined) return known;
  const gazetteer = prepare(places);
  prepared.set(places, gazetteer);
  return gazetteer;
}

function prepare(places: PlacesFile): Gazetteer {
  const named = (name: string, also: readonly string[] = []): Named => ({
    name,
    phrases: [name, ...also].map(tokensOf).map(withoutPrefix),
  });
  const { utara, selatan, barat, timur } = places.batas;
  return {
    streets: Object.entries(places.jalan).map(([name, { juga, pemilik, kelurahan }]) => ({
      ...named(name, juga),
      owner: pemilik,
      kelurahan,
    })),
    landmarks: Object.entries(places.patokan).map(([name, { juga, jalan }]) => ({
      ...named(name, juga),
      street: jalan,
    })),
    kelurahan: Object.entries(places.kecamatan).flatMap(([kecamatan, { kelurahan }]) =>
      kelurahan.map((name) => ({ ...named(name), kecamatan })),
    ),
    kecamatan: Object.keys(places.kecamatan).map((name) => named(name)),
    outside: Object.entries(places.luar_kota).map(([name, { juga, badan }]) => ({
      ...named(name, juga),
      body: badan,
    })),
    words: {
      relations: new Map(
        Object.entries(places.sebutan_dekat).flatMap(([said, all]) =>
          all.map((each): [string, string] => [tokensOf(each).join(" "), said]),
        ),
      ),
      otherRelation: places.sebutan_lain,
      short: places.singkatan,
    },
    pinWords: places.titik_peta,
    near: places.kata_dekat.map(tokensOf),
    vague: new Set(places.kabur.map((phrase) => tokensOf(phrase).join(" "))),
    stops: new Set(places.bukan_nama.flatMap(tokensOf)),
    isInside: ({ latitude, longitude }) =>
      latitude <= Number(utara) &&
      latitude >= Number(selatan) &&
      longitude >= Number(barat) &&
      longitude <= Number(timur),
  };
}

/** Words for "street" and "lane", however they are written. */
const STREET = new Set(["jl", "jln", "jalan", "jalanan", "dalan", "margi", "street"]);
const LANE = new Set(["gg", "gang"]);

/** Plain words; "Jl." and its like become `jl`, "gang" becomes `gg`. */
export function tokensOf(text: string): string[] {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\b(rt|rw)\s*\.?\s*(?=\d)/g, "$1 ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => (STREET.has(word) ? "jl" : LANE.has(word) ? "gg" : word));
}

function withoutPrefix(tokens: string[]): string[] {
  return tokens[0] === "jl" && tokens.length > 1 ? tokens.slice(1) : tokens;
}

/** Who looks after the road of a place, by name; undefined for roads of the city and unknown ones. */
export function foreignOwner(place: Place, places: PlacesFile): string | undefined {
  if (place.outside === true) return place.owner;
  return place.owner === undefined || place.owner === "kota" ? undefined : places.pemilik[place.owner]?.nama;
}

/** Reports about the same thing are at most this far apart. */
const SAME_SPOT_METRES = 50;

/** True when two places are surely one: close to each other, or the same street with the same landmark or RT. */
export function isSamePlace(a: Place, b: Place): boolean {
  const pointA = pointOf(a);
  const pointB = pointOf(b);
  if (pointA !== undefined && pointB !== undefined) return metresBetween(pointA, pointB) <= SAME_SPOT_METRES;
  if (a.street === undefined || a.street.toLowerCase() !== b.street?.toLowerCase()) return false;
  if (a.landmark !== undefined && b.landmark !== undefined)
    return tokensOf(a.landmark).join(" ") === tokensOf(b.landmark).join(" ");
  return a.rt !== undefined && a.rt === b.rt && a.rw === b.rw;
}

export const pointOf = ({ latitude, longitude }: Place): Point | undefined =>
  latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
