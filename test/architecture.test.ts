/** Keeps the folders of src one-way: who may import whom, and other rules that hold for every file. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const SRC = path.join(__dirname, "..", "src");

/** Folder → the folders it may import besides itself and vocabulary, which everybody may. */
const MAY_IMPORT: Record<string, string[]> = {
  vocabulary: [],
  web: [],
  intents: [],
  messenger: [],
  escalation: [],
  "storage/port": [],
  "storage/sqlite": ["storage/port"],
  "storage/mongo": ["storage/port"],
  triage: ["intents"],
  answers: ["intents"],
  tickets: ["intents"],
  media: ["storage/port"],
  dialogues: ["intents", "answers", "tickets"],
  turns: ["intents", "triage", "answers", "escalation", "tickets", "dialogues"],
  queues: ["storage/port"],
  console: ["storage/port", "intents", "triage", "escalation", "tickets", "web"],
  simulator: ["messenger", "web"],
  app: [
    "web",
    "intents",
    "messenger",
    "escalation",
    "storage/port",
    "storage/sqlite",
    "storage/mongo",
    "triage",
    "answers",
    "tickets",
    "media",
    "dialogues",
    "turns",
    "queues",
    "console",
    "simulator",
  ],
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

function folderOf(file: string): string {
  const [top, second] = file.split(path.sep);
  if (top !== "storage") return top ?? "";
  return second === "sqlite" || second === "mongo" ? `storage/${second}` : "storage/port";
}

function importsOf(file: string): string[] {
  const source = readFileSync(path.join(SRC, file), "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?"(\.{1,2}\/[^"]+)"/g)].map((match) =>
    path.relative(SRC, path.resolve(SRC, path.dirname(file), match[1] ?? "")),
  );
}

describe("The folders of src", () => {
  it("are all in the table of who may import whom", () => {
    const folders = new Set(files.filter((file) => file.includes(path.sep)).map(folderOf));
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it("import only what the table allows", () => {
    const forbidden = files.flatMap((file) => {
      const from = folderOf(file);
      const allowed = new Set([from, "vocabulary", ...(MAY_IMPORT[from] ?? [])]);
      return importsOf(file)
        .filter((target) => !allowed.has(folderOf(target)))
        .map((target) => `${file} imports ${target}: ${from} may not import ${folderOf(target)}`);
    });
    expect(forbidden).toEqual([]);
  });

  it("leave the environment and the console to the start of the program", () => {
    const offenders = files.filter(
      (file) =>
        file !== path.join("app", "main.ts") &&
        /\bprocess\.env\b|\bconsole\.(log|info|warn|error|debug|trace|dir|table)\b/.test(
          readFileSync(path.join(SRC, file), "utf8"),
        ),
    );
    expect(offenders).toEqual([]);
  });

  it("hold no file longer than 250 lines, except tables", () => {
    const tables = [path.join("messenger", "send-errors.ts")];
    const long = files.filter(
      (file) => !tables.includes(file) && readFileSync(path.join(SRC, file), "utf8").split("\n").length > 251,
    );
    expect(long).toEqual([]);
  });
});
