/** Other matchers behind one small face, for comparison only. They live in `scripts/bench/rivals` with their own lock file. */
import { createRequire } from "node:module";
import path from "node:path";
import type { Example } from "./data-sets.js";

/** Learns, then guesses an intent for a text. */
export interface Rival {
  name: string;
  learn(examples: readonly Example[], language: string): Promise<(text: string) => Promise<string>>;
}

const requireRival = createRequire(path.join(__dirname, "rivals", "package.json"));
const requireOwn = createRequire(path.join(__dirname, "..", "..", "package.json"));

interface Bayes {
  addDocument(text: string, label: string): void;
  train(): void;
  classify(text: string): string;
}

/** The best smoothing that was found for natural's Bayes on these sets. */
const SMOOTHING = 0.05;

const natural: Rival = {
  name: "natural Bayes",
  learn(examples) {
    const Classifier = requireOwn("natural/lib/natural/classifiers/bayes_classifier") as new (
      stemmer: undefined,
      smoothing: number,
    ) => Bayes;
    const bayes = new Classifier(undefined, SMOOTHING);
    for (const { text, intent } of examples) bayes.addDocument(text, intent);
    bayes.train();
    return Promise.resolve((text) => Promise.resolve(bayes.classify(text)));
  },
};

interface Wink {
  defineConfig(config: object): void;
  definePrepTasks(tasks: unknown[]): void;
  learn(text: string, label: string): void;
  consolidate(): void;
  predict(text: string): string;
}

const wink: Rival = {
  name: "wink",
  learn(examples) {
    const bayes = (requireRival("wink-naive-bayes-text-classifier") as () => Wink)();
    const { string, tokens } = requireRival("wink-nlp-utils") as Record<string, Record<string, unknown>>;
    bayes.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
    bayes.definePrepTasks([string?.["lowerCase"], string?.["tokenize0"], tokens?.["propagateNegations"]]);
    for (const { text, intent } of examples) bayes.learn(text, intent);
    bayes.consolidate();
    return Promise.resolve((text) => Promise.resolve(bayes.predict(text)));
  },
};

interface NlpManager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ intent: string }>;
}

const nodeNlp: Rival = {
  name: "node-nlp",
  async learn(examples, language) {
    const { NlpManager: Manager } = requireRival("node-nlp") as {
      NlpManager: new (settings: object) => NlpManager;
    };
    const manager = new Manager({
      languages: [language],
      autoSave: false,
      nlu: { log: false },
      forceNER: false,
    });
    for (const { text, intent } of examples) manager.addDocument(language, text, intent);
    await manager.train();
    return async (text) => (await manager.process(language, text)).intent;
  },
};

export const RIVALS: readonly Rival[] = [natural, wink, nodeNlp];
