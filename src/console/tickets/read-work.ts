/** Reads what a form asks to do with a ticket. */
import type { Ticket, TicketMove, TicketWork } from "../../vocabulary/ticket.js";
import { mayMove, TICKET_STATES } from "../../vocabulary/ticket.js";
import type { Form } from "../form.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** What was done is said in a sentence, not in a word. */
const SHORTEST_DONE = 20;

export interface Known {
  agencies: Readonly<Record<string, unknown>>;
  /** The id of a filed ticket by its number. */
  idOfNumber: (number: string) => Promise<string | undefined>;
  /** Which of these are pictures that staff uploaded for this ticket. */
  photosAmong: (ids: readonly string[]) => Promise<string[]>;
}

/** What stood in the form, so that nobody has to type it twice. */
export interface Filled {
  to: string;
  text: string;
  agency: string;
  day: string;
  without: string;
  photos: string[];
}

/** Pictures with one move of a ticket. */
export const MOST_PHOTOS = 4;

export function readFilled(form: Form): Filled {
  return {
    to: form.text("to", 20),
    text: form.text("text", 1000),
    agency: form.text("agency", 60),
    day: form.text("day", 10),
    without: form.text("without", 200),
    photos: form.all("photo").slice(0, MOST_PHOTOS),
  };
}

/** `incomplete`: something that the state needs is missing. Undefined for what is on no list. */
export async function readWork(
  form: Form,
  ticket: Ticket,
  known: Known,
): Promise<TicketWork | "incomplete" | undefined> {
  switch (form.text("do", 10)) {
    case "note": {
      const text = form.text("text", 2000).trim();
      return text === "" ? "incomplete" : { action: "note", text };
    }
    case "contact": {
      const day = form.text("day", 10);
      return DAY.test(day) ? { action: "contact", day } : "incomplete";
    }
    case "move": {
      const move = await readMove(readFilled(form), ticket, known);
      return typeof move === "object" ? { action: "move", move } : move;
    }
    default:
      return undefined;
  }
}

/** The move that a form describes. */
export async function readMove(
  filled: Filled,
  ticket: Ticket,
  known: Known,
): Promise<TicketMove | "incomplete" | undefined> {
  const to = TICKET_STATES.find((state) => state === filled.to);
  if (to === undefined || !mayMove(ticket.state, to)) return undefined;
  return (await moveTo(to, filled, known)) ?? "incomplete";
}

async function moveTo(to: Ticket["state"], filled: Filled, known: Known): Promise<TicketMove | undefined> {
  const { agency, day } = filled;
  const text = filled.text.replace(/\s+/g, " ").trim();
  const note = text === "" ? {} : { note: text };
  switch (to) {
    case "forwarded":
      return Object.hasOwn(known.agencies, agency) ? { to, agency, ...note } : undefined;
    case "scheduled":
      return DAY.test(day) ? { to, day, ...note } : undefined;
    case "working":
      return { to, ...note };
    case "needs-info":
      return text === "" ? undefined : { to, what: text };
    case "not-city":
      return text === "" ? undefined : { to, owner: text };
    case "joined": {
      const into = await known.idOfNumber(text.toUpperCase());
      return into === undefined ? undefined : { to, into };
    }
    case "done": {
      const photos = await known.photosAmong(filled.photos);
      const withoutPhoto = filled.without.trim();
      if (text.length < SHORTEST_DONE || (photos.length === 0 && withoutPhoto === "")) return undefined;
      return { to, note: text, photos, ...(photos.length === 0 && { withoutPhoto }) };
    }
    case "impossible":
    case "reopened":
      return text === "" ? undefined : { to, reason: text };
    case "draft":
    case "received":
      return undefined;
  }
}
