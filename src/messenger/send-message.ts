/** Writes a reply as the Send API wants it, within its limits; what had to be cut is told, so that it can be logged. */
import { LIMITS, type Button, type Choice, type Reply, type SentFile } from "../vocabulary/reply.js";
import { METADATA_PREFIX } from "./translate-message.js";

/** The `message` of a call, and the names of the limits that were exceeded. */
export interface Written {
  message: Readonly<Record<string, unknown>>;
  cuts: string[];
}

/** The message for a file that travels in the same call. */
export function writeFile(file: SentFile, key: string): Written["message"] {
  return {
    attachment: { type: file.type, payload: {} },
    metadata: cut(METADATA_PREFIX + key, LIMITS.metadata),
  };
}

/** The message for a reply, or undefined when it says nothing. `key` comes back in the echo, as metadata. */
export function writeMessage(reply: Exclude<Reply, { kind: "file" }>, key: string): Written | undefined {
  const cuts: string[] = [];
  const metadata = cut(METADATA_PREFIX + key, LIMITS.metadata, () => cuts.push("metadata"));
  const choices = writeChoices(reply.choices ?? [], cuts);
  const extras = { metadata, ...(choices.length === 0 ? {} : { quick_replies: choices }) };
  const buttons = reply.kind === "buttons" ? reply.buttons.map(writeButton) : [];
  const usable = buttons.filter((button) => button !== undefined).slice(0, LIMITS.buttons);
  const full = reply.kind === "buttons" ? withLeftOut(reply, buttons, cuts) : reply.text;
  if (full.trim() === "") return undefined;
  if (usable.length === 0) {
    const text = cut(full, LIMITS.text, () => cuts.push("text"));
    return { message: { text, ...extras }, cuts };
  }
  const text = cut(full, LIMITS.buttonText, () => cuts.push("button text"));
  const payload = { template_type: "button", text, buttons: usable };
  return { message: { attachment: { type: "template", payload }, ...extras }, cuts };
}

function writeChoices(choices: readonly Choice[], cuts: string[]): object[] {
  const usable = choices.filter((choice) => isTappable(choice));
  if (usable.length < choices.length) cuts.push("choice left out");
  if (usable.length > LIMITS.choices) cuts.push("choices");
  return usable.slice(0, LIMITS.choices).map((choice) => ({
    content_type: "text",
    title: cut(choice.title.trim(), LIMITS.title, () => cuts.push("title")),
    payload: choice.payload,
  }));
}

function isTappable(choice: Choice): boolean {
  return choice.title.trim() !== "" && choice.payload !== "" && choice.payload.length <= LIMITS.payload;
}

/** The button for the Send API, or undefined when Messenger would refuse it. */
function writeButton(button: Button): object | undefined {
  const title = cut(button.title.trim(), LIMITS.title);
  if (title === "") return undefined;
  switch (button.kind) {
    case "link":
      return /^https?:\/\/\S+$/i.test(button.url) ? { type: "web_url", title, url: button.url } : undefined;
    case "call": {
      const payload = internationalPhone(button.phone);
      return payload === undefined ? undefined : { type: "phone_number", title, payload };
    }
    case "answer":
      return isTappable(button) ? { type: "postback", title, payload: button.payload } : undefined;
  }
}

/** Call buttons take `+62…` only. Short numbers such as 112 have no such form: undefined. */
function internationalPhone(phone: string): string | undefined {
  const digits = phone.replace(/^tel:/i, "").replace(/[^\d+]/g, "");
  if (/^\+\d{8,15}$/.test(digits)) return digits;
  if (/^62\d{7,13}$/.test(digits)) return `+${digits}`;
  return /^0\d{7,13}$/.test(digits) ? `+62${digits.slice(1)}` : undefined;
}

/** A number or address must not be lost because it cannot be a button: it goes below the text, in front of any cut. */
function withLeftOut(
  reply: Extract<Reply, { kind: "buttons" }>,
  buttons: (object | undefined)[],
  cuts: string[],
): string {
  const lines: string[] = [];
  let shown = 0;
  reply.buttons.forEach((button, at) => {
    if (buttons[at] !== undefined && ++shown <= LIMITS.buttons) return;
    cuts.push("button left out");
    if (button.kind === "link") lines.push(`${button.title}: ${button.url}`);
    if (button.kind === "call") lines.push(`${button.title}: ${button.phone.replace(/^tel:/i, "")}`);
  });
  if (lines.length === 0) return reply.text;
  const most = (shown === 0 ? LIMITS.text : LIMITS.buttonText) - lines.join("\n").length - 1;
  return [cut(reply.text, Math.max(most, 1), () => cuts.push("text")), ...lines].join("\n");
}

/** The text within a limit, with … where it was cut, never through the middle of a character. */
function cut(text: string, most: number, onCut?: () => void): string {
  if (text.length <= most) return text;
  onCut?.();
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
