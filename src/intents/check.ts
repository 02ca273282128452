/** Checks across files: what leads nowhere, what two intents claim, what is past its date. */
import { bubblesOf } from "./bubbles.js";
import { checkSentences } from "./check-sentences.js";
import { checkSteps } from "./check-steps.js";
import { checkStyle } from "./style.js";
import type { LoadedIntent } from "./load.js";
import type { Records } from "./library.js";
import { findLooseBrace, meaningOf, PLACEHOLDER } from "./placeholders.js";
import { hoursProblems } from "./hours.js";
import type { Problem } from "./problems.js";
import type { RecordFiles } from "./read-records.js";
import type { ReadFile } from "./read-yaml.js";

const MOST_CHOICES = 5;
const MOST_LINKS = 3;
/** An emergency number must have been called at least this often. */
const TEST_CALL_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

type Intents = ReadonlyMap<string, LoadedIntent>;

/** What there is to check. */
export interface Checked {
  intents: Intents;
  /** Ids of files that cannot be read: they exist, so that buttons may lead to them. */
  unreadable: ReadonlySet<string>;
  records: Records;
  files: RecordFiles;
  /** 2026-01-31 */
  today: string;
}

/** All problems that one file alone does not show. */
export function checkLibrary(checked: Checked): Problem[] {
  const { intents } = checked;
  return [
    ...[...intents.values()].flatMap((loaded) => checkIntent(loaded, checked)),
    ...checkClaims(intents),
    ...checkRecords(checked),
    ...checkSentences(checked.files, checked.records),
  ];
}

