/** Sentences in records: what stands in braces must mean something there, and facts are not filled again. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadLibrary } from "../../src/intents/load";
import { formatProblem } from "../../src/intents/problems";

const LIBRARY = path.join(__dirname, "..", "..", "intents");
const TODAY = "2026-11-24";

describe("A record or answer that cannot be filled in", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-records-"));
  beforeEach(() => cpSync(LIBRARY, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  const CASES: [name: string, file: string, from: string, to: string, problem: RegExp][] = [
    [
      "a placeholder within a fact",
      "kependudukan/_fakta.yaml",
      "Halo Dukcapil 1500537.",
      "Halo Dukcapil {kota.call_center}.",
      /_fakta\.yaml:\d+:\d+ {2}Di sini kurung kurawal tidak diisi\. Tulis isinya, atau taruh isiannya di jawaban\./,
    ],
    [
      "a placeholder within a term",
      "_istilah.yaml",
      "tempat tinggal sekarang",
      "tempat tinggal di {kota}",
      /_istilah\.yaml:\d+:\d+ {2}Di sini kurung kurawal tidak diisi\./,
    ],
    [
      "a slip of the pen in a sentence about reports",
      "_laporan.yaml",
      "Laporan sudah masuk. Nomornya {nomor}.",
      "Laporan sudah masuk. Nomornya {nomer}.",
      /_laporan\.yaml:\d+:\d+ {2}Isian {nomer} tidak dikenal di kalimat ini\. Yang bisa dipakai: {nomor}, {dinas}, {tanggal}\./,
    ],
    [
      "a value that this sentence does not have",
      "_dialog.yaml",
      "Kita lanjutkan yang tadi ya.",
      "Kita lanjutkan {judul} ya.",
      /_dialog\.yaml:\d+:\d+ {2}Isian {judul} tidak dikenal di kalimat ini\./,
    ],
    [
      "a brace that is not closed",
      "_dialog.yaml",
      "Langkah {nomor} dari {jumlah}.",
      "Langkah {nomor dari {jumlah}.",
      /_dialog\.yaml:\d+:\d+ {2}Tanda { atau } tidak punya pasangan\./,
    ],
    [
      "words for danger without a number in the first line",
      "darurat/banjir.yaml",
      "  {darurat.umum} — telepon sekarang. BPBD: {darurat.bpbd}.",
      "  Telepon sekarang.",
      /banjir\.yaml:\d+:\d+ {2}Nomor darurat harus ada di baris pertama\./,
    ],
    [
      "words for danger that ask to be patient",
      "darurat/banjir.yaml",
      "Naik ke tempat paling tinggi.",
      "Sabar, naik ke tempat paling tinggi.",
      /banjir\.yaml:\d+:\d+ {2}Orang dalam bahaya tidak diminta sabar\./,
    ],
  ];

  it.each(CASES)("%s is refused with its place", async (_name, file, from, to, problem) => {
    const place = path.join(folder, file);
    const source = readFileSync(place, "utf8");
    expect(source).toContain(from);
    writeFileSync(place, source.replace(from, to));
    const { library, problems } = await loadLibrary(folder, TODAY);
    expect(library).toBeUndefined();
    const lines = problems.filter(({ severity }) => severity === "salah").map(formatProblem);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(problem);
  });
});
