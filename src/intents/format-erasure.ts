/** `_hapus.yaml`: what is said when somebody asks for their data to be removed, and the page that shows it was done. */
import { z } from "zod";

const text = z.string().min(1);
const twice = z.array(text).min(2);

export const erasureFile = z.strictObject({
  /** Words that ask for it when they are all that is written. */
  perintah: z.array(text).min(1),
  /** Words that confirm it, and that take it back. */
  kata_ya: z.array(text).min(1),
  kata_tidak: z.array(text).min(1),
  tombol_ya: text.max(20),
  tombol_tidak: text.max(20),
  /** What is removed and what stays; asks for the confirmation. */
  tanya: twice,
  /** {kode} stands for the code that proves it. */
  selesai: twice,
  batal: twice,
  /** Somebody may be in danger: not before staff have dealt with it. */
  nanti: twice,
  halaman: z.strictObject({
    judul: text,
    penjelasan: text,
    kode: text,
    tombol: text,
    /** {waktu}, {pesan}, {balasan}, {laporan}, {foto} */
    selesai: text,
    /** Meta asked in the name of a number that is not in any conversation. */
    tidak_dikenal: text,
    belum: text,
  }),
});

export type ErasureFile = z.infer<typeof erasureFile>;
