/** Where exactly it is, and whose that place is. */
import { foreignOwner, gazetteerOf } from "../tickets/gazetteer.js";
import { addToPlace, shorten } from "../tickets/place-words.js";
import { isEnough, readPlace } from "../tickets/read-place.js";
import type { Place } from "../vocabulary/ticket.js";
import { ask } from "./ask.js";
import type { Setting } from "./setting.js";
import type { Heard, Line, Talk } from "./talk.js";
import { chosen, COMMANDS, isOneOf, plain } from "./words.js";

/** Says what a place outside of the city or a road of somebody else means; nothing for the city's own. */
export function sayWhoseItIs(talk: Talk, { records }: Setting, place: Place): void {
  const body = foreignOwner(place, records.places);
  if (place.outside === true)
    talk.say({
      key: "luar_kota",
      wordings: records.report.luar_kota,
      values: { badan: body ?? Object.values(records.places.luar_kota)[0]?.badan ?? "" },
    });
  else if (body !== undefined && place.street !== undefined)
    talk.say({
      key: "jalan_milik_lain",
      wordings: records.report.jalan_milik_lain,
      values: { badan: body, jalan: place.street },
    });
}

/** A street alone is long: asks once what is beside it. Whatever is answered is taken. */
export async function withLandmark(
  talk: Talk,
  setting: Setting,
  place: Place,
  asking: { before?: Line; onSilence?(): void },
): Promise<Place> {
  if (isEnough(place) || place.street === undefined) return place;
  const { records } = setting;
  const { tombol, perintah } = records.dialogue;
  const skip = { title: tombol.lewati, value: "!lewati" };
  const more = await ask<{ place?: Place }>(talk, setting, {
    name: "patokan",
    wordings: records.report.patokan,
    values: { jalan: place.street },
    choices: [skip, { title: tombol.petugas, value: COMMANDS.person }],
    ...asking,
    read: (heard) => {
      if (heard.choice === skip.value || isOneOf(heard.text, perintah.lewati, records.words)) return {};
      const reading = readPlace(heard.text, heard.point, gazetteerOf(records.places), false);
      if (reading.place !== undefined) return { place: reading.place };
      const said = plain(heard.text);
      return heard.topic === undefined && said.length >= 3 && !gazetteerOf(records.places).vague.has(said)
        ? { place: { words: heard.text, landmark: heard.text.slice(0, 40).trim() } }
        : undefined;
    },
  });
  if (more.place === undefined) return place;
  const { street, ...rest } = more.place;
  return addToPlace(
    place,
    { ...rest, street: place.street === "" ? street : place.street },
    gazetteerOf(records.places).words,
  );
}

/** The second time somebody says where it is, it is taken as it is said; staff can read. */
export function inOwnWords(heard: Heard): Place | undefined {
  const words = plain(heard.text).split(" ");
  const isPlace = heard.topic === undefined && words.length >= 2 && words.some((word) => word.length >= 4);
  return isPlace && heard.kind === "words" ? { words: shorten(heard.text) } : undefined;
}

/** One question decides which of the places with this name is meant. */
export async function chooseCandidate(
  talk: Talk,
  setting: Setting,
  candidates: string[],
  wordings: readonly string[],
): Promise<Place> {
  const choices = candidates.map((title) => ({ title: title.slice(0, 20), value: title }));
  return ask<Place>(talk, setting, {
    name: "tempat-mana",
    wordings,
    choices,
    read: (heard, attempt) => {
      const gazetteer = gazetteerOf(setting.records.places);
      const picked = chosen(heard, choices);
      const reading = readPlace(picked ?? heard.text, heard.point, gazetteer, true);
      return reading.place ?? (attempt > 0 ? inOwnWords(heard) : undefined);
    },
  });
}
