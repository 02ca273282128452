/** The records that dialogues draw on: their sentences, the reports' sentences, terms, and the city's places. */
import { z } from "zod";

const text = z.string().trim().min(1);
const title = text.max(20);
const name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const texts = z.array(text).min(1);
/** Asked up to three times, each time simpler; then a person. */
const three = z.array(text).length(3);
const degrees = z.string().regex(/^-?\d{1,3}(\.\d+)?$/);

/** `_dialog.yaml`: what is said in every dialogue, and the words that always work. */
export const dialogueFile = z.strictObject({
  /** Words that always work, however the conversation stands. The whole message must be one of them. */
  perintah: z.strictObject({
    batal: texts,
    ulang: texts,
    petugas: texts,
    pelan: texts,
    lewati: texts,
    daftar: texts,
  }),
  tombol: z.strictObject({
    pelan: title,
    jelas: title,
    belum: title,
    petugas: title,
    lewati: title,
    daftar: title,
    selesai: title,
    lanjut: title,
    /** The place of the report made just before. */
    tempat_tadi: title,
  }),
  /** Typed instead of the buttons. */
  kata_jelas: texts,
  kata_belum: texts,
  kata_tempat_tadi: texts,
  /** Before every step: {nomor} of {jumlah}. */
  langkah_ke: text,
  /** After every step. */
  sampai_sini_jelas: texts,
  /** Explains a term: {istilah}, {arti}. */
  istilah: text,
  /** Asks what a term means: "apa itu", before or after it. */
  kata_tanya_istilah: texts,
  /** What to bring: {daftar}. */
  daftar: texts,
  daftar_lagi: texts,
  /** After a question in the middle; the question that waits follows. */
  kita_lanjut: texts,
  /** Not understood, before the next wording of the question. */
  belum_terbaca: texts,
  dibatalkan: texts,
  diulang: texts,
  ke_petugas: texts,
  /** The dialogue was changed by a new version of the program. */
  mulai_lagi: texts,
  /** A button of an older message that means nothing any more. */
  tombol_lama: texts,
  /** Several topics in one message: {jumlah}, {daftar}. */
  beberapa_hal: texts,
  /** One, two, three. */
  bilangan: texts,
  /** Before the next of them: {judul}. */
  hal_berikutnya: texts,
  /** Another report while one is being made: {judul}. */
  nanti_setelah_ini: texts,
  /** Put before words that would be said twice in a row. */
  sekali_lagi: three,
  /** Short questions that lean on the topic: which words ask for which part. */
  susulan: z.strictObject({ syarat: texts, biaya: texts, lama: texts, tempat: texts, diwakilkan: texts }),
  /** Words that change nothing about such a question: "min", "kak", "itu". */
  kata_tambahan: texts,
  /** Where the topic itself says nothing about the place. */
  tempat_dinas: texts,
});

/** The states of a ticket as editors write them. */
export const STATES = {
  draf: "draft",
  diterima: "received",
  diteruskan: "forwarded",
  dijadwalkan: "scheduled",
  dikerjakan: "working",
  butuh_info: "needs-info",
  bukan_kota: "not-city",
  gabung: "joined",
  selesai: "done",
  tidak_dapat: "impossible",
  dibuka_lagi: "reopened",
} as const;

