/** What would change for these messages between two libraries: the heart of a replay before publishing. */
import type { Understanding } from "../vocabulary/understanding.js";
import type { Understander } from "./understand.js";

/** `urgent`: an alarm comes or goes. `lost`: no longer answered. `changed`: answered otherwise. `gained`: newly answered. */
export type ChangeKind = "urgent" | "lost" | "changed" | "gained" | "asked";

export interface Change {
  kind: ChangeKind;
  message: string;
  before: Understanding;
  after: Understanding;
}

/** What to look at first. */
const ORDER: readonly ChangeKind[] = ["urgent", "lost", "changed", "gained", "asked"];

/** Only the messages for which something changes, the gravest first, otherwise in the order of the messages. */
export function compareLibraries(
  before: Understander,
  after: Understander,
  messages: readonly string[],
): Change[] {
  const changes = messages.flatMap((message): Change[] => {
    const [old, now] = [before.understand(message), after.understand(message)];
    const kind = kindOf(old, now);
    return kind === undefined ? [] : [{ kind, message, before: old, after: now }];
  });
  return changes.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function kindOf(before: Understanding, after: Understanding): ChangeKind | undefined {
  if (before.urgency?.priority !== after.urgency?.priority || before.urgency?.class !== after.urgency?.class)
    return "urgent";
  const [wasAnswered, isAnswered] = [before.outcome === "answer", after.outcome === "answer"];
  if (wasAnswered && !isAnswered) return "lost";
  if (!wasAnswered && isAnswered) return "gained";
  if (wasAnswered && topicsOf(before) !== topicsOf(after)) return "changed";
  return !wasAnswered && (before.outcome !== after.outcome || offered(before) !== offered(after))
    ? "asked"
    : undefined;
}

const topicsOf = ({ intent, more = [] }: Understanding): string => [intent, ...more].join(" ");
const offered = ({ outcome, candidates }: Understanding): string =>
  outcome === "clarify" ? candidates.map(({ intent }) => intent).join(" ") : "";
