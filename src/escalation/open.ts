/** Opens an escalation, or raises the one that is already open: a conversation never has two. */
import { createHash } from "node:crypto";
import type { Escalation, EscalationReason } from "../vocabulary/escalation.js";
import type { Priority } from "../vocabulary/understanding.js";

export interface Need {
  citizen: string;
  /** The event that made it necessary; the same event gives the same escalation. */
  eventId: string;
  reason: EscalationReason;
  priority: Priority;
  agency?: string;
  intent?: string;
  words?: string[];
  /** The citizen's last words, already masked. */
  summary?: string;
  now: number;
  lastWroteAt?: number;
}

const MOST_WORDS = 12;
const SUMMARY_LENGTH = 300;
/** The reason that stays when two meet: the earlier in this list. */
const WEIGHT: EscalationReason[] = [
  "urgent",
  "asked",
  "patience",
  "report",
  "not-understood",
  "attachment",
  "failure",
  "person",
];

/** The escalation after this need: a new one, or the open one raised, never lowered. */
export function openEscalation(need: Need, open: Escalation | undefined): Escalation {
  const summary = need.summary === undefined ? (open?.summary ?? "") : shorten(need.summary);
  const lastWroteAt = need.lastWroteAt ?? open?.lastWroteAt ?? need.now;
  if (open === undefined || open.state === "closed")
    return {
      id: idFrom(need.eventId),
      citizen: need.citizen,
      state: "waiting",
      reason: need.reason,
      priority: need.priority,
      agency: need.agency,
      intent: need.intent,
      words: (need.words ?? []).slice(0, MOST_WORDS),
      summary,
      openedAt: need.now,
      lastWroteAt,
      updatedAt: need.now,
      waitsFor: "staff",
      waitingSince: need.now,
      ...(need.reason === "urgent" ? { alarmedAt: need.now } : {}),
    };
  const waitedAlready = open.waitsFor === undefined || open.waitsFor === "staff";
  const isRaised = WEIGHT.indexOf(need.reason) < WEIGHT.indexOf(open.reason);
  return {
    ...open,
    // An alarm in a conversation that somebody had taken must be seen by everybody again.
    state: need.reason === "urgent" && open.reason !== "urgent" ? "waiting" : open.state,
    reason: isRaised ? need.reason : open.reason,
    priority: need.priority < open.priority ? need.priority : open.priority,
    agency: isRaised ? (need.agency ?? open.agency) : (open.agency ?? need.agency),
    intent: isRaised ? (need.intent ?? open.intent) : (open.intent ?? need.intent),
    words: [...new Set([...open.words, ...(need.words ?? [])])].slice(0, MOST_WORDS),
    summary,
    lastWroteAt,
    updatedAt: need.now,
    waitsFor: "staff",
    waitingSince: waitedAlready ? (open.waitingSince ?? open.openedAt) : need.now,
    snoozedUntil: undefined,
    ...(need.reason === "urgent" ? { alarmedAt: alarmedAt(need.now, open, waitedAlready) } : {}),
  };
}

/** A danger told to whoever has taken the conversation is a new one, however urgent it was before. */
function alarmedAt(now: number, { alarmedAt: before, holder }: Escalation, isUnanswered: boolean): number {
  const isHeard = before === undefined || (holder !== undefined && before <= holder.since);
  return isHeard || !isUnanswered ? now : before;
}

/** The same event always gives the same id, however often it is decided. */
function idFrom(eventId: string): string {
  return `e${createHash("sha256").update(eventId).digest("hex").slice(0, 12)}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= SUMMARY_LENGTH ? line : `${line.slice(0, SUMMARY_LENGTH - 1)}…`;
}
