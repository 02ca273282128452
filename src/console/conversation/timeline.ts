/** One true timeline: what citizen, bot and staff said and did, in order, from what the store has kept. */
import type { Happening, Said } from "../../storage/console-port.js";
import type { Attachment, InboundEvent } from "../../vocabulary/event.js";
import type { Author, StaffBody } from "../../vocabulary/staff-act.js";
import type { Why } from "../../vocabulary/turn.js";

export type Delivered = "waiting" | "sent" | "delivered" | "read" | "parked";

export type Line =
  | {
      kind: "citizen";
      id: string;
      at: number;
      text: string;
      attachments: Attachment[];
      note?: "edited" | "tapped" | "quotes";
    }
  | { kind: "reaction"; id: string; at: number; emoji?: string }
  | { kind: "bot"; id: string; at: number; said: Said; state: Delivered; why?: Why; isLast: boolean }
  | { kind: "person"; id: string; at: number; said: Said; state: Delivered; by?: Author }
  | { kind: "suite"; id: string; at: number; text: string }
  | { kind: "note"; id: string; at: number; text: string; by?: Author }
  | { kind: "act"; id: string; at: number; act: StaffBody }
  /** Something the clock or Facebook did. */
  | {
      kind: "turned";
      id: string;
      at: number;
      what: "lapsed" | "snoozeEnded" | "botReturned" | "handedBack";
      name: string;
    };

export interface Receipts {
  deliveredUntil: number;
  readUntil: number;
}

/** The lines, oldest first. `said` is what the page said; `happened` is everything else. */
export function timelineOf(
  happened: readonly Happening[],
  said: readonly Said[],
  receipts: Receipts,
): Line[] {
  const byEvent = new Map(happened.map((each) => [each.event.id, each]));
  const lines: Line[] = happened.flatMap(lineOf);
  said.forEach((each, index) => {
    const event = eventOfKey(each.key);
    const cause = byEvent.get(event);
    const base = { id: each.key, at: each.at, said: each, state: stateOf(each, receipts) };
    if (each.speaker === "bot") {
      const next = said[index + 1];
      const isLast = next === undefined || eventOfKey(next.key) !== event;
      lines.push({ kind: "bot", ...base, isLast, ...(cause?.why && { why: cause.why }) });
    } else {
      const body = cause?.event.body;
      const by = body?.kind === "staff" ? body.by : undefined;
      lines.push({ kind: "person", ...base, ...(by && { by }) });
    }
  });
  return lines.sort((a, b) => a.at - b.at);
}

/** The event a reply came from: its key is `<event>#<n>`. */
export function eventOfKey(key: string): string {
  return key.slice(0, key.lastIndexOf("#"));
}

function stateOf(said: Said, { deliveredUntil, readUntil }: Receipts): Delivered {
  if (said.state !== "sent") return said.state;
  const at = said.endedAt ?? said.at;
  if (at <= readUntil) return "read";
  return at <= deliveredUntil ? "delivered" : "sent";
}

function lineOf({ event, why }: Happening): Line[] {
  const { id, at, body } = event;
  switch (body.kind) {
    case "message": {
      const note = body.choice !== undefined ? "tapped" : body.replyTo !== undefined ? "quotes" : undefined;
      return [
        {
          kind: "citizen",
          id,
          at,
          text: body.text ?? "",
          attachments: body.attachments,
          ...(note && { note }),
        },
      ];
    }
    case "postback":
      return [{ kind: "citizen", id, at, text: body.title ?? "", attachments: [], note: "tapped" }];
    case "edit":
      return [{ kind: "citizen", id, at, text: body.text, attachments: [], note: "edited" }];
    case "reaction":
      return [{ kind: "reaction", id, at, ...(body.action === "react" && { emoji: body.emoji ?? "👍" }) }];
    case "echo":
      return body.by === "person" ? [{ kind: "suite", id, at, text: body.text ?? "" }] : [];
    case "staff":
      return staffLine(event, body, why);
    case "alarm":
    case "handover":
      return why?.outcome === "command" ? turnedLine(event, why) : [];
    default:
      return [];
  }
}

/** What was refused did not happen; what was said stands in the outbox. */
function staffLine({ id, at }: InboundEvent, body: StaffBody, why: Why | undefined): Line[] {
  if (why?.refused !== undefined) return [];
  switch (body.action) {
    case "reply":
      return [];
    case "note":
      return [{ kind: "note", id, at, text: body.text, ...(body.by && { by: body.by }) }];
    default:
      return [{ kind: "act", id, at, act: body }];
  }
}

function turnedLine({ id, at, body }: InboundEvent, why: Why): Line[] {
  if (body.kind === "handover") return [{ kind: "turned", id, at, what: "handedBack", name: "" }];
  if (body.kind !== "alarm") return [];
  const name = why.reasons[0] ?? "";
  switch (body.name) {
    case "claim-lapses":
      return [{ kind: "turned", id, at, what: "lapsed", name }];
    case "snooze-ends":
      return [{ kind: "turned", id, at, what: "snoozeEnded", name: "" }];
    case "bot-returns":
      return [{ kind: "turned", id, at, what: "botReturned", name: "" }];
    default:
      return [];
  }
}
