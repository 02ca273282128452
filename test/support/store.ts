/** A real store on disk for one test, and ways to put things into it as the program does. */
import path from "node:path";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import type { Store } from "../../src/storage/port";
import { newCitizen } from "../../src/vocabulary/citizen";
import type { OutboxItem } from "../../src/vocabulary/delivery";
import type { EventBody, InboundEvent } from "../../src/vocabulary/event";
import type { Turn } from "../../src/vocabulary/turn";
import { temporaryFolder } from "./sabar";

export interface OpenStore {
  store: Store;
  folder: string;
  close(): Promise<void>;
}

export async function openStore(): Promise<OpenStore> {
  const place = temporaryFolder();
  const file = path.join(place.folder, "sabar.db");
  const store = await openSqliteStore(file);
  return {
    store,
    folder: place.folder,
    async close() {
      await store.close();
      place.remove();
    },
  };
}

let count = 0;

/** Something that happened to a citizen. */
export function anEvent(citizen: string, part: Partial<InboundEvent> = {}): InboundEvent {
  count += 1;
  const body: EventBody = { kind: "message", mid: `m_${count}`, text: `pesan ${count}`, attachments: [] };
  return {
    id: `m_${count}`,
    channel: "messaging",
    page: "1",
    citizen,
    at: 1_795_000_000_000 + count,
    body,
    ...part,
  };
}

/** A turn that says these words. */
export function aTurn(citizen: string, words: readonly string[]): Turn {
  return {
    replies: words.map((text) => ({ kind: "text", text })),
    speaker: "bot",
    signs: [],
    citizen: newCitizen(citizen),
    alarms: [],
    why: { outcome: "answer", reasons: [] },
  };
}

/** Commits a turn that says these words, at the moment given, and gives back what is to be delivered. */
export async function decideToSay(
  store: Store,
  citizen: string,
  words: readonly string[],
  at: number,
): Promise<OutboxItem[]> {
  const event = anEvent(citizen);
  await store.accept([event], at);
  const turn = aTurn(citizen, words);
  return store.commitTurn(event.id, { ...turn, citizen: (await store.citizen(citizen)) ?? turn.citizen }, at);
}

/** Waits until something is true; fails after a generous while. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`not so within ${withinMs} ms: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Longer than a commit waits for others that share it. */
const COMMIT_WAIT_MS = 10;

/** Lets everything that can happen now happen: what is asked of the store before and after one commit, too. */
export async function settle(rounds = 20): Promise<void> {
  const turnRounds = async (): Promise<void> => {
    for (let i = 0; i < rounds; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await turnRounds();
  await new Promise((resolve) => setTimeout(resolve, COMMIT_WAIT_MS));
  await turnRounds();
}

export const QUIET_LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };
