/** Conversations in a few signs a line, for tests. */
import type { ConversationLine } from "../../src/intents/format-steps";

/**
 * `> words`, `[button]`, `{older button}`, `~24 jam` silence, `+foto 2`, `+lokasi -7.5,110.8`, `+suara`, `#selesai` staff
 * move the ticket; `< part` is said, `! part` is not.
 */
export function linesOf(conversation: string): ConversationLine[] {
  return conversation
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .map((line): ConversationLine => {
      const rest = line.slice(1).trim();
      switch (line[0]) {
        case ">":
          return { warga: rest };
        case "<":
          return { bot: rest };
        case "!":
          return { bot_tidak: rest };
        case "[":
          return { tekan: line.slice(1, -1) };
        case "{":
          return { tekan_lama: line.slice(1, -1) };
        case "~":
          return { diam: rest };
        case "#":
          return { tiket: rest as "selesai" };
        default: {
          const [what = "", value = ""] = rest.split(" ");
          if (what === "foto") return { foto: value };
          return what === "lokasi" ? { lokasi: value } : { kirim: what as "suara" };
        }
      }
    });
}
