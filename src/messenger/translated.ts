/** What the translators share: where an item stood, and what one of them made of it. */
import type { Channel, EventBody } from "../vocabulary/event.js";
import { cutRaw, idOf, jsonOf, type Fields } from "./fields.js";

/** Where an item stood: what translators need to know besides the item itself. */
export interface Place {
  /** The page the item belongs to. Translators only see items of our own page. */
  page: string;
  appId: string;
  channel: Channel;
  /** When the delivery was sent, in milliseconds: for items without a time. */
  sentAt: number;
}

/** What a translator made of an item. `identity` is set where the platform gives one; else the JSON decides. */
export interface Translated {
  body: EventBody;
  identity?: string | undefined;
  citizen?: string | undefined;
  at?: number | undefined;
}

/** An event nobody acts on, named by the platform's word for it, with its JSON. */
export function other(item: Fields, name = nameOf(item)): EventBody {
  return { kind: "other", name, raw: cutRaw(jsonOf(item)) };
}

const ENVELOPE = new Set(["sender", "recipient", "timestamp", "value"]);

/** The field of a change, else the first key that is not part of the envelope. */
function nameOf(item: Fields): string {
  const field = idOf(item.field);
  if (field !== undefined) return field.slice(0, 60);
  for (const key in item) if (!ENVELOPE.has(key)) return (idOf(key) ?? "unknown").slice(0, 60);
  return "unknown";
}
