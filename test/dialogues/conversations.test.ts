/** Whole conversations, line by line: what citizens of all kinds write and tap, and what must be among the answers. */
import { describeConversations } from "../support/conversations";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";

const CONVERSATIONS: Record<string, string> = {
  "a road in one breath": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    < Ada fotonya
    ! Di mana
    [Lewati]
    < Jl. Mawar depan SDN 3
    < sebesar ember
    [Benar]
    < JLN-0001
    < Senin 30 November`,
  "a road in eight pieces": `
    > jalan berlubang
    < Apakah ada yang celaka
    > ga ada
    < Di mana tempatnya
    > jl kenanga
    < cukup panjang
    > depan pasar
    < Ada fotonya
    +foto 2
    < Sebesar apa
    > seember
    < Sejak kapan
    > kemarin
    < Foto: 2
    > iya
    < JLN-0001`,
  "a road by a pin on the map": `
    > jalan berlubang
    [Tidak]
    +lokasi -7.5666,110.8167
    < Ada fotonya
    [Lewati]
    [Sebesar meja]
    [Sudah lama]
    < titik di peta
    [Benar]
    < JLN-0001`,
  "a road by the address of a map": `
    > jalan berlubang
    [Tidak]
    > https://maps.google.com/?q=-7.5666,110.8167
    < Ada fotonya`,
  "answers out of order": `
    > jalan berlubang
    < Apakah ada yang celaka
    > di jl anggrek dekat masjid, sebesar meja
    < kami catat
    < celaka
    > tidak
    < Ada fotonya
    [Lewati]
    < Sejak kapan
    [Hari ini]
    < Jl. Anggrek
    < sebesar meja`,
  "victims leave the form at once": `
    > jalan berlubang
    [Ada korban]
    < 112
    ! Di mana tempatnya`,
  "a closed road leaves the form at once": `
    > jalan berlubang
    > jalannya putus ga bisa dilewati
    < 112`,
  "a name that two places have": `
    > jalan berlubang
    [Tidak]
    > melati
    < yang mana tempatnya
    [Jl. Melati]
    < cukup panjang
    [Lewati]
    < Ada fotonya`,
  "outside of the city": `
    > jalan berlubang
    [Tidak]
    > di desa sukamaju
    < di luar Kota Contoh
    < Dinas PU Kabupaten Tetangga
    [Lewati]
    [Lewati]
    [Lewati]
    [Benar]
    < Kami teruskan ke Dinas PU Kabupaten Tetangga`,
  "a pin outside of the city": `
    > jalan berlubang
    [Tidak]
    +lokasi -6.2,106.8
    < di luar Kota Contoh`,
  "a road of the province": `
    > jalan berlubang
    [Tidak]
    > jl raya timur depan spbu
    < dipelihara Dinas PU Bina Marga Provinsi`,
  "a question in the middle": `
    > jalan berlubang
    [Tidak]
    > eh ktp hilang gimana ngurusnya?
    < surat kehilangan
    < Kita lanjutkan
    < Di mana tempatnya`,
  "called off": `
    > jalan berlubang
    > batal
    < tidak jadi
    > jalan berlubang
    < Apakah ada yang celaka`,
  "called off in other words": `
    > jalan berlubang
    [Tidak]
    > gajadi deh min
    < tidak jadi`,
  "begun again": `
    > jalan berlubang
    [Tidak]
    > jl kenanga depan pasar
    > ulang
    < dari awal
    < Apakah ada yang celaka`,
  "a person in the middle": `
    > jalan berlubang
    [Tidak]
    > petugas
    < kami sambungkan ke petugas
    > halo
    ! Di mana`,
  "three answers that are none": `
    > jalan berlubang
    > asdf
    < Ada orang terluka di sana
    > qwer
    < Tekan salah satu
    > zxcv
    < kami sambungkan ke petugas`,
  "a day of silence, then the rest": `
    > jalan berlubang
    [Tidak]
    > jl kenanga depan pasar
    < Ada fotonya
    ~ 22 jam
    ! belum selesai
    ~ 2 jam
    < belum selesai
    ~ 24 jam
    ! belum selesai
    > lewati
    < Sebesar apa
    [Lewati]
    [Lewati]
    [Benar]
    < JLN-0001`,
  "eight days of silence end it": `
    > jalan berlubang
    [Tidak]
    ~ 9 hari
    > jl kenanga
    ! cukup panjang`,
  "a voice note in the middle": `
    > jalan berlubang
    [Tidak]
    +suara
    < belum bisa mendengar
    < Di mana tempatnya`,
  "a sticker in the middle": `
    > jalan berlubang
    [Tidak]
    +stiker
    < Di mana tempatnya`,
  "pictures before they are asked for": `
    > jalan berlubang
    +foto 3
    < Fotonya sudah kami terima
    < celaka
    [Tidak]
    > jl kenanga depan pasar
    < Sebesar apa
    [Lewati]
    [Lewati]
    < Foto: 3`,
  "pictures after the number": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Benar]
    +foto 2
    < JLN-0001
    +foto 1
    < JLN-0001`,
  "something put right": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Ubah lainnya]
    < bagian mana
    [Ukuran]
    < Sebesar apa
    [Sebesar meja]
    < sebesar meja
    [Ubah tempat]
    < Di mana tempatnya
    > jl kenari dekat masjid
    < Jl. Kenari
    [Benar]
    < JLN-0001`,
  "a button of an older question": `
    > jalan berlubang
    [Tidak]
    < Di mana tempatnya
    {Tidak}
    < Tombol itu untuk pertanyaan sebelumnya
    < Di mana tempatnya`,
  "a button of a report that is done": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Benar]
    < JLN-0001
    {Lewati}
    < Tombol`,
  "the same report again by the same citizen": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Benar]
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    < sudah melaporkan ini
    < JLN-0001`,
  "the whole life of a report": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Benar]
    #diteruskan
    < sudah diteruskan ke Dinas PU
    #dijadwalkan
    < dijadwalkan Senin 4 Januari 2027
    #dikerjakan
    < sedang dikerjakan
    #selesai
    < sudah selesai
    > cek status laporan
    < selesai
    [Belum beres]
    < kami buka lagi
    #dikerjakan
    < sedang dikerjakan`,
  "news for somebody who is away": `
    > lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh
    [Lewati]
    [Benar]
    ~ 26 jam
    #dikerjakan
    ! sedang dikerjakan
    > ktp hilang
    < Ada kabar
    < sedang dikerjakan
    < surat kehilangan`,
  "where a report stands, by nobody's number": `
    > cek status laporan
    < belum menemukan laporan
    > JLN-0001-AAAA
    < belum cocok
    > JLN 2
    < Petugas akan membantu`,
  "a lamp in one breath": `
    > lampu jalan mati di jl melati dekat masjid agung
    < nomor di tiang
    [Lewati]
    < Mati total
    [Benar]
    < LPJ-0001
    < Dishub`,
  "a lamp, put right": `
    > lampu jalan mati di jl melati dekat masjid agung
    [Lewati]
    [Ubah tempat]
    < Di jalan apa
    > jl kenari depan sd
    < Jl. Kenari
    [Benar]
    < LPJ-0001`,
  "papers, slowly": `
    > ktp saya hilang
    < surat kehilangan
    [Pelan-pelan]
    < KK-nya masih ada
    > hilang juga
    < Langkah 1 dari 3
    [Jelas]
    < Langkah 2 dari 3
    > lanjut
    < Langkah 3 dari 3
    > sip
    < KTP dan KK
    [Kirim daftarnya]
    < Daftarnya, untuk disimpan
    [Kirim daftarnya]
    < sekali lagi daftar
    > ktp rusak
    ! daftar`,
  "papers, not clear, not clear, not clear": `
    > ktp saya hilang
    [Pelan-pelan]
    > masih ada
    [Belum]
    < Surat kehilangan artinya
    < polsek
    > gak ngerti
    < Bu Siti
    > bingung
    < kami sambungkan ke petugas`,
  "papers, asked for in words": `
    > ktp saya hilang
    > pelan-pelan
    < KK-nya masih ada`,
  "papers, with a small question in the middle": `
    > ktp saya hilang
    [Pelan-pelan]
    > bayar ga?
    < Gratis
    < Kita lanjutkan
    < KK-nya masih ada`,
  "small questions that lean on the topic": `
    > ktp saya hilang
    > syaratnya apa aja min
    < fotokopi KK
    > berapa lama?
    < hari kerja
    > dimana?
    < Disdukcapil
    > bisa diwakilkan?
    < satu KK`,
  "several topics at once": `
    > ktp sama kk hilang dua2nya
    < Ada dua hal
    < KTP yang hilang
    < KK bisa dicetak lagi`,
  "two reports at once": `
    > jalan rusak dan lampu jalan mati di jl kenari dekat masjid
    < Ada dua hal
    < celaka
    [Tidak]
    [Lewati]
    [Lewati]
    [Lewati]
    [Benar]
    < JLN-0001
    < Lampu jalan
    < Ada nomor di tiang
    ! Di jalan apa`,
  "another report in the middle": `
    > jalan berlubang
    [Tidak]
    > lampu jalan mati
    < kami catat. Setelah
    < Di mana tempatnya`,
};

