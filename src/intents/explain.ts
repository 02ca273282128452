/** Puts what the parser and the format complain about into words an editor understands. */
import { DamerauLevenshteinDistance } from "natural/lib/natural/distance/levenshtein_distance";
import type { z } from "zod";
import { erasureFile } from "./format-erasure.js";
import { dialogueFile, placesFile, reportFile } from "./format-dialogues.js";
import {
  agencyFile,
  cityFile,
  commonFile,
  emergencyFile,
  factsFile,
  hoursFile,
  intentFile,
  profileFile,
  wordsFile,
} from "./format.js";

/** Every word the formats know, for "did you mean". */
const KNOWN_WORDS: readonly string[] = [
  ...[
    cityFile,
    commonFile,
    emergencyFile,
    hoursFile,
    intentFile,
    profileFile,
    wordsFile,
    dialogueFile,
    reportFile,
    placesFile,
    erasureFile,
  ].flatMap((schema) => Object.keys(schema.shape)),
  ...[agencyFile, factsFile].flatMap((schema) => Object.keys(schema.valueType.shape)),
  ...[
    "nama",
    "nomor",
    "jam",
    "pemilik",
    "dites",
    "tanda",
    "topik",
    "jelaskan",
    "tanya",
    "lebih_mudah",
    "pilihan",
    "terima",
    "bila",
    "bawa",
    "istilah",
  ],
];

/** The known word that was probably meant, at most two slips away. */
export function closestWord(word: string, path: readonly PropertyKey[]): string | undefined {
  const inside = path.some((part) => part === "uji")
    ? [
        "warga",
        "topik",
        "bukan",
        "bot",
        "hasil",
        "nama",
        "percakapan",
        "tekan",
        "tekan_lama",
        "bot_tidak",
        "diam",
        "foto",
        "lokasi",
      ]
    : KNOWN_WORDS;
  const near = inside
    .map((known) => ({ known, slips: DamerauLevenshteinDistance(word, known, { restricted: true }) }))
    .filter(({ slips, known }) => slips <= (known.length < 5 ? 1 : 2))
    .sort((a, b) => a.slips - b.slips)[0];
  return near?.known;
}

/** What the YAML parser stumbled over. */
export function explainParserError(code: string, source: string, offset: number): string {
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = source.indexOf("\n", offset);
  const line = source.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  if (/^[ ]*\t/.test(line)) return "Awal baris memakai Tab. Ganti dengan dua spasi.";
  switch (code) {
    case "TAB_AS_INDENT":
      return "Awal baris memakai Tab. Ganti dengan dua spasi.";
    case "DUPLICATE_KEY":
      return "Kata ini sudah dipakai di atas. Satu kata hanya boleh sekali.";
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return "Ada titik dua (:) di dalam tulisan, atau baris ini menjorok salah. Beri tanda kutip, atau tulis kalimatnya di bawah tanda |";
    case "BAD_INDENT":
      return "Baris ini menjorok salah. Samakan jarak kirinya dengan baris di sekitarnya.";
    case "MISSING_CHAR":
      return /["']/.test(line)
        ? "Tanda kutip belum ditutup, atau ada tulisan setelah tanda kutip penutup."
        : "Ada tanda yang kurang. Di antara kata dan isinya harus ada titik dua dan spasi.";
    case "UNEXPECTED_TOKEN":
    case "BAD_SCALAR_START":
    case "BAD_QUOTE_INDENT":
      return "Tulisan tidak boleh diawali atau disambung tanda ini. Beri tanda kutip, atau tulis kalimatnya di bawah tanda |";
    case "MULTIPLE_DOCS":
      return "Tanda --- memulai berkas baru. Hapus baris itu.";
    case "BAD_DIRECTIVE":
      return "Tanda % di awal baris punya arti khusus. Beri tanda kutip pada tulisannya.";
    case "BAD_ALIAS":
      return "Tanda & dan * di awal tulisan punya arti khusus. Beri tanda kutip pada tulisannya.";
    default:
      return "Susunan baris ini tidak bisa dibaca. Bandingkan dengan berkas lain.";
  }
}

/** What the format expected instead. */
export function explainIssue(issue: z.core.$ZodIssue): string {
  const word = issue.path.filter((part) => typeof part === "string").at(-1) ?? "";
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `Bagian "${word}" belum ada.`
        : `Bagian "${word}" bentuknya lain dari yang diharapkan: ${EXPECTED[issue.expected] ?? "periksa contohnya di README.md"}.`;
    case "too_small":
      return issue.origin === "array"
        ? `Bagian "${word}" perlu paling sedikit ${String(issue.minimum)} baris.`
        : `Bagian "${word}" masih kosong.`;
    case "too_big":
      return issue.origin === "array"
        ? `Bagian "${word}" paling banyak ${String(issue.maximum)} baris.`
        : `Tulisan "${word}" terlalu panjang; paling banyak ${String(issue.maximum)} huruf.`;
    case "invalid_format":
      return issue.format === "date"
        ? "Tulis tanggal seperti ini: 2027-01-31."
        : `"${word}" ditulis dengan cara lain: huruf kecil, angka, dan tanda hubung saja.`;
    case "invalid_key":
      return `Tulisan "${String(issue.path.at(-1))}" tidak cocok di sini: ${keyReason(issue.issues)}.`;
    case "invalid_value":
      return `Pilih salah satu: ${issue.values.join(", ")}.`;
    default:
      return `Bagian "${word}" bentuknya lain dari yang diharapkan.`;
  }
}

const EXPECTED: Partial<Record<string, string>> = {
  string: "di sini hanya tulisan biasa",
  array: "di sini daftar, setiap baris diawali tanda -",
  object: "di sini pasangan kata: isi",
  record: "di sini pasangan kata: isi",
};

function keyReason(issues: readonly z.core.$ZodIssue[]): string {
  const first = issues[0];
  if (first?.code === "too_big") return `paling banyak ${String(first.maximum)} huruf`;
  if (first?.code === "invalid_format" && first.format === "date")
    return "tulis tanggal seperti ini: 2027-01-31";
  return "huruf kecil, angka, dan tanda hubung saja";
}
