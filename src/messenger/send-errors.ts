/** Which error of the Graph API means what: one table, read by code and subcode, never by the error's text. */
import type { Delivery } from "../vocabulary/delivery.js";

/** What an error code means for a reply. `reason` is read by staff, `remedy` by whoever operates the server. */
export type Meaning =
  | { kind: "sent" }
  | { kind: "later"; scope: "reply" | "page"; waitMs?: number; reason: string; remedy?: string }
  | { kind: "doubt"; reason: string; remedy?: string }
  | { kind: "never"; scope: "reply" | "citizen" | "page"; reason: string; remedy?: string };

const MINUTE = 60_000;

const never =
  (scope: "reply" | "citizen" | "page") =>
  (reason: string, remedy?: string): Meaning => ({
    kind: "never",
    scope,
    reason,
    ...(remedy === undefined ? {} : { remedy }),
  });
const reply = never("reply");
const citizen = never("citizen");
const page = never("page");
const later = (scope: "reply" | "page", waitMs: number | undefined, reason: string): Meaning => ({
  kind: "later",
  scope,
  reason,
  ...(waitMs === undefined ? {} : { waitMs }),
});

const WINDOW = citizen(
  "Sudah lebih dari 24 jam sejak warga terakhir menulis, jadi Facebook tidak lagi mengizinkan balasan. Balasan bisa dikirim setelah warga menulis lagi.",
);
const UNREACHABLE = citizen(
  "Warga ini sedang tidak bisa menerima pesan: mungkin memblokir halaman atau menonaktifkan akunnya. Balasan bisa dikirim lagi setelah warga menulis.",
);
const OTHER_OWNER = citizen(
  "Percakapan ini sedang dipegang aplikasi lain atau petugas di Kotak Masuk Meta, jadi balasan dari sini ditolak.",
);
const TOO_FAST = later(
  "page",
  MINUTE,
  "Facebook meminta kita memperlambat kiriman. Semua balasan menunggu sebentar, lalu dikirim otomatis.",
);
const TOKEN = page(
  "Izin mengirim atas nama halaman sudah tidak berlaku. Pengelola server perlu membuat token halaman yang baru.",
  "The page token is no longer valid: generate a new one (Meta for Developers → your app → Messenger → Settings → Access tokens), write it into MESSENGER_PAGE_TOKEN and restart.",
);
const PERMISSION = page(
  "Aplikasi belum atau tidak lagi diizinkan mengirim pesan untuk halaman ini. Pengelola server perlu memeriksa izinnya.",
  "A permission is missing or was taken back: pages_messaging needs Advanced Access, and the app must be live (Meta for Developers → App Review → Permissions).",
);
const REFUSED = reply("Facebook menolak isi balasan ini. Tolong kirim ulang dengan kata-kata lain.");
const ATTACHMENT = reply("Lampiran pada balasan ini ditolak Facebook. Tolong kirim tanpa lampiran.");
const COMMENT = reply("Komentar ini tidak bisa lagi dibalas lewat pesan pribadi.");
const CONTENT_RULES = page(
  "Facebook membatasi halaman ini untuk sementara. Tidak ada balasan yang bisa dikirim sampai pembatasan dicabut. Pemilik halaman perlu membuka Kualitas Halaman.",
  "Facebook has restricted the page: its owner finds the reason and the way to appeal under Page Quality / Support Inbox.",
);

/**
 * By `code/subcode`, by `any/subcode` for subcodes that mean the same under every code, and by `code` alone.
 * Source: developers.facebook.com/docs/messenger-platform/error-codes and /docs/graph-api/guides/error-handling.
 */
