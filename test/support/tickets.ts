/** Tickets and turns to put into a store. */
import type { InboundEvent } from "../../src/vocabulary/event";
import { newCitizen } from "../../src/vocabulary/citizen";
import type { Ticket } from "../../src/vocabulary/ticket";
import type { Turn } from "../../src/vocabulary/turn";

export const DAY_MS = 24 * 60 * 60 * 1000;
/** Wednesday 25 November 2026, 10.00 in Jakarta. */
export const WEDNESDAY = Date.UTC(2026, 10, 25, 3, 0);

export function aTicket(id: string, over: Partial<Ticket> = {}): Ticket {
  return {
    id,
    checkCode: "KM7P",
    kind: "jalan-rusak",
    agency: "dpu",
    state: "received",
    priority: "P2",
    summary: "Lubang seember di Jl. Mawar",
    place: { words: "Jl. Mawar depan SD 3", street: "Jl. Mawar", landmark: "SD 3" },
    details: [{ label: "Ukuran", value: "sebesar ember" }],
    photos: [],
    reporters: [{ citizen: "c1", at: WEDNESDAY }],
    history: [{ at: WEDNESDAY, what: "filed", to: "received" }],
    contactBy: "2026-11-30",
    createdAt: WEDNESDAY,
    updatedAt: WEDNESDAY,
    ...over,
  };
}

export function aTurn(citizen: string, over: Partial<Turn> = {}): Turn {
  return {
    replies: [],
    speaker: "bot",
    signs: [],
    citizen: newCitizen(citizen),
    alarms: [],
    why: { outcome: "note", reasons: [] },
    ...over,
  };
}

export function aMessage(id: string, citizen: string, text = "halo"): InboundEvent {
  return {
    id,
    channel: "messaging",
    page: "page",
    citizen,
    at: WEDNESDAY,
    body: { kind: "message", mid: id, text, attachments: [] },
  };
}
