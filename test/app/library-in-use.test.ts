/** The library of a running server: learnt in a process of its own, kept for the next start, replaced while the old one goes on answering. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LibraryNotReady, openLibrary, type LibraryInUse } from "../../src/app/library-in-use";
import { createLog } from "../../src/app/log";
import { storeMark } from "../../src/intents/marks";
import { StartFailed } from "../../src/app/start-failed";

const folder = mkdtempSync(path.join(tmpdir(), "sabar-library-"));
const settings = {
  intentsDir: path.join(folder, "intents"),
  dataDir: path.join(folder, "data"),
  answerPrecision: 0.98,
};
const kept = path.join(settings.dataDir, "learnt.bin");
const MESSAGE = "ktp saya hilang gimana ngurusnya";
const opened: LibraryInUse[] = [];

beforeAll(() => {
  cpSync(path.join(__dirname, "..", "..", "intents"), settings.intentsDir, { recursive: true });
  mkdirSync(settings.dataDir);
});
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(): LibraryInUse {
  const library = openLibrary(settings, createLog("silent"), Date.now);
  opened.push(library);
  return library;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const confidence = (library: LibraryInUse): number => library.mind().understand(MESSAGE).confidence;

describe("The library of a server", () => {
  it("answers once it is learnt, and more surely once its confidence is measured", async () => {
    const library = open();
    expect(() => library.mind()).toThrow(LibraryNotReady);
    expect(library.status()).toBeUndefined();
    await library.ready;
    expect(library.status()).toMatchObject({ intents: 61, problems: [] });
    expect(library.mind().understand(MESSAGE)).toMatchObject({ outcome: "answer", intent: "ktp-hilang" });
    const before = confidence(library);
    await until(() => existsSync(kept));
    await until(() => confidence(library) !== before);
  }, 120_000);

  it("is known from the start the next time, with its confidence", async () => {
    const [library, again] = [open(), open()];
    await Promise.all([library.ready, again.ready]);
    // Only just learnt it would have the round number of a rule of thumb.
    expect([0.5, 0.99]).not.toContain(confidence(library));
    expect(confidence(again)).toBe(confidence(library));
  }, 120_000);

  it("is learnt again when what was kept is damaged", async () => {
    const content = readFileSync(kept);
    content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 0xff;
    writeFileSync(kept, content);
    const library = open();
    await library.ready;
    expect(library.mind().understand(MESSAGE)).toMatchObject({ outcome: "answer", intent: "ktp-hilang" });
    await until(() => !readFileSync(kept).equals(content));
  }, 120_000);

  it("is replaced while the one before goes on answering, and never by one with mistakes", async () => {
    const library = open();
    await library.ready;
    const topic = path.join(settings.intentsDir, "kependudukan", "kia.yaml");
    const [good, fingerprint] = [readFileSync(topic, "utf8"), library.status()?.fingerprint];
    // The watcher needs a moment before it sees anything.
    await new Promise((resolve) => setTimeout(resolve, 500));
    appendFileSync(topic, "kunci_asing: x\n");
    await until(() => {
      expect(library.mind().understand(MESSAGE).intent).toBe("ktp-hilang");
      return (library.status()?.problems.length ?? 0) > 0;
    });
    expect(library.status()).toMatchObject({ intents: 61, fingerprint });
    writeFileSync(topic, good.replace("judul: ", "judul: Tentang "));
    await until(() => library.status()?.fingerprint !== fingerprint);
    expect(library.mind().library.intents.get("kia")?.title).toMatch(/^Tentang /);
    writeFileSync(topic, good);
  }, 120_000);

  it("is measured to the end although a bad change follows a good one at once", async () => {
    const library = open();
    await library.ready;
    await until(() => library.status()?.isMeasured === true);
    const topic = path.join(settings.intentsDir, "kependudukan", "kia.yaml");
    const [good, fingerprint] = [readFileSync(topic, "utf8"), library.status()?.fingerprint];
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(topic, good.replace("contoh:\n", "contoh:\n  - kartu anak hilang di pasar besar\n"));
    await until(() => library.status()?.fingerprint !== fingerprint);
    const mended = readFileSync(topic, "utf8");
    writeFileSync(topic, `${mended}kunci_asing: x\n`);
    await until(() => (library.status()?.problems.length ?? 0) > 0);
    writeFileSync(topic, mended);
    await until(() => library.status()?.problems.length === 0);
    await until(() => library.status()?.isMeasured === true);
    writeFileSync(topic, good);
  }, 120_000);

  it("needs no learning when only its wordings change", async () => {
    const library = open();
    await library.ready;
    await until(() => library.status()?.isMeasured === true && existsSync(kept));
    const topic = path.join(settings.intentsDir, "kependudukan", "kia.yaml");
    const [good, fingerprint] = [readFileSync(topic, "utf8"), library.status()?.fingerprint];
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(topic, good.replace("judul: ", "judul: Perihal "));
    await until(() => library.status()?.fingerprint !== fingerprint);
    expect(library.mind().library.intents.get("kia")?.title).toMatch(/^Perihal /);
    // Measured from the first moment: nothing had to be learnt or measured.
    expect(library.status()?.isMeasured).toBe(true);
    writeFileSync(topic, good);
  }, 120_000);

  it("is trusted anew when somebody marks an answer", async () => {
    const library = open();
    await library.ready;
    await until(() => library.status()?.isMeasured === true);
    const loadedAt = library.status()?.loadedAt ?? 0;
    await storeMark(settings.dataDir, { text: "kartu anak", intent: "kia", at: 1, by: "uji" });
    await until(() => (library.status()?.loadedAt ?? 0) > loadedAt && library.status()?.isMeasured === true);
    expect(library.mind().understand(MESSAGE).intent).toBe("ktp-hilang");
  }, 120_000);

  it("stops the start when there is no good one", async () => {
    const bad = path.join(folder, "bad");
    cpSync(settings.intentsDir, bad, { recursive: true });
    appendFileSync(path.join(bad, "kependudukan", "kia.yaml"), "kunci_asing: x\n");
    const library = openLibrary({ ...settings, intentsDir: bad }, createLog("silent"), Date.now);
    opened.push(library);
    await expect(library.ready).rejects.toThrow(StartFailed);
    await expect(library.ready).rejects.toThrow("kependudukan/kia.yaml:");
  }, 120_000);
});
