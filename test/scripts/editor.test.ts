/** An editor's half hour: a new topic with ten examples, what it answers, what it hurts, and a slip that is named by file and line. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT, runScript, type Ran } from "../support/run";
import { temporaryFolder } from "../support/sabar";

const NEW_TOPIC = `judul: Perpustakaan keliling
prioritas: P3
dinas: humas
sumber: Humas Kota Contoh
tinjau_lagi: 2027-05-02

contoh:
  - mobil perpustakaan keliling datang kapan
  - jadwal perpustakaan keliling dong min
  - perpus keliling ke sd mana saja minggu ini
  - mau pinjam buku di perpustakaan keliling
  - perpusling hari ini di mana
  - cara jadi anggota perpustakaan keliling
  - apakah perpustakaan keliling datang ke rw kami
  - bus perpustakaan keliling mangkal dimana
  - minta perpustakaan keliling datang ke tpa
  - buku anak ada di perpustakaan keliling

jawaban: |
  Perpustakaan keliling datang setiap Selasa dan Kamis pagi, Bapak/Ibu.

kalau_ditanya_lagi:
  - Mobil perpustakaan keliling berangkat Selasa dan Kamis. Tempatnya bisa ditanyakan ke kelurahan.
  - Misalnya Selasa pagi di balai RW. Kelurahan tahu giliran RW Bapak/Ibu.

uji:
  - warga: perpustakaan keliling kapan datang ke sekolah kami
    topik: perpustakaan-keliling
  - warga: perpusling kemana hari ini
    topik: perpustakaan-keliling
  - warga: ktp saya hilang
    bukan: perpustakaan-keliling
`;

const MESSAGES = [
  "kak perpustakaan keliling minggu ini kemana aja ya",
  "ktp saya hilang di pasar",
  "jadwal mobil perpustakaan",
];

describe("An editor", () => {
  const place = temporaryFolder();
  const folder = path.join(place.folder, "intents");
  const before = path.join(ROOT, "intents");
  const messages = path.join(place.folder, "messages.txt");
  const env = { INTENTS_DIR: folder, DATA_DIR: place.folder };
  const run = (script: string, ...args: string[]): Promise<Ran> => runScript(script, args, { env });

  beforeAll(() => {
    cpSync(before, folder, { recursive: true });
    writeFileSync(path.join(folder, "halaman", "perpustakaan-keliling.yaml"), NEW_TOPIC);
    writeFileSync(messages, `${MESSAGES.join("\n")}\n`);
  });
  afterAll(() => place.remove());

  it("sees within a minute that a new topic is answered, and what else has changed", async () => {
    const began = performance.now();
    const compared = await run("intents", "--compare", before, "--messages", messages);
    expect([compared.code, compared.err]).toEqual([0, ""]);
    expect(compared.out).toMatch(/^3 pesan dibandingkan, [12] berubah\./);
    expect(compared.out).toMatch(/Baru dijawab \(\d\):\n {2}kak perpustakaan keliling/);
    expect(compared.out).toContain("perpustakaan-keliling");
    expect(compared.out).not.toContain("ktp saya hilang");
    const asked = await run("ask", MESSAGES[0] ?? "");
    expect(asked.out).toMatch(/Hasil: +dijawab/);
    const seconds = (performance.now() - began) / 1000;
    // A promise to people, not a figure: several times what it takes on a slow machine.
    expect(seconds).toBeLessThan(60);
  }, 120_000);

  it("compares with a revision of the repository, and is told when there is none", async () => {
    const none = await runScript("intents", ["--compare", "no-such-revision", "--messages", messages], {
      env: { INTENTS_DIR: "intents" },
    });
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringContaining('"no-such-revision" bukan folder dan bukan revisi git'),
    ]);
    const without = await run("intents", "--compare", before);
    expect([without.code, without.err]).toEqual([1, expect.stringContaining("Sebutkan juga --messages")]);
  }, 120_000);

  it("is told of a slip with its file and line, before the tests are played", async () => {
    const file = path.join(folder, "halaman", "perpustakaan-keliling.yaml");
    writeFileSync(file, NEW_TOPIC.replace("dinas: humas", "dinass: humas"));
    const checked = await run("intents");
    expect(checked.code).toBe(1);
    expect(checked.out.split("\n")[0]).toMatch(/halaman\/perpustakaan-keliling\.yaml:\d+:\d+ .*dinas/);
    writeFileSync(file, NEW_TOPIC);
  }, 120_000);
});

describe("bench:match", () => {
  const place = temporaryFolder();
  afterAll(() => place.remove());
  const lines = (all: object[]): string => all.map((each) => `${JSON.stringify(each)}\n`).join("");
  const write = (name: string, text: string): string => {
    const file = path.join(place.folder, name);
    writeFileSync(file, text);
    return file;
  };
  const bench = (...args: string[]): Promise<Ran> => runScript("bench/match", args);

  it("trains on one file and prints its best intent for each line of another, with times on the other side", async () => {
    const train = write(
      "train.jsonl",
      lines([
        ...["putar lagu", "mainkan musik", "setel lagu dangdut"].map((text) => ({ text, intent: "musik" })),
        ...["nyalakan lampu", "hidupkan lampu kamar", "lampunya nyalakan"].map((text) => ({
          text,
          intent: "lampu",
        })),
      ]),
    );
    const test = write(
      "test.jsonl",
      lines([{ text: "tolong putar musik", intent: "musik" }, { text: "!!!" }]),
    );
    const { code, out, err } = await bench("--train", train, "--test", test, "--json");
    expect(code).toBe(0);
    const [first, second] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(Object.keys(first ?? {})).toEqual(["text", "intent", "confidence", "candidates"]);
    expect([first?.intent, second?.text]).toEqual(["musik", "!!!"]);
    expect(err).toMatch(/^6 examples, 2 intents\. Training \d+ ms/);
    const bad = write("bad.jsonl", `${readFileSync(train, "utf8")}{"text": 3}\n`);
    const refused = await bench("--train", bad, "--test", test);
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/7/)]);
    expect((await bench("--train", train)).code).toBe(1);
  }, 120_000);
});
