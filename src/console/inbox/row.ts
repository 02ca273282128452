/** What a row says about one conversation, in words: for the eye and for the ear. */
import { replyWindowLeft, type Clock } from "./window.js";
import { coverPersonal } from "../../triage/personal.js";
import type { Present } from "../live/presence.js";
import { shortDuration } from "../durations.js";
import { words } from "../words/words.js";
import type { Escalation } from "../../vocabulary/escalation.js";
import type { Listing } from "../../vocabulary/listing.js";

const { desk } = words;

export interface RowWords {
  name: string;
  waited: string;
  excerpt: string;
  reason?: { text: string; isAlarm: boolean };
  clock?: Clock;
  holder?: string;
}

/** Citizens have no names here: Facebook tells them only to pages with a special permission. */
export function nameOf(citizen: string): string {
  return desk.citizenName(citizen.slice(-4));
}

/** Why it needs a person, with the words that made it urgent. */
export function reasonOf(escalation: Escalation): string {
  if (escalation.reason === "urgent" && escalation.words.length > 0)
    return `${desk.reasons.urgent}: ${desk.quoted(escalation.words.slice(0, 3))}`;
  return escalation.isReopened === true ? desk.reopened : desk.reasons[escalation.reason];
}

export function rowWords(
  listing: Listing,
  { now, me, others }: { now: number; me: string; others: readonly Present[] },
): RowWords {
  const { escalation, folded } = listing;
  const name = nameOf(listing.citizen);
  const isOpen = escalation !== undefined && listing.place !== "done";
  const since = now - (isOpen ? listing.waitingSince : listing.lastAt);
  const reason =
    folded !== undefined && !isOpen
      ? { text: desk.folded.reasons[folded.reason], isAlarm: false }
      : escalation === undefined
        ? undefined
        : { text: reasonOf(escalation), isAlarm: listing.isUrgent };
  const clock = isOpen ? replyWindowLeft(listing.windowEndsAt, now) : undefined;
  const holder = holderOf(listing, { me, others, isOpen });
  return {
    name,
    waited: shortDuration(since),
    excerpt: coverPersonal(listing.excerpt),
    ...(reason && { reason }),
    ...(clock && { clock }),
    ...(holder !== undefined && { holder }),
  };
}

function holderOf(
  listing: Listing,
  { me, others, isOpen }: { me: string; others: readonly Present[]; isOpen: boolean },
): string | undefined {
  const typing = others.find((each) => each.isTyping);
  if (typing !== undefined) return desk.typing(typing.name);
  const holder = listing.escalation?.holder;
  if (isOpen && holder !== undefined) return holder.id === me ? desk.heldByMe : desk.heldBy(holder.name);
  const here = others[0];
  if (here !== undefined) return desk.opening(here.name);
  return isOpen ? desk.heldByNobody : undefined;
}
