/** Reads what a form asks for; only what is on a list, and never too long. */
import { FOLD_REASONS, type Author, type StaffAct } from "../../vocabulary/staff-act.js";
import type { SentFile } from "../../vocabulary/reply.js";
import type { Form } from "../form.js";
import { MOST_LETTERS } from "./composer.js";
import { momentNamed } from "./moments.js";

/** Much longer than a reply may be, so that one that is too long is seen to be, and not taken for none. */
const MOST_SENT = 16 * MOST_LETTERS;

export interface Known {
  now: number;
  zone: string;
  agencies: Readonly<Record<string, unknown>>;
  /** Who answers citizens, besides the one who asks. */
  colleagues: readonly Author[];
  /** What came along with a reply, kept by now. */
  file?: SentFile | undefined;
}

/** Undefined for anything that is not an act: an unknown name, an empty text, a moment or agency on no list. */
export function readAct(form: Form, { now, zone, agencies, colleagues, file }: Known): StaffAct | undefined {
  const action = form.text("act", 20);
  const force = form.text("force", 1) === "1" ? { force: true as const } : {};
  switch (action) {
    case "reply": {
      // Browsers send each line's end as two letters; staff see one, and so does Messenger.
      const text = form.text("text", MOST_SENT).replaceAll("\r\n", "\n").trim();
      const after = form.text("after", 400);
      if (text.length > MOST_LETTERS || (text === "" && file === undefined)) return undefined;
      return { action, text, ...(file && { file }), ...(after !== "" && { after }), ...force };
    }
    case "note": {
      const text = form.text("text", 2 * MOST_LETTERS).trim();
      return text === "" ? undefined : { action, text };
    }
    case "claim":
      return { action, ...force };
    case "hand": {
      const to = colleagues.find(({ id }) => id === form.text("to", 60));
      return to === undefined ? undefined : { action, to: { id: to.id, name: to.name } };
    }
    case "snooze": {
      const until = momentNamed(form.text("until", 20), now, zone);
      return until === undefined ? undefined : { action, until };
    }
    case "to-agency": {
      const agency = form.text("agency", 60);
      return Object.hasOwn(agencies, agency) ? { action, agency } : undefined;
    }
    case "fold": {
      const reason = FOLD_REASONS.find((each) => each === form.text("reason", 20));
      return reason === undefined ? undefined : { action, reason };
    }
    case "release":
    case "wake":
    case "take-over":
    case "give-back":
    case "close":
    case "reopen":
    case "unfold":
    case "not-urgent":
      return { action };
    default:
      return undefined;
  }
}
