/** Whole conversations as tests, written as in an intent file (`percakapan`). */
import { playConversation } from "../../src/turns/play-conversation";
import { linesOf } from "./lines";
import { theTown } from "./talking";
import { WEDNESDAY } from "./tickets";

/** Plays each of them on a working day; `conversations`: name → lines. */
export function describeConversations(name: string, conversations: Readonly<Record<string, string>>): void {
  describe(name, () => {
    it.each(Object.entries(conversations))(
      "%s",
      async (_name, conversation) => {
        const bed = { ...(await theTown()), zone: "Asia/Jakarta", now: WEDNESDAY };
        expect(await playConversation(linesOf(conversation), bed)).toBeUndefined();
      },
      60_000,
    );
  });
}
