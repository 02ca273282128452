/** What was said in the simulator, as its page shows it. Lives in memory, for one run. */

/** One bubble. `id` is the message id of the protocol. */
export interface Line {
  id: string;
  from: "citizen" | "page" | "person";
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Where the picture is served; the line then has no text. */
  picture?: string;
  /** Drawn large and without a bubble. */
  isSticker?: true;
  choices?: { title: string; payload: string }[];
  buttons?: { title: string; payload?: string; url?: string; phone?: string }[];
  note?: string;
  /** How its way to the webhook goes; lines of the page have none. */
  delivery?: "waiting" | "delivered" | "failed";
  wasSeen?: true;
  hasReaction?: true;
  /** How often its words were changed afterwards. */
  revision?: number;
}

/** How the stand-in behaves at the moment; `fault` is an id of the page's list. */
export interface Weather {
  connected: boolean;
  fault: string;
}

/** What the page is told. */
export type Change =
  | { kind: "line"; citizen: string; line: Line }
  | { kind: "changed"; citizen: string; line: Line }
  | { kind: "sign"; citizen: string; action: string }
  | { kind: "weather"; weather: Weather };

/** The conversations of this run. */
export interface Transcript {
  add(citizen: string, line: Line): void;
  /** Changes a line that is still kept. */
  change(citizen: string, id: string, change: Partial<Line>): void;
  tell(change: Change): void;
  linesOf(citizen: string): readonly Line[];
  lines(): Record<string, Line[]>;
  /** Calls with every change until the returned function is called. */
  follow(listener: (change: Change) => void): () => void;
}

const MOST_LINES = 500;
const MOST_CONVERSATIONS = 200;

/** Starts with nothing said. */
export function createTranscript(): Transcript {
  const conversations = new Map<string, Line[]>();
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  return {
    add(citizen, line) {
      const lines = conversations.get(citizen) ?? [];
      lines.push(line);
      if (lines.length > MOST_LINES) lines.shift();
      // Written anew, so that the conversation that was quiet longest is the first to go.
      conversations.delete(citizen);
      conversations.set(citizen, lines);
      const oldest = conversations.keys().next().value;
      if (conversations.size > MOST_CONVERSATIONS && oldest !== undefined) conversations.delete(oldest);
      tell({ kind: "line", citizen, line });
    },
    change(citizen, id, change) {
      const line = conversations.get(citizen)?.find((each) => each.id === id);
      if (line === undefined) return;
      Object.assign(line, change);
      tell({ kind: "changed", citizen, line });
    },
    tell,
    linesOf: (citizen) => conversations.get(citizen) ?? [],
    lines: () => Object.fromEntries(conversations),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
