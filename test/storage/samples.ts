/** Events and turns for the tests of the stores. */
import type { Escalation } from "../../src/vocabulary/escalation";
import type { InboundEvent } from "../../src/vocabulary/event";
import { newCitizen, type Citizen } from "../../src/vocabulary/citizen";
import type { Turn } from "../../src/vocabulary/turn";

export const NOW = Date.UTC(2026, 4, 4, 3, 0, 0);

/** A text message of a citizen. */
export function message(id: string, citizen: string, text = `pesan ${id}`, at = NOW): InboundEvent {
  return {
    id,
    channel: "messaging",
    page: "100",
    citizen,
    at,
    body: { kind: "message", mid: id, text, attachments: [] },
  };
}

/** Our own message, come back from the platform. */
export function echo(id: string, citizen: string, metadata: string, at = NOW): InboundEvent {
  return {
    id,
    channel: "messaging",
    page: "100",
    citizen,
    at,
    body: { kind: "echo", mid: id, by: "sabar", metadata, text: "gema" },
  };
}

/** A turn that says these texts. */
export function turn(citizen: string | Citizen, texts: string[], more: Partial<Turn> = {}): Turn {
  return {
    replies: texts.map((text) => ({ kind: "text", text })),
    speaker: "bot",
    signs: [],
    citizen: typeof citizen === "string" ? newCitizen(citizen) : citizen,
    alarms: [],
    why: { outcome: "answer", intent: "ktp-hilang", reasons: ["uji"] },
    ...more,
  };
}

/** An escalation of a citizen. */
export function escalation(id: string, citizen: string, more: Partial<Escalation> = {}): Escalation {
  return {
    id,
    citizen,
    state: "waiting",
    reason: "asked",
    priority: "P2",
    words: [],
    summary: "minta petugas",
    openedAt: NOW,
    lastWroteAt: NOW,
    updatedAt: NOW,
    ...more,
  };
}
