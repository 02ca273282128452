/** Checks the dialogue of an intent file: steps that lead somewhere, endings that are reached, words that mean something. */
import { bubblesOf } from "./bubbles.js";
import type { Records } from "./library.js";
import type { LoadedIntent } from "./load.js";
import { findLooseBrace, meaningOf, PLACEHOLDER } from "./placeholders.js";
import type { Problem } from "./problems.js";
import { BUILT_IN_TARGETS, type Script, type ScriptStep } from "./script.js";

type Path = readonly (string | number)[];

const MOST_CHOICES = 8;
const LONGEST_BUBBLE = 640;
/** Placeholders that only the sentences of a dialogue may hold, besides the names of its steps. */
const DIALOGUE_WORDS = ["nomor", "tanggal", "badan"];

/** All problems of one intent's steps and endings. `exists`: whether there is an intent with this id. */
export function checkSteps(
  loaded: LoadedIntent,
  records: Records,
  exists: (intent: string) => boolean,
): Problem[] {
  const { intent, file } = loaded;
  const { script } = intent;
  if (script === undefined)
    return file.content.akhir === undefined
      ? []
      : [file.at(["akhir"], 'Bagian "akhir" hanya untuk topik yang punya "langkah".')];
  if (script.endings.length === 0)
    return [file.at(["langkah"], 'Bagian "akhir" belum ada: apa yang dikatakan setelah langkah terakhir.')];
  const found: Problem[] = [];
  script.steps.forEach((step, index) => {
    found.push(...checkStep(loaded, { script, step, index, exists, records }));
  });
  return [...found, ...checkEndings(loaded, script, records), ...checkDialogueTexts(loaded, script, records)];
}

interface StepInPlace {
  script: Script;
  step: ScriptStep;
  index: number;
  exists: (intent: string) => boolean;
  records: Records;
}

function checkStep({ file }: LoadedIntent, { script, step, index, exists, records }: StepInPlace): Problem[] {
  const found: Problem[] = [];
  const path: Path = ["langkah", index];
  const earlier = script.steps.slice(0, index);
  if (earlier.some(({ name }) => name === step.name))
    found.push(file.at([...path, "nama"], `Langkah "${step.name}" sudah ada di atas. Beri nama lain.`));
  for (const [name, titles] of Object.entries(step.onlyIf)) {
    const asked = earlier.find((each) => each.name === name);
    if (asked?.kind !== "choose")
      found.push(
        file.at(
          [...path, "bila", name],
          `Sebelum langkah ini tidak ada pertanyaan "${name}" dengan pilihan.`,
        ),
      );
    else
      for (const title of titles)
        if (!asked.choices.some((choice) => choice.title === title))
          found.push(file.at([...path, "bila", name], `Langkah "${name}" tidak punya pilihan "${title}".`));
  }
  if (step.kind === "open") return found;
  for (const term of step.terms)
    if (!(term in records.terms))
      found.push(file.at([...path, "istilah"], `Istilah "${term}" tidak ada di _istilah.yaml.`));
  if (step.kind === "explain") return found;
  if (step.choices.length > MOST_CHOICES)
    found.push(file.at([...path, "pilihan"], `Pilihan paling banyak ${MOST_CHOICES}.`));
  const later = script.steps.slice(index + 1).map(({ name }) => name);
  const endings = script.endings.map(({ name }) => name);
  const known = [...BUILT_IN_TARGETS, ...later, ...endings];
  for (const { title, leadsTo } of step.choices)
    if (!known.includes(leadsTo) && !exists(leadsTo))
      found.push(
        file.at(
          [...path, "pilihan", title],
          `"${leadsTo}" bukan lanjut, petugas, darurat, langkah berikutnya, bagian akhir, atau topik lain.`,
        ),
      );
  const source = file.content.langkah?.[index];
  const titles = step.choices.map(({ title }) => title);
  if (source !== undefined && "pilihan" in source)
    for (const part of ["kata", "bawa"] as const)
      for (const title of Object.keys(source[part] ?? {}))
        if (!titles.includes(title))
          found.push(file.atKey([...path, part, title], `Langkah ini tidak punya pilihan "${title}".`));
  return found;
}

function checkEndings({ file }: LoadedIntent, { endings }: Script, records: Records): Problem[] {
  return endings.flatMap(({ name, answer, report }) => [
    ...(answer === undefined && report === undefined
      ? [file.at(["akhir", name], 'Tulis "jawaban" atau "laporan" di bawahnya.')]
      : []),
    ...(report !== undefined && !(file.content.dinas in records.agencies)
      ? [file.at(["akhir", name, "laporan"], "Dinas topik ini tidak ada di _dinas.yaml.")]
      : []),
  ]);
}

/** Every sentence of the dialogue: its placeholders, its length, and that the simpler wording is another one. */
function checkDialogueTexts({ intent, file }: LoadedIntent, script: Script, records: Records): Problem[] {
  const names = [...DIALOGUE_WORDS, ...script.steps.map(({ name }) => name)];
  const texts: { path: Path; text: string }[] = [];
  (file.content.langkah ?? []).forEach((step, index) => {
    const first = "jelaskan" in step ? "jelaskan" : "tanya";
    const path: Path = ["langkah", index];
    texts.push({ path: [...path, first], text: script.steps[index]?.wordings[0] ?? "" });
    step.lebih_mudah.forEach((text, at) => texts.push({ path: [...path, "lebih_mudah", at], text }));
  });
  for (const { name, answer, report } of script.endings) {
    if (answer !== undefined) texts.push({ path: ["akhir", name, "jawaban"], text: answer });
    if (report !== undefined)
      texts.push({ path: ["akhir", name, "laporan", "ringkas"], text: report.summary });
  }
  for (const [part, text] of Object.entries(intent.parts)) texts.push({ path: ["bagian", part], text });
  return texts.flatMap(({ path, text }) => [
    ...[...text.matchAll(PLACEHOLDER)]
      .map((match) => match[1] ?? "")
      .filter((name) => !names.includes(name) && meaningOf(name, intent.agency, records) === undefined)
      .map((name) => file.at(path, `Isian {${name}} tidak dikenal. Daftarnya ada di README.md.`)),
    ...(findLooseBrace(text) === undefined ? [] : [file.at(path, "Tanda { atau } tidak punya pasangan.")]),
    ...(bubblesOf(text).length > 2 ? [file.at(path, "Dalam satu langkah paling banyak dua gelembung.")] : []),
    ...bubblesOf(text)
      .filter((bubble) => bubble.length > LONGEST_BUBBLE)
      .map((bubble) =>
        file.at(path, `Gelembung ini ${bubble.length} huruf; paling banyak ${LONGEST_BUBBLE}.`),
      ),
  ]);
}
