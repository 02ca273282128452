/** What a dialogue is, for those who write one. Nothing here knows Messenger, the store, or the engine below. */
import type { Point } from "../vocabulary/distance.js";
import type { AttachmentKind } from "../vocabulary/event.js";
import type { EscalationReason } from "../vocabulary/escalation.js";
import type { TicketChange } from "../vocabulary/ticket-change.js";
import type { Priority } from "../vocabulary/understanding.js";

/** What reached a dialogue that waits for an answer. */
export interface Heard {
  /** `words` may come with pictures and a point; `other`: something sent without words; `left`: a person or an alarm takes over. */
  kind: "words" | "tap" | "pictures" | "other" | "silence" | "old-tap" | "left";
  /** What the citizen wrote, masked; the writing on the button for a tap. Empty if there is nothing to read. */
  text: string;
  /** The value of the tapped choice. */
  choice?: string;
  point?: Point;
  /** Ids of the pictures that came. */
  pictures: string[];
  other?: AttachmentKind;
  /** The intent these words surely mean, if it is not the dialogue's own. */
  topic?: string;
  /** A command in other words, if the words are no answer: "ga usah deh lapornya". */
  meant?: "cancel" | "person";
}

/** A tappable answer. `value` comes back as `Heard.choice`. */
export interface DialogueChoice {
  title: string;
  value: string;
}

/** Something to say: the wordings of one sentence, of which one is chosen when it is said. */
export interface Line {
  /** Under this name it is counted, so that the next wording is used the next time. */
  key: string;
  wordings: readonly string[];
  /** Fixed wording, from 0; otherwise the one whose turn it is. */
  wording?: number;
  /** Put before it, in the same bubble. */
  before?: Line;
  values?: Record<string, string>;
  choices?: DialogueChoice[];
}

/** What a dialogue makes happen besides words. */
export type Act =
  /** Answers another intent in the middle. */
  | { kind: "aside"; intent: string; text: string }
  /** Says that this intent comes after the dialogue, and remembers it. */
  | { kind: "later"; intent: string; text: string }
  /** Goes on with another intent; the dialogue is over. */
  | { kind: "open"; intent: string; text: string }
  /** The words that ended the dialogue are to be answered as any others. */
  | { kind: "unread" }
  /** Something came that a person has to hear or see. */
  | { kind: "attachment"; attachment: AttachmentKind }
  /** Somebody is in danger: the form is left. */
  | { kind: "urgent"; priority: "P0" | "P1"; summary: string }
  /** A person goes on. `summary` is what has been said so far. */
  | { kind: "person"; reason: EscalationReason; priority: Priority; summary: string }
  /** How a wording (from 1) of a step was taken. */
  | { kind: "reaction"; how: "unclear" | "silence"; step: string; wording: number }
  /** The talk is about this ticket: pictures that follow belong to it. */
  | { kind: "about-ticket"; ticket: string }
  | { kind: "ticket"; change: TicketChange; pictures: string[] }
  /** Pictures that are not kept. */
  | { kind: "forget-pictures" };

/** What the author of a dialogue can do. `say` and `act` only happen once, however often the dialogue is replayed. */
export interface Talk {
  say(line: Line): void;
  act(act: Act): void;
  /**
   * Sleeps until something reaches the dialogue, and keeps what `read` makes of it (plain JSON); the words themselves are
   * not kept. `name` is compared at every replay: a changed dialogue is noticed. `patienceMs`: then silence is heard.
   */
  hear<R>(name: string, patienceMs: number | undefined, read: (heard: Heard) => R): Promise<R>;
  /** Looks something up and remembers it. May run twice after a crash, so it only reads. */
  once<T>(name: string, task: () => Promise<T> | T): Promise<T>;
  /** Begins anew from these arguments and forgets everything before: keeps long dialogues small. */
  startAgain(start: unknown): never;
}

export interface Dialogue {
  /** The intent it belongs to. */
  intent: string;
  /** Raised when its questions change their meaning; sleeping ones of another version begin anew, politely. */
  version: string;
  /** `start` is plain JSON. */
  run(talk: Talk, start: unknown): Promise<void>;
}

/** The dialogue's code no longer fits what was kept. The caller begins anew, politely. */
export class DialogueChanged extends Error {
  override name = "DialogueChanged";
}
