/** Reports of the same thing: found by the spot, and joined instead of filed twice. */
import { isSamePlace, pointOf } from "../tickets/gazetteer.js";
import { citizenNumber } from "../vocabulary/ticket.js";
import { ask } from "./ask.js";
import { file, photosOf, type Draft } from "./report.js";
import type { Setting } from "./setting.js";
import { statusValues } from "./status-words.js";
import type { Talk } from "./talk.js";
import { chosen, isOneOf } from "./words.js";

/** Doubles are looked for among tickets of so many days. */
const DOUBLE_DAYS = 30;
const DOUBLE_METRES = 50;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Offers to join a report of the same thing. True when the citizen joined, or had reported it before: then it is over. */
export async function joinsAnother(talk: Talk, setting: Setting, draft: Draft): Promise<boolean> {
  const { form } = draft;
  const found = await talk.once("serupa", () => findDouble(setting, draft));
  if (found === null) return false;
  const { records } = setting;
  if (found.isOwn) {
    talk.say({ key: "sudah_lapor", wordings: records.report.sudah_lapor, values: found.values });
    return true;
  }
  const { sama, lain } = records.report.tombol_gabung;
  const choices = [
    { title: sama, value: "sama" },
    { title: lain, value: "lain" },
  ];
  const answer = await ask<"sama" | "lain">(talk, setting, {
    name: "sudah-ada",
    wordings: records.report.sudah_ada,
    values: { tempat: found.place, jumlah: String(found.reporters) },
    choices,
    read: (heard) => {
      const picked = chosen(heard, choices);
      if (picked === "sama" || picked === "lain") return picked;
      if (isOneOf(heard.text, records.report.kata_sama, records.words)) return "sama";
      return isOneOf(heard.text, records.report.kata_lain, records.words) ? "lain" : undefined;
    },
  });
  if (answer === "lain") return false;
  const { now, citizen } = setting;
  file(talk, form.pictures, {
    kind: "join",
    id: found.id,
    reporter: { citizen, at: now, words: form.words },
    photos: photosOf(form, now),
    entry: { at: now, what: "joined", note: form.words },
  });
  file(talk, [], { kind: "drop", id: draft.ticket });
  talk.say({
    key: "digabung",
    wordings: records.report.digabung,
    values: { nomor: found.number, jumlah: String(found.reporters + 1) },
  });
  return true;
}

async function findDouble(setting: Setting, { kind, ticket, form }: Draft) {
  const { place } = form;
  if (place === undefined) return null;
  const point = pointOf(place);
  const search = { kind, since: setting.now - DOUBLE_DAYS * DAY_MS };
  const near = point === undefined ? [] : [{ ...search, near: { ...point, metres: DOUBLE_METRES } }];
  const street = place.street === undefined ? [] : [{ ...search, street: place.street }];
  const lists = await Promise.all(
    [...near, ...street].map((each) => setting.tickets.similarTickets(each, 20)),
  );
  const double = lists
    .flat()
    // Nobody learns of a sealed report, not even who sees the same thing.
    .find((each) => each.id !== ticket && each.sealed !== true && isSamePlace(each.place, place));
  if (double === undefined) return null;
  const isOwn = double.reporters.some(({ citizen }) => citizen === setting.citizen);
  return {
    id: double.id,
    isOwn,
    number: citizenNumber(double),
    place: double.place.words,
    reporters: double.reporters.length,
    values: isOwn ? statusValues(double, setting) : {},
  };
}
