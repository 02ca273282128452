/** A place in words for people, and places in the addresses of maps. */
import type { PlacesFile } from "../intents/format-dialogues.js";
import type { Point } from "../vocabulary/distance.js";
import type { Place } from "../vocabulary/ticket.js";

/** Longer descriptions are cut; the staff see the whole conversation. */
const LONGEST_WORDS = 120;

/** How the city says a place. */
export interface PlaceWords {
  /** What is said for a word before a landmark: "ngarep" → "depan". */
  relations: ReadonlyMap<string, string>;
  otherRelation: string;
  short: PlacesFile["singkatan"];
}

/** The place in a line: "Jl. Mawar depan SDN 3, RT 5 RW 2, Kel. Melati". */
export function wordsOf(
  place: Partial<Place>,
  landmark: string | undefined,
  { otherRelation, short }: PlaceWords,
): string | undefined {
  const beside =
    landmark ?? (place.landmark === undefined ? undefined : `${otherRelation} ${place.landmark}`);
  const where = [place.street, beside].filter((part) => part !== undefined).join(" ");
  const rt = [place.rt && `${short.rt} ${place.rt}`, place.rw && `${short.rw} ${place.rw}`]
    .filter(Boolean)
    .join(" ");
  const kelurahan = place.kelurahan === undefined ? "" : `${short.kelurahan} ${place.kelurahan}`;
  const kecamatan =
    place.kelurahan === undefined && place.kecamatan !== undefined
      ? `${short.kecamatan} ${place.kecamatan}`
      : "";
  const parts = [where, rt, kelurahan, kecamatan].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join(", ");
}

function relationOf(place: Place): string | undefined {
  return place.landmark === undefined
    ? undefined
    : new RegExp(`\\b\\p{L}+ ${place.landmark.replace(/[^\p{L}\p{N} ]/gu, ".")}`, "u").exec(place.words)?.[0];
}

export function titleCase(words: readonly string[]): string {
  return words
    .map((word) =>
      /^(sd|sdn|smp|smpn|sma|sman|smk|mi|tk|rs|rsud|spbu|bri|bni|pdam|pln|atm)$/.test(word)
        ? word.toUpperCase()
        : `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`,
    )
    .join(" ");
}

/** In one line, and of no more letters than this. */
export const shorten = (text: string, longest = LONGEST_WORDS): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
};

/** "dpn" and "ngarep" read as the word they stand for. */
export const plainRelation = (near: readonly string[], words: PlaceWords): string =>
  words.relations.get(near.join(" ")) ?? words.otherRelation;

/** The place after more was said about it: what was known stays unless it is said anew. */
export function addToPlace(known: Place, more: Place, said: PlaceWords): Place {
  const merged = { ...known, ...more };
  const words =
    known.words === more.words ? known.words : (wordsOf(merged, relationOf(more), said) ?? more.words);
  return { ...merged, words: shorten(words) };
}

/** The address of a map, whether it holds a point or not. */
export const isMapLink = (text: string): boolean =>
  /\b(?:maps\.app\.goo\.gl|goo\.gl\/maps|(?:maps|www)\.google\.[a-z.]+\/?maps?|waze\.com)\b/i.test(text);

/** A point in the address of a map: "?q=-7.56,110.81", "@-7.56,110.81,17z", "ll=…". Short links hold none. */
export function pointInLink(text: string): Point | undefined {
  if (!/map|goo\.gl|waze|geo:/i.test(text)) return undefined;
  const match = /(-?\d{1,2}\.\d{3,})\s*(?:,|%2C|!4d)\s*(-?\d{1,3}\.\d{3,})/i.exec(text);
  if (match === null) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** RT and RW, however they are written. */
export function numbersOf(tokens: readonly string[]): Pick<Place, "rt" | "rw"> {
  const after = (word: string): string | undefined => {
    const number = tokens[tokens.indexOf(word) + 1];
    return tokens.includes(word) && number !== undefined && /^\d{1,3}$/.test(number)
      ? String(Number(number))
      : undefined;
  };
  const rt = after("rt");
  // "RT 05/02" names the RW without saying so.
  const second = tokens[tokens.indexOf("rt") + 2];
  const rw =
    after("rw") ??
    (rt !== undefined && second !== undefined && /^\d{1,3}$/.test(second)
      ? String(Number(second))
      : undefined);
  return { ...(rt === undefined ? {} : { rt }), ...(rw === undefined ? {} : { rw }) };
}
