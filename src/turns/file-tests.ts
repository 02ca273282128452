/** Plays the tests that stand in the intent files through the real decisions. */
import { OUTCOMES, type FileTest } from "../intents/format.js";
import type { Intent } from "../intents/library.js";
import { playConversation, type TestBed } from "./play-conversation.js";

/** A test that did not come out: which one (from 0), and a sentence in Indonesian. */
export interface FailedTest {
  intent: Intent;
  index: number;
  message: string;
}

/** Runs every test of every file. */
export async function runFileTests(bed: TestBed): Promise<FailedTest[]> {
  const failed: FailedTest[] = [];
  for (const intent of bed.library.intents.values())
    for (const [index, test] of intent.tests.entries()) {
      const message = await runOne(test, bed);
      if (message !== undefined) failed.push({ intent, index, message });
    }
  return failed;
}

/** Undefined when it came out. */
export async function runOne(test: FileTest, bed: TestBed): Promise<string | undefined> {
  if ("percakapan" in test) return playConversation(test.percakapan, bed);
  const understood = bed.understander.understand(test.warga);
  const said = `"${test.warga}"`;
  if ("topik" in test) {
    const offered =
      understood.outcome === "clarify"
        ? understood.candidates.map(({ intent }) => intent)
        : [understood.intent];
    return offered.includes(test.topik)
      ? undefined
      : `${said} seharusnya "${test.topik}", tetapi ${nameOutcome(understood.outcome)} ${understood.intent ?? understood.candidates[0]?.intent ?? ""}.`;
  }
  if ("bukan" in test)
    return understood.outcome === "answer" && understood.intent === test.bukan
      ? `${said} seharusnya bukan "${test.bukan}".`
      : undefined;
  if ("hasil" in test)
    return understood.outcome === OUTCOMES[test.hasil]
      ? undefined
      : `${said} seharusnya ${test.hasil}, tetapi ${nameOutcome(understood.outcome)} ${understood.intent ?? ""}.`;
  return playConversation([{ warga: test.warga }, { bot: test.bot }], bed);
}

function nameOutcome(outcome: (typeof OUTCOMES)[keyof typeof OUTCOMES]): string {
  return Object.entries(OUTCOMES).find(([, each]) => each === outcome)?.[0] ?? outcome;
}
