/** The staff's lists: one document a conversation, written after every turn. */

import { PLACES, urgencyOf, type Listing, type Place } from "../../../vocabulary/listing.js";
import type { ConsoleStore, ListQuery } from "../../console-port.js";
import type { Tables } from "../connect.js";
import type { ListingDocument } from "../documents.js";
import type { Filter } from "../table.js";

type Lists = Pick<ConsoleStore, "listings" | "listing" | "citizensEnding" | "countListings">;
type Sort = Record<string, 1 | -1>;

/** The reading part. */
export function listingsOf({ listings }: Tables): Lists {
  return {
    async listings(query) {
      const wanted = filterOf(query);
      const found: ListingDocument[] = [];
      for (const { filter, sort } of portionsOf(query)) {
        const limit = query.limit - found.length;
        if (limit <= 0) break;
        found.push(...(await listings.find({ $and: [wanted, filter] }, { sort, limit })));
      }
      return found.map(listingFrom);
    },
    listing: async (citizen) => {
      const row = await listings.get(citizen);
      return row === undefined ? undefined : listingFrom(row);
    },
    citizensEnding: async (digits, limit) =>
      (
        await listings.find(
          { backwards: { $regex: `^${escapeRegex(backwards(digits))}` } },
          { sort: { lastAt: -1 }, limit },
        )
      ).map(({ _id }) => _id),
    async countListings({ staff, now, soonUpTo, botSince }) {
      const unclaimed = { place: "needs", holder: { $exists: false } };
      // Two questions that the index answers; joined by "or" they would read everybody's document.
      const [byPlace, bot, mine, soon, folded, urgent, other] = await Promise.all([
        listings.countBy("place", { place: { $in: PLACES.filter((place) => place !== "bot") } }),
        listings.count({ place: "bot", lastAt: { $gte: botSince } }),
        listings.count({ holder: staff }),
        listings.count({ place: { $in: ["needs", "agency"] }, windowEndsAt: { $gt: now, $lte: soonUpTo } }),
        listings.countBy("folded", { place: "folded" }),
        listings.count({ ...unclaimed, isUrgent: true }),
        listings.count({ ...unclaimed, isUrgent: false }),
      ]);
      const places = { ...Object.fromEntries(PLACES.map((place) => [place, byPlace.get(place) ?? 0])), bot };
      return {
        unclaimed: { urgent, other },
        places: places as Record<Place, number>,
        mine,
        soon,
        folded: Object.fromEntries(folded),
      };
    },
  };
}

function filterOf({ places, holder, folded, windowEnds, since, before }: ListQuery): Filter {
  const at: Filter = {
    ...(since === undefined ? {} : { $gte: since }),
    ...(before === undefined ? {} : { $lt: before }),
  };
  return {
    place: { $in: places },
    ...(holder === undefined ? {} : { holder }),
    ...(folded === undefined ? {} : { folded }),
    ...(windowEnds === undefined ? {} : { windowEndsAt: { $gt: windowEnds.after, $lte: windowEnds.upTo } }),
    ...(Object.keys(at).length === 0 ? {} : { lastAt: at }),
  };
}

/** The order as portions that can each be sorted by fields. For `need`: the more urgent before others, and of each the open windows before the closed. */
function portionsOf({ order, now }: ListQuery): { filter: Filter; sort: Sort }[] {
  switch (order) {
    case "latest":
      return [{ filter: {}, sort: { lastAt: -1 } }];
    case "window":
      return [{ filter: {}, sort: { windowEndsAt: 1 } }];
    case "need":
      return [2, 1, 0].flatMap((urgency) =>
        [{ $gt: now }, { $lte: now }].map((windowEndsAt) => ({
          // What a server of the version before has written has no urgency yet; it is not left out.
          filter: { urgency: urgency === 0 ? { $in: [0, null] } : urgency, windowEndsAt },
          sort: { windowEndsAt: 1 as const, waitingSince: 1 as const },
        })),
      );
  }
}

/** The fields of a listing's document. */
export function listingFields(listing: Listing): Omit<ListingDocument, "_id" | "revision"> {
  const { citizen, place, holder, folded, isUrgent, windowEndsAt, waitingSince, lastAt } = listing;
  return {
    place,
    ...(holder === undefined ? {} : { holder }),
    ...(folded === undefined ? {} : { folded: folded.reason }),
    isUrgent,
    urgency: urgencyOf(listing),
    windowEndsAt,
    waitingSince,
    lastAt,
    backwards: backwards(citizen),
    body: JSON.stringify(listing),
  };
}

/** The last digits of an id first, so that they can be looked up. */
const backwards = (id: string): string => Array.from(id).reverse().join("");

/** The words as they are, whatever they mean in a pattern. */
export function escapeRegex(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** Only `listingFields` makes this field. */
function listingFrom({ body }: ListingDocument): Listing {
  return JSON.parse(body) as Listing;
}
