/** The matcher on the sample city's library: what it is sure of, and that it is the same everywhere. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Library } from "../../../src/intents/library.js";
import { fitConfidence, tryMarks, type Confidence } from "../../../src/intents/matching/confidence.js";
import { TARGET } from "../../../src/intents/matching/judge.js";
import { measureConfidence, type Matcher } from "../../../src/intents/matching/matcher.js";
import { learnTexts } from "../../../src/intents/matching/learn-texts.js";
import { adviseEditors } from "../../../src/intents/matching/report.js";
import { learnLibrary, type Learning, type Learnt } from "../../../src/turns/learn.js";
import { createQuickUnderstander, understandWith, type Understander } from "../../../src/turns/understand.js";
import { compareLibraries } from "../../../src/turns/compare-libraries.js";
import { sampleLibrary } from "../../support/library.js";

let library: Library;
let understander: Understander;
let matcher: Matcher;
let learning: Learning;
let measured: ReturnType<typeof measureConfidence>;

beforeAll(async () => {
  library = await sampleLibrary();
  learning = learnLibrary(library);
  understander = understandWith(library, learning.learnt);
  matcher = understander.matcher;
  measured = measureConfidence(learning.lesson, learning.core);
}, 300_000);

/** The development half of the fixture: every other message. */
function citizens(): { topic: string; message: string }[] {
  const file = path.join(__dirname, "..", "..", "fixtures", "understanding", "citizens.txt");
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#") && line.includes(" | "))
    .filter((_, index) => index % 2 === 0)
    .map((line) => {
      const [topic = "", ...rest] = line.split(" | ");
      return { topic, message: rest.join(" | ") };
    });
}

describe("Before its confidence is measured, the matcher", () => {
  it("answers only what is clearly in the lead, and nothing wrongly", () => {
    const quick = createQuickUnderstander(library);
    expect(quick.matcher.isCalibrated()).toBe(false);
    const inside = citizens().filter(({ topic }) => topic !== "luar" && !topic.includes("+"));
    const answered = inside
      .map(({ topic, message }) => ({ topic, ...quick.understand(message) }))
      .filter(({ outcome }) => outcome === "answer");
    const wrong = answered.filter(({ topic, intent }) => topic !== intent);
    expect(answered.length).toBeGreaterThan(inside.length / 4);
    expect(wrong.length / inside.length).toBeLessThanOrEqual(0.03);
  });
});

describe("With its confidence measured, the matcher", () => {
  beforeAll(() => {
    matcher.calibrate(measured.confidence);
  });

  it("answers or offers the right topic to nineteen citizens of twenty, and is wrong with one of fifty at most", () => {
    const inside = citizens().filter(({ topic }) => topic !== "luar" && !topic.includes("+"));
    let right = 0;
    let wrong = 0;
    for (const { topic, message } of inside) {
      const { outcome, intent, candidates } = understander.understand(message);
      if (outcome === "fold") right += 1;
      else if (outcome === "answer" && intent !== topic) wrong += 1;
      else if (candidates.some((each) => each.intent === topic)) right += 1;
    }
    expect(right / inside.length).toBeGreaterThanOrEqual(0.95);
    expect(wrong / inside.length).toBeLessThanOrEqual(0.02);
  });

  it("reaches its target out of fold on the library itself", () => {
    expect(measured.confidence.answerFrom).toBeGreaterThan(0.5);
    const target = fitConfidence(measured.trials, 0.9);
    expect(target.answerFrom).toBeLessThan(measured.confidence.answerFrom);
  });

  it("learns from marks: what people marked wrong is trusted less", () => {
    const { message } = citizens().find(({ topic }) => topic === "ktp-hilang") ?? { message: "" };
    const words = matcher.normalizer.words(message);
    const wrong = Array.from({ length: 400 }, () => ({ words, intent: undefined }));
    const { confidence } = { confidence: fitConfidence(measured.trials, TARGET) };
    const marked: Confidence = fitConfidence(measured.trials, TARGET, tryMarks(matcher.core, wrong));
    expect(marked.answerFrom).not.toBe(confidence.answerFrom);
  });

  it("answers two questions in the order they were asked", () => {
    const { outcome, intent, more } = understander.understand(
      "ktp saya hilang gimana ngurusnya? terus bayar pbb dimana",
    );
    expect({ outcome, topics: [intent, ...(more ?? [])] }).toEqual({
      outcome: "answer",
      topics: ["ktp-hilang", "pajak-daerah"],
    });
  });

  it("reads a short follow-up by the topic before it, and a clear message never", () => {
    const alone = understander.understand("syaratnya apa saja");
    const after = understander.understand("syaratnya apa saja", { topic: "kia" });
    expect(alone.outcome).not.toBe("answer");
    expect(after).toMatchObject({ outcome: "answer", intent: "kia" });
    expect(understander.understand("ktp saya hilang gimana ngurusnya", { topic: "kia" }).intent).toBe(
      "ktp-hilang",
    );
  });

  it("says which words spoke for its topic", () => {
    const { mattered, repairs } = matcher.explain("krtu tanda penduduk lenyap di pasar");
    expect(mattered[0]?.change).toBeGreaterThan(0);
    expect(repairs).toContainEqual({ from: "krtu", to: "kartu" });
  });
});

