/** A form that is filled in any order: whatever a message says about any of its slots is taken from it. */
import { gazetteerOf } from "../tickets/gazetteer.js";
import { addToPlace, isMapLink, shorten } from "../tickets/place-words.js";
import { isEnough, readPlace } from "../tickets/read-place.js";
import type { Place } from "../vocabulary/ticket.js";
import { ask } from "./ask.js";
import { chooseCandidate, inOwnWords } from "./spot.js";
import type { Setting } from "./setting.js";
import type { DialogueChoice, Heard, Line, Talk } from "./talk.js";
import { chosen, COMMANDS, isOneOf } from "./words.js";

/** What has been said so far. Plain JSON, kept while the citizen is away. */
export interface Form {
  values: Record<string, string>;
  skipped: string[];
  place?: Place;
  /** Ids of pictures, in the order they came. */
  pictures: string[];
  /** What the citizen wrote first, masked and shortened. */
  words: string;
  /** Where the report made just before happened: offered when this one's place is asked. */
  earlier?: Place;
}

/** What a form begins with: the words that led to it, and the place of the report before. */
export interface Beginning {
  eventId: string;
  heard: Heard;
  earlier?: Place;
}

export const emptyForm = (words: string): Form => ({
  values: {},
  skipped: [],
  pictures: [],
  words: shorten(words, LONGEST_WORDS),
});

/** One thing a form wants to know. */
export interface Slot {
  name: string;
  kind: "value" | "place" | "pictures";
  wordings: readonly string[];
  choices?: DialogueChoice[];
  maySkip?: boolean;
  /** Its choices are topics: words about another topic lead there. */
  opensTopics?: boolean;
  before?(heard: Heard): Line | undefined;
  /** For `value`: what a message says about it. `isAsked`: it answers the question, so less is needed to be sure. */
  read?(heard: Heard, isAsked: boolean): string | undefined;
}

/** What one message said about a form. */
interface Said {
  values: Record<string, string>;
  isSkipped?: true;
  place?: Place;
  candidates?: string[];
  pictures: string[];
}

const LONGEST_WORDS = 200;
const SKIP = "!lewati";
const EARLIER = "!tadi";

/** True when nothing needs to be asked about this slot. */
export function isFilled(slot: Slot, form: Form): boolean {
  if (form.skipped.includes(slot.name)) return true;
  switch (slot.kind) {
    case "value":
      return slot.name in form.values;
    case "place":
      return form.place !== undefined;
    case "pictures":
      return form.pictures.length > 0;
  }
}

/** The form as far as the first message fills it. */
export function beginForm({ heard, earlier }: Beginning, slots: readonly Slot[], setting: Setting): Form {
  const empty = emptyForm(heard.text);
  const form = merge(empty, readAll(heard, slots, empty, setting, undefined), undefined, setting);
  if (earlier === undefined) return form;
  if (form.place === undefined) return { ...form, earlier };
  // One message about two things in one street: what is beside it has been said already.
  const { street, landmark } = form.place;
  const isSame = street !== undefined && street === earlier.street && landmark === undefined;
  return isSame ? { ...form, place: earlier } : form;
}

/** The form as a message puts it right, in any of its parts; undefined when it says nothing new. */
export function correctForm(
  form: Form,
  heard: Heard,
  slots: readonly Slot[],
  setting: Setting,
): Form | undefined {
  const said = readAll(heard, slots, emptyForm(""), setting, undefined);
  const pictures = join(form.pictures, said.pictures);
  const place = said.place === undefined ? form.place : corrected(form.place, said.place, setting);
  const values = { ...form.values, ...said.values };
  const isNew =
    pictures.length > form.pictures.length ||
    place?.words !== form.place?.words ||
    place?.latitude !== form.place?.latitude ||
    Object.entries(said.values).some(([name, value]) => form.values[name] !== value);
  return isNew ? { ...form, values, place, pictures } : undefined;
}

/** Another street is another place; anything else is said about the one that is known. */
const corrected = (known: Place | undefined, said: Place, { records }: Setting): Place =>
  known === undefined || said.street !== undefined || said.latitude !== undefined
    ? said
    : addToPlace(known, said, gazetteerOf(records.places).words);

/** How a question behaves around its answer. */
export interface Asking {
  values?: Record<string, string>;
  before?: Line;
  onSilence?(): void;
}