/** `_laporan.yaml`: everything that is said about reports and tickets. */
export const reportFile = z.strictObject({
  /** The road report. */
  jalan: z.strictObject({
    bahaya: three,
    tombol_bahaya: z.strictObject({ korban: title, putus: title, tidak: title }),
    kata_korban: texts,
    kata_putus: texts,
    /** Somebody fell there before: more urgent, but nobody lies there now. */
    kata_pernah_jatuh: texts,
    kata_tidak: texts,
    /** Before such words they mean the opposite: "ga ada yang celaka". */
    kata_bukan: texts,
    ukuran: three,
    /** Writing on the button → words that mean it. */
    pilihan_ukuran: z.record(title, texts),
    sejak: three,
    pilihan_sejak: z.record(title, texts),
    /** What is broken: word for staff → words that mean it. */
    jenis: z.record(text, texts),
    /** One line for staff: {jenis}, {ukuran}, {sejak}, {tempat}. */
    ringkas: text,
    awalan: z.string().regex(/^[A-Z]{2,4}$/),
    dikabari: z.string().regex(/^([1-9]|[12][0-9]|30) hari kerja$/),
  }),
  /** Questions of every report. */
  tempat: three,
  /** A street alone is long: {jalan}. */
  patokan: three,
  /** Several places fit: the buttons name them. */
  tempat_mana: three,
  foto: three,
  /** Read back: {isi}. */
  benar: three,
  tombol_benar: z.strictObject({ benar: title, tempat: title, lain: title, batal: title }),
  kata_benar: texts,
  kata_salah: texts,
  ubah_apa: three,
  /** Somebody reported it already: {jumlah}, {tempat}. */
  sudah_ada: three,
  tombol_gabung: z.strictObject({ sama: title, lain: title }),
  kata_sama: texts,
  kata_lain: texts,
  /** Said in passing. */
  /** Something was said that had not been asked yet. */
  tercatat: texts,
  foto_diterima: texts,
  /** "Ada, sebentar": the picture is on its way. */
  kata_ada_foto: texts,
  foto_ditunggu: texts,
  tautan_peta: texts,
  foto_ktp: texts,
  luar_kota: texts,
  jalan_milik_lain: texts,
  /** The same citizen reported the same before: {nomor}, {sebutan}, {janji}. */
  sudah_lapor: texts,
  /** The end: {nomor}, {dinas}, {tanggal}. */
  terkirim: texts,
  terkirim_luar: texts,
  digabung: texts,
  foto_susulan: texts,
  /** The answer to `butuh_info` is in: {nomor}. */
  keterangan_masuk: texts,
  /** Something that is called done is not: opens the ticket again. */
  kata_belum_beres: texts,
  /** Called off after it was sent: {nomor}. */
  tetap_diproses: texts,
  /** Names of the lines that are read back, and what stands there. */
  baris: z.strictObject({
    tempat: text,
    foto: text,
    ukuran: text,
    sejak: text,
    bahaya: text,
    jenis: text,
    belum_disebut: text,
    pernah_jatuh: text,
    ada_korban: text,
    jalan_putus: text,
  }),
  pengingat: texts,
  /** Words a citizen uses for a picture that must not be kept. */
  kata_ktp: texts,
  /** The sentence for every state, told to everybody who reported it: {nomor}, {dinas}, {tempat}, {isi}. */
  keadaan: z.strictObject(
    Object.fromEntries(Object.keys(STATES).map((state) => [state, text])) as Record<
      keyof typeof STATES,
      typeof text
    >,
  ),
  /** What a citizen calls each state, in lists. */
  sebutan: z.strictObject(
    Object.fromEntries(Object.keys(STATES).map((state) => [state, text])) as Record<
      keyof typeof STATES,
      typeof text
    >,
  ),
  /** Where a report stands: {nomor}, {judul}, {tempat}, {sebutan}, {dinas}, and {janji}, the sentence below. */
  status: texts,
  /** The promise of the next contact, while there is one: {tanggal}. */
  janji: text,
  status_mana: three,
  status_tidak_ada: texts,
  status_nomor_salah: texts,
  /** Who has no number any more gets a person. */
  kata_tanpa_nomor: texts,
  /** Below the status of a report. */
  tombol_status: z.strictObject({ belum_beres: title, lain: title }),
  dibantah: texts,
  /** Before news that came while they were away. */
  kabar_tertunda: texts,
});

/** `_istilah.yaml`: terms in plain words. */
export const termsFile = z.record(name, z.strictObject({ istilah: text, arti: text }));

/** `_wilayah.yaml`: the city's places, as citizens name them. */
export const placesFile = z.strictObject({
  /** The box around the city, in degrees. */
  batas: z.strictObject({ utara: degrees, selatan: degrees, barat: degrees, timur: degrees }),
  /** Who looks after which roads. `kota` must be among them. */
  pemilik: z.record(name, z.strictObject({ nama: text, dinas: z.string().optional() })),
  kecamatan: z.record(text, z.strictObject({ kelurahan: texts })),
  jalan: z.record(
    text,
    z.strictObject({ juga: texts.optional(), pemilik: name.optional(), kelurahan: text.optional() }),
  ),
  /** Well-known buildings and spots. */
  patokan: z.record(text, z.strictObject({ juga: texts.optional(), jalan: text.optional() })),
  /** Places around the city: name → the body to turn to. */
  luar_kota: z.record(text, z.strictObject({ juga: texts.optional(), badan: text })),
  /** Words before a landmark: "depan", "dekat". */
  kata_dekat: texts,
  /** How they are said back: "depan" for "ngarep". Those that are not here are said as `lainnya`. */
  sebutan_dekat: z.record(text, texts),
  sebutan_lain: text,
  /** Before names: "Jl.", "Gang", "RT", "RW", "Kel.", "Kec." */
  singkatan: z.strictObject({
    jalan: text,
    gang: text,
    rt: text,
    rw: text,
    kelurahan: text,
    kecamatan: text,
  }),
  /** How a point without words is called: "titik di peta". */
  titik_peta: text,
  /** What is called a landmark and helps nobody: "rumah saya". */
  kabur: texts,
  /** Words that end the name of a street or landmark: "rusak", "sudah". */
  bukan_nama: texts,
});

export type DialogueFile = z.infer<typeof dialogueFile>;
export type ReportFile = z.infer<typeof reportFile>;
export type TermsFile = z.infer<typeof termsFile>;
export type PlacesFile = z.infer<typeof placesFile>;
