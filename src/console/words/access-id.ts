/** The words of signing in and of the own account, in Indonesian; a part of the catalogue in id.ts. */
import type { PasswordProblem } from "../access/password-rules.js";

export const accessIndonesian = {
  login: {
    title: "Masuk",
    login: "Nama pengguna",
    password: "Kata sandi",
    code: "Kode dari aplikasi autentikator",
    codeHint: "6 angka. Ponsel hilang? Isi dengan satu kode cadangan.",
    submit: "Masuk",
    failed: "Nama pengguna, kata sandi, atau kode tidak cocok.",
    wait: (seconds: number) =>
      `Terlalu banyak percobaan. Coba lagi dalam ${seconds < 60 ? `${seconds} detik` : `${Math.ceil(seconds / 60)} menit`}.`,
    busy: "Server sedang sibuk. Coba lagi sebentar.",
    signedOut: "Anda sudah keluar.",
    demo: "Akun percobaan: kode boleh dikosongkan.",
  },
  password: {
    chosen: "Kata sandi baru",
    again: "Ulangi kata sandi",
    hint: "Sedikitnya 12 huruf. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.",
    notSame: "Kedua kata sandi belum sama.",
    problems: {
      short: "Kata sandi terlalu pendek. Pakai sedikitnya 12 huruf.",
      long: "Kata sandi terlalu panjang. Pakai paling banyak 128 huruf.",
      names: "Jangan memakai nama Anda, nama kota, atau nama program ini sebagai kata sandi.",
      guessable: "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan.",
    } satisfies Record<PasswordProblem, string>,
  },
  setUp: {
    title: "Siapkan akun Anda",
    welcome: (name: string, roles: string) =>
      `Selamat datang, ${name}. Peran Anda: ${roles}. Dua langkah lagi, lalu Anda bisa masuk.`,
    stepPassword: "1. Pilih kata sandi",
    yourLogin: "Nama pengguna Anda:",
    stepApp: "2. Sambungkan aplikasi autentikator",
    scan: "Pindai gambar ini dengan aplikasi autentikator di ponsel Anda, misalnya Google Authenticator atau Aegis.",
    qrLabel: "Kode QR untuk aplikasi autentikator",
    openApp: "Buka di aplikasi autentikator",
    typeInstead: "Tidak bisa memindai? Ketik kunci ini di aplikasi:",
    code: "Kode 6 angka dari aplikasi",
    wrongCode:
      "Kode dari aplikasi tidak cocok. Tunggu kode berikutnya, lalu isi lagi. Periksa juga jam ponsel Anda.",
    submit: "Simpan dan selesai",
    gone: {
      title: "Tautan ini tidak berlaku lagi",
      text: "Tautan penyiapan hanya bisa dipakai satu kali, dalam 72 jam. Mintalah tautan baru kepada Pengelola sistem.",
    },
  },
  backupCodes: {
    title: "Kode cadangan Anda",
    ready: "Akun Anda siap dipakai.",
    keep: "Catat atau cetak kode ini, lalu simpan di tempat aman. Jika ponsel Anda hilang, satu kode menggantikan kode dari aplikasi. Setiap kode hanya bisa dipakai satu kali.",
    once: "Kode ini tidak akan ditampilkan lagi.",
    toLogin: "Masuk",
    toAccount: "Kembali ke akun saya",
  },
  account: {
    title: "Akun saya",
    roles: "Peran",
    isDemo: "Ini akun percobaan. Kata sandinya berganti setiap kali server dijalankan.",
    changePassword: "Ganti kata sandi",
    passwordChanged: "Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.",
    present: "Kata sandi sekarang",
    wrongPassword: "Kata sandi sekarang tidak cocok.",
    renewCodes: "Buat kode cadangan baru",
    codesLeft: (left: number) => `Kode cadangan yang belum dipakai: ${left}.`,
    sessions: "Perangkat yang sedang masuk",
    thisOne: "perangkat ini",
    sessionFrom: (address: string, started: string, seen: string) =>
      `Dari ${address}. Masuk ${started}. Terakhir dipakai ${seen}.`,
    end: "Keluarkan",
    endOthers: "Keluarkan semua perangkat lain",
    unknownBrowser: "Peramban tidak dikenal",
  },
} as const;
