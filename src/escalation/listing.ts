/** How a conversation stands in the staff's lists. */
import type { Citizen } from "../vocabulary/citizen.js";
import { REPLY_WINDOW_MS, type Escalation } from "../vocabulary/escalation.js";
import type { Listing, Place } from "../vocabulary/listing.js";

/** The row of a conversation. `at`: when this turn happened. */
export function listingOf(citizen: Citizen, escalation: Escalation | undefined, at: number): Listing {
  const open = escalation?.state === "closed" ? undefined : escalation;
  const shown = open ?? citizen.desk?.done;
  return {
    citizen: citizen.id,
    place: placeOf(citizen, open, at),
    holder: open?.holder?.id,
    isUrgent: open?.reason === "urgent",
    windowEndsAt: citizen.lastWroteAt === undefined ? 0 : citizen.lastWroteAt + REPLY_WINDOW_MS,
    waitingSince: open?.waitingSince ?? open?.openedAt ?? at,
    lastAt: at,
    excerpt: citizen.desk?.excerpt ?? open?.summary ?? "",
    ...(shown === undefined ? {} : { escalation: shown }),
    ...(citizen.desk?.folded === undefined ? {} : { folded: citizen.desk.folded }),
  };
}

function placeOf(citizen: Citizen, open: Escalation | undefined, now: number): Place {
  if (open === undefined) {
    if (citizen.desk?.folded !== undefined) return "folded";
    return citizen.desk?.done === undefined ? "bot" : "done";
  }
  if (open.snoozedUntil !== undefined && open.snoozedUntil > now) return "snoozed";
  switch (open.waitsFor) {
    case "citizen":
    case "agency":
      return open.waitsFor;
    case "staff":
    case undefined:
      return "needs";
  }
}
