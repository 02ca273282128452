/** Every word staff read at the console, in Indonesian: what all screens share, and one part for each screen. */
import type { Role } from "../../vocabulary/staff.js";
import { accessIndonesian } from "./access-id.js";
import { auditIndonesian } from "./audit-id.js";
import { conversationIndonesian } from "./conversation-id.js";
import { deskIndonesian } from "./desk-id.js";
import { pushIndonesian } from "./push-id.js";
import { recordsIndonesian } from "./records-id.js";
import { settingsIndonesian } from "./settings-id.js";
import { ticketsIndonesian } from "./tickets-id.js";

export const indonesian = {
  lang: "id",
  brand: "Layanan Warga",
  nav: {
    label: "Menu utama",
    skip: "Langsung ke isi",
    inbox: "Kotak Masuk",
    tickets: "Tiket",
    settings: "Pengaturan",
    records: "Catatan & Kesehatan",
    account: "Akun saya",
    signOut: "Keluar",
    menuOf: (name: string) => `Menu ${name}`,
  },
  session: {
    title: "Sesi Anda hampir berakhir",
    text: "Anda akan keluar sendiri dalam 2 menit. Tulisan Anda tetap tersimpan.",
    extend: "Tetap masuk",
    ended: "Sesi Anda sudah berakhir. Silakan masuk lagi.",
    again: "Masuk lagi",
  },
  roles: {
    officer: "Petugas",
    editor: "Penyunting",
    approver: "Penyetuju",
    head: "Pimpinan",
    agency: "Petugas OPD",
    administrator: "Pengelola sistem",
  } satisfies Record<Role, string>,
  refused: {
    right: {
      title: "Halaman ini bukan untuk peran Anda",
      text: "Jika Anda memerlukannya, mintalah Pengelola sistem menambahkan peran Anda.",
    },
    unencrypted: {
      title: "Sambungan ini tidak aman",
      text: "Konsol hanya bisa dibuka lewat https. Bukalah alamat https yang diberikan pengelola. Untuk pengelola: isi PUBLIC_URL dan TRUSTED_PROXY.",
    },
    foreignForm: {
      title: "Permintaan ditolak",
      text: "Permintaan ini tidak datang dari halaman konsol. Buka konsol dan ulangi dari sana.",
    },
    notFound: { title: "Halaman tidak ditemukan", text: "Periksa lagi alamatnya, atau kembali ke konsol." },
    badValue: {
      title: "Pilihan tidak dikenal",
      text: "Ada isian di alamat ini yang tidak dikenal. Kembali, lalu pilih dari daftar.",
    },
    session: "Sesi Anda sudah berakhir. Silakan masuk lagi.",
    home: "Kembali ke konsol",
  },
  ...accessIndonesian,
  ...settingsIndonesian,
  ...pushIndonesian,
  ...recordsIndonesian,
  ...auditIndonesian,
  desk: { ...deskIndonesian, ...conversationIndonesian },
  tickets: ticketsIndonesian,
} as const;
