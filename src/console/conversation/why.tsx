/** "Kenapa bot menjawab ini?": the topic, the words that mattered, the runner-up and the wording, below a bot's turn. */
import type { Library } from "../../intents/library.js";
import type { Why } from "../../vocabulary/turn.js";
import { coverPersonal } from "../../triage/personal.js";
import { words } from "../words/words.js";

const { why: label, quoted } = words.desk;

/** A second choice this much less likely is far behind. */
const CLOSE = 0.2;

export function WhyBot({ why, library }: { why: Why; library: Library }) {
  return (
    <details class="why">
      <summary>{label.summary}</summary>
      <p>{whySentences(why, library).join(" ")}</p>
    </details>
  );
}

/** The explanation in whole sentences. */
export function whySentences(why: Why, library: Library): string[] {
  const intent = why.intent === undefined ? undefined : library.intents.get(why.intent);
  const sentences = [why.intent === undefined ? label.noTopic : label.topic(intent?.title ?? why.intent)];
  const mattered = wordsThatMattered(why, intent?.examples ?? []).map(coverPersonal);
  if (mattered.length > 0) sentences.push(label.words(quoted(mattered)));
  if (why.runnerUp !== undefined) {
    const second = library.intents.get(why.runnerUp.intent)?.title ?? why.runnerUp.intent;
    const isClose = (why.confidence ?? 0) - why.runnerUp.confidence < CLOSE;
    sentences.push(label.runnerUp(second, isClose ? label.close : label.far));
  }
  if (why.wording !== undefined)
    sentences.push(label.wording(why.wording, Math.max(why.wording, intent?.wordings.length ?? 0)));
  if (why.reasons.length > 0) sentences.push(label.reasons(coverPersonal(why.reasons.join("; "))));
  return sentences;
}

/** The message's words that stand in the topic's examples; for an alarm the words that raised it. */
function wordsThatMattered({ words: read = [], outcome }: Why, examples: readonly string[]): string[] {
  if (outcome === "urgent" || examples.length === 0) return read;
  const known = new Set(examples.flatMap((example) => example.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  return [...new Set(read.filter((word) => known.has(word)))];
}