export const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["1/1357046", { kind: "sent" }],
  ["1/99", PERMISSION],
  ["1", { kind: "doubt", reason: "Facebook sedang bermasalah; belum pasti apakah balasan ini sampai." }],
  ["2/2018344", reply("Pemilik halaman belum menyetujui Ketentuan Kontak Halaman di Facebook.")],
  ["2", later("reply", undefined, "Facebook sedang bermasalah. Balasan dicoba lagi sebentar lagi.")],
  ["3", PERMISSION],
  ["4", TOO_FAST],
  ["17", TOO_FAST],
  ["32", TOO_FAST],
  ["341", TOO_FAST],
  ["613/2018338", citizen("Facebook memperingatkan: terlalu banyak pesan bertanda khusus untuk warga ini.")],
  ["613", TOO_FAST],
  ["80001", TOO_FAST],
  ["80006", TOO_FAST],
  ["1200", later("reply", undefined, "Facebook sedang bermasalah. Balasan dicoba lagi sebentar lagi.")],
  ["any/2018278", WINDOW],
  ["any/2534022", WINDOW],
  ["any/2018065", WINDOW],
  ["any/2018108", UNREACHABLE],
  ["any/1893063", CONTENT_RULES],
  ["any/2018336", reply("Aturan privasi di wilayah warga ini tidak mengizinkan bentuk balasan ini.")],
  ["10", PERMISSION],
  ["102", TOKEN],
  ["any/2018001", citizen("Facebook tidak mengenal penerima ini untuk halaman kita.")],
  ["any/2018008", later("reply", MINUTE, "Facebook gagal mengambil lampiran. Balasan dicoba lagi.")],
  ["any/2018047", ATTACHMENT],
  ["any/2018074", ATTACHMENT],
  ["any/2018109", ATTACHMENT],
  ["any/2018294", ATTACHMENT],
  ["any/2018014", REFUSED],
  ["any/2018292", COMMENT],
  ["any/2534025", COMMENT],
  ["any/2534037", OTHER_OWNER],
  ["any/2018300", OTHER_OWNER],
  ["any/1893061", reply("Jenis pesan yang dipakai sudah tidak didukung Facebook.")],
  ["100/33", reply("Tujuan balasan tidak ditemukan atau tidak boleh diakses.")],
  ["100", REFUSED],
  ["190", TOKEN],
  ["any/2018028", PERMISSION],
  ["any/1545041", UNREACHABLE],
  ["200", PERMISSION],
  ["368", CONTENT_RULES],
  ["551", UNREACHABLE],
  [
    "2022",
    page(
      "Facebook mematikan pengiriman pesan halaman ini setelah pelanggaran kebijakan niaga.",
      "Messaging was disabled after a policy violation: see Page Quality for the way to appeal.",
    ),
  ],
  [
    "any/2018321",
    later("reply", 10 * MINUTE, "Warga sedang mengisi formulir iklan di percakapan ini. Balasan menunggu."),
  ],
  ["10900", COMMENT],
  ["10902", COMMENT],
  [
    "1705",
    page(
      "Kiriman dilakukan atas nama orang, bukan halaman. Pengelola server perlu memakai token halaman.",
      "The token belongs to a person: use the page's own token in MESSENGER_PAGE_TOKEN.",
    ),
  ],
  ["9000001", reply("Pesan yang dirujuk sudah dihapus.")],
  ["any/2018218", reply("Profil warga ini tidak tersedia.")],
  ["any/2018247", reply("Izin membaca profil warga belum diberikan.")],
]);

/** What an error of the Graph API says, read from its JSON; the error's own words stay out, they may quote the citizen. */
export interface GraphError {
  code: number;
  subcode: number | undefined;
  isTransient: boolean;
}

/** The code as staff and operators see it: `10/2018278`. */
export function codeOf(error: GraphError): string {
  return error.subcode === undefined ? String(error.code) : `${error.code}/${error.subcode}`;
}

/** Looks an error up. Codes nobody listed: permissions stop the page, limits wait, the rest concerns this reply only. */
export function meaningOf(error: GraphError, status: number): Meaning {
  const { code, subcode, isTransient } = error;
  const listed =
    MEANINGS.get(codeOf(error)) ??
    (subcode === undefined ? undefined : MEANINGS.get(`any/${subcode}`)) ??
    MEANINGS.get(`any/${code}`);
  if (listed !== undefined) return listed;
  // A new subcode of 10 is more likely about one conversation than about the whole page: see the list above.
  if (code === 10 && subcode !== undefined) return REFUSED;
  const byCode = MEANINGS.get(String(code));
  if (byCode !== undefined) return byCode;
  if (code > 200 && code < 300) return PERMISSION;
  if ((code >= 80_000 && code <= 80_014) || status === 429) return TOO_FAST;
  if (isTransient) return later("reply", undefined, "Facebook sedang bermasalah. Balasan dicoba lagi.");
  if (status >= 500) return { kind: "doubt", reason: "Facebook bermasalah; belum pasti balasan ini sampai." };
  return reply(`Facebook menolak balasan ini (kode ${codeOf(error)}).`);
}

/** The meaning as a delivery; `waitMs` is what the answer's headers ask for, if they do. */
export function toDelivery(code: string, meaning: Meaning, waitMs: number | undefined): Delivery {
  switch (meaning.kind) {
    case "sent":
      return { kind: "sent" };
    case "doubt":
      return { kind: "doubt", code, reason: meaning.reason };
    case "never":
      return { kind: "never", code, reason: meaning.reason, scope: meaning.scope };
    case "later": {
      const wait = meaning.scope === "page" ? (waitMs ?? meaning.waitMs) : meaning.waitMs;
      const after = wait === undefined ? {} : { afterMs: wait };
      return { kind: "later", code, reason: meaning.reason, scope: meaning.scope, ...after };
    }
  }
}