describeConversations("Whole conversations", CONVERSATIONS);

describe("Conversations of several people", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);

  const reports = async (citizen: Talker): Promise<void> => {
    await citizen.writes("lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh");
    await citizen.taps("Lewati");
    await citizen.taps("Benar");
  };

  it("joins a second report of the same thing, and brings the news to both", async () => {
    const first = aCitizen(town);
    const second = aCitizen(town, first.talk.tickets);
    await reports(first);
    await second.writes("jalan rusak di depan sd 3 jl mawar");
    expect(await second.taps("Tidak")).toContain("1 warga sudah melapor");
    expect(await second.writes("iya sama")).toMatch(
      /gabungkan dengan laporan JLN-0001-\w{4}\. Sekarang 2 warga/,
    );
    const [ticket] = first.talk.tickets.all();
    expect(first.talk.tickets.all()).toHaveLength(1);
    expect(ticket?.reporters).toHaveLength(2);
    expect(await first.staffMove({ to: "working" })).toContain("sedang dikerjakan");
    const alarms = first.talk.lastTurn()?.alarms ?? [];
    // The alarm of the other one was set in the turn before; it is rung by the store there.
    expect(alarms).toEqual([]);
    const entry = first.talk.tickets.all()[0]?.history.at(-1);
    expect(entry).toMatchObject({ what: "moved", to: "working", by: "sari" });
    const news = await second.talk.happens({
      kind: "alarm",
      name: `news:${ticket?.id ?? ""}:${entry?.at ?? 0}`,
    });
    expect(news.map(({ text }) => text).join()).toContain("sedang dikerjakan");
  });

  it("files another report when it is not the same thing", async () => {
    const first = aCitizen(town);
    const second = aCitizen(town, first.talk.tickets);
    await reports(first);
    await second.writes("jalan rusak di depan sd 3 jl mawar");
    await second.taps("Tidak");
    expect(await second.taps("Bukan, ini lain")).toContain("Ada fotonya");
    await second.taps("Lewati");
    await second.taps("Lewati");
    await second.taps("Lewati");
    expect(await second.taps("Benar")).toContain("JLN-0002");
  });

  it("shows a report to a stranger only with its check code", async () => {
    const owner = aCitizen(town);
    const stranger = aCitizen(town, owner.talk.tickets);
    await reports(owner);
    const ticket = owner.talk.tickets.all()[0];
    await stranger.writes("cek status laporan");
    expect(await stranger.writes("JLN-0001")).toContain("belum cocok");
    expect(await stranger.writes(`jln 1 ${ticket?.checkCode.toLowerCase() ?? ""}`)).toContain(
      "sudah kami terima",
    );
  });

  it("says the number before everything else, the notice at first contact included", async () => {
    const said = await aCitizen(town).writes("banjir di jalan depan rumah");
    expect(said).toMatch(/^112/);
    expect(said).toContain("asisten otomatis");
  });

  it("keeps no picture that is called an identity card, and says so", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("jalan berlubang");
    await citizen.taps("Tidak");
    await citizen.writes("jl kenanga depan pasar");
    expect(await citizen.pictures(1, "ini ktp saya min")).toContain("foto KTP tidak kami simpan");
    expect(citizen.talk.citizen().loosePictures).toBeUndefined();
    await citizen.pictures(1);
    expect(citizen.talk.citizen().loosePictures).toHaveLength(1);
    expect(await citizen.writes("itu foto ktp saya")).toContain("tidak kami simpan");
    expect(citizen.talk.citizen().loosePictures).toMatchObject([{ url: "", isIdentity: true }]);
    await citizen.pictures(1);
    await citizen.taps("Lewati");
    await citizen.taps("Lewati");
    await citizen.taps("Benar");
    expect(citizen.talk.tickets.all()[0]?.photos).toHaveLength(1);
    expect(citizen.talk.lastTurn()?.pictures).toMatchObject([
      { url: expect.stringContaining("fbcdn") as string },
    ]);
  });

  it("lets go of a picture that was filed before it is called an identity card", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh");
    await citizen.taps("Lewati");
    await citizen.taps("Benar");
    await citizen.pictures(1);
    const [photo] = citizen.talk.tickets.all()[0]?.photos ?? [];
    expect(photo).toBeDefined();
    expect(await citizen.writes("itu foto ktp saya")).toContain("tidak kami simpan");
    expect(citizen.talk.tickets.all()[0]?.photos).toEqual([]);
    expect(citizen.talk.lastTurn()?.tickets).toMatchObject([{ kind: "withdraw", photos: [photo?.id] }]);
  });

  it("keeps no picture of an identity card that was announced", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh");
    await citizen.writes("ini ktp saya");
    expect(await citizen.pictures(1)).toContain("tidak kami simpan");
    await citizen.taps("Lewati");
    await citizen.taps("Benar");
    expect(citizen.talk.tickets.all()[0]?.photos).toEqual([]);
    expect(citizen.talk.citizen().identityAnnouncedAt).toBeUndefined();
  });

  it("puts no picture of an identity card into a report that is joined", async () => {
    const first = aCitizen(town);
    await first.writes("lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh");
    await first.taps("Lewati");
    await first.taps("Benar");
    const second = aCitizen(town, first.talk.tickets);
    await second.writes("jalan berlubang");
    await second.taps("Tidak");
    await second.pictures(1);
    await second.writes("itu foto ktp saya");
    await second.writes("jl mawar depan sdn 3");
    await second.taps("Sama");
    const [ticket] = first.talk.tickets.all();
    expect(ticket?.reporters).toHaveLength(2);
    expect(ticket?.photos).toEqual([]);
  });

  it("keeps what there is as a draft when a person takes over, and says nothing", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("jalan berlubang");
    await citizen.taps("Tidak");
    await citizen.writes("jl kenanga depan pasar");
    const said = await citizen.talk.happens({
      kind: "echo",
      mid: "e1",
      by: "person",
      text: "Kami bantu ya Bu",
    });
    expect(said).toEqual([]);
    expect(citizen.talk.citizen().dialogue).toBeUndefined();
    expect(citizen.talk.tickets.all()).toMatchObject([{ state: "draft", place: { street: "Jl. Kenanga" } }]);
    expect(await citizen.writes("lewati")).toBe("");
  });

  it("takes a draft back when the citizen calls the report off", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("jalan berlubang");
    await citizen.taps("Tidak");
    await citizen.waits(23);
    expect(citizen.talk.tickets.all()).toMatchObject([{ state: "draft" }]);
    await citizen.writes("batal");
    expect(citizen.talk.tickets.all()).toEqual([]);
  });

  it("ignores the alarm of a question that was answered in time", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("jalan berlubang");
    const due = citizen.talk.citizen().dialogue?.wakesAt ?? 0;
    await citizen.taps("Tidak");
    const { dialogue } = citizen.talk.citizen();
    // The stale alarm carries the earlier moment.
    expect(dialogue?.wakesAt).not.toBe(due);
    await citizen.waits(22);
    expect(citizen.said()).toBe("");
  });

  it("masks numbers of persons in what staff read", async () => {
    const citizen = aCitizen(town);
    await citizen.writes(
      "jalan berlubang di jl kenanga depan pasar, nik saya 3372010101900001 hp 081234567890",
    );
    await citizen.taps("Tidak");
    await citizen.taps("Lewati");
    await citizen.taps("Lewati");
    await citizen.taps("Lewati");
    await citizen.taps("Benar");
    const kept = JSON.stringify(citizen.talk.tickets.all());
    expect(kept).not.toContain("3372010101900001");
    expect(kept).not.toContain("081234567890");
  });
});
