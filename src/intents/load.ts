/** Loads a library folder: every file read, every problem of every file found, and one library made of it. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { bubblesOf } from "./bubbles.js";
import { checkLibrary } from "./check.js";
import { intentFile, type IntentFile } from "./format.js";
import type { Afterwards, Intent, Library, Records } from "./library.js";
import { inOrder, hasErrors, type Problem } from "./problems.js";
import { readRecords, RECORD_FILES, type RecordFiles } from "./read-records.js";
import { readYaml, type ReadFile } from "./read-yaml.js";
import { scriptFrom } from "./script.js";

/** An intent together with the file it came from, for checks that point into the file. */
export interface LoadedIntent {
  intent: Intent;
  file: ReadFile<IntentFile>;
}

const AFTERWARDS: Record<NonNullable<IntentFile["lalu"]>, Afterwards> = {
  petugas: "person",
  serahkan: "handover",
  darurat: "urgent",
  ulangi: "simpler",
  batal: "cancel",
  diam: "silence",
  sekali: "once",
};

/** Files larger than this are not read at all. */
const MOST_BYTES = 1_000_000;
const FILE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.ya?ml$/;

/**
 * Loads all files below `folder`. There is a library only when no problem is an error. `today` (2026-01-31) decides which
 * review dates are past.
 */
export async function loadLibrary(
  folder: string,
  today = new Date().toISOString().slice(0, 10),
): Promise<{ library?: Library; problems: Problem[] }> {
  const { sources, problems } = await readSources(folder);
  const intents = new Map<string, LoadedIntent>();
  const recordFiles: RecordFiles = { facts: [] };
  for (const { file, source } of sources) {
    if (path.basename(file).startsWith("_")) problems.push(...readRecords(file, source, recordFiles));
    else problems.push(...readIntent(file, source, intents));
  }
  // A file that cannot be read is one mistake; buttons that lead to it are not others.
  const unreadable = new Set(sources.map(({ file }) => idOf(file)).filter((id) => !intents.has(id)));
  const { records, problems: missing } = assembleRecords(recordFiles);
  problems.push(...missing);
  // Cross-checks before every record is readable would only blame the wrong lines.
  if (records !== undefined)
    problems.push(...checkLibrary({ intents, unreadable, records, files: recordFiles, today }));
  const sorted = inOrder(problems);
  if (records === undefined || hasErrors(sorted)) return { problems: sorted };
  return {
    library: {
      intents: new Map([...intents].map(([id, { intent }]) => [id, intent])),
      records,
      fingerprint: fingerprintOf(sources),
    },
    problems: sorted,
  };
}

/** A file of the library as it is written: its path from the folder, and what stands in it. */
export interface Source {
  file: string;
  source: string;
}

/** SHA-256 over all files: same library, same fingerprint. */
export function fingerprintOf(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  for (const { file, source } of sources) hash.update(`${file}\u0000${source}\u0000`);
  return hash.digest("hex");
}

/** Reads every YAML file, in the order of their names, so that the same files always make the same library. */
export async function readSources(folder: string): Promise<{ sources: Source[]; problems: Problem[] }> {
  const problems: Problem[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined)
    return {
      sources: [],
      problems: [wholeFile(folder, "Folder pustaka ini tidak ada atau tidak bisa dibaca.")],
    };
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
  const sources: Source[] = [];
  for (const file of files) {
    const full = path.join(folder, file);
    if ((await stat(full)).size > MOST_BYTES)
      problems.push(wholeFile(file, "Berkas ini terlalu besar. Satu topik satu berkas."));
    else sources.push({ file, source: (await readFile(full, "utf8")).replace(/^\ufeff/, "") });
  }
  return { sources, problems };
}

function readIntent(file: string, source: string, intents: Map<string, LoadedIntent>): Problem[] {
  const name = path.posix.basename(file);
  if (!FILE_NAME.test(name))
    return [
      wholeFile(
        file,
        "Nama berkas topik hanya huruf kecil, angka, dan tanda hubung, misalnya ktp-hilang.yaml.",
      ),
    ];
  const id = idOf(file);
  const { read, problems } = readYaml(file, source, intentFile);
  if (read === undefined) return problems;
  const twin = intents.get(id);
  if (twin !== undefined)
    return [wholeFile(file, `Topik "${id}" sudah ada di ${twin.intent.file}. Satu topik satu berkas.`)];
  intents.set(id, { intent: intentFrom(id, file, read.content), file: read });
  return problems;
}

function idOf(file: string): string {
  return path.posix.basename(file).replace(/\.ya?ml$/, "");
}

function intentFrom(id: string, file: string, content: IntentFile): Intent {
  const script =
    content.langkah === undefined
      ? undefined
      : scriptFrom({ id, title: content.judul, agency: content.dinas }, content.langkah, content.akhir ?? {});
  return {
    id,
    group: file.includes("/") ? path.posix.dirname(file) : "",
    title: content.judul,
    priority: content.prioritas,
    agency: content.dinas,
    source: content.sumber,
    reviewBy: content.tinjau_lagi,
    examples: content.contoh,
    notThis: Object.entries(content.bukan ?? {}).flatMap(([intent, texts]) =>
      [texts].flat().map((text) => ({ intent, text })),
    ),
    wordings: [content.jawaban, ...(content.kalau_ditanya_lagi ?? [])]
      .filter((text) => text !== undefined)
      .map((text) => ({ bubbles: bubblesOf(text) })),
    ...(content.jawaban_dinas === undefined
      ? {}
      : { agencyWording: { bubbles: bubblesOf(content.jawaban_dinas) } }),
    ...(content.jawaban_inggris === undefined
      ? {}
      : { english: { bubbles: bubblesOf(content.jawaban_inggris) } }),
    ...(content.jawaban_darurat === undefined
      ? {}
      : { emergency: { bubbles: bubblesOf(content.jawaban_darurat) } }),
    choices: Object.entries(content.tombol ?? {}).map(([title, intent]) => ({ title, intent })),
    links: Object.entries(content.tautan ?? {}).map(([title, target]) => ({ title, target })),
    afterwards: content.lalu === undefined ? "nothing" : AFTERWARDS[content.lalu],
    parts: content.bagian ?? {},
    script,
    tests: content.uji,
    file,
  };
}

function assembleRecords(files: RecordFiles): { records?: Records; problems: Problem[] } {
  const {
    city,
    agencies,
    hours,
    emergency,
    words,
    common,
    profile,
    dialogue,
    report,
    terms,
    places,
    erasure,
  } = files;
  const problems = RECORD_FILES.filter(({ key }) => files[key] === undefined && !files.broken?.has(key)).map(
    ({ name }) => wholeFile(name, "Berkas catatan ini belum ada."),
  );
  if (!city || !agencies || !hours || !emergency || !words || !common || !profile) return { problems };
  if (!dialogue || !report || !terms || !places || !erasure) return { problems };
  return {
    records: {
      city: city.content,
      agencies: agencies.content,
      hours: hours.content,
      emergency: emergency.content,
      words: words.content,
      facts: Object.assign({}, ...files.facts.map(({ content }) => content)) as Records["facts"],
      common: common.content,
      profile: profile.content,
      dialogue: dialogue.content,
      report: report.content,
      terms: terms.content,
      places: places.content,
      erasure: erasure.content,
      quickReplies: files.quickReplies?.content ?? {},
    },
    problems,
  };
}

function wholeFile(file: string, message: string): Problem {
  return { file, line: 1, column: 1, message, severity: "salah" };
}
