/** The words a library file may use. One description: types, checks and the editor's completion come from it. */
import { z } from "zod";
import { ending, line, parts, step } from "./format-steps.js";

const text = z.string().trim().min(1);
export const intentId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const recordId = z.string().regex(/^[a-z][a-z0-9_]*$/);
const date = z.iso.date();
const oneOrMore = z.union([text, z.array(text).min(1)]);

/** What happens after the answer: see `intents/README.md`. */
export const AFTERWARDS = ["petugas", "serahkan", "darurat", "ulangi", "batal", "diam", "sekali"] as const;

/** Outcomes as editors write them in tests. */
export const OUTCOMES = {
  jawab: "answer",
  "tanya-balik": "clarify",
  petugas: "escalate",
  darurat: "urgent",
  sisihkan: "fold",
} as const;

export const test = z.union([
  z.strictObject({ warga: text, topik: intentId }),
  z.strictObject({ warga: text, bukan: intentId }),
  z.strictObject({ warga: text, bot: text }),
  z.strictObject({ warga: text, hasil: z.enum(Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]) }),
  z.strictObject({ nama: text, percakapan: z.array(line).min(2) }),
]);

/** One intent: one file; the file name is its id. */
export const intentFile = z.strictObject({
  judul: text.max(60),
  prioritas: z.enum(["P0", "P1", "P2", "P3", "P4"]),
  dinas: recordId,
  sumber: text,
  tinjau_lagi: date,
  contoh: z.array(text).min(10),
  bukan: z.record(intentId, oneOrMore).optional(),
  jawaban: text.optional(),
  kalau_ditanya_lagi: z.array(text).length(2).optional(),
  /** The answer for a message that names an agency; `{dinas…}` speaks of that agency. */
  jawaban_dinas: text.optional(),
  /** The answer for a message in English. */
  jawaban_inggris: text.optional(),
  /** Said instead of the answer to somebody in danger. */
  jawaban_darurat: text.optional(),
  tombol: z.record(text.max(20), intentId).optional(),
  tautan: z.record(text.max(20), text).optional(),
  lalu: z.enum(AFTERWARDS).optional(),
  /** The answer to short questions that lean on this topic. */
  bagian: parts.optional(),
  /** A dialogue in steps. With a report among its endings it begins at once, otherwise below a button. */
  langkah: z.array(step).min(1).max(12).optional(),
  akhir: z.record(intentId, ending).optional(),
  uji: z.array(test).min(3),
});

/** `_kota.yaml`: the city. */
export const cityFile = z.strictObject({
  nama: text,
  halaman: text,
  situs: text,
  privasi: text,
  call_center: text,
  whatsapp: text,
  email: text,
  balai_kota: text,
  akun_resmi: text,
});

/** `_dinas.yaml`: the agencies, by id. */
export const agencyFile = z.record(
  recordId,
  z.strictObject({
    nama: text,
    singkatan: text,
    alamat: text,
    telepon: text,
    whatsapp: text.optional(),
    situs: text.optional(),
    layanan_daring: text.optional(),
    sumber: text,
    diperiksa: date,
    tinjau_lagi: date,
  }),
);

/** `_jam.yaml`: opening hours by agency as people write them, when staff read messages, and public holidays. */
export const hoursFile = z.strictObject({
  /** When staff answer messages. */
  petugas: z.record(text, text),
  /** Hours of every agency that has none of its own. */
  umum: z.record(text, text),
  dinas: z.record(recordId, z.record(text, text)).optional(),
  libur: z.record(date, text),
  /** How hours, days and moments are said. {jam}, {hari} and {libur} stand for what they name. */
  kalimat: z.strictObject({
    /** Monday first. */
    hari: z.array(text).length(7),
    /** January first. */
    bulan: z.array(text).length(12),
    waktu: z.strictObject({ pagi: text, siang: text, sore: text, malam: text }),
    hari_ini: text,
    besok: text,
    /** Between two spans of a day. */
    dan: text,
    setiap_hari: text,
    sehari_penuh: text,
    belum_ada: text,
    /** A counter: open, closed, open again. */
    buka: text,
    buka_selalu: text,
    tutup: text,
    libur: text,
    buka_lagi: text,
    /** When staff will read a message; fits after "akan dibaca petugas". */
    dibaca_hari_ini: text,
    dibaca_nanti: text,
    dibaca_segera: text,
    dibaca_entah: text,
  }),
});

