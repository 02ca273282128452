/**
 * What an editor should mend, found by leaving examples out: every example is read by a matcher that has not learnt it
 * (cross-validation), and what goes wrong there goes wrong with citizens, too. Sorted by what helps most.
 */
import type { Intent, Library } from "../library.js";
import type { Trial } from "./confidence.js";
import type { Lesson } from "./matcher.js";

/** One thing to mend, in Indonesian. */
export interface Advice {
  intent: Intent;
  /** Which example, from 0; undefined for the whole file. */
  example?: number;
  message: string;
  /** How much it matters: number of examples concerned. */
  weight: number;
}

/** Fewer examples than this are too few for a topic people ask about. */
const FEW_EXAMPLES = 25;
/** Examples are uniform when this share of their words is the same few. */
const UNIFORM = 0.45;
const COMMON_WORDS = 3;
/** A pair of topics is worth a line from so many mixed-up examples on. */
const PAIR_FROM = 3;
const SHOWN_EXAMPLES = 3;

/** Everything at once, what matters most first. */
export function adviseEditors(library: Library, lesson: Lesson, trials: readonly Trial[]): Advice[] {
  const lost = lostExamples(library, lesson, trials);
  return [...confusablePairs(lost), ...thin(library), ...uniform(library, lesson), ...adviseLost(lost)].sort(
    (a, b) =>
      b.weight - a.weight || a.intent.id.localeCompare(b.intent.id) || (a.example ?? -1) - (b.example ?? -1),
  );
}

interface Lost {
  intent: Intent;
  example: number;
  text: string;
  to: Intent;
}

/** Examples that their own topic does not hold when they are left out. */
function lostExamples(library: Library, lesson: Lesson, trials: readonly Trial[]): Lost[] {
  return trials.flatMap(({ kind, sample, guess, intent: id }) => {
    const source = lesson.sources[sample];
    const intent = library.intents.get(id);
    const to = library.intents.get(guess);
    if (kind !== "inside" || guess === id || source?.example === undefined || source.file !== id) return [];
    if (intent === undefined || to === undefined) return [];
    return [{ intent, example: source.example, text: intent.examples[source.example] ?? "", to }];
  });
}

/** One line a topic: how many of its examples stand alone, and where the first of them is. */
function adviseLost(lost: readonly Lost[]): Advice[] {
  const byTopic = new Map<Intent, Lost[]>();
  for (const each of lost) byTopic.set(each.intent, [...(byTopic.get(each.intent) ?? []), each]);
  return [...byTopic].flatMap(([intent, some]) => {
    const first = some[0];
    if (first === undefined || some.length < ALONE_FROM) return [];
    const shown = some.slice(0, SHOWN_EXAMPLES).map(({ text, to }) => `"${text}" (${to.id})`);
    return [
      {
        intent,
        example: first.example,
        message: `${some.length} dari ${intent.examples.length} contoh tidak punya teman yang mirip; tanpa contohnya sendiri dibaca sebagai topik lain: ${shown.join(", ")}. Tambah kalimat yang mirip, atau pindahkan.`,
        weight: some.length,
      },
    ];
  });
}

/** A single example that stands alone is nothing to mend. */
const ALONE_FROM = 3;

function confusablePairs(lost: readonly Lost[]): Advice[] {
  const pairs = new Map<string, Lost[]>();
  for (const each of lost) {
    const key = [each.intent.id, each.to.id].sort().join(" ");
    pairs.set(key, [...(pairs.get(key) ?? []), each]);
  }
  return [...pairs.values()].flatMap((mixed) => {
    const first = mixed[0];
    if (first === undefined || mixed.length < PAIR_FROM) return [];
    const examples = mixed.slice(0, SHOWN_EXAMPLES).map(({ text }) => `"${text}"`);
    return [
      {
        intent: first.intent,
        example: first.example,
        message: `Topik "${first.intent.id}" dan "${first.to.id}" sering tertukar (${mixed.length} contoh): ${examples.join(", ")}. Tulis bedanya di bagian "bukan".`,
        weight: 2 * mixed.length,
      },
    ];
  });
}

function thin(library: Library): Advice[] {
  return [...library.intents.values()]
    .filter(({ examples, afterwards }) => examples.length < FEW_EXAMPLES && afterwards !== "silence")
    .map((intent) => ({
      intent,
      message: `Baru ${intent.examples.length} contoh. Tambah sampai ${FEW_EXAMPLES}: resmi, singkatan, salah ketik, bahasa daerah.`,
      weight: (FEW_EXAMPLES - intent.examples.length) / 2,
    }));
}

/** Topics whose examples all say the same words. */
function uniform(library: Library, lesson: Lesson): Advice[] {
  return [...library.intents.values()].flatMap((intent) => {
    const counts = new Map<string, number>();
    let all = 0;
    for (const example of intent.examples)
      for (const word of lesson.normalizer.words(example)) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
        all += 1;
      }
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COMMON_WORDS);
    const share = most.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, all);
    if (share < UNIFORM) return [];
    const words = most.map(([word]) => `"${word}"`).join(", ");
    return [
      {
        intent,
        message: `Contohnya terlalu seragam: hampir semua memakai ${words}. Tulis juga dengan kata lain.`,
        weight: 3,
      },
    ];
  });
}
