/** Who has which conversation open, and who is typing there. In memory only: it is true for this moment. */
import type { Newsroom } from "./news.js";

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

interface Visit {
  name: string;
  pages: number;
  typedAt: number;
}

export function createPresence({ news, now }: { news: Newsroom; now: () => number }): Presence {
  const rooms = new Map<string, Map<string, Visit>>();

  const visitOf = (citizen: string, staff: { id: string; name: string }): Visit => {
    const room = rooms.get(citizen) ?? new Map<string, Visit>();
    rooms.set(citizen, room);
    const visit = room.get(staff.id) ?? { name: staff.name, pages: 0, typedAt: 0 };
    room.set(staff.id, visit);
    return visit;
  };

  const isHere = (visit: Visit): boolean => visit.pages > 0 || now() - visit.typedAt < TYPING_MS;

  const sweep = (citizen: string): void => {
    const room = rooms.get(citizen);
    for (const [id, visit] of room ?? []) if (!isHere(visit)) room?.delete(id);
    if (room?.size === 0) rooms.delete(citizen);
  };

  return {
    open(citizen, staff) {
      const visit = visitOf(citizen, staff);
      visit.pages += 1;
      news.tell({ kind: "presence", citizen });
      return () => {
        visit.pages -= 1;
        sweep(citizen);
        news.tell({ kind: "presence", citizen });
      };
    },
    typing(citizen, staff) {
      const visit = visitOf(citizen, staff);
      const isNew = now() - visit.typedAt >= TYPING_MS;
      visit.typedAt = now();
      if (!isNew) return;
      news.tell({ kind: "presence", citizen });
      // When the keys rest, the colleagues' pages must hear of it.
      setTimeout(() => {
        sweep(citizen);
        news.tell({ kind: "presence", citizen });
      }, TYPING_MS + 200).unref();
    },
    others: (citizen, me) =>
      [...(rooms.get(citizen) ?? [])]
        .filter(([id, visit]) => id !== me && isHere(visit))
        .map(([id, { name, typedAt }]) => ({ id, name, isTyping: now() - typedAt < TYPING_MS })),
  };
}
