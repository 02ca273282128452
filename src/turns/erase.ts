/** The word HAPUS: asked back once, then everything about the citizen is removed. */
import { erasureCode } from "../vocabulary/erasure.js";
import type { Draft } from "./draft.js";

/** Payloads of the buttons below the question. */
export const ERASE_YES = "erase:yes";
export const ERASE_NO = "erase:no";

/** A "yes" counts for this long after the question. */
const CONFIRM_MS = 60 * 60 * 1000;

/** Hears the command, the confirmation and its taking back. False when the message is about something else. */
export function hearErase(draft: Draft, text: string, choice: string | undefined): boolean {
  const { records } = draft.situation.library;
  const { perintah, kata_ya, kata_tidak } = records.erasure;
  const words = plain(text);
  const askedAt = draft.citizen.eraseAskedAt;
  const isAsked = askedAt !== undefined && draft.situation.now - askedAt <= CONFIRM_MS;
  draft.citizen.eraseAskedAt = undefined;
  if (choice === ERASE_NO || (choice === undefined && isAsked && kata_tidak.includes(words))) {
    draft.why = { outcome: "command", reasons: ["penghapusan data dibatalkan"] };
    draft.sayOneOf("hapus_batal", records.erasure.batal);
    return true;
  }
  const isYes = choice === ERASE_YES || (choice === undefined && kata_ya.includes(words));
  if (isYes && isAsked) {
    if (isUrgent(draft)) later(draft);
    else carryOut(draft);
    return true;
  }
  const isCommand = choice === undefined && perintah.includes(words) && !isAnswer(draft, text);
  if (!isCommand && choice !== ERASE_YES) return false;
  if (isUrgent(draft)) later(draft);
  else ask(draft);
  return true;
}

/** Inside a dialogue "hapus" may be the answer to its question; in capitals it is the command that the notice names. */
const isAnswer = (draft: Draft, text: string): boolean =>
  draft.citizen.dialogue !== undefined && !/^[^\p{Ll}]+$/u.test(text);

const isUrgent = ({ escalation }: Draft): boolean => escalation?.reason === "urgent";

function ask(draft: Draft): void {
  const { tanya, tombol_ya, tombol_tidak } = draft.situation.library.records.erasure;
  draft.why = { outcome: "command", reasons: ["warga meminta datanya dihapus; ditanya sekali lagi"] };
  draft.citizen.eraseAskedAt = draft.situation.now;
  draft.sayOneOf("hapus_tanya", tanya);
  const last = draft.replies.pop();
  const choices = [
    { title: tombol_ya, payload: ERASE_YES },
    { title: tombol_tidak, payload: ERASE_NO },
  ];
  if (last !== undefined) draft.replies.push({ ...last, choices });
}

/** Danger comes first: staff need the conversation to help. */
function later(draft: Draft): void {
  draft.why = {
    outcome: "command",
    reasons: ["warga meminta datanya dihapus; menunggu keadaan darurat selesai"],
  };
  draft.sayOneOf("hapus_nanti", draft.situation.library.records.erasure.nanti);
}

function carryOut(draft: Draft): void {
  const code = erasureCode(draft.event.id);
  draft.why = { outcome: "command", reasons: [] };
  draft.erase = { code, asked: "citizen" };
  draft.sayOneOf("hapus_selesai", draft.situation.library.records.erasure.selesai, { kode: code });
}

/** Small letters, one space, nothing around it. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
