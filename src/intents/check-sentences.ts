/** Checks the sentences that stand in records: what is in braces there has to mean something, in that very sentence. */
import type { Records } from "./library.js";
import { findLooseBrace, meaningOf, PLACEHOLDER } from "./placeholders.js";
import type { Problem } from "./problems.js";
import type { RecordFiles } from "./read-records.js";
import type { ReadFile } from "./read-yaml.js";

/** What a sentence may name besides the facts of the city, by the first word of its place. */
type Values = Readonly<Record<string, readonly string[]>>;

const IN_DIALOGUES: Values = {
  langkah_ke: ["nomor", "jumlah"],
  istilah: ["istilah", "arti"],
  daftar: ["daftar"],
  daftar_lagi: ["daftar", "judul"],
  beberapa_hal: ["jumlah", "daftar"],
  hal_berikutnya: ["judul"],
  nanti_setelah_ini: ["judul"],
};

const STATUS = ["nomor", "judul", "tempat", "sebutan", "dinas", "janji"];

const IN_REPORTS: Values = {
  jalan: ["jenis", "ukuran", "sejak", "tempat"],
  patokan: ["jalan"],
  benar: ["isi"],
  sudah_ada: ["tempat", "jumlah"],
  luar_kota: ["badan"],
  jalan_milik_lain: ["jalan", "badan"],
  sudah_lapor: STATUS,
  terkirim: ["nomor", "dinas", "tanggal"],
  terkirim_luar: ["nomor", "dinas", "tanggal", "badan"],
  digabung: ["nomor", "jumlah"],
  foto_susulan: ["nomor"],
  keterangan_masuk: ["nomor"],
  tetap_diproses: ["nomor"],
  keadaan: ["nomor", "dinas", "tempat", "isi"],
  status: STATUS,
  janji: ["tanggal"],
  dibantah: ["nomor", "dinas"],
};

const IN_HOURS: Values = { kalimat: ["jam", "hari", "libur"] };

/** All problems of the sentences in `_dialog.yaml`, `_laporan.yaml`, `_jam.yaml`, `_istilah.yaml` and `_fakta.yaml`. */
export function checkSentences(
  { dialogue, report, hours, terms, facts }: RecordFiles,
  records: Records,
): Problem[] {
  return [
    ...(dialogue === undefined ? [] : checkFile(dialogue, IN_DIALOGUES, records)),
    ...(report === undefined ? [] : checkFile(report, IN_REPORTS, records)),
    ...(hours === undefined ? [] : checkFile(hours, IN_HOURS, records)),
    ...[terms, ...facts].flatMap((file) => (file === undefined ? [] : checkPlain(file))),
  ];
}

function checkFile(file: ReadFile<unknown>, values: Values, records: Records): Problem[] {
  return textsIn(file.content).flatMap(({ path, text }) => {
    const known = values[String(path[0])] ?? [];
    const strange = [...text.matchAll(PLACEHOLDER)]
      .map((match) => match[1] ?? "")
      .filter((name) => !known.includes(name) && meaningOf(name, "humas", records) === undefined);
    return [
      ...strange.map((name) =>
        file.at(path, `Isian {${name}} tidak dikenal di kalimat ini.${allowed(known)}`),
      ),
      ...(findLooseBrace(text) === undefined ? [] : [file.at(path, "Tanda { atau } tidak punya pasangan.")]),
    ];
  });
}

const allowed = (known: readonly string[]): string =>
  known.length === 0 ? "" : ` Yang bisa dipakai: ${known.map((name) => `{${name}}`).join(", ")}.`;

/** What is itself put into sentences is not filled again. */
function checkPlain(file: ReadFile<unknown>): Problem[] {
  return textsIn(file.content)
    .filter(({ text }) => /[{}]/.test(text))
    .map(({ path }) =>
      file.at(path, "Di sini kurung kurawal tidak diisi. Tulis isinya, atau taruh isiannya di jawaban."),
    );
}

type Path = (string | number)[];

function textsIn(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, [...path, index]));
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => textsIn(each, [...path, key]))
    : [];
}
