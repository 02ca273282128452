/** What counts as danger, as noise and as nobody else's business: the domain's own lists, through the real detectors. */
import path from "node:path";
import { loadLibrary } from "../src/intents/load";
import { isNik, maskPersonal } from "../src/triage/mask";
import { createUnderstander, type Understander } from "../src/turns/understand";

let understander: Understander;
beforeAll(async () => {
  const { library } = await loadLibrary(path.join(__dirname, "..", "intents"));
  if (library === undefined) throw new Error("the library does not load");
  understander = createUnderstander(library);
}, 120_000);
const outcomeOf = (text: string): string => understander.understand(text).outcome;
/** Those of the list for which it is not so: a failure names all of them at once. */
const wrong = (texts: string[], isRight: (outcome: string) => boolean): string[] =>
  texts.filter((text) => !isRight(outcomeOf(text))).map((text) => `${outcomeOf(text)}: ${text}`);

const isCalm = (outcome: string): boolean => outcome !== "urgent";

describe("Danger", () => {
  it.each<[string, string[]]>([
    [
      "accidents and injuries",
      [
        "ada kecelakaan di depan pasar, motor sama truk",
        "tabrakan beruntun di ringroad",
        "laka lantas di simpang lima korban 2 orang",
        "anak saya ketabrak motor di jalan mawar",
        "tangannya kejepit mesin tolong",
        "ada ibu2 pingsan di halte",
        "bapak kulo semaput",
        "kepalanya berdarah terus",
        "ada yang meninggal di tempat kecelakaan",
      ],
    ],
    [
      "fire and gas",
      [
        "kebakaran di gang melati",
        "tolong kirim damkar ke perumahan griya asri blok c2",
        "butuh damkar cepat di gang 5",
        "omahe tanggaku kobong",
        "imah kahuruan tulungan",
        "ada asap tebal dari gudang sebelah",
        "ada yang meledak di pabrik belakang rumah",
        "gas bocor baunya kuat sekali",
        "tabung gas nyembur di dapur",
      ],
    ],
    [
      "water and land",
      [
        "banjir masuk rumah setinggi lutut",
        "banjir sudah sepinggang",
        "banjir sedada orang dewasa tolong evakuasi",
        "butuh perahu, kami terjebak banjir di lantai 2",
        "anak hanyut di kali",
        "tanggul jebol di desa kami",
        "longsor nutup jalan ada yang ketimbun",
      ],
    ],
    [
      "power and trees",
      [
        "kabel putus menjuntai di jalan",
        "ada orang kesetrum di tiang",
        "kabelnya nyetrum anak2 main disitu",
        "ada percikan api di tiang listrik",
        "tiang listrik roboh ke jalan",
        "pohon tumbang nimpa rumah warga",
      ],
    ],
    [
      "illness",
      [
        "ibu saya sesak napas",
        "anak saya kejang",
        "bapak gak sadar dari tadi",
        "suami saya kena stroke mukanya mencong",
        "istri mau lahiran sekarang ketuban pecah",
        "istri saya pendarahan",
        "butuh darah segera di rsud",
        "IGD nolak bapak saya padahal gawat",
        "tolong kirim ambulan ke jalan anggrek 5",
      ],
    ],
    [
      "crime and violence",
      [
        "ada orang dibacok di depan minimarket",
        "saya habis dibegal di jalan layang",
        "ada maling sekarang di rumah tetangga",
        "saya dipukul suami",
        "saya korban KDRT takut pulang",
        "anak saya diperkosa tetangga",
        "saya dilecehkan di angkot",
        "teman saya disekap di kos",
        "anak hilang dari sore belum pulang",
        "saya diancam mau dibunuh",
      ],
    ],
    [
      "despair",
      [
        "pengen mati aja rasanya",
        "sudah gak kuat hidup lagi",
        "saya mau bunuh diri",
        "kepikiran bundir terus",
        "dia mau loncat dari jembatan",
        "pamit selamanya ya semua",
        "wes ra kuat urip aku",
        "hoyong maot wae",
      ],
    ],
  ])("is heard: %s", (_class, texts) => {
    expect(wrong(texts, (outcome) => outcome === "urgent")).toEqual([]);
  });

  it("is heard whatever the spelling, the shouting and the politeness around it", () => {
    const texts = [
      "KEBAKARAN!!! TOLONG!!!",
      "kebakarannnn tolonggggg",
      "selamat malam pak, mohon maaf mengganggu, rumah tetangga kami kebakaran",
      "min min ada kebakaran min 😭😭",
      "assalamualaikum mau tanya ktp tapi ini ada kebakaran di sebelah",
      "kebakaran\ndi\npasar",
    ];
    expect(wrong(texts, (outcome) => outcome === "urgent")).toEqual([]);
  });

  it("is heard just as loudly beside somebody's numbers, typed or hidden already", () => {
    for (const numbers of [
      "nik 3578014107900004 hp 081234567890",
      "nik [NIK] hp [TELEPON]",
      "no wa saya 0812-3456-7890",
      "nomor ktp saya 3578014107900004",
      "[NIK] […]",
    ])
      for (const text of [
        `tolong kebakaran di jl melati, ${numbers}, cepat`,
        `${numbers} tolong anak saya hanyut di kali`,
        `banjir sudah sepinggang ${numbers}`,
        `istri saya pingsan gak sadar. ${numbers}`,
      ]) {
        const { outcome, urgency } = understander.understand(text);
        expect([text, outcome, urgency?.priority]).toEqual([text, "urgent", "P0"]);
      }
    expect(wrong(["nik saya [NIK] ga ketemu di web", "nomor saya 081234567890"], isCalm)).toEqual([]);
  });

  it("is not heard in its false friends", () => {
    const texts = [
      "mati lampu dari tadi pagi di perumahan kami",
      "mati air sudah 2 hari",
      "saya mati gaya di rumah terus",
      "KTP mati bagaimana perpanjangnya",
      "lagi banjir order alhamdulillah",
      "banjir pujian buat pak wali",
      "kebakaran jenggot tuh pejabatnya",
      "cuacanya panas membara",
      "hidup mati timnas indonesia",
      "bunuh waktu sambil nunggu antrian",
      "pengen mati ketawa lihat balasannya",
      "kecelakaan simulasi di alun alun besok jam berapa",
      "jadwal lomba damkar kapan min",
      "tolong damkar dikasih apresiasi, kerjanya bagus",
      "damkar mana yang paling dekat dari sini",
      "puskesmas cek darah tinggi gratis?",
      "korban bansos tidak tepat sasaran",
      "tolong infonya min syarat kia",
      "tahun lalu banjir sekarang sudah aman",
      "kalau banjir lapor kemana ya",
      "apa benar berita kebakaran di pasar itu hoaks",
      "judul film kebakaran hati itu apa",
    ];
    expect(wrong(texts, (outcome) => outcome !== "urgent")).toEqual([]);
  });

  it("quotes what was written, and no other word for it", () => {
    for (const [text, words] of [
      ["kebakaran di jl melati", ["kebakaran"]],
      ["omahe tanggaku kobong", ["kobong"]],
    ] as const)
      expect(understander.understand(text).urgency?.words).toEqual(words);
  });

  it("names the words that decided, and the number that helps stands in the record", () => {
    const { urgency, reasons } = understander.understand("tolong bapak saya sesak napas");
    expect(urgency?.priority).toBe("P0");
    expect(urgency?.words.join(" ")).toMatch(/sesak/);
    expect(reasons.join(" ")).toMatch(/darurat/i);
  });
});

