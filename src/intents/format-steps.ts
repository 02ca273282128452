/** The words a file may use for a dialogue in steps, and for the conversations that test it. */
import { z } from "zod";

const text = z.string().trim().min(1);
const title = text.max(20);
const name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const texts = z.array(text).min(1);

/** Two simpler wordings; the one after them is a person. */
const simpler = z.array(text).length(2);
/** Earlier step → the choice, or one of the choices, that was made there. */
const onlyIf = z.record(name, z.union([text, texts]));

/** What a step understands when it has no buttons. */
export const READERS = { tempat: "place", foto: "pictures", teks: "words" } as const;

/** One thing explained; below it always: Jelas, Belum, Bicara petugas. */
const explainStep = z.strictObject({
  nama: name,
  jelaskan: text,
  lebih_mudah: simpler,
  /** Terms of `_istilah.yaml` that are explained when it was not clear. */
  istilah: z.array(name).optional(),
  /** What to bring; goes on the list at the end. */
  bawa: texts.optional(),
  bila: onlyIf.optional(),
});

/** A question with buttons. */
const choiceStep = z.strictObject({
  nama: name,
  tanya: text,
  lebih_mudah: simpler,
  istilah: z.array(name).optional(),
  /** Writing → where it leads: `lanjut`, a later step, an ending, `petugas`, `darurat`, or another intent. */
  pilihan: z.record(title, name),
  /** Writing → other words for it. */
  kata: z.record(title, texts).optional(),
  /** Writing → what to bring in that case. */
  bawa: z.record(title, texts).optional(),
  bila: onlyIf.optional(),
  /** How the answer is called in the ticket: "Keadaan". */
  label: text.max(30).optional(),
});

/** A question that is answered with a place, a picture or words. */
const openStep = z.strictObject({
  nama: name,
  tanya: text,
  lebih_mudah: simpler,
  terima: z.enum(Object.keys(READERS) as (keyof typeof READERS)[]),
  /** `ya`: there is a button to go on without. */
  boleh_dilewati: z.literal("ya").optional(),
  bila: onlyIf.optional(),
  label: text.max(30).optional(),
});

export const step = z.union([explainStep, choiceStep, openStep]);

/** How a dialogue ends: with words, or with a numbered report. The first one is where the steps lead. */
export const ending = z.strictObject({
  jawaban: text.optional(),
  laporan: z
    .strictObject({
      /** Begins the number: LPJ-0001. */
      awalan: z.string().regex(/^[A-Z]{2,4}$/),
      /** When the citizen hears from the city again. */
      dikabari: z.string().regex(/^([1-9]|[12][0-9]|30) hari kerja$/),
      /** Only the topic's agency reads it, nobody else of the staff. */
      rahasia: z.literal("ya").optional(),
      /** One line for staff; {name of a step} stands for its answer. */
      ringkas: text,
    })
    .optional(),
});

/** Parts of an answer, for short questions that lean on it: "bayar ga?" */
export const PARTS = ["syarat", "biaya", "lama", "tempat", "diwakilkan"] as const;
export const parts = z.partialRecord(z.enum(PARTS), text);

/** One line of a conversation in a test. */
export const line = z.union([
  z.strictObject({ warga: text }),
  /** Taps a button of the last answer. */
  z.strictObject({ tekan: text }),
  /** Taps a button of an older message. */
  z.strictObject({ tekan_lama: text }),
  z.strictObject({ bot: text }),
  /** What must not be among the answers. */
  z.strictObject({ bot_tidak: text }),
  /** Silence: "24 jam", "30 menit", "3 hari". */
  z.strictObject({ diam: z.string().regex(/^\d{1,3} (menit|jam|hari)$/) }),
  /** Pictures without words, so many. */
  z.strictObject({ foto: z.string().regex(/^([1-9]|10)$/) }),
  /** A place from the map: latitude, longitude. */
  z.strictObject({ lokasi: z.string().regex(/^-?\d{1,2}(\.\d+)?, ?-?\d{1,3}(\.\d+)?$/) }),
  /** Something else that is sent: a voice note, a sticker, a file. */
  z.strictObject({ kirim: z.enum(["suara", "stiker", "berkas"]) }),
  /** Staff move the ticket filed last. */
  z.strictObject({
    tiket: z.enum(["diteruskan", "dijadwalkan", "dikerjakan", "butuh_info", "selesai", "tidak_dapat"]),
  }),
]);

export type Step = z.infer<typeof step>;
export type ExplainStep = z.infer<typeof explainStep>;
export type ChoiceStep = z.infer<typeof choiceStep>;
export type OpenStep = z.infer<typeof openStep>;
export type Ending = z.infer<typeof ending>;
export type Part = (typeof PARTS)[number];
export type ConversationLine = z.infer<typeof line>;
