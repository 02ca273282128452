/** Deliveries as Facebook writes them: one event each, signed over the exact bytes. */
import { randomBytes } from "node:crypto";
import { signBody } from "../messenger/signature.js";

/** Who is talking with which page, and when (milliseconds). */
export interface Talk {
  pageId: string;
  citizen: string;
  at: number;
}

/** A JSON object whose fields nobody has looked at yet. */
export type Json = Record<string, unknown>;

/** A message id as Facebook makes them: opaque and long. */
export function newMid(): string {
  return `m_${randomBytes(48).toString("base64url")}`;
}

function messaging({ pageId, citizen, at }: Talk, item: Json): Json {
  const event = { sender: { id: citizen }, recipient: { id: pageId }, timestamp: at, ...item };
  return { object: "page", entry: [{ id: pageId, time: at, messaging: [event] }] };
}

/** Something written. */
export const textMessage = (talk: Talk, text: string, mid = newMid()): Json =>
  messaging(talk, { message: { mid, text } });

/** A tap on a quick reply: a message with its writing as text. */
export const quickReply = (talk: Talk, title: string, payload: string, mid = newMid()): Json =>
  messaging(talk, { message: { mid, text: title, quick_reply: { payload } } });

/** A tap on a button, the menu, an ice breaker or Get Started. */
export const postback = (talk: Talk, title: string, payload: string, mid = newMid()): Json =>
  messaging(talk, { postback: { mid, title, payload } });

/** A picture, voice note, film or document; `url` is where Facebook keeps it for a while. */
export const media = (
  talk: Talk,
  type: "image" | "audio" | "video" | "file",
  url: string,
  mid = newMid(),
): Json => messaging(talk, { message: { mid, attachments: [{ type, payload: { url } }] } });

/** A place; latitude and longitude in degrees. */
export const location = (talk: Talk, latitude: number, longitude: number, mid = newMid()): Json =>
  messaging(talk, {
    message: {
      mid,
      attachments: [
        { type: "location", title: "Lokasi", payload: { coordinates: { lat: latitude, long: longitude } } },
      ],
    },
  });

/** The thumb. Since 30 August 2026 a sticker comes without a second attachment of type image. */
export const sticker = (talk: Talk, mid = newMid()): Json =>
  messaging(talk, {
    message: {
      mid,
      attachments: [
        {
          type: "sticker",
          payload: { url: "https://scontent.example/like.png", sticker_id: 369239263222822 },
        },
      ],
    },
  });

/** An address that was pasted or shared. */
export const sharedLink = (talk: Talk, url: string, title: string, mid = newMid()): Json =>
  messaging(talk, {
    message: { mid, text: url, attachments: [{ type: "fallback", payload: { url, title } }] },
  });

/** New words for an earlier message; `revision` counts from 1. */
export const edited = (talk: Talk, mid: string, text: string, revision: number): Json =>
  messaging(talk, { message_edit: { mid, text, num_edit: revision } });

/** A reaction to one of the page's messages, or its withdrawal. */
export const reaction = (talk: Talk, mid: string, action: "react" | "unreact" = "react"): Json =>
  messaging(talk, {
    reaction: { reaction: "like", action, mid, ...(action === "react" ? { emoji: "👍" } : {}) },
  });

/** The citizen came back through a link m.me/…?ref=… */
export const referral = (talk: Talk, ref: string): Json =>
  messaging(talk, { referral: { ref, source: "SHORTLINK", type: "OPEN_THREAD" } });

/** The citizen has seen everything up to the moment of the talk. */
export const wasRead = (talk: Talk): Json => messaging(talk, { read: { watermark: talk.at } });

/** These messages reached the citizen's phone. */
export const wasDelivered = (talk: Talk, mids: string[]): Json =>
  messaging(talk, { delivery: { mids, watermark: talk.at } });

/** Something the page said, coming back: from an app, with what the sending call had in its metadata. */
export function echo(
  talk: Talk,
  said: { text?: string; mid: string; appId: string; metadata?: string; attachments?: unknown[] },
): Json {
  const event = {
    sender: { id: talk.pageId },
    recipient: { id: talk.citizen },
    timestamp: talk.at,
    message: {
      is_echo: true,
      app_id: Number(said.appId),
      mid: said.mid,
      text: said.text,
      metadata: said.metadata,
      attachments: said.attachments,
    },
  };
  return { object: "page", entry: [{ id: talk.pageId, time: talk.at, messaging: [event] }] };
}

/** Meta's inbox, where staff answer in Business Suite (developers.facebook.com, Conversation Routing). */
export const BUSINESS_SUITE_APP = "263902037430900";

/** The bytes of a delivery: letters beyond ASCII and slashes escaped, as Facebook sends them. */
export function bytesOf(delivery: Json): string {
  return JSON.stringify(delivery)
    .replaceAll("/", "\\/")
    .replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What stands in X-Hub-Signature-256 for these bytes. */
export const sign = (bytes: string, appSecret: string): string => signBody(bytes, appSecret);
