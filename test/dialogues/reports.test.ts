/** Reports that do not go straight: put right, announced, joined, asked about, disputed; and where the second of two happened. */
import { describeConversations } from "../support/conversations";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";
import { DAY_MS, WEDNESDAY } from "../support/tickets";

const ONE_BREATH = "lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh";

const CONVERSATIONS: Record<string, string> = {
  "put right in words when it is read back": `
    > ${ONE_BREATH}
    [Lewati]
    < Jl. Mawar depan SDN 3
    > bukan, itu di jl kenari depan masjid
    < Jl. Kenari depan Masjid
    ! Maaf
    > ukurannya segede piring doang
    < sebesar piring
    > 👍🏽
    < JLN-0001`,
  "not right, and then asked which part": `
    > ${ONE_BREATH}
    [Lewati]
    > tidak
    < bagian mana
    ! tidak jadi
    > tempatnya
    < Di mana tempatnya
    > jl kenanga depan pasar
    < Jl. Kenanga depan Pasar`,
  "nobody is hurt, in whole sentences": `
    > jalan berlubang
    > ga ada yg celaka kok min
    < Di mana tempatnya
    ! 112`,
  "the road can be passed": `
    > jalan berlubang
    > masih bisa lewat, tidak ada korban
    < Di mana tempatnya
    ! 112`,
  "nobody is hurt, but the road is closed": `
    > jalan berlubang
    > tidak ada korban tapi jalannya putus
    < 112`,
  "nobody is trapped": `
    > banjir di jl kenari depan masjid
    < terjebak
    > ga ada yg terjebak min
    < Seperti apa keadaannya
    ! telepon sekarang`,
  "nobody is hurt here, but next door": `
    > jalan berlubang
    > ga ada yang luka, tapi rumah tetangga kebakaran
    < 112`,
  "a picture that is announced, and pictures while it is read back": `
    > ${ONE_BREATH}
    > ada min bentar
    < kami tunggu
    ! Maaf
    +foto 1
    < Foto: 1
    +foto 2
    < Foto: 3
    > sip
    < JLN-0001`,
  "no picture, said in many ways": `
    > ${ONE_BREATH}
    > ga punya foto min
    < Kami bacakan lagi
    > ok
    < JLN-0001`,
  "a no to a question that may be skipped is no answer to write down": `
    > lampu jalan mati di jl melati dekat masjid agung
    < nomor di tiang
    > ga tau pak
    ! Nomor tiang
    < Sudah benar`,
  "a vague place, and a better one with the next answer": `
    > jalan berlubang
    > aman
    > di jalan
    > dekat rumah saya
    < Ada fotonya
    > pokoknya depan warung bu tini
    < kami catat
    > lewati
    [Lewati]
    [Lewati]
    < depan Warung Bu Tini`,
  "a pin that came before the words": `
    +lokasi -7.56,110.81
    < Ada kejadian apa
    > jalan berlubang
    [Tidak]
    < Ada fotonya
    ! Di mana tempatnya`,
  "a pin of long ago is not this place": `
    +lokasi -7.56,110.81
    ~ 2 jam
    > jalan berlubang
    [Tidak]
    < Di mana tempatnya`,
  "two things in one street: the place is asked once": `
    > lampu mati sama jalan rusak di Jl Mawar
    < Ada dua hal
    > tidak
    < Di dekat bangunan apa
    > depan sd 3
    < Jl. Mawar depan SDN 3
    [Benar]
    < LPJ-0001
    < celaka
    [Tidak]
    ! Di mana
    ! bangunan apa
    < Ada fotonya
    [Lewati]
    [Lewati]
    [Lewati]
    < Jl. Mawar depan SDN 3
    [Benar]
    < JLN-0001`,
  "two things, each with a place of its own": `
    > jalan rusak di jl kenari dekat masjid sama lampu mati di jl anggrek depan sekolah
    < Ada dua hal
    [Tidak]
    [Lewati]
    [Lewati]
    [Lewati]
    < Jl. Kenari dekat Masjid
    [Benar]
    < JLN-0001
    [Lewati]
    < Jl. Anggrek depan Sekolah
    [Benar]
    < LPJ-0001`,
  "two things whose place is only told later": `
    > jalan berlubang
    [Tidak]
    > lampu jalan mati juga
    < kami catat
    > jl kenari depan masjid
    [Lewati]
    [Lewati]
    [Lewati]
    [Benar]
    < JLN-0001
    < Di jalan apa
    [Tempat yang tadi]
    < nomor di tiang
    [Lewati]
    < Jl. Kenari depan Masjid
    [Benar]
    < LPJ-0001`,
  "two in one message: each asks where it is": `
    > jalan berlubang, sama lampu jalan mati
    [Tidak]
    > rt 5 rw 2
    > rt 5 rw 2
    [Lewati]
    [Lewati]
    [Lewati]
    [Benar]
    < JLN-0001
    < Di mana`,
  "a general report that is about parking": `
    > mau lapor min
    < Laporannya tentang apa
    > parkir sembarangan di trotoar
    < Tarif resmi
    ! Jalan kota`,
  "a general report, by the word of a choice": `
    > mau lapor min
    > aspal
    < celaka`,
  "a short link of a map, which nobody can open": `
    > jalan berlubang
    [Tidak]
    > https://maps.app.goo.gl/abc123XYZ
    < tautan peta
    ! belum menangkap
    > jl kenanga depan pasar
    < Ada fotonya`,
  "called off after it was sent": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    < JLN-0001
    > batal
    < tetap kami urus
    ! tidak jadi
    [Bicara petugas]
    < petugas`,
  "asked for more, and answered": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #butuh_info
    < kami butuh
    > itu yang persis depan gerbang, sebelah warung bu tini
    < keterangannya kami tambahkan ke laporan JLN-0001
    ! Maaf
    > ktp saya hilang
    < surat kehilangan`,
  "asked for more, and something else is asked": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #butuh_info
    < kami butuh
    > ktp saya hilang
    < surat kehilangan
    ! JLN-0001`,
  "asked for more while they are away: the first words are no answer to it": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    ~ 30 jam
    #butuh_info
    ! kami butuh
    > halo min
    < kami butuh
    ! tambahkan
    > yang dekat gerbang itu lho
    < tambahkan ke laporan JLN-0001`,
  "called done, and not done at all": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #selesai
    < tulis saja di sini
    > mana, masih bolong gitu
    < JLN-0001
    < kami buka lagi
    #dikerjakan
    < sedang dikerjakan`,
  "called done, and something else is asked": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #selesai
    < tulis saja di sini
    > bansos masih ada min?
    ! kami buka lagi
    < bansos`,
  "called done, and the hole is still there": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #selesai
    > lubangnya masih ada kok min
    < kami buka lagi`,
  "called done, and the same trouble in another street": `
    > ${ONE_BREATH}
    [Lewati]
    [Benar]
    #selesai
    > jalan berlubang di jl kenari depan masjid masih rusak
    ! kami buka lagi
    < celaka`,
  "a number that is lost": `
    > cek status laporan
    < belum menemukan
    > ga punya nomornya min
    < kami sambungkan ke petugas`,
  "danger in a flood is answered with the words of floods": `
    > banjir di jl kenari
    < terjebak
    [Ada yang terjebak]
    < 112
    < Naik ke tempat paling tinggi
    ! Peta banjir
    ! pemadam`,
  "a term in the middle": `
    > akta lahir
    [Pelan-pelan]
    [Membuat baru]
    [Di rumah]
    > buku nikah itu apaan
    < buku kecil dari KUA
    < Orang tuanya punya
    > punya
    < Umur anaknya`,
  "a term out of the blue": `
    > sptjm itu apa min?
    < SPTJM artinya surat pernyataan bermeterai`,
  "a term is explained once in a step": `
    > ktp saya hilang
    [Pelan-pelan]
    [Ada]
    [Belum]
    < Surat kehilangan artinya
    [Belum]
    ! artinya
    < Bu Siti`,
};

describeConversations("Whole conversations about reports", CONVERSATIONS);

describe("Reports of the same thing", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);

  /** Up to the question about doubles, or the one after it. */
  const reportAt = async (citizen: Talker, latitude: number): Promise<string> => {
    await citizen.writes("jalan berlubang");
    await citizen.taps("Tidak");
    return citizen.sends({ kind: "location", latitude, longitude: 110.81 });
  };
  const finish = async (citizen: Talker): Promise<string> => {
    for (const title of ["Lewati", "Lewati", "Lewati"]) await citizen.taps(title);
    return citizen.taps("Benar");
  };

  it("are joined by one after the other, and all twelve hear the news", async () => {
    const first = aCitizen(town);
    await reportAt(first, -7.55);
    await finish(first);
    const others: Talker[] = [];
    for (let n = 1; n < 12; n += 1) {
      const other = aCitizen(town, first.talk.tickets);
      expect(await reportAt(other, -7.5501)).toContain(`${n} warga sudah melapor`);
      expect(await other.taps("Sama")).toContain(`${n + 1} warga`);
      others.push(other);
    }
    const thirteenth = aCitizen(town, first.talk.tickets);
    expect(await reportAt(thirteenth, -7.55)).toContain("12 warga sudah melapor");
    const [ticket] = first.talk.tickets.all();
    expect(first.talk.tickets.all()).toHaveLength(1);
    expect(ticket?.reporters).toHaveLength(12);
    expect(await first.staffMove({ to: "working" })).toContain("sedang dikerjakan");
    const entry = first.talk.tickets.all()[0]?.history.at(-1);
    for (const other of others) {
      const news = await other.talk.happens({
        kind: "alarm",
        name: `news:${ticket?.id ?? ""}:${entry?.at ?? 0}`,
      });
      expect(news.map(({ text }) => text).join()).toContain("sedang dikerjakan");
    }
  });

  it("are within about fifty metres; further away it is another one", async () => {
    const first = aCitizen(town);
    await reportAt(first, -7.55);
    await finish(first);
    const near = aCitizen(town, first.talk.tickets);
    expect(await reportAt(near, -7.55 + 0.0004)).toContain("sudah melapor");
    const far = aCitizen(town, first.talk.tickets);
    expect(await reportAt(far, -7.55 + 0.0006)).toContain("Ada fotonya");
  });

  it("are of the last thirty days, and not closed", async () => {
    const first = aCitizen(town);
    await reportAt(first, -7.55);
    await finish(first);
    const soon = aCitizen(town, first.talk.tickets, WEDNESDAY + 29 * DAY_MS);
    expect(await reportAt(soon, -7.55)).toContain("sudah melapor");
    const late = aCitizen(town, first.talk.tickets, WEDNESDAY + 31 * DAY_MS);
    expect(await reportAt(late, -7.55)).toContain("Ada fotonya");
    await first.staffMove({ to: "done", note: "Sudah ditambal.", photos: [], withoutPhoto: "malam" });
    const after = aCitizen(town, first.talk.tickets);
    expect(await reportAt(after, -7.55)).toContain("Ada fotonya");
  });

  it("are never another kind of report in the same spot", async () => {
    const first = aCitizen(town);
    await reportAt(first, -7.55);
    await finish(first);
    const lamp = aCitizen(town, first.talk.tickets);
    await lamp.writes("lampu jalan mati");
    expect(await lamp.sends({ kind: "location", latitude: -7.55, longitude: 110.81 })).toContain("tiang");
  });
});

describe("A ticket", () => {
  it("has number, check code, kind, agency, state, day of contact and history, and passes over the holidays", async () => {
    const town = await theTown();
    // Thursday before Christmas: Friday is a holiday, then the weekend.
    const citizen = aCitizen(town, undefined, Date.parse("2026-12-24T10:00:00+07:00"));
    await citizen.writes(ONE_BREATH);
    await citizen.taps("Lewati");
    expect(await citizen.taps("Benar")).toMatch(/JLN-0001-[A-Z0-9]{4}/);
    const [ticket] = citizen.talk.tickets.all();
    expect(ticket).toMatchObject({
      number: "JLN-0001",
      checkCode: expect.stringMatching(/^[A-Z0-9]{4}$/) as string,
      kind: "jalan-rusak",
      agency: "dpu",
      state: "received",
      priority: "P1",
      history: [{ what: "filed", to: "received" }],
    });
    const { hours } = town.library.records;
    expect(Object.keys(hours.libur)).toContain("2026-12-25");
    expect(ticket?.contactBy).toBe("2026-12-30");
  });

  it("that is sealed goes to no other agency and into no other ticket", async () => {
    const citizen = aCitizen(await theTown());
    await citizen.writes("diminta 50 ribu waktu bikin kk");
    await citizen.writes("kelurahan melati");
    await citizen.writes("senin pagi 50 ribu");
    await citizen.taps("Lewati");
    expect(await citizen.taps("Benar")).toContain("PGL-0001");
    expect(citizen.talk.tickets.all()).toMatchObject([{ sealed: true, agency: "inspektorat" }]);
    expect(await citizen.staffMove({ to: "forwarded", agency: "disdukcapil" })).toBe("");
    expect(citizen.talk.tickets.all()).toMatchObject([{ state: "received", agency: "inspektorat" }]);
    expect(await citizen.staffMove({ to: "working" })).toContain("sedang dikerjakan");
  });

  it("that is sealed takes in nobody else's, neither from citizens nor from staff", async () => {
    const town = await theTown();
    const first = aCitizen(town);
    await first.writes("diminta 50 ribu waktu bikin kk");
    await first.writes("kelurahan melati");
    await first.writes("senin pagi 50 ribu");
    await first.taps("Lewati");
    await first.taps("Benar");
    const [sealed] = first.talk.tickets.all();
    const second = aCitizen(town, first.talk.tickets);
    await second.writes("diminta 50 ribu waktu bikin kk");
    await second.writes("kelurahan melati");
    await second.writes("senin pagi 50 ribu");
    await second.taps("Lewati");
    expect(await second.taps("Benar")).toContain("PGL-0002");
    const third = aCitizen(town, first.talk.tickets);
    await third.writes(ONE_BREATH);
    await third.taps("Lewati");
    await third.taps("Benar");
    const said = await third.staffMove({ to: "joined", into: sealed?.id ?? "" });
    expect(said).toBe("");
    expect(third.talk.lastTurn()?.why.reasons).toEqual(["Laporan tujuan bersifat rahasia."]);
    expect(first.talk.tickets.all().find(({ id }) => id === sealed?.id)?.reporters).toHaveLength(1);
  });
});
