/** The errors of the Graph API that this stand-in can answer with: one table, for the page and for tests. */
import type { Json } from "./payloads.js";

/** One error as the Graph API has it. `title` is Indonesian, for the list on the page. */
export interface GraphFault {
  code: number;
  subcode?: number;
  /** HTTP status; 400 where absent. */
  status?: number;
  isTransient?: true;
  title: string;
}

/** By `code` or `code/subcode` (developers.facebook.com/docs/messenger-platform/error-codes and Graph API error handling). */
export const GRAPH_ERRORS: readonly GraphFault[] = [
  { code: 551, title: "Warga tidak bisa dikirimi (tanpa rincian)" },
  { code: 551, subcode: 1545041, title: "Warga tidak bisa dikirimi" },
  { code: 200, subcode: 1545041, title: "Warga tidak bisa dikirimi (bentuk lain)" },
  { code: 10, subcode: 2018108, title: "Warga sedang tidak bisa menerima" },
  { code: 10, subcode: 2018278, title: "Lewat 24 jam" },
  { code: 10, subcode: 2534022, title: "Lewat 24 jam (kode lain)" },
  { code: 10, subcode: 2018065, title: "Lewat 24 jam (kode lama)" },
  { code: 100, subcode: 2018001, title: "Penerima tidak dikenal" },
  { code: 100, subcode: 2534037, title: "Percakapan dipegang aplikasi lain" },
  { code: 100, subcode: 2018300, title: "Percakapan dipegang aplikasi lain (kode lain)" },
  { code: 613, title: "Terlalu banyak kiriman" },
  { code: 613, subcode: 2534040, title: "Terlalu banyak kiriman (panggilan)" },
  { code: 613, subcode: 2018338, title: "Terlalu banyak pesan bertanda khusus" },
  { code: 4, title: "Batas aplikasi tercapai" },
  { code: 17, title: "Batas pengguna tercapai" },
  { code: 32, title: "Batas halaman tercapai" },
  { code: 341, title: "Batas sementara tercapai" },
  { code: 80001, title: "Batas pemakaian halaman tercapai" },
  { code: 80006, title: "Batas pemakaian Messenger tercapai" },
  { code: 1, status: 500, title: "Galat tak dikenal di Facebook" },
  { code: 1, subcode: 99, title: "Akses belum disetujui" },
  { code: 1, subcode: 1357046, title: "Disebut gagal, padahal terkirim" },
  { code: 2, status: 503, isTransient: true, title: "Gangguan sementara di Facebook" },
  { code: 2, subcode: 2018344, title: "Ketentuan Kontak Halaman belum disetujui" },
  { code: 3, title: "Kemampuan aplikasi belum diizinkan" },
  { code: 1200, status: 500, isTransient: true, title: "Gagal kirim sementara" },
  { code: 10, title: "Izin dicabut" },
  { code: 10, subcode: 1893063, title: "Halaman dibatasi" },
  { code: 10, subcode: 2018336, title: "Aturan privasi Eropa atau Jepang" },
  { code: 100, title: "Isi kiriman salah" },
  { code: 100, subcode: 33, title: "Tujuan tidak ditemukan" },
  { code: 100, subcode: 1893061, title: "Tanda pesan sudah dihapus" },
  { code: 100, subcode: 2018008, title: "Lampiran gagal diambil" },
  { code: 100, subcode: 2018047, title: "Jenis lampiran salah" },
  { code: 100, subcode: 2018074, title: "Lampiran bukan milik halaman" },
  { code: 100, subcode: 2018109, title: "Lampiran terlalu besar" },
  { code: 100, subcode: 2018294, title: "Video gagal dikirim" },
  { code: 100, subcode: 2018014, title: "Pesan bersama tanda mengetik" },
  { code: 100, subcode: 2018292, title: "Komentar tidak dikenal" },
  { code: 100, subcode: 2534025, title: "Komentar tidak bisa dibalas" },
  { code: 102, status: 401, title: "Sesi masuk sudah berakhir" },
  { code: 190, status: 401, title: "Token halaman mati" },
  { code: 190, subcode: 458, status: 401, title: "Token mati: aplikasi dilepas" },
  { code: 190, subcode: 459, status: 401, title: "Token mati: akun harus diperiksa" },
  { code: 190, subcode: 460, status: 401, title: "Token mati: sandi diganti" },
  { code: 190, subcode: 463, status: 401, title: "Token kedaluwarsa" },
  { code: 190, subcode: 464, status: 401, title: "Token mati: akun belum dikonfirmasi" },
  { code: 190, subcode: 467, status: 401, title: "Token tidak berlaku" },
  { code: 190, subcode: 492, status: 401, title: "Token mati: peran di halaman hilang" },
  { code: 200, status: 403, title: "Aplikasi belum tayang" },
  { code: 200, subcode: 2018028, status: 403, title: "Izin belum disetujui" },
  { code: 368, title: "Diblokir karena aturan" },
  { code: 2022, title: "Pesan dimatikan setelah pelanggaran" },
  { code: 2018321, title: "Warga sedang mengisi formulir iklan" },
  { code: 10900, title: "Komentar sudah dibalas" },
  { code: 10902, title: "Komentar tidak bisa dibalas pribadi" },
  { code: 1705, title: "Dipanggil sebagai orang, bukan halaman" },
  { code: 9000001, title: "Pesan sudah dihapus" },
  { code: 2018218, title: "Profil tidak tersedia" },
  { code: 2018247, title: "Izin profil belum ada" },
];

/** `10/2018278`, or `613` where there is no subcode. */
export const nameOfError = ({ code, subcode }: GraphFault): string =>
  subcode === undefined ? String(code) : `${code}/${subcode}`;

/** The body's `error`, in the shape of the Graph API. */
export function errorBody({ code, subcode, isTransient }: GraphFault, message: string): Json {
  return {
    message: `(#${code}) ${message}`,
    type: "OAuthException",
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    is_transient: isTransient === true,
    fbtrace_id: "Asimulator",
  };
}
