/** The words of notifications for browsers, in Indonesian; a part of the catalogue in id.ts. */

export const pushIndonesian = {
  push: {
    tab: "Pemberitahuan",
    title: "Layanan Warga",
    heading: "Pemberitahuan di perangkat ini",
    meaning:
      "Perangkat ini memberi tahu Anda tentang percakapan yang menunggu, juga saat konsol tidak sedang dibuka.",
    rules: [
      "Darurat yang belum diambil: langsung, lalu setiap 2 menit, siang dan malam.",
      "Lainnya yang belum diambil: pada jam layanan, setiap 15 menit.",
      "Warga menulis lagi di percakapan yang Anda pegang: hanya kepada Anda.",
      "Isinya hanya alasan dan lama menunggu, tanpa nama dan tanpa tulisan warga.",
    ],
    turnOn: "Nyalakan di perangkat ini",
    turnOff: "Matikan",
    tryIt: "Kirim percobaan",
    isOn: "Pemberitahuan menyala di perangkat ini.",
    isOff: "Pemberitahuan belum menyala di perangkat ini.",
    trial: "Ini percobaan. Pemberitahuan di perangkat ini berjalan.",
    pushed: {
      sent: "Percobaan dikirim. Pemberitahuannya muncul sebentar lagi.",
      gone: "Perangkat ini sudah tidak terdaftar. Nyalakan lagi.",
      failed: "Layanan pemberitahuan peramban tidak menjawab. Coba lagi nanti.",
    },
    /** In the audit log, where the maker of a browser says that it is gone. */
    addressGone: "alamat tidak berlaku",
    denied:
      "Peramban menolak pemberitahuan dari halaman ini. Izinkan di pengaturan peramban, lalu coba lagi.",
    missing: "Peramban ini tidak bisa menerima pemberitahuan.",
    failed: "Pemberitahuan tidak bisa dinyalakan di peramban ini. Coba lagi nanti.",
    noScript: "Bagian ini perlu JavaScript. Tanpa itu, buka Kotak Masuk untuk melihat yang menunggu.",
    iphone:
      "Di iPhone dan iPad: pasang dulu konsol ke layar utama (Bagikan → Tambah ke Layar Utama), lalu nyalakan dari sana. Keluar dari konsol juga mematikan pemberitahuan.",
  },
} as const;
