/** Conversations through the real decisions with the library of the sample city, in process, with a clock that is pushed. */
import path from "node:path";
import type { Library } from "../../src/intents/library";
import { loadLibrary } from "../../src/intents/load";
import type { TicketsInMemory } from "../../src/tickets/in-memory";
import { beginConversation, type Conversation } from "../../src/turns/play-conversation";
import { createUnderstander, type Understander } from "../../src/turns/understand";
import type { TicketMove } from "../../src/vocabulary/ticket";
import type { Attachment } from "../../src/vocabulary/event";
import type { Choice, Reply } from "../../src/vocabulary/reply";
import { WEDNESDAY } from "./tickets";

const HOUR_MS = 60 * 60 * 1000;

export interface Town {
  library: Library;
  understander: Understander;
}

let town: Promise<Town> | undefined;

/** The sample city, learnt once for each test file. */
export function theTown(): Promise<Town> {
  town ??= loadLibrary(path.join(__dirname, "..", "..", "intents")).then(({ library }) => {
    if (library === undefined) throw new Error("the library does not load");
    return { library, understander: createUnderstander(library) };
  });
  return town;
}

export interface Talker {
  talk: Conversation;
  /** What was said to the last thing that happened, in one text. */
  said(): string;
  writes(text: string): Promise<string>;
  sends(...attachments: Attachment[]): Promise<string>;
  pictures(count: number, text?: string): Promise<string>;
  /** Taps a button of the last message that had some; of older ones with `from`. */
  taps(title: string, from?: "older"): Promise<string>;
  waits(hours: number): Promise<string>;
  staffMove(move: TicketMove): Promise<string>;
}

let count = 0;

/** A citizen who begins to write. Conversations of one town may share their tickets. */
export function aCitizen(
  { library, understander }: Town,
  tickets?: TicketsInMemory,
  now = WEDNESDAY,
): Talker {
  const id = `78000000000${String((count += 1)).padStart(5, "0")}`;
  const talk = beginConversation({ library, understander, zone: "Asia/Jakarta", now }, id, tickets);
  let last: Reply[] = [];
  const said = (): string => last.map(({ text }) => text).join("\n");
  const heard = async (replies: Promise<Reply[]>): Promise<string> => {
    last = await replies;
    return said();
  };
  const mid = (): string => `${id}-m${(count += 1)}`;
  const happens = (attachments: Attachment[], text?: string, choice?: string) =>
    heard(talk.happens({ kind: "message", mid: mid(), text, choice, attachments }));
  return {
    talk,
    said,
    writes: (text) => happens([], text),
    sends: (...attachments) => happens(attachments),
    pictures: (n, text) =>
      happens(
        Array.from({ length: n }, (_, at) => ({
          kind: "image",
          url: `https://scontent.fbcdn.net/${id}-${count}-${at}.jpg`,
        })),
        text,
      ),
    taps(title, from) {
      const spoken = talk.heard().filter((replies) => replies.some(({ choices }) => choices !== undefined));
      const places = from === "older" ? spoken.slice(0, -1).reverse() : spoken.slice(-1);
      const choice = places
        .flatMap((replies) => replies.flatMap((reply): Choice[] => reply.choices ?? []))
        .find((each) => each.title === title);
      if (choice === undefined) throw new Error(`There is no button "${title}" below: ${said()}`);
      return happens([], title, choice.payload);
    },
    waits: (hours) => heard(talk.passes(hours * HOUR_MS)),
    staffMove(move) {
      const ticket = talk.tickets.all()[0];
      if (ticket === undefined) throw new Error("There is no ticket.");
      return heard(
        talk.happens({ kind: "ticket", ticket: ticket.id, by: "sari", work: { action: "move", move } }),
      );
    },
  };
}
