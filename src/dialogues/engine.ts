/** Makes a dialogue survive waiting and restarts: the only file that knows @grammyjs/conversations, of which it uses the replay engine. */
import { ReplayEngine, type ReplayControls, type ReplayState } from "@grammyjs/conversations/out/engine.js";
import { DialogueChanged, type Act, type Dialogue, type Heard, type Line, type Talk } from "./talk.js";

/** What one event made a dialogue do, in order, and how it sleeps on; no `sleep`: it is over. */
export interface DialogueTurn {
  did: ({ say: Line } | { act: Act })[];
  sleep?: { saved: string; question: string; wakesAt?: number };
}

/** How it is kept: version, arguments, and the log as [name, result] in order. A result that is only words heard is not kept. */
interface Kept {
  v: string;
  s: unknown;
  l: [name: string, result?: unknown][];
}

type Outcome = { ok: true; value?: unknown } | { ok: false; message: string };

/** A turn that takes longer than this hangs. */
const WATCHDOG_MS = 10_000;
/** Marks waits in the log; the other entries are look-ups. */
const WAIT = "?";

/** Begins a dialogue with `start`, which is plain JSON. */
export function beginDialogue(dialogue: Dialogue, start: unknown, now: number): Promise<DialogueTurn> {
  return turn(dialogue, { v: versionOf(dialogue), s: start, l: [] }, undefined, now);
}

/** Hands a sleeping dialogue what it waits for. Rejects with DialogueChanged when it no longer fits. */
export function resumeDialogue(
  dialogue: Dialogue,
  saved: string,
  heard: Heard,
  now: number,
): Promise<DialogueTurn> {
  // Only `sleepOf` writes what is read here; a fresh copy, because the engine changes its state in place.
  const kept = JSON.parse(saved) as Kept;
  if (kept.v !== versionOf(dialogue)) return Promise.reject(new DialogueChanged());
  return turn(dialogue, kept, heard, now);
}

const versionOf = (dialogue: Dialogue): string => `${dialogue.intent}@${dialogue.version}`;

async function turn(
  dialogue: Dialogue,
  kept: Kept,
  heard: Heard | undefined,
  now: number,
): Promise<DialogueTurn> {
  const did: DialogueTurn["did"] = [];
  let { s: start, l: log } = kept;
  let supplied = heard;
  for (;;) {
    const run = oneRun(dialogue, { start, log, heard: supplied, did, now });
    const result = await watched(run.engine.replay(run.state));
    switch (result.type) {
      case "returned":
        return { did };
      case "thrown":
        if (result.error instanceof StartAgain) {
          start = result.error.start;
          log = [];
          supplied = undefined;
          continue;
        }
        throw isBadReplay(result.error) ? new DialogueChanged() : result.error;
      case "interrupted":
        if (result.interrupts.length !== 1)
          throw new Error(`${dialogue.intent} asked two questions at once.`);
        return {
          did,
          sleep: { ...run.sleeping(), saved: JSON.stringify(keep(kept.v, start, result.state)) },
        };
      case "canceled":
        throw new Error("This engine never cancels.");
    }
  }
}

interface Run {
  start: unknown;
  log: Kept["l"];
  heard: Heard | undefined;
  did: DialogueTurn["did"];
  now: number;
}

/** One replay. What was said and done before the last wait was said and done then; only what follows counts now. */
function oneRun(dialogue: Dialogue, { start, log, heard, did, now }: Run) {
  const state = stateFrom(log, heard);
  const waits = state.send.filter(({ payload }) => payload.startsWith(WAIT)).length;
  let passed = 0;
  let sleeping: { question: string; wakesAt?: number } = { question: "" };
  const isLive = (): boolean => passed === waits;

  const talkWith = ({ interrupt, action }: ReplayControls): Talk => {
    const once: Talk["once"] = async (name, task) => {
      // An action that throws would leave the engine waiting for it for ever: its failure is a result like any other.
      const outcome = await action(() => attempt(task), name);
      if (!outcome.ok) throw new Error(outcome.message);
      // What `attempt` kept is what the task gave.
      return outcome.value as Awaited<ReturnType<typeof task>>;
    };
    return {
      once,
      say: (line) => {
        if (isLive()) did.push({ say: line });
      },
      act: (act) => {
        if (isLive()) did.push({ act });
      },
      async hear(name, patienceMs, read) {
        if (isLive())
          sleeping = { question: name, wakesAt: patienceMs === undefined ? undefined : now + patienceMs };
        const words = (await interrupt(WAIT + name)) as Heard | undefined;
        passed += 1;
        return once(name, () => {
          if (words === undefined) throw new Error("There is nothing to read any more.");
          return read(words);
        });
      },
      startAgain: (from) => {
        throw new StartAgain(from);
      },
    };
  };
  const engine = new ReplayEngine((controls) => dialogue.run(talkWith(controls), start));
  return { engine, state, sleeping: () => sleeping };
}

/** The engine's state from our log; the last wait gets what was heard. */
function stateFrom(log: Kept["l"], heard: Heard | undefined): ReplayState {
  const receive = log.flatMap(([name, result], send) => {
    if (!name.startsWith(WAIT)) return [{ send, returnValue: result }];
    // A wait that was answered in an earlier turn: its words are gone, its reading follows.
    return send < log.length - 1 ? [{ send, returnValue: undefined }] : [];
  });
  const state: ReplayState = { send: log.map(([payload]) => ({ payload })), receive };
  if (heard !== undefined) ReplayEngine.supply(state, log.length - 1, heard);
  return state;
}

function keep(version: string, start: unknown, state: ReplayState): Kept {
  const results = new Map(state.receive.map(({ send, returnValue }) => [send, returnValue]));
  return {
    v: version,
    s: start,
    l: state.send.map(({ payload }, index) =>
      payload.startsWith(WAIT) ? [payload] : [payload, results.get(index)],
    ),
  };
}

async function attempt<T>(task: () => Promise<T> | T): Promise<Outcome> {
  try {
    // Through JSON at once: the first run must see what every replay will see.
    const value: unknown = await task();
    return { ok: true, value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Rejects when the engine does not come to rest, so that one dialogue never stops a lane. */
async function watched<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("A dialogue does not come to rest."));
    }, WATCHDOG_MS);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

class StartAgain extends Error {
  override name = "StartAgain";
  constructor(readonly start: unknown) {
    super("The dialogue begins anew.");
  }
}

/** The engine compares names and says so in these words. */
function isBadReplay(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Bad replay");
}
