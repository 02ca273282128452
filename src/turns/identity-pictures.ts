/** Pictures of identity cards are not kept: whether the citizen says so before, with, or after them. */
import { isOneOf, mentions } from "../dialogues/words.js";
import type { Draft } from "./draft.js";
import type { Sent } from "./hear.js";

/** Words about a picture come so long before or after it. */
const MOMENT_MS = 10 * 60 * 1000;

/** True when this is about a picture that the citizen calls an identity card; then it is not kept, and they are told so. */
export function keepsIdentityOut(draft: Draft, { text, attachments }: Sent): boolean {
  const isIdentity = attachments.some(({ kind }) => kind === "image")
    ? isCalledIdentity(draft, text)
    : isNamedOnly(draft, text) && letGoOfLast(draft);
  if (isIdentity) draft.sayOneOf("foto_ktp", draft.situation.library.records.report.foto_ktp);
  return isIdentity;
}

/** By the words that come with the pictures; without any, by those right before them. */
function isCalledIdentity({ citizen, situation }: Draft, text: string): boolean {
  const { report, words } = situation.library.records;
  const announcedAt = citizen.identityAnnouncedAt;
  citizen.identityAnnouncedAt = undefined;
  if (text !== "") return mentions(text, report.kata_ktp, words);
  return announcedAt !== undefined && situation.now - announcedAt <= MOMENT_MS;
}

const isNamedOnly = ({ situation }: Draft, text: string): boolean =>
  isOneOf(text, situation.library.records.report.kata_ktp, situation.library.records.words);

/** False when there were none a moment ago: then the words announce one. */
function letGoOfLast(draft: Draft): boolean {
  const isGone = [forgetLoose(draft), withdrawFiled(draft)].includes(true);
  if (!isGone) draft.citizen.identityAnnouncedAt = draft.situation.now;
  return isGone;
}

/** Only their ids stay, so that no report takes them up. */
function forgetLoose({ citizen, situation }: Draft): boolean {
  const loose = citizen.loosePictures ?? [];
  const isLast = ({ at, isIdentity }: (typeof loose)[number]): boolean =>
    isIdentity !== true && situation.now - at <= MOMENT_MS;
  if (!loose.some(isLast)) return false;
  citizen.loosePictures = loose.map((each) => (isLast(each) ? { ...each, url: "", isIdentity: true } : each));
  return true;
}

/** Those that a report has taken up already. */
function withdrawFiled({ citizen, situation, tickets }: Draft): boolean {
  const filed = citizen.filedPictures;
  if (filed === undefined || situation.now - filed.at > MOMENT_MS) return false;
  citizen.filedPictures = undefined;
  tickets.push({ kind: "withdraw", id: filed.ticket, photos: filed.ids });
  return true;
}
