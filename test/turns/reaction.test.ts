/** How citizens take what they are told is noted with the turn: they ask again, do not understand, fall silent, or thank. */
import type { Reaction } from "../../src/vocabulary/turn";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";

describe("The reaction to an answer", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);
  const noted = (citizen: Talker): Reaction | undefined => citizen.talk.lastTurn()?.why.reaction;
  const reasons = (citizen: Talker): string => citizen.talk.lastTurn()?.why.reasons.join("; ") ?? "";

  it("is nothing at first, then that they asked again, wording after wording, until a person takes over", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    expect(noted(citizen)).toBeUndefined();
    for (const wording of [1, 2, 3]) {
      await citizen.writes("ktp saya hilang");
      expect(noted(citizen)).toEqual({ how: "repeat", intent: "ktp-hilang", wording });
    }
    expect(reasons(citizen)).toContain("warga bertanya lagi setelah cara ke-3");
    // With the history: what was asked, and that three wordings did not help.
    expect(citizen.talk.escalation()).toMatchObject({ reason: "patience", summary: "ktp saya hilang" });
    expect(reasons(citizen)).toContain("sudah dijawab tiga kali hari ini");
  });

  it("is that they do not understand, or that they thank", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    await citizen.writes("gak ngerti min");
    expect(noted(citizen)).toEqual({ how: "unclear", intent: "ktp-hilang", wording: 1 });
    await citizen.writes("makasih banyak ya min");
    expect(noted(citizen)).toEqual({ how: "thanks", intent: "ktp-hilang", wording: 2 });
  });

  it("is thanks also beside a new question, and thanks are no matter of their own", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    const answered = await citizen.writes("makasih banyak ya kak, terus kalau kk hilang gimana");
    expect(answered).not.toContain("Ada dua hal");
    expect(answered).toMatch(/KK/);
    expect(noted(citizen)).toMatchObject({ how: "thanks", intent: "ktp-hilang" });
  });

  it("is silence, when they only come back after more than a day", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    await citizen.waits(30);
    await citizen.writes("syarat bikin kia apa saja");
    expect(noted(citizen)).toEqual({ how: "silence", intent: "ktp-hilang", wording: 1 });
    await citizen.waits(30);
    await citizen.writes("jam buka dukcapil");
    expect(noted(citizen)).toMatchObject({ how: "silence", intent: "kia" });
  });

  it("names the step of a dialogue and its wording", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    await citizen.taps("Pelan-pelan");
    await citizen.taps("Ada");
    await citizen.taps("Belum");
    expect(noted(citizen)).toEqual({ how: "unclear", intent: "ktp-hilang", wording: 1, step: "polisi" });
    await citizen.taps("Belum");
    expect(noted(citizen)).toEqual({ how: "unclear", intent: "ktp-hilang", wording: 2, step: "polisi" });
    expect(reasons(citizen)).toContain('warga belum paham cara ke-2 langkah "polisi"');
    await citizen.taps("Jelas");
    expect(noted(citizen)).toBeUndefined();
  });

  it("is silence at the question of a report", async () => {
    const citizen = aCitizen(town);
    await citizen.writes("jalan berlubang");
    await citizen.taps("Tidak");
    await citizen.waits(23);
    expect(noted(citizen)).toMatchObject({ how: "silence", intent: "jalan-rusak", step: "tempat" });
  });
});
