/** Picks street, landmark, RT/RW, kelurahan and kecamatan out of what a citizen wrote. */
import { DamerauLevenshteinDistance } from "natural/lib/natural/distance/levenshtein_distance";
import type { Point } from "../vocabulary/distance.js";
import type { Place } from "../vocabulary/ticket.js";
import { numbersOf, plainRelation, shorten, titleCase, wordsOf } from "./place-words.js";
import { tokensOf, type Gazetteer, type Named } from "./gazetteer.js";

/** What was found. `candidates`: several places have this name; one question decides. */
export interface PlaceReading {
  place?: Place;
  candidates?: string[];
}

const MOST_NAME_WORDS = 4;
/** From so many letters on a name may have one slip of the pen. */
const FUZZY_FROM = 5;
const DISTRICT_WORDS = ["kel", "kelurahan", "desa", "kampung", "kp", "kec", "kecamatan"];
/** Said to us, not part of a name, when they stand at its end. */
const ADDRESS_WORDS = new Set(["min", "pak", "bu", "kak", "mas", "mbak", "gan"]);

interface Found<T> {
  entry: T;
  from: number;
  to: number;
  /** "jl", "kel" or the like stood before it. */
  isNamed: boolean;
}

/**
 * Reads the place in a text. `isAsked`: the citizen answers the question where it is, so a bare name counts, too.
 * Without any trace of a place there is neither place nor candidates.
 */
export function readPlace(
  text: string,
  point: Point | undefined,
  gazetteer: Gazetteer,
  isAsked: boolean,
): PlaceReading {
  const tokens = tokensOf(text);
  const street = findStreet(tokens, gazetteer, isAsked);
  const landmark = findLandmark(tokens, gazetteer);
  const district = findDistrict(tokens, gazetteer, isAsked && street === undefined);
  const outside = longest(tokens, gazetteer.outside);
  const twins =
    street !== undefined && !street.isNamed && landmark === undefined
      ? twinsOf(street.entry.name, tokens.slice(street.from, street.to), gazetteer)
      : [];
  if (twins.length > 1 && point === undefined) return { candidates: twins };
  const place: Partial<Place> = {
    ...(street === undefined ? {} : { street: street.entry.name, ...known(street.entry) }),
    ...landmark?.place,
    ...district,
    ...numbersOf(tokens),
    ...(point === undefined ? {} : { latitude: point.latitude, longitude: point.longitude }),
    ...(outside === undefined ? {} : { outside: true as const, owner: outside.entry.body }),
  };
  if (street !== undefined && landmark?.place.street !== undefined) place.street = street.entry.name;
  if (place.street !== undefined && place.owner === undefined)
    // What was said counts more than what is known of the street.
    Object.assign(place, { ...known(gazetteer.streets.find(({ name }) => name === place.street)), ...place });
  if (point !== undefined && !gazetteer.isInside(point)) place.outside = true;
  if (Object.keys(place).length === 0) return {};
  const words = [
    wordsOf(place, landmark?.words, gazetteer.words) ??
      (point === undefined ? undefined : gazetteer.pinWords),
    outside?.entry.name,
  ]
    .filter(Boolean)
    .join(", ");
  return { place: { ...place, words: shorten(words === "" ? text : words) } };
}

/** True when staff can find it: a point, a street with something beside it, a landmark of the city, or a named RT. */
export function isEnough(place: Place): boolean {
  if (place.latitude !== undefined) return true;
  if (place.street !== undefined)
    return place.landmark !== undefined || place.rt !== undefined || place.outside === true;
  return (place.kelurahan !== undefined && place.rt !== undefined) || place.outside === true;
}

function known(street: Gazetteer["streets"][number] | undefined): Partial<Place> {
  return {
    ...(street?.owner === undefined ? {} : { owner: street.owner }),
    ...(street?.kelurahan === undefined ? {} : { kelurahan: street.kelurahan }),
  };
}

function findStreet(tokens: readonly string[], gazetteer: Gazetteer, isAsked: boolean) {
  const found = allOf(tokens, gazetteer.streets, true)
    .filter(({ from }) => !DISTRICT_WORDS.includes(tokens[from - 1] ?? ""))
    // "Gang Melati" is another one than "Jl. Melati".
    .filter(({ entry, from }) => tokens[from - 1] !== "gg" || tokensOf(entry.name)[0] === "gg")
    .map((each) => ({ ...each, isNamed: ["jl", "gg"].includes(tokens[each.from - 1] ?? "") }));
  const named = best(found.filter(({ isNamed }) => isNamed));
  if (named !== undefined) return named;
  const written = writtenStreet(tokens, gazetteer);
  if (written !== undefined) return written;
  const afterDi = found.filter(({ from }) => ["di", "ke", "neng", "ning"].includes(tokens[from - 1] ?? ""));
  return best(isAsked ? found : afterDi);
}

/** "jl wijaya kusuma" that no record knows: the words up to the first that cannot belong to a name. */
function writtenStreet(
  tokens: readonly string[],
  gazetteer: Gazetteer,
): Found<Gazetteer["streets"][number]> | undefined {
  for (const [at, token] of tokens.entries()) {
    if (token !== "jl" && token !== "gg") continue;
    const name = nameAfter(tokens, at + 1, gazetteer);
    if (name.length === 0) continue;
    const { jalan, gang } = gazetteer.words.short;
    const title = `${token === "jl" ? jalan : gang} ${titleCase(name)}`;
    return { entry: { name: title, phrases: [] }, from: at, to: at + 1 + name.length, isNamed: true };
  }
  return undefined;
}

