/** Finds conversations: by what was written, by the citizen's number, by a ticket's number. Results are masked. */
import type { Store } from "../../storage/port.js";
import type { Listing } from "../../vocabulary/listing.js";
import { coverPersonal } from "../../triage/personal.js";

/** Texts taken into the index in one go, and goes made for one search. */
const AT_ONCE = 2000;
const MOST_GOES = 10;
const MOST_FOUND = 200;
const EXCERPT = 200;

export interface Found {
  listings: Listing[];
  /** What was found, masked, by citizen. */
  texts: Map<string, string>;
}

/** At most `limit` conversations, those with the latest words first. */
export async function searchConversations(store: Store, query: string, limit: number): Promise<Found> {
  await catchUp(store);
  const texts = new Map<string, string>();
  for (const citizen of await byNumber(store, query)) texts.set(citizen, "");
  const wanted = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const { citizen, text } of await store.desk.search(wanted.slice(0, 8), MOST_FOUND))
    if (!texts.has(citizen) || texts.get(citizen) === "") texts.set(citizen, shorten(text));
  const listings: Listing[] = [];
  for (const citizen of [...texts.keys()].slice(0, limit)) {
    const listing = await store.desk.listing(citizen);
    if (listing !== undefined) listings.push(listing);
  }
  for (const { citizen, excerpt } of listings) if (texts.get(citizen) === "") texts.set(citizen, excerpt);
  return { listings, texts };
}

/** Takes what was written since the last search into the index, covered. */
async function catchUp({ desk }: Store): Promise<void> {
  for (let go = 0; go < MOST_GOES; go += 1) {
    const texts = await desk.unindexed(AT_ONCE);
    if (texts.length === 0) return;
    await desk.index(texts.map((each) => ({ ...each, text: coverPersonal(each.text) })));
  }
}

/** A citizen's id or its end, as "#4471", or a ticket's number. */
async function byNumber(store: Store, query: string): Promise<string[]> {
  const ticket = /^[a-z]{2,5}-\d{1,8}(?:-[a-z0-9]{4})?$/i.test(query.trim())
    ? await store.ticketByNumber(query.trim().toUpperCase().split("-").slice(0, 2).join("-"))
    : undefined;
  if (ticket !== undefined) return ticket.reporters.map(({ citizen }) => citizen);
  const id = /^#?(\d{4,25})$/.exec(query.trim())?.[1];
  return id === undefined ? [] : store.desk.citizensEnding(id, 20);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1)}…`;
}
