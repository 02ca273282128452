/** How what came in reads as a line of a conversation; the same in every store. */
import type { AttachmentKind, EventBody } from "../vocabulary/event.js";
import type { HistoryLine } from "./port.js";

const LABELS: Record<AttachmentKind, string> = {
  image: "[foto]",
  audio: "[pesan suara]",
  video: "[video]",
  file: "[berkas]",
  sticker: "[stiker]",
  location: "[lokasi]",
  link: "[tautan]",
  share: "[kiriman]",
  unknown: "[kiriman]",
};

/** The kinds of events that are lines of a conversation. */
export const LINE_KINDS: readonly EventBody["kind"][] = ["message", "postback", "edit", "echo"];

/** A line for what came in; nothing for our own echoes. */
export function heardLine(at: number, body: EventBody): HistoryLine[] {
  switch (body.kind) {
    case "message": {
      const pictures = body.attachments.map((each) => LABELS[each.kind]).join(" ");
      const words = [body.text ?? "", pictures].filter((part) => part !== "").join(" ");
      return [{ at, from: "citizen", text: words === "" ? "[kosong]" : words }];
    }
    case "postback":
      return [{ at, from: "citizen", text: body.title ?? "[tombol]" }];
    case "edit":
      return [{ at, from: "citizen", text: `${body.text} [diubah]` }];
    case "echo":
      return body.by === "person" ? [{ at, from: "person", text: body.text ?? "[kiriman]" }] : [];
    default:
      return [];
  }
}

/** The kinds of events that have words of their own. */
export const WORD_KINDS: readonly EventBody["kind"][] = ["message", "edit", "echo", "staff"];

/** The words of an event; those of the bot's own echoes are known from what it said. */
export function wordsHeard(body: EventBody): string {
  switch (body.kind) {
    case "message":
    case "edit":
      return body.text ?? "";
    case "echo":
      return body.by === "person" ? (body.text ?? "") : "";
    case "staff":
      return body.action === "note" ? body.text : "";
    default:
      return "";
  }
}