function nameAfter(tokens: readonly string[], from: number, gazetteer: Gazetteer): string[] {
  const name: string[] = [];
  for (let at = from; at < tokens.length && name.length < MOST_NAME_WORDS; at += 1) {
    const token = tokens[at] ?? "";
    if (gazetteer.stops.has(token) || /^(jl|gg|rt|rw|kel|kelurahan|kec|kecamatan|no|nomor)$/.test(token))
      break;
    if (gazetteer.near.some((near) => matchesAt(tokens, at, near))) break;
    name.push(token);
  }
  while (ADDRESS_WORDS.has(name.at(-1) ?? "")) name.pop();
  return name;
}

interface LandmarkFound {
  place: Pick<Place, "landmark" | "street">;
  /** With the word before it: "depan SDN 3". */
  words: string;
}

function findLandmark(tokens: readonly string[], gazetteer: Gazetteer): LandmarkFound | undefined {
  const listed = longest(tokens, gazetteer.landmarks);
  if (listed !== undefined) {
    const { name, street } = listed.entry;
    const before = gazetteer.near.find((near) => matchesAt(tokens, listed.from - near.length, near));
    const relation =
      before === undefined ? gazetteer.words.otherRelation : plainRelation(before, gazetteer.words);
    return {
      place: { landmark: name, ...(street === undefined ? {} : { street }) },
      words: `${relation} ${name}`,
    };
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const near = gazetteer.near.find((phrase) => matchesAt(tokens, at, phrase));
    if (near === undefined) continue;
    const name = nameAfter(tokens, at + near.length, gazetteer);
    const written = name.join(" ");
    if (
      written === "" ||
      [...gazetteer.vague].some((vague) => written === vague || written.startsWith(`${vague} `))
    )
      continue;
    return {
      place: { landmark: titleCase(name) },
      words: `${plainRelation(near, gazetteer.words)} ${titleCase(name)}`,
    };
  }
  return undefined;
}

function findDistrict(
  tokens: readonly string[],
  gazetteer: Gazetteer,
  isBareAllowed: boolean,
): Pick<Place, "kelurahan" | "kecamatan"> {
  const after = (words: readonly string[]) => (found: Found<unknown>) =>
    words.includes(tokens[found.from - 1] ?? "");
  const all = allOf(tokens, gazetteer.kelurahan, false);
  const kelurahan = best(all.filter(after(DISTRICT_WORDS))) ?? (isBareAllowed ? best(all) : undefined);
  if (kelurahan !== undefined)
    return { kelurahan: kelurahan.entry.name, kecamatan: kelurahan.entry.kecamatan };
  const kecamatan = longest(tokens, gazetteer.kecamatan);
  return kecamatan === undefined ? {} : { kecamatan: kecamatan.entry.name };
}

/** A street and a kelurahan may share a name; "melati" alone could be either. */
function twinsOf(street: string, phrase: readonly string[], gazetteer: Gazetteer): string[] {
  const twin = gazetteer.kelurahan.find(({ phrases }) =>
    phrases.some((each) => each.join(" ") === phrase.join(" ")),
  );
  return twin === undefined ? [street] : [street, `${gazetteer.words.short.kelurahan} ${twin.name}`];
}

function allOf<T extends Named>(
  tokens: readonly string[],
  entries: readonly T[],
  isFuzzy: boolean,
): Found<T>[] {
  const found: Found<T>[] = [];
  for (const entry of entries)
    for (const phrase of entry.phrases)
      for (let from = 0; from + phrase.length <= tokens.length; from += 1) {
        const isPrefixed = tokens[from - 1] === "jl" || tokens[from - 1] === "gg";
        if (matchesAt(tokens, from, phrase, isFuzzy && isPrefixed))
          found.push({ entry, from, to: from + phrase.length, isNamed: false });
      }
  return found;
}

const longest = <T extends Named>(tokens: readonly string[], entries: readonly T[]) =>
  best(allOf(tokens, entries, false));

function best<F extends Found<unknown>>(found: readonly F[]): F | undefined {
  return [...found].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
}

function matchesAt(
  tokens: readonly string[],
  from: number,
  phrase: readonly string[],
  isFuzzy = false,
): boolean {
  if (from < 0 || phrase.length === 0) return false;
  // Asked for every name of the city at every word: a plain loop, that stops at the first difference.
  for (let index = 0; index < phrase.length; index += 1) {
    const word = phrase[index] ?? "";
    const token = tokens[from + index];
    if (token !== word && !(isFuzzy && token !== undefined && isSlip(token, word))) return false;
  }
  return true;
}

/** One letter wrong, missing, too many, or two of them swapped: then at least one end is as it should be. */
function isSlip(token: string, word: string): boolean {
  return (
    word.length >= FUZZY_FROM &&
    token.length >= FUZZY_FROM - 1 &&
    Math.abs(token.length - word.length) <= 1 &&
    (token[0] === word[0] || token.at(-1) === word.at(-1)) &&
    DamerauLevenshteinDistance(token, word, { restricted: true }) === 1
  );
}
