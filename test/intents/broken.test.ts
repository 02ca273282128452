/** Spoiled files: each mistake is found at its place and said in words an editor understands. */
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { schemaText } from "../../scripts/schema-text";
import { loadLibrary } from "../../src/intents/load";
import { formatProblem } from "../../src/intents/problems";

const FIXTURES = path.join(__dirname, "..", "fixtures", "broken");
const LIBRARY = path.join(__dirname, "..", "..", "intents");
/** The day on which the fixtures are judged. */
const TODAY = "2026-11-24";
const names = readdirSync(FIXTURES)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(".yaml", ""));

describe("A spoiled file in the library", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-broken-"));
  const place = path.join(folder, "kependudukan", "kk-hilang.yaml");
  beforeAll(() => cpSync(LIBRARY, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("comes in at least 25 kinds", () => expect(names.length).toBeGreaterThanOrEqual(25));

  it.each(names)("%s is reported exactly as written down", async (name) => {
    copyFileSync(path.join(FIXTURES, `${name}.yaml`), place);
    const { library, problems } = await loadLibrary(folder, TODAY);
    expect(library).toBeUndefined();
    const lines = problems.filter(({ severity }) => severity === "salah").map(formatProblem);
    expect(`${lines.join("\n")}\n`).toBe(readFileSync(path.join(FIXTURES, `${name}.txt`), "utf8"));
  });
});

describe("The schema for editors' completion", () => {
  it("is what the format says", () => {
    expect(readFileSync(path.join(LIBRARY, "format.schema.json"), "utf8")).toBe(schemaText());
  });
});

describe("The library of the sample city", () => {
  it("has no mistakes and all 61 intents", async () => {
    const { library, problems } = await loadLibrary(LIBRARY, TODAY);
    expect(problems.filter(({ severity }) => severity === "salah").map(formatProblem)).toEqual([]);
    expect(library?.intents.size).toBe(61);
  });
});
