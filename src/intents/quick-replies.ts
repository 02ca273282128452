/** `_balasan_cepat.yaml`: ready answers for staff. The file may be missing; then there are none. */
import { z } from "zod";

const text = z.string().trim().min(1);

/** The key is what staff type after "/". `{…}` that the library does not know are blanks staff fill in before sending. */
export const quickReplyFile = z.record(
  z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  z.strictObject({
    judul: text.max(60),
    kelompok: text.max(40),
    isi: text.max(1900),
  }),
);

export type QuickReplyFile = z.infer<typeof quickReplyFile>;

export const QUICK_REPLY_FILE = "_balasan_cepat.yaml";
