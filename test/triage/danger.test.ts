/** Who is in danger is heard, whatever the words; what only sounds like danger raises no alarm of the highest kind. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createQuickUnderstander, type Understander } from "../../src/turns/understand.js";
import { sampleLibrary } from "../support/library.js";

let understander: Understander;

beforeAll(async () => {
  understander = createQuickUnderstander(await sampleLibrary());
}, 300_000);

const FILE = path.join(__dirname, "..", "fixtures", "understanding", "danger.txt");
const messages = readFileSync(FILE, "utf8")
  .split("\n")
  .filter((line) => !line.startsWith("#") && line.includes(" | "))
  .filter((_, index) => index % 2 === 0)
  .map((line) => ({ kind: line.slice(0, line.indexOf(" | ")), text: line.slice(line.indexOf(" | ") + 3) }));

describe("Messages of people in danger", () => {
  it.each(messages.filter(({ kind }) => kind !== "aman"))("$text", ({ text }) => {
    const { outcome, urgency } = understander.understand(text);
    expect(outcome).toBe("urgent");
    expect(urgency?.words.length).toBeGreaterThan(0);
  });
});

describe("Messages that only sound like danger", () => {
  it("hardly ever raise the highest alarm, and seldom any", () => {
    const harmless = messages.filter(({ kind }) => kind === "aman");
    const alarms = harmless
      .map(({ text }) => understander.understand(text))
      .filter(({ urgency }) => urgency !== undefined);
    const highest = alarms.filter(({ urgency }) => urgency?.priority === "P0");
    expect(highest.length).toBeLessThanOrEqual(1);
    expect(alarms.length / harmless.length).toBeLessThanOrEqual(0.12);
  });

  it.each(["macetnya bikin mati gaya", "lampu jalan mati di depan rumah", "tolong infonya min syarat ktp"])(
    "%s",
    (text) => {
      expect(understander.understand(text).urgency).toBeUndefined();
    },
  );
});

describe("Danger that is over", () => {
  it.each([
    "kemarin ada kebakaran di jl melati, sekarang sudah padam",
    "tadi pagi ada kecelakaan tapi sudah ditangani polisi",
    "kebakarannya sudah dipadamkan warga, makasih",
    "anak saya yang hilang sudah ketemu alhamdulillah",
  ])("raises no alarm: %s", (text) => {
    expect(understander.understand(text).urgency).toBeUndefined();
  });

  it.each(["kebakaran sudah padam pak", "banjirnya sudah surut", "kecelakaan tadi sudah ditangani"])(
    "raises none where nothing else is said: %s",
    (text) => {
      expect(understander.understand(text).urgency).toBeUndefined();
    },
  );

  it("raises one below the highest where something else may have ended", () => {
    const { urgency } = understander.understand(
      "kebakaran di rumah, listriknya sudah dipadamkan, anak di dalam",
    );
    expect(urgency).toBeDefined();
  });

  it.each([
    "kebakaran belum padam",
    "api sudah padam tapi muncul lagi",
    "kebakaran sudah padam tapi ada yang pingsan",
    "banjir sudah surut tapi anak saya masih hanyut",
    "kecelakaan, korban sudah ditolong warga tapi ambulans belum datang",
    "tolong pak kebakaran, sudah ditangani tapi apinya masih besar",
  ])("is not over: %s", (text) => {
    expect(understander.understand(text).urgency?.priority).toBe("P0");
  });
});

describe("Danger that is said not to be there", () => {
  it.each([
    "tidak ada korban",
    "alhamdulillah ga ada korban jiwa min",
    "bukan kebakaran cuma asap sate",
    "ga ada yg luka min",
    "ga ada yg terjebak kok min",
  ])("raises no alarm: %s", (text) => {
    const understood = understander.understand(text);
    expect([understood.outcome, understood.urgency]).not.toContain("urgent");
    expect(understood.urgency).toBeUndefined();
  });

  it.each([
    "tidak ada korban tapi kebakarannya masih besar, tolong",
    "pemadam belum sampai kebakaran di jl mawar",
    "ambulans belum ada kecelakaan parah di depan pasar",
    "air ga ada kebakaran di gang melati tolong",
    "petugas belum ada yang datang, kebakaran di rt 3",
    "gak ada yang nolongin, rumah kebakaran",
    "kebakaran di jl mawar no 2019",
    "kebakaran rumah di perumahan indah blok 2010 tolong",
    "26 november 2026 kebakaran di pasar gede",
    "nenek tidak sadar",
    "bapak tidak ada nafasnya",
    "kecelakaan di jl mawar, belum ada yang nolong",
    "bukan cuma asap, rumah tetangga kebakaran",
    "belum ada petugas, banjir masuk rumah",
  ])("does not silence the danger beside it: %s", (text) => {
    expect(understander.understand(text).outcome).toBe("urgent");
  });
});
