/** The tests that stand in the intent files themselves, whole conversations among them: what editors wrote down holds. */
import { runFileTests, runOne } from "../../src/turns/file-tests";
import { theTown } from "../support/talking";
import { WEDNESDAY } from "../support/tickets";

const NIGHT = WEDNESDAY + 14 * 60 * 60 * 1000;
const SUNDAY = WEDNESDAY + 4 * 24 * 60 * 60 * 1000;

describe("The tests in the intent files", () => {
  it.each([
    ["on a working day", WEDNESDAY],
    ["at night", NIGHT],
    ["on a Sunday", SUNDAY],
  ])("come out %s", async (_name, now) => {
    const bed = { ...(await theTown()), zone: "Asia/Jakarta", now };
    const failed = await runFileTests(bed);
    expect(
      failed.map(({ intent, index, message }) => `${intent.file}, uji ${index + 1}: ${message}`),
    ).toEqual([]);
  });

  it("are many, and some of them are conversations with silence, photos and buttons", async () => {
    const { library } = await theTown();
    const tests = [...library.intents.values()].flatMap((intent) => intent.tests);
    const lines = tests.flatMap((test) => ("percakapan" in test ? test.percakapan : []));
    expect(tests.length).toBeGreaterThanOrEqual(library.intents.size);
    for (const move of ["diam", "foto", "tekan"]) expect(lines.some((line) => move in line)).toBe(true);
  });

  it("stand beside at least twelve examples each in the sample city", async () => {
    const { library } = await theTown();
    const few = [...library.intents.values()].filter(({ examples }) => examples.length < 12);
    expect(few.map(({ file }) => file)).toEqual([]);
  });

  it("say in Indonesian what did not come out", async () => {
    const bed = { ...(await theTown()), zone: "Asia/Jakarta", now: WEDNESDAY };
    expect(await runOne({ warga: "ktp saya hilang", topik: "banjir" }, bed)).toMatch(
      /"ktp saya hilang" seharusnya "banjir", tetapi .*ktp-hilang/,
    );
    expect(
      await runOne(
        { nama: "uji", percakapan: [{ warga: "ktp saya hilang" }, { bot: "kata yang tidak pernah ada" }] },
        bed,
      ),
    ).toMatch(/Tidak ada "kata yang tidak pernah ada" dalam jawaban/);
  });
});