function checkIntent(loaded: LoadedIntent, checked: Checked): Problem[] {
  const { records, today } = checked;
  const { intent, file } = loaded;
  const { content } = file;
  const found: Problem[] = [];
  if (!(intent.agency in records.agencies))
    found.push(file.at(["dinas"], `Dinas "${intent.agency}" tidak ada di _dinas.yaml.`));
  for (const [title, target] of Object.entries(content.tombol ?? {}))
    if (!exists(checked, target))
      found.push(file.at(["tombol", title], `Tombol ini menuju topik "${target}", yang tidak ada.`));
  if (intent.choices.length > MOST_CHOICES)
    found.push(file.at(["tombol"], `Tombol paling banyak ${MOST_CHOICES}.`));
  if (intent.links.length > MOST_LINKS)
    found.push(file.at(["tautan"], `Tautan paling banyak ${MOST_LINKS}.`));
  for (const [title, target] of Object.entries(content.tautan ?? {}))
    if (!/^(https:\/\/|tel:|\{)/.test(target))
      found.push(file.at(["tautan", title], "Tautan diawali https:// atau tel: dan nomornya."));
  for (const other of Object.keys(content.bukan ?? {}))
    if (!exists(checked, other) || other === intent.id)
      found.push(file.atKey(["bukan", other], `Topik "${other}" tidak ada, atau topik ini sendiri.`));
  content.uji.forEach((test, index) => {
    const id = "topik" in test ? test.topik : "bukan" in test ? test.bukan : undefined;
    if (id !== undefined && !exists(checked, id))
      found.push(file.at(["uji", index], `Topik "${id}" tidak ada.`));
  });
  found.push(...checkSilence(loaded), ...checkDates(file, ["tinjau_lagi"], intent.reviewBy, today));
  for (const { path, text } of textsOf(file))
    found.push(...checkPlaceholders(file, path, text, intent.agency, records));
  found.push(...checkSteps(loaded, records, (id) => id !== intent.id && exists(checked, id)));
  return [...found, ...checkStyle(loaded, records)];
}

function exists({ intents, unreadable }: Checked, id: string): boolean {
  return intents.has(id) || unreadable.has(id);
}

/** Where citizens' sentences stand in an intent file. */
export function textsOf(file: LoadedIntent["file"]): { path: (string | number)[]; text: string }[] {
  const {
    jawaban,
    kalau_ditanya_lagi: again,
    jawaban_dinas: agency,
    jawaban_inggris: english,
    jawaban_darurat: danger,
    tautan,
  } = file.content;
  return [
    ...(jawaban === undefined ? [] : [{ path: ["jawaban"], text: jawaban }]),
    ...(again ?? []).map((text, index) => ({ path: ["kalau_ditanya_lagi", index], text })),
    ...(agency === undefined ? [] : [{ path: ["jawaban_dinas"], text: agency }]),
    ...(english === undefined ? [] : [{ path: ["jawaban_inggris"], text: english }]),
    ...(danger === undefined ? [] : [{ path: ["jawaban_darurat"], text: danger }]),
    ...Object.entries(tautan ?? {}).map(([title, text]) => ({ path: ["tautan", title], text })),
  ];
}

function checkPlaceholders(
  file: ReadFile<unknown>,
  path: readonly (string | number)[],
  text: string,
  agency: string,
  records: Records,
): Problem[] {
  const found = [...text.matchAll(PLACEHOLDER)]
    .map((match) => match[1] ?? "")
    .filter((name) => meaningOf(name, agency, records) === undefined)
    .map((name) => file.at(path, `Isian {${name}} tidak dikenal. Daftarnya ada di README.md.`));
  if (findLooseBrace(text) !== undefined) found.push(file.at(path, "Tanda { atau } tidak punya pasangan."));
  return found;
}

function checkSilence({ intent, file }: LoadedIntent): Problem[] {
  if (intent.afterwards === "silence")
    return intent.wordings.length > 0 || intent.choices.length > 0
      ? [file.at(["lalu"], "Topik yang didiamkan tidak punya jawaban dan tombol. Hapus salah satunya.")]
      : [];
  if (file.content.jawaban === undefined) return [file.at(["contoh"], 'Bagian "jawaban" belum ada.')];
  return file.content.kalau_ditanya_lagi === undefined
    ? [
        file.at(
          ["jawaban"],
          'Bagian "kalau_ditanya_lagi" belum ada: dua cara lain untuk menjelaskan, makin sederhana.',
        ),
      ]
    : [];
}

/** Past is advice; a year past is an error. */
function checkDates(
  file: ReadFile<unknown>,
  path: readonly string[],
  date: string,
  today: string,
): Problem[] {
  if (date >= today) return [];
  const isLong = Date.parse(today) - Date.parse(date) > 365 * DAY_MS;
  return isLong
    ? [file.at(path, "Sudah lebih dari setahun lewat. Periksa isinya, lalu tulis tanggal baru.")]
    : [file.at(path, "Tanggal tinjau sudah lewat. Periksa isinya, lalu tulis tanggal baru.", "saran")];
}

/** The same words in two intents teach nothing, so nobody may claim them twice. */
function checkClaims(intents: Intents): Problem[] {
  const owner = new Map<string, string>();
  const found: Problem[] = [];
  for (const { intent, file } of intents.values())
    intent.examples.forEach((example, index) => {
      const plain = plainOf(example);
      const other = owner.get(plain);
      if (other === undefined) owner.set(plain, intent.id);
      else
        found.push(
          file.at(
            ["contoh", index],
            other === intent.id
              ? "Contoh ini sudah ada di atas."
              : `Contoh ini sudah ada di topik "${other}". Pilih satu.`,
            "salah",
          ),
        );
    });
  for (const { intent, file } of intents.values())
    for (const { intent: other, text } of intent.notThis) {
      const claimed = owner.get(plainOf(text));
      if (claimed !== undefined && claimed !== other)
        found.push(
          file.atKey(["bukan", other], `"${text}" menurut topik "${claimed}" milik topik itu. Pilih satu.`),
        );
    }
  return found;
}

function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function checkRecords(checked: Checked): Problem[] {
  const { records, files, today } = checked;
  const { agencies, emergency, common, profile, hours, facts } = files;
  const found: Problem[] = [];
  if (agencies !== undefined)
    for (const [id, agency] of Object.entries(agencies.content))
      found.push(...checkDates(agencies, [id, "tinjau_lagi"], agency.tinjau_lagi, today));
  for (const file of facts)
    for (const [id, fact] of Object.entries(file.content))
      found.push(...checkDates(file, [id, "tinjau_lagi"], fact.tinjau_lagi, today));
  if (emergency !== undefined) {
    for (const [id, { dites }] of Object.entries(emergency.content.nomor))
      if (Date.parse(today) - Date.parse(dites) > TEST_CALL_DAYS * DAY_MS)
        found.push(
          emergency.at(
            ["nomor", id, "dites"],
            "Nomor ini lama tidak dites. Telepon, lalu tulis tanggalnya.",
            "saran",
          ),
        );
    for (const [id, each] of Object.entries(emergency.content.kelas)) {
      if (!exists(checked, each.topik))
        found.push(emergency.at(["kelas", id, "topik"], `Topik "${each.topik}" tidak ada.`));
      if (!(each.dinas in records.agencies))
        found.push(emergency.at(["kelas", id, "dinas"], `Dinas "${each.dinas}" tidak ada di _dinas.yaml.`));
    }
  }
  if (hours !== undefined) found.push(...hoursProblems(hours, records));
  if (common !== undefined) found.push(...checkCommon(common, records));
  if (profile !== undefined) {
    const targets = [
      { path: ["mulai"], id: profile.content.mulai },
      ...Object.entries(profile.content.pertanyaan_awal).map(([question, id]) => ({
        path: ["pertanyaan_awal", question],
        id,
      })),
      ...profile.content.menu.flatMap((item, index) =>
        "topik" in item ? [{ path: ["menu", index, "topik"], id: item.topik }] : [],
      ),
    ];
    for (const { path, id } of targets)
      if (!exists(checked, id)) found.push(profile.at(path, `Topik "${id}" tidak ada.`));
  }
  return found;
}

function checkCommon(common: NonNullable<RecordFiles["common"]>, records: Records): Problem[] {
  return Object.entries(common.content).flatMap(([name, wordings]) =>
    Array.isArray(wordings)
      ? wordings.flatMap((text, index) => [
          ...checkPlaceholders(common, [name, index], text, "humas", records),
          ...(bubblesOf(text).length > 3
            ? [common.at([name, index], "Paling banyak tiga gelembung (dipisah baris kosong).")]
            : []),
        ])
      : [],
  );
}
