/** What has just changed, told to every open page of the console. */
import { randomUUID } from "node:crypto";

export type News =
  /** A turn of this conversation was committed. */
  | { kind: "turn"; citizen: string; event: string }
  /** A delivery ended, or a receipt came. */
  | { kind: "delivery"; citizen: string }
  /** Somebody opened, left or types in it: for pages of this process. */
  | { kind: "presence"; citizen: string }
  /** Who is there, for the other processes. */
  | ({ kind: "here" } & Here)
  /** A ticket was filed or changed. */
  | { kind: "ticket"; ticket: string };

/** Somebody in a conversation, as one process tells it to the others. */
export interface Here {
  citizen: string;
  /** The process that tells it. */
  instance: string;
  staff: { id: string; name: string };
  isOpen: boolean;
  isTyping: boolean;
}

export interface Newsroom {
  tell(news: News): void;
  /** Calls with everything told until the returned function is called. */
  follow(listener: (news: News) => void): () => void;
  /** Another one after everything that pages are shown: who has read it and meets it again has missed nothing. */
  mark(): string;
}

/** A newsroom without subscribers. A listener must not throw. */
export function createNewsroom(): Newsroom {
  const listeners = new Set<(news: News) => void>();
  const id = randomUUID();
  let told = 0;
  return {
    mark: () => `${id}.${told}`,
    tell(news) {
      if (news.kind !== "here") told += 1;
      for (const listener of listeners) listener(news);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
