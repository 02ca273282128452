/** What we say, and how much of it Messenger allows. */

/** Limits of the Send API (developers.facebook.com/docs/messenger-platform/reference/send-api). Text is cut well below its 2000. */
export const LIMITS = {
  text: 1900,
  choices: 13,
  title: 20,
  payload: 1000,
  buttons: 3,
  buttonText: 640,
  metadata: 999,
} as const;

/** A tappable answer below a message; it goes away with the next message. */
export interface Choice {
  title: string;
  payload: string;
}

/** A button that stays: it opens a page, calls a number, or answers. */
export type Button =
  | { kind: "link"; title: string; url: string }
  | { kind: "call"; title: string; phone: string }
  | { kind: "answer"; title: string; payload: string };

/** A file that staff send: its id in the store of sent files, and what people call it. */
export interface SentFile {
  id: string;
  type: "image" | "file";
  name: string;
}

/** One bubble. The text of a file stands for it in lists and is not sent; nor are its choices. */
export type Reply =
  | { kind: "text"; text: string; choices?: Choice[] }
  | { kind: "buttons"; text: string; buttons: Button[]; choices?: Choice[] }
  | { kind: "file"; text: string; file: SentFile; choices?: Choice[] };

/** A sign of life that is worth sending only now: never stored, never sent again. */
export type Sign = "seen" | "typing_on" | "typing_off";

/** Payload of a choice or button that opens an intent. */
export const payloadOfIntent = (intent: string): string => `intent:${intent}`;

/** The intent a payload opens, or undefined when it opens none. */
export const intentOfPayload = (payload: string): string | undefined =>
  payload.startsWith("intent:") ? payload.slice("intent:".length) : undefined;

/** Payload of a choice that answers a question of a dialogue. */
export const payloadOfStep = (intent: string, question: string, value: string): string =>
  `step:${intent}:${question}:${value}`.slice(0, LIMITS.payload);

/** What such a payload answers; undefined for other payloads. */
export function stepOfPayload(
  payload: string,
): { intent: string; question: string; value: string } | undefined {
  const [kind, intent, question, ...value] = payload.split(":");
  return kind === "step" && intent !== undefined && question !== undefined
    ? { intent, question, value: value.join(":") }
    : undefined;
}

/** Payload of the button that goes through an intent's steps slowly. */
export const payloadOfWalk = (intent: string): string => `walk:${intent}`;

/** The intent such a payload goes through, or undefined. */
export const walkOfPayload = (payload: string): string | undefined =>
  payload.startsWith("walk:") ? payload.slice("walk:".length) : undefined;