/** Asks about one slot and gives back the form with all that the answer said. */
export async function fillSlot(
  talk: Talk,
  setting: Setting,
  { slot, slots, form }: { slot: Slot; slots: readonly Slot[]; form: Form },
  asking: Asking,
): Promise<Form> {
  const { report, dialogue } = setting.records;
  const skip = slot.maySkip ? [{ title: dialogue.tombol.lewati, value: SKIP }] : [];
  const person = { title: dialogue.tombol.petugas, value: COMMANDS.person };
  const earlier = slot.kind === "place" ? form.earlier : undefined;
  const same = earlier === undefined ? [] : [{ title: dialogue.tombol.tempat_tadi, value: EARLIER }];
  const pictures: string[] = [];
  const said = await ask<Said>(talk, setting, {
    name: slot.name,
    wordings: slot.wordings,
    choices: [...(slot.choices ?? []), ...same, ...skip, person],
    ...asking,
    beforeSimpler: (heard) =>
      slot.before?.(heard) ??
      (slot.kind === "place" && isMapLink(heard.text)
        ? { key: "tautan_peta", wordings: report.tautan_peta }
        : undefined),
    opensTopics: slot.opensTopics,
    onPictures: (ids) => pictures.push(...ids),
    waits: (heard) =>
      slot.kind === "pictures" && isOneOf(heard.text, report.kata_ada_foto, setting.records.words)
        ? { key: "foto_ditunggu", wordings: report.foto_ditunggu }
        : undefined,
    read: (heard, attempt) => {
      if (leadsElsewhere(heard, slot, setting)) return undefined;
      const all = readAll(heard, slots, form, setting, slot);
      if (isSkipping(heard, slot, setting)) {
        all.isSkipped = true;
        all.values = without(all.values, slot.name);
      }
      if (earlier !== undefined && isEarlier(heard, setting)) return { ...all, place: earlier };
      if (slot.kind === "place" && all.place === undefined && all.candidates === undefined && attempt > 0)
        all.place = inOwnWords(heard);
      return saysAnything(all, slot) ? all : undefined;
    },
  });
  const filled = merge({ ...form, pictures: join(form.pictures, pictures) }, said, slot, setting);
  if (said.candidates === undefined || filled.place !== undefined) return filled;
  return { ...filled, place: await chooseCandidate(talk, setting, said.candidates, report.tempat_mana) };
}

/** A clear topic is more than a word that belongs to a choice: "parkir di trotoar" is not about the road. */
const leadsElsewhere = ({ topic, ...heard }: Heard, slot: Slot, { isReport }: Setting): boolean =>
  slot.opensTopics === true &&
  topic !== undefined &&
  isReport(topic) &&
  chosen(heard, slot.choices ?? []) === undefined;

/** Something is new: about this slot, or about another one. */
function saysAnything(said: Said, slot: Slot): boolean {
  if (said.isSkipped || Object.keys(said.values).length > 0) return true;
  if (said.place !== undefined || said.candidates !== undefined) return true;
  return slot.kind === "pictures" && said.pictures.length > 0;
}

function isSkipping(heard: Heard, slot: Slot, { records }: Setting): boolean {
  if (!slot.maySkip) return false;
  return (
    heard.choice === SKIP ||
    (heard.kind === "words" && isOneOf(heard.text, records.dialogue.perintah.lewati, records.words))
  );
}

/** "tidak ada" is no number of a lamp post. */
const without = (values: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));

const isEarlier = (heard: Heard, { records }: Setting): boolean =>
  heard.choice === EARLIER || isOneOf(heard.text, records.dialogue.kata_tempat_tadi, records.words);

function readAll(
  heard: Heard,
  slots: readonly Slot[],
  form: Form,
  { records }: Setting,
  asked: Slot | undefined,
): Said {
  const values: Record<string, string> = {};
  for (const slot of slots) {
    const isAsked = slot.name === asked?.name;
    if (slot.kind !== "value" || (!isAsked && (isFilled(slot, form) || heard.kind === "tap"))) continue;
    const value =
      isAsked && slot.choices !== undefined
        ? (chosen(heard, slot.choices) ?? slot.read?.(heard, true))
        : slot.read?.(heard, isAsked);
    if (value !== undefined) values[slot.name] = value;
  }
  const isPlaceAsked = asked?.kind === "place";
  const isPlaceOpen = form.place === undefined || !isEnough(form.place);
  const wantsPlace = slots.some(({ kind }) => kind === "place") && (isPlaceAsked || isPlaceOpen);
  const reading =
    wantsPlace && heard.kind !== "tap"
      ? readPlace(heard.text, heard.point, gazetteerOf(records.places), isPlaceAsked)
      : {};
  return {
    values,
    place: reading.place,
    candidates: isPlaceAsked ? reading.candidates : undefined,
    pictures: heard.pictures,
  };
}

function merge(form: Form, said: Said, asked: Slot | undefined, { records }: Setting): Form {
  const isSkipped = said.isSkipped === true && asked !== undefined;
  return {
    ...form,
    values: { ...form.values, ...said.values },
    skipped: isSkipped ? [...form.skipped, asked.name] : form.skipped,
    place:
      said.place === undefined
        ? form.place
        : form.place === undefined
          ? said.place
          : addToPlace(form.place, said.place, gazetteerOf(records.places).words),
    pictures: join(form.pictures, said.pictures),
  };
}

const join = (there: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...there, ...more]),
];