/** `_darurat.yaml`: emergency numbers with the date of their last test call, and cues of urgent messages. */
export const emergencyFile = z.strictObject({
  nomor: z.record(
    recordId,
    z.strictObject({ nama: text, nomor: text, jam: text, pemilik: text, dites: date, tinjau_lagi: date }),
  ),
  kelas: z.record(
    recordId,
    z.strictObject({
      judul: text,
      prioritas: z.enum(["P0", "P1"]),
      /** The intent that holds the first sentences for this class. */
      topik: intentId,
      dinas: recordId,
      /** Words and phrases that raise the alarm. `*` at the end of a word stands for any ending. */
      tanda: z.array(text).min(1),
      /** Messages of people in this danger; the more varied, the better it is heard. */
      contoh: z.array(text).optional(),
    }),
  ),
  /** Phrases that look urgent and are not. */
  bukan_darurat: z.array(text),
  sudah_berlalu: z.array(text).optional(),
  /** Whole messages that sound like danger and are none. */
  contoh_aman: z.array(text).optional(),
});

/** `_kata.yaml`: everyday spelling → plain word. */
export const wordsFile = z.strictObject({
  /** gmn: bagaimana */
  kata: z.record(text, text),
  /** Polite words at the beginning and end that say nothing about the topic. */
  basa_basi: z.array(text),
  /** Groups of words that mean about the same, commas between; one example then speaks for all of them. */
  sepadan: z.array(text).optional(),
});

/** `_fakta.yaml` in any folder: facts that change, each with its source and the date to look at it again. */
export const factsFile = z.record(
  recordId,
  z.strictObject({ isi: text, sumber: text, diperiksa: date, tinjau_lagi: date }),
);

const wordings = z.array(text).min(1);

/** `_umum.yaml`: what the assistant says when no intent speaks. Each has several wordings, used in turn. */
export const commonFile = z.strictObject({
  /** First contact: automatic assistant; do not send NIK or KTP photos. */
  perkenalan: wordings,
  /** "which of these do you mean?" */
  maksudnya_yang_mana: wordings,
  tidak_satu_pun: text.max(20),
  /** Not understood; a person will read it. */
  tidak_paham: wordings,
  /** The citizen asked for a person, or the answer was needed a fourth time. */
  ke_petugas: wordings,
  ke_petugas_kesabaran: wordings,
  /** Voice note, document, picture, place, sticker. */
  terima_suara: wordings,
  terima_foto: wordings,
  terima_berkas: wordings,
  terima_lokasi: wordings,
  terima_stiker: wordings,
  terima_tautan: wordings,
  terima_pesanan: wordings,
  /** The citizen changed an earlier message. */
  pesan_diubah: wordings,
  /** The bot speaks again after a person has. */
  asisten_kembali: wordings,
  /** Something went wrong here. */
  gangguan: wordings,
  /** A fact in the answer is older than its review date. */
  fakta_lama: wordings,
  /** The person who answered has closed the conversation: nothing is said, unless this is filled. */
  tombol_petugas: text.max(20),
  /** Given where nobody greeted: {waktu}. */
  salam_biasa: text,
  /** Salam → answer. The key is what the citizen writes. */
  balasan_salam: z.record(text, text),
});

const item = z.union([
  z.strictObject({ judul: text.max(30), topik: intentId }),
  z.strictObject({ judul: text.max(30), tautan: text }),
]);

/** `_profil.yaml`: what Messenger shows before the first message. Written to the page with `npm run profile`. */
export const profileFile = z.strictObject({
  mulai: intentId,
  salam: text.max(160),
  pertanyaan_awal: z.record(text.max(80), intentId),
  menu: z.array(item).min(1).max(20),
});

export type IntentFile = z.infer<typeof intentFile>;
export type CityFile = z.infer<typeof cityFile>;
export type AgencyFile = z.infer<typeof agencyFile>;
export type HoursFile = z.infer<typeof hoursFile>;
export type EmergencyFile = z.infer<typeof emergencyFile>;
export type WordsFile = z.infer<typeof wordsFile>;
export type FactsFile = z.infer<typeof factsFile>;
export type CommonFile = z.infer<typeof commonFile>;
export type ProfileFile = z.infer<typeof profileFile>;
export type FileTest = z.infer<typeof test>;