describe("Noise", () => {
  it("is advertising, gambling in every disguise, and nothing but insult", () => {
    const texts = [
      "slot gacor maxwin hari ini daftar sekarang www.contoh-slot.xyz",
      "g4c0r m4xw1n depo 10rb wd cepat klik link",
      "pinjaman online tanpa jaminan cair 5 menit klik link daftar sekarang",
      "goblok semua",
      "dasar admin tolol",
    ];
    expect(wrong(texts, (outcome) => outcome === "fold")).toEqual([]);
  });

  it("is never a case, a question, criticism, or a question about noise", () => {
    const texts = [
      "goblok! jalan mawar depan sd 3 berlubang dari bulan lalu ga ditambal",
      "tolol banget pelayanan disdukcapil, saya antri 4 jam",
      "min kok banyak iklan slot di komen",
      "saya kena tipu pinjaman online, lapor kemana",
      "pak wali janji jalan diperbaiki mana buktinya",
      "pemerintah kota tidak peduli rakyat kecil",
      "anjing liar banyak di perumahan kami tolong ditertibkan",
      "KECEWA SAYA SAMA PELAYANAN RSUD",
      "kapan pdam ngalir bangsat sudah 3 hari",
    ];
    expect(wrong(texts, (outcome) => outcome !== "fold")).toEqual([]);
  });

  it("is the same words from several people within the hour, and not a flood that everybody tells in their own", () => {
    const copy = "mantap bapak wali kota terus bekerja untuk rakyat semangat selalu";
    const recent = ["a", "b", "c"].map((citizen) => ({ citizen, text: copy, at: 0 }));
    expect(understander.understand(`${copy} 👍👍`, { recent }).outcome).toBe("fold");
    expect(understander.understand(copy, { recent: recent.slice(0, 1) }).outcome).not.toBe("fold");
    const flood = [
      "air sudah masuk gang kami",
      "got depan rumah saya meluap",
      "banjir lagi di jalan melati tolong",
    ].map((text, index) => ({ citizen: String(index), text, at: 0 }));
    expect(
      understander.understand("gang kami juga kebanjiran sampai teras", { recent: flood }).outcome,
    ).not.toBe("fold");
  });
});

describe("What identifies a person", () => {
  it.each([
    ["NIK saya 3372014511900001 ya", "NIK saya [NIK] ya"],
    ["3372 0145 1190 0001", "[NIK]"],
    ["3372.0145.1190.0001", "[NIK]"],
    ["3372-0145-1190-0001", "[NIK]"],
    ["nomor 1234567890123456", "nomor [ANGKA16]"],
    ["kk 3372013101200007 dan nik 3372010101900002", "kk [NIK] dan nik [NIK]"],
    ["hp 081234567890", "hp [TELEPON]"],
    ["+62 812-3456-7890", "[TELEPON]"],
    ["6281234567890", "[TELEPON]"],
    ["rekening 12345678901234567890", "rekening 12345678901234567890"],
    ["telepon kantor 0271123456", "telepon kantor 0271123456"],
    ["112, 110, 2026, 15.30", "112, 110, 2026, 15.30"],
  ])("is masked: %s", (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it("is a NIK by region, birth date and serial: women's days are 40 higher, 29 February only in leap years", () => {
    expect(
      ["3372014511900001", "3372017112990001", "3372012902960001", "3372016902960001"].map(isNik),
    ).toEqual([true, true, true, true]);
    expect(
      [
        "0072014511900001",
        "3300014511900001",
        "3372004511900001",
        "3372013211900001",
        "3372017211900001",
        "3372014513900001",
        "3372012902970001",
        "3372014511900000",
      ].map(isNik),
    ).toEqual(Array(8).fill(false));
  });
});
