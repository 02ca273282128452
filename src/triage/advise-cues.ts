/** Which cues of `_darurat.yaml` would ring on the examples of harmless topics: for the editor to narrow them. */
import type { Library } from "../intents/library.js";
import type { Advice } from "../intents/matching/report.js";
import type { FindUrgency } from "./urgent.js";

/** A wrong alarm matters more than a wrong topic. */
const WEIGHT = 10;

/** One line for every example of a topic without danger that raises the alarm. */
export function adviseCues(library: Library, find: FindUrgency): Advice[] {
  const kinds = new Set(Object.values(library.records.emergency.kelas).map(({ topik }) => topik));
  return [...library.intents.values()]
    .filter(({ id, afterwards }) => afterwards !== "urgent" && !kinds.has(id))
    .flatMap((intent) =>
      intent.examples.flatMap((text, example) => {
        const { urgency } = find(text);
        if (urgency === undefined) return [];
        const words = urgency.words.map((word) => `"${word}"`).join(", ");
        return [
          {
            intent,
            example,
            message: `Contoh ini membunyikan tanda bahaya (${words}). Persempit tandanya, atau tulis di "bukan_darurat" dalam _darurat.yaml.`,
            weight: WEIGHT,
          },
        ];
      }),
    );
}
