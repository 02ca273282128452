/** Turns a delivery of the platform into our events, whatever stands in it. */
import type { EventBody, InboundEvent } from "../vocabulary/event.js";
import { fieldsOf, fingerprint, idOf, jsonOf, listOf, momentOf, type Fields } from "./fields.js";
import { translateChange } from "./translate-change.js";
import { translateItem } from "./translate-item.js";
import { other, type Place, type Translated } from "./translated.js";

/** Whose deliveries we read. `now` (ms) dates events that carry no time at all; without it they get 0. */
export interface OurPage {
  pageId: string;
  appId: string;
  now?: number;
}

/** Most events taken from one delivery: ten times what the platform packs into one, so that memory stays bounded. */
export const MAX_EVENTS = 10_000;

/**
 * Every event of a delivery, in the order in which they happened. Never throws. Events of other pages and of
 * unknown kinds come out as `other`, with their JSON; those of other pages name no citizen, so nobody answers them.
 * The same event delivered twice gets the same id.
 */
export function translate(body: unknown, ours: OurPage): InboundEvent[] {
  const events: InboundEvent[] = [];
  for (const value of listOf(fieldsOf(body)?.entry)) {
    const entry = fieldsOf(value);
    if (entry !== undefined) translateEntry(entry, ours, events);
    if (events.length >= MAX_EVENTS) break;
  }
  return inOrder(events);
}

function translateEntry(entry: Fields, ours: OurPage, events: InboundEvent[]): void {
  const sentAt = momentOf(entry.time) ?? ours.now ?? 0;
  let isKnown = false;
  for (const channel of ["messaging", "standby", "changes"] as const) {
    const items = entry[channel];
    if (!Array.isArray(items)) continue;
    isKnown = true;
    for (const value of items) {
      if (events.length >= MAX_EVENTS) return;
      const item = fieldsOf(value);
      if (item === undefined || isEmpty(item)) continue;
      const page = idOf(entry.id) ?? pageOfItem(item);
      const place: Place = { page, appId: ours.appId, channel, sentAt };
      events.push(page === ours.pageId ? ourEvent(item, place) : foreignEvent(item, place));
    }
  }
  if (!isKnown && Object.keys(entry).some((key) => key !== "id" && key !== "time")) {
    const place: Place = { page: idOf(entry.id) ?? "", appId: ours.appId, channel: "messaging", sentAt };
    events.push(seal({ body: other(entry, "entry"), at: sentAt }, entry, place));
  }
}

function ourEvent(item: Fields, place: Place): InboundEvent {
  const translated = place.channel === "changes" ? translateChange(item, place) : translateItem(item, place);
  return seal(translated, item, place);
}

/** Kept as it came, unread: it concerns a page that is not ours. */
function foreignEvent(item: Fields, place: Place): InboundEvent {
  return seal({ body: other(item), at: momentOf(item.timestamp) }, item, place);
}

function seal(translated: Translated, item: Fields, place: Place): InboundEvent {
  const { body, citizen } = translated;
  return {
    id: translated.identity ?? identityOfRaw(body, item, place),
    channel: place.channel,
    page: place.page,
    ...(citizen === undefined || citizen === place.page ? {} : { citizen }),
    at: translated.at ?? place.sentAt,
    body,
  };
}

function identityOfRaw(body: EventBody, item: Fields, place: Place): string {
  const json = body.kind === "other" ? body.raw : jsonOf(item);
  return `${body.kind}|${fingerprint(`${place.page}|${place.channel}|${json}`)}`;
}

/** The page of an item whose entry does not name one: who received it, or for an echo who sent it. */
function pageOfItem(item: Fields): string {
  const isEcho = fieldsOf(item.message)?.is_echo === true;
  return idOf(fieldsOf(isEcho ? item.sender : item.recipient)?.id) ?? "";
}

function isEmpty(item: Fields): boolean {
  for (const _ in item) return false;
  return true;
}

/** Deliveries that follow a failure may be shuffled: the order of happening is what counts. */
function inOrder(events: InboundEvent[]): InboundEvent[] {
  for (let at = 1; at < events.length; at++)
    if ((events[at]?.at ?? 0) < (events[at - 1]?.at ?? 0)) return events.sort((a, b) => a.at - b.at);
  return events;
}
