/** The views of Kotak Masuk: which conversations each one shows, and in which order. */
import type { ListQuery, PlaceCounts } from "../../storage/console-port.js";
import { FOLD_REASONS, type FoldReason } from "../../vocabulary/staff-act.js";

/** In the order of the menu. */
export const VIEWS = [
  "needs",
  "mine",
  "soon",
  "agency",
  "citizen",
  "snoozed",
  "bot",
  "folded",
  "done",
] as const;
export type View = (typeof VIEWS)[number];

/** A window that closes within this time is closing soon. */
export const SOON_MS = 2 * 60 * 60 * 1000;
/** What the bot handled longer ago is done. */
export const BOT_MS = 24 * 60 * 60 * 1000;

export interface Wanted {
  view: View;
  /** Only what was folded away for this reason. */
  reason?: FoldReason;
}

/** What an address asks for; undefined for a value that is on no list. */
export function readWanted(query: Record<string, unknown>): Wanted | undefined {
  const view = VIEWS.find((each) => each === (query.view ?? "needs"));
  if (view === undefined) return undefined;
  if (query.reason === undefined || query.reason === "") return { view };
  const reason = FOLD_REASONS.find((each) => each === query.reason);
  return reason === undefined ? undefined : { view, reason };
}

/** The address of a list below /console. */
export function addressOf({ view, reason }: Wanted): string {
  return `/console/inbox?view=${view}${reason === undefined ? "" : `&reason=${reason}`}`;
}

export function queryFor(wanted: Wanted, asked: { staff: string; now: number; limit: number }): ListQuery {
  const { staff, now, limit } = asked;
  const base = { now, limit };
  switch (wanted.view) {
    case "needs":
      return { ...base, places: ["needs"], order: "need" };
    case "mine":
      return { ...base, places: ["needs", "citizen", "agency", "snoozed"], holder: staff, order: "need" };
    case "soon":
      return {
        ...base,
        places: ["needs", "agency"],
        windowEnds: { after: now, upTo: now + SOON_MS },
        order: "window",
      };
    case "bot":
      return { ...base, places: ["bot"], since: now - BOT_MS, order: "latest" };
    case "folded":
      return {
        ...base,
        places: ["folded"],
        order: "latest",
        ...(wanted.reason && { folded: wanted.reason }),
      };
    case "agency":
    case "citizen":
    case "snoozed":
    case "done":
      return { ...base, places: [wanted.view], order: "latest" };
  }
}

/** The number beside a view; undefined where counting helps nobody. */
export function countOf(view: View, counts: PlaceCounts): number | undefined {
  switch (view) {
    case "mine":
      return counts.mine;
    case "soon":
      return counts.soon;
    case "done":
      return undefined;
    case "needs":
    case "agency":
    case "citizen":
    case "snoozed":
    case "bot":
    case "folded":
      return counts.places[view];
  }
}