describe("The same examples", () => {
  it("give the same results on every machine and every version of Node", () => {
    // Words and examples of this test alone, so that no editor changes them.
    const words = {
      kata: { gmn: "bagaimana", ga: "tidak" },
      basa_basi: ["kak", "min"],
      sepadan: ["hilang, lenyap"],
    };
    const texts = Object.entries({
      ktp: ["ktp saya hilang", "ktp lenyap di pasar", "bikin ktp baru gmn", "ktp rusak"],
      lampu: [
        "lampu jalan mati",
        "lampu depan rumah padam",
        "lampunya ga nyala kak",
        "penerangan jalan gelap",
      ],
      sampah: ["sampah belum diangkut", "sampah menumpuk", "kapan truk sampah datang", "bau sampah min"],
    }).flatMap(([intent, all]) => all.map((text) => ({ text, intent })));
    const learnt = learnTexts(texts, words);
    learnt.calibrate();
    const results = ["kak ktpku lenyap", "lmpu jln pdm", "smpah dpn rmh", "halo", "ktp sama sampah"].map(
      (text) =>
        learnt.match(text).candidates.map(({ intent, confidence }) => `${intent} ${confidence.toFixed(6)}`),
    );
    expect(results).toEqual([
      ["ktp 0.999473", "lampu 0.000000", "sampah 0.000000"],
      ["lampu 1.000000", "sampah 0.000000", "ktp 0.000000"],
      ["lampu 0.917873", "sampah 0.000000", "ktp 0.000000"],
      ["lampu 0.000134", "ktp 0.000000", "sampah 0.000000"],
      ["ktp 0.954849", "sampah 0.000000", "lampu 0.000000"],
    ]);
  });
});

describe("The same library", () => {
  it("teaches the same twice, and what was learnt can be kept as plain values", () => {
    const kept = deserialize(
      serialize({ ...learnLibrary(library).learnt, confidence: measured.confidence }),
    ) as Learnt;
    const restored = understandWith(library, kept);
    for (const { message } of citizens())
      expect(restored.understand(message)).toEqual(understander.understand(message));
  }, 120_000);

  it("changes nothing, and a topic less is told message by message", () => {
    expect(compareLibraries(understander, understander, ["ktp hilang", "lampu jalan mati"])).toEqual([]);
    const intents = new Map([...library.intents].filter(([id]) => id !== "lampu-jalan"));
    const less = createQuickUnderstander({ ...library, intents });
    less.matcher.calibrate(measured.confidence);
    const changes = compareLibraries(understander, less, ["lampu jalan depan rumah mati"]);
    expect(changes.map(({ kind }) => kind)).not.toEqual([]);
  }, 120_000);
});

describe("What an editor should mend", () => {
  it("names topics that are mixed up, with their examples", () => {
    const advice = adviseEditors(library, learning.lesson, measured.trials);
    expect(advice.some(({ message }) => message.includes("sering tertukar"))).toBe(true);
    expect(advice.map(({ weight }) => weight)).toEqual(
      advice.map(({ weight }) => weight).sort((a, b) => b - a),
    );
  });
});

describe("The matcher on other texts", () => {
  it("always gives its best intent", () => {
    const texts = ["putar lagu", "mainkan musik", "nyalakan lampu", "hidupkan lampu"].map((text, index) => ({
      text,
      intent: index < 2 ? "musik" : "lampu",
    }));
    const learnt = learnTexts(texts, library.records.words);
    learnt.calibrate();
    expect(learnt.match("setel lagu dong").candidates[0]?.intent).toBe("musik");
    expect(learnt.match("!!!").candidates).toHaveLength(1);
  }, 120_000);
});
