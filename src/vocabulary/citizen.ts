/** What we remember of one citizen between two events: as little as answering them needs. */

import type { Escalation } from "./escalation.js";
import type { Attachment } from "./event.js";
import type { FoldReason } from "./staff-act.js";

export interface Citizen {
  id: string;
  /** Raised by one with every committed turn. */
  revision: number;
  /** When they first and last wrote, in milliseconds. The reply window counts from `lastWroteAt`. */
  firstWroteAt?: number;
  lastWroteAt?: number;
  /** When the notice about the automatic assistant was last given. */
  noticeAt?: number;
  /** The last answer given, so that "belum paham" can say it in simpler words. */
  lastAnswer?: { intent: string; wording: number; at: number };
  /** How often each intent was answered today. `day` is the city's date, 2026-01-31. */
  asked?: { day: string; times: Record<string, number> };
  /** Pieces of one question, waiting for the rest. `alarmAt` says when they are read as they are. */
  gathering?: {
    since: number;
    alarmAt: number;
    pieces: { mid: string; text: string }[];
    attachments: Attachment[];
  };
  /** Present while the bot is silent because a person has, must take, or is about to answer (`claim`) this conversation. */
  quiet?: { reason: "person" | "urgent" | "asked" | "claim"; since: number; until?: number };
  /** The open escalation of this conversation, if there is one. */
  escalation?: string;
  /** A person has given the conversation back: the next answer says that the assistant speaks again. */
  returned?: true;
  /** How often each of the common sentences was said today, so that the next wording is used. */
  said?: { day: string; times: Record<string, number> };
  /** The masked words behind the last "which of these do you mean?", for when none of them was meant. */
  unclear?: string;
  /** The dialogue that waits for this citizen's next words. */
  dialogue?: SleepingDialogue;
  /** Pictures sent lately without words: they belong to the report that may follow. */
  loosePictures?: {
    id: string;
    url: string;
    at: number;
    /** Called an identity card afterwards; its address is gone. */ isIdentity?: boolean;
  }[];
  /** Pictures that a ticket took up last: right after that the citizen may say that they show an identity card. */
  filedPictures?: { ticket: string; ids: string[]; at: number };
  /** When the citizen announced a picture of an identity card. */
  identityAnnouncedAt?: number;
  /** A place sent lately without words: it is where the report that may follow happened. */
  loosePoint?: { latitude: number; longitude: number; at: number };
  /** The ticket filed or joined last: pictures that follow belong to it. */
  lastTicket?: { id: string; at: number };
  /** News of tickets that could not be told within the reply window, in the order they came. */
  news?: string[];
  /** The ticket whose last news invites an answer, once that news was told (`isTold`). */
  askedAbout?: { ticket: string; at: number; isTold?: true };
  /** Topics of the same conversation that come after this one, with the masked words that named them. */
  later?: { intent: string; words?: string }[];
  /** What was said last, as a short fingerprint: the same words are never said twice in a row. */
  lastSaid?: string;
  /** How many messages in a row were not understood. */
  notUnderstood?: number;
  /** When they were asked whether their data is really to be removed. */
  eraseAskedAt?: number;
  /** How the conversation looks from the staff's side. */
  desk?: Desk;
}

/** What staff see of a conversation beside its escalation. */
export interface Desk {
  /** The citizen's last words, masked and short. */
  excerpt?: string;
  /** The last words of a person of the city: the event, its author ("" for Business Suite), and when. */
  personSpoke?: { event: string; by: string; name: string; at: number };
  /** The last message was noise. */
  folded?: { reason: FoldReason; details: string[] };
  /** What was closed, until the citizen writes again. */
  done?: Escalation;
}

/** A dialogue asleep: well under 2 kB, whatever was said in it. */
export interface SleepingDialogue {
  /** The intent it belongs to. */
  intent: string;
  /** What the engine needs to go on, as JSON. */
  saved: string;
  /** Fingerprint of the script it goes through, for dialogues that are written in an intent file. */
  script?: string;
  /** Name of the question that waits: only taps with this name answer it. */
  question: string;
  since: number;
  /** When its time is up. */
  wakesAt?: number;
}

export const newCitizen = (id: string): Citizen => ({ id, revision: 0 });
