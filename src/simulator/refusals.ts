/** What the Send API refuses, in its own codes (developers.facebook.com/docs/messenger-platform/reference/send-api). */
import { errorBody } from "./errors.js";
import type { Json } from "./payloads.js";

/** An answer that is an error: the HTTP status and the body's `error`. */
export interface Refusal {
  status: number;
  refused: Json;
}

/** What the stand-in knows about the one who is to be sent to. */
export interface Recipient {
  citizen: string;
  /** Since their last message, in milliseconds; undefined if this stand-in never heard of them. */
  silentMs: number | undefined;
  /** The page has the feature that lets people answer for seven days. */
  allowsHumanAgent: boolean;
  /** A file came along. */
  hasFile: boolean;
}

const HOUR = 60 * 60 * 1000;
const WINDOW_MS = 24 * HOUR;
const HUMAN_WINDOW_MS = 7 * 24 * HOUR;
const TITLE = 20;
const PAYLOAD = 1000;
const MEDIA = ["image", "audio", "video", "file"];

/** Undefined when the real API would send it. */
export function refuseMessage(body: Json, recipient: Recipient): Refusal | undefined {
  if (!/^\d{5,25}$/.test(recipient.citizen)) return refuse(100, 2018001, "No matching user found");
  if (body.sender_action !== undefined) {
    if (body.message !== undefined)
      return refuse(100, 2018014, "message and sender_action do not go together");
    return ["typing_on", "typing_off", "mark_seen"].some((action) => action === body.sender_action)
      ? undefined
      : refuse(100, undefined, "Param sender_action is none of typing_on, typing_off, mark_seen");
  }
  return (
    refuseType(body, recipient) ??
    (isJson(body.message)
      ? refuseContent(body.message, recipient.hasFile)
      : refuse(100, undefined, "The parameter message is required"))
  );
}

/** The kind of message and the time since the citizen wrote. */
function refuseType(body: Json, { silentMs, allowsHumanAgent }: Recipient): Refusal | undefined {
  const closed = refuse(10, 2018278, "This message is sent outside of allowed window.");
  if (body.messaging_type === "MESSAGE_TAG") {
    if (body.tag !== "HUMAN_AGENT") return refuse(100, 1893061, "This message tag can no longer be used");
    if (!allowsHumanAgent) return refuse(10, undefined, "The feature Human Agent is not approved");
    return silentMs !== undefined && silentMs > HUMAN_WINDOW_MS ? closed : undefined;
  }
  if (body.messaging_type !== "RESPONSE" && body.messaging_type !== "UPDATE")
    return refuse(100, undefined, "The parameter messaging_type is required");
  // Who was never heard of may have written before this stand-in was started.
  return silentMs !== undefined && silentMs > WINDOW_MS ? closed : undefined;
}

function refuseContent(message: Json, hasFile: boolean): Refusal | undefined {
  const { text, attachment, quick_replies: replies, metadata } = message;
  if (metadata !== undefined && (typeof metadata !== "string" || metadata.length >= 1000))
    return refuse(100, undefined, "metadata must be shorter than 1000 characters");
  if (attachment === undefined && (typeof text !== "string" || text.trim() === ""))
    return refuse(100, undefined, "message needs a text or an attachment");
  if (attachment !== undefined && text !== undefined)
    return refuse(100, undefined, "text and attachment do not go together");
  if (typeof text === "string" && text.length >= 2000)
    return refuse(100, undefined, "text must be shorter than 2000 characters");
  return (
    refuseReplies(replies) ?? (attachment === undefined ? undefined : refuseAttachment(attachment, hasFile))
  );
}

function refuseReplies(replies: unknown): Refusal | undefined {
  if (replies === undefined) return undefined;
  if (!Array.isArray(replies) || replies.length === 0 || replies.length > 13)
    return refuse(100, undefined, "1 to 13 quick_replies");
  const isFine = replies.every((reply: unknown) => {
    if (!isJson(reply)) return false;
    if (reply.content_type === "user_phone_number" || reply.content_type === "user_email") return true;
    return reply.content_type === "text" && isText(reply.title, TITLE) && isText(reply.payload, PAYLOAD);
  });
  return isFine
    ? undefined
    : refuse(100, undefined, "A quick reply lacks title or payload, or one is too long");
}

function refuseAttachment(attachment: unknown, hasFile: boolean): Refusal | undefined {
  const payload = isJson(attachment) && isJson(attachment.payload) ? attachment.payload : {};
  const type = isJson(attachment) ? attachment.type : undefined;
  if (MEDIA.includes(String(type))) {
    const isFine = hasFile || isText(payload.attachment_id, 50) || isHttps(payload.url);
    return isFine ? undefined : refuse(100, 2018008, "Failed to fetch the file from the url");
  }
  if (type !== "template" || payload.template_type !== "button")
    return refuse(100, undefined, "Of templates this stand-in knows only the one with buttons");
  return refuseButtons(payload);
}

function refuseButtons({ text, buttons }: Json): Refusal | undefined {
  if (!isText(text, 640))
    return refuse(100, undefined, "A button template needs a text of at most 640 characters");
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3)
    return refuse(100, undefined, "1 to 3 buttons");
  const isFine = buttons.every((button: unknown) => {
    if (!isJson(button) || !isText(button.title, TITLE)) return false;
    if (button.type === "web_url") return isHttps(button.url);
    if (button.type === "phone_number") return /^\+\d{8,15}$/.test(String(button.payload));
    return button.type === "postback" && isText(button.payload, PAYLOAD);
  });
  return isFine ? undefined : refuse(100, undefined, "A button is not as it must be");
}

/** An error of the Graph API, HTTP 400. */
export function refuse(code: number, subcode: number | undefined, message: string): Refusal {
  const fault = subcode === undefined ? { code, title: "" } : { code, subcode, title: "" };
  return { status: 400, refused: errorBody(fault, message) };
}

/** True for a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= longest;
}

function isHttps(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";
}
