/** Reads what is attached to a message: pictures, voice notes, stickers, places, links. */
import type { Attachment, AttachmentKind } from "../vocabulary/event.js";
import { fieldsOf, idOf, listOf, numberOf, someTextOf, urlOf, type Fields } from "./fields.js";

/** Most attachments read of one message; Messenger sends up to 30 pictures at once. */
const MAX_ATTACHMENTS = 50;

/** The platform's types. A Map, since a type is whatever was sent, `constructor` included. */
const KINDS = new Map<unknown, AttachmentKind>([
  ["image", "image"],
  ["audio", "audio"],
  ["video", "video"],
  ["file", "file"],
  ["sticker", "sticker"],
  ["location", "location"],
  ["fallback", "link"],
  ["reel", "share"],
  ["ig_reel", "share"],
  ["post", "share"],
  ["ig_post", "share"],
  ["share", "share"],
  ["template", "share"],
  ["appointment_booking", "share"],
]);

/** The thumb in its three sizes. */
const THUMBS = new Set(["369239263222822", "369239343222814", "369239383222810"]);

/** The attachments of a message. A sticker that is sent a second time as a picture, as in mid-2026, counts once. */
export function readAttachments(message: Fields): Attachment[] {
  const values = listOf(message.attachments);
  const attachments: Attachment[] = [];
  for (const value of values.slice(0, MAX_ATTACHMENTS)) {
    const attachment = readAttachment(fieldsOf(value) ?? {});
    if (!isSameSticker(attachment, attachments)) attachments.push(attachment);
  }
  const sticker = idOf(message.sticker_id);
  if (sticker !== undefined && attachments.length === 0)
    attachments.push({ kind: "sticker", stickerId: sticker, ...thumb(sticker) });
  return attachments;
}

function isSameSticker(attachment: Attachment, others: Attachment[]): boolean {
  return attachment.stickerId !== undefined && others.some((each) => each.stickerId === attachment.stickerId);
}

function readAttachment(fields: Fields): Attachment {
  const payload = fieldsOf(fields.payload) ?? {};
  const stickerId = idOf(payload.sticker_id);
  const kind = stickerId === undefined ? (KINDS.get(fields.type) ?? "unknown") : "sticker";
  const attachment: Attachment = { kind };
  const url = urlOf(payload.url) ?? urlOf(fields.url);
  if (url !== undefined) attachment.url = url;
  const title = someTextOf(payload.title, 500) ?? someTextOf(fields.title, 500) ?? titleOfProduct(payload);
  if (title !== undefined) attachment.title = title;
  if (stickerId !== undefined) Object.assign(attachment, { stickerId, ...thumb(stickerId) });
  const place = fieldsOf(payload.coordinates);
  const latitude = numberOf(place?.lat);
  const longitude = numberOf(place?.long) ?? numberOf(place?.lng);
  if (latitude !== undefined && longitude !== undefined && isOnEarth(latitude, longitude))
    Object.assign(attachment, { latitude, longitude });
  return attachment;
}

const thumb = (sticker: string): Pick<Attachment, "isThumb"> =>
  THUMBS.has(sticker) ? { isThumb: true } : {};

function isOnEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function titleOfProduct(payload: Fields): string | undefined {
  const product = fieldsOf(payload.product);
  return product && someTextOf(fieldsOf(listOf(product.elements)[0])?.title, 500);
}
