/** Who has which conversation open, and who is typing there, in all processes. In memory only: it is true for this moment. */
import { randomUUID } from "node:crypto";
import type { Here, Newsroom } from "./news.js";

export interface Present {
  id: string;
  name: string;
  isTyping: boolean;
}

export interface Presence {
  /** A page shows the conversation, until the returned function is called. The same person may have several pages. */
  open(citizen: string, staff: { id: string; name: string }): () => void;
  typing(citizen: string, staff: { id: string; name: string }): void;
  /** Who is there, without the one who asks. */
  others(citizen: string, me: string): Present[];
}

/** A keystroke counts this long. */
const TYPING_MS = 8000;
/** What is open here is told again so often: a process may have begun, or heard nothing for a while. */
const REPEAT_MS = 20_000;
/** What another process told counts this long: it may have ended without a word. */
const AFAR_MS = 60_000;

/** One person in one conversation, at one process. */
interface Visit {
  staff: { id: string; name: string };
  /** Pages here; for another process 1 or 0. */
  pages: number;
  typedAt: number;
  /** When another process told it; endless for our own. */
  heardAt: number;
}

export interface PresenceParts {
  news: Newsroom;
  now: () => number;
  /** Does something after so many milliseconds; in real time unless given. */
  later?: (work: () => void, ms: number) => void;
}

const inRealTime = (work: () => void, ms: number): void => void setTimeout(work, ms).unref();

/** Tells the newsroom who comes and goes here, and heeds what the others tell there. */
export function createPresence({ news, now, later = inRealTime }: PresenceParts): Presence {
  const here = randomUUID();
  /** Conversation → process and person → visit. */
  const rooms = new Map<string, Map<string, Visit>>();

  const visitOf = (citizen: string, instance: string, staff: Visit["staff"]): Visit => {
    const room = rooms.get(citizen) ?? new Map<string, Visit>();
    rooms.set(citizen, room);
    const key = `${instance} ${staff.id}`;
    const visit = room.get(key) ?? { staff, pages: 0, typedAt: 0, heardAt: Infinity };
    room.set(key, visit);
    return visit;
  };

  const isTyping = ({ typedAt }: Visit): boolean => now() - typedAt < TYPING_MS;
  const isThere = (visit: Visit): boolean =>
    (visit.pages > 0 || isTyping(visit)) && now() - visit.heardAt < AFAR_MS;

  const sweep = (citizen: string): void => {
    const room = rooms.get(citizen);
    for (const [key, visit] of room ?? []) if (!isThere(visit)) room?.delete(key);
    if (room?.size === 0) rooms.delete(citizen);
  };

  const tellOthers = (citizen: string, visit: Visit): void => {
    const isOpen = visit.pages > 0;
    news.tell({
      ...{ kind: "here", citizen, instance: here },
      ...{ staff: visit.staff, isOpen, isTyping: isTyping(visit) },
    });
  };

  /** To the pages here and to the other processes. */
  const tell = (citizen: string, visit: Visit): void => {
    tellOthers(citizen, visit);
    sweep(citizen);
    news.tell({ kind: "presence", citizen });
  };

  const whoIn = (citizen: string): string => JSON.stringify(others(citizen, ""));

  const hear = ({ citizen, instance, staff, isOpen, isTyping: types }: Here): void => {
    if (instance === here) return;
    const before = whoIn(citizen);
    const visit = visitOf(citizen, instance, staff);
    visit.pages = isOpen ? 1 : 0;
    visit.typedAt = types ? now() : 0;
    visit.heardAt = now();
    sweep(citizen);
    if (whoIn(citizen) !== before) news.tell({ kind: "presence", citizen });
  };
  news.follow((told) => {
    if (told.kind === "here") hear(told);
  });

  /** Tells again who is here, and lets go of those of whom nothing was heard any more. */
  const repeat = (): void => {
    for (const [citizen, room] of rooms) {
      const size = room.size;
      for (const visit of room.values())
        if (visit.heardAt === Infinity && visit.pages > 0) tellOthers(citizen, visit);
      sweep(citizen);
      if (room.size !== size) news.tell({ kind: "presence", citizen });
    }
  };
  setInterval(repeat, REPEAT_MS).unref();

  /** While somebody types the others hear of it again; when the keys rest, they hear of that. */
  const watchTyping = (citizen: string, staff: Visit["staff"]): void => {
    later(() => {
      const visit = visitOf(citizen, here, staff);
      tell(citizen, visit);
      if (isTyping(visit)) watchTyping(citizen, staff);
    }, TYPING_MS + 200);
  };

  const others = (citizen: string, me: string): Present[] => {
    const found = new Map<string, Present>();
    for (const visit of rooms.get(citizen)?.values() ?? []) {
      const { id, name } = visit.staff;
      if (id === me || !isThere(visit)) continue;
      found.set(id, { id, name, isTyping: isTyping(visit) || found.get(id)?.isTyping === true });
    }
    return [...found.values()];
  };

  return {
    open(citizen, staff) {
      const visit = visitOf(citizen, here, staff);
      visit.pages += 1;
      tell(citizen, visit);
      return () => {
        visit.pages -= 1;
        tell(citizen, visit);
      };
    },
    typing(citizen, staff) {
      const visit = visitOf(citizen, here, staff);
      const isNew = !isTyping(visit);
      visit.typedAt = now();
      if (!isNew) return;
      tell(citizen, visit);
      watchTyping(citizen, staff);
    },
    others,
  };
}
