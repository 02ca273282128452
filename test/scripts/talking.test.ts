/** Talking to it without Facebook: `match`, `ask` and `chat` as processes. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { runScript } from "../support/run";
import { temporaryFolder } from "../support/sabar";

const OUTCOMES = ["answer", "clarify", "escalate", "urgent", "fold"];
const MESSAGES = [
  "ktp saya hilang",
  "",
  "tolong rumah saya kebakaran",
  "goblok semua",
  "zxqv wkrp blorf",
  '  kutip "dua" \\ dan \t tab 😀  ',
  "ktp saya hilang",
];

describe("match", () => {
  const place = temporaryFolder();
  afterAll(() => place.remove());

  it("prints one JSON object for each line, in order, with the keys other tools rely on", async () => {
    const file = path.join(place.folder, "messages.txt");
    writeFileSync(file, `${MESSAGES.join("\n")}\n`);
    const { code, out, err } = await runScript("match", ["--file", file, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(MESSAGES.length);
    lines.forEach((line, index) => {
      const object = JSON.parse(line) as {
        text: string;
        outcome: string;
        intent: string | null;
        confidence: number;
        candidates: { intent: string; confidence: number }[];
        reasons: string[];
      };
      expect(Object.keys(object)).toEqual([
        "text",
        "outcome",
        "intent",
        "confidence",
        "candidates",
        "reasons",
      ]);
      expect(object.text).toBe(MESSAGES[index]);
      expect(OUTCOMES).toContain(object.outcome);
      expect(object.confidence).toBeGreaterThanOrEqual(0);
      expect(object.confidence).toBeLessThanOrEqual(1);
      for (const candidate of object.candidates)
        expect(Object.keys(candidate)).toEqual(["intent", "confidence"]);
      expect(object.candidates.map(({ confidence }) => confidence)).toEqual(
        object.candidates.map(({ confidence }) => confidence).sort((a, b) => b - a),
      );
      expect(object.reasons.length).toBeGreaterThan(0);
      if (object.outcome === "escalate" || object.outcome === "fold") expect(object.intent).toBeNull();
    });
    const outcomes = lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome);
    expect(outcomes).toEqual(["answer", "escalate", "urgent", "fold", "escalate", outcomes[5], "answer"]);
    // Each is the first message of a new citizen: the same words give the same line.
    expect(lines[6]).toBe(lines[0]);
  });

  it("reads standard input, also without a line end at its end and with Windows' line ends", async () => {
    const { out } = await runScript("match", ["--json"], { input: "ktp saya hilang\r\nsyarat bikin kia" });
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { text: string }).text),
    ).toEqual(["ktp saya hilang", "syarat bikin kia"]);
  });

  it("says what is wrong when there is no such file or no library, and fails", async () => {
    const missing = await runScript("match", ["--file", path.join(place.folder, "none.txt"), "--json"]);
    expect(missing.code).not.toBe(0);
    expect(missing.out).toBe("");
    expect(missing.err).not.toBe("");
    const empty = await runScript("match", ["--json", "--intents", place.folder], { input: "halo\n" });
    expect(empty.code).not.toBe(0);
    expect(empty.err).toContain("_kota.yaml:1:1");
  });
});

describe("ask", () => {
  it("shows what would be understood, and why", async () => {
    const { code, out } = await runScript("ask", ["ktp", "ilang", "gmn"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Hasil:\s+dijawab/);
    expect(out).toMatch(/Alasan:\s+\S/);
    expect(out).toContain("ktp-hilang");
    expect((await runScript("ask", ["tolong", "kebakaran"])).out).toMatch(/DARURAT.*[\s\S]*Tanda bahaya:/);
    const nothing = await runScript("ask", []);
    expect([nothing.code, nothing.out]).toEqual([1, expect.stringContaining("npm run ask")]);
  });
});

describe("chat", () => {
  it("holds a conversation through the whole server, with choices by number, and leaves nothing behind", async () => {
    const input = ["ktp saya hilang", "1", "/aneh", "/jempol", "/orang", "tolong kebakaran", "/keluar"].join(
      "\n",
    );
    const { code, out, err } = await runScript("chat", [], {
      input,
      env: { GATHER_SECONDS: "0", MESSENGER_PAGE_ID: "1" },
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("> ktp saya hilang");
    expect(out).toMatch(/╭─ halaman/);
    expect(out).toMatch(/\[1\] \S/);
    expect(out).toContain("perintah ini tidak dikenal");
    expect(out).toContain("warga nomor 2");
    expect(out.slice(out.indexOf("tolong kebakaran"))).toMatch(/11[0-9]/);
  });
});
