/** Never the same words twice in a row, and no dialogue that gets lost: random conversations through the real decisions. */
import fc from "fast-check";
import { CLOSED_STATES, type TicketMove } from "../../src/vocabulary/ticket";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";

const WORDS = [
  "jalan berlubang",
  "lubang segede ember dpn SDN 3 Jl Mawar",
  "lampu jalan mati di jl melati dekat masjid agung",
  "ktp saya hilang",
  "ktp sama kk hilang dua2nya",
  "gak ngerti",
  "bingung",
  "belum",
  "jelas",
  "ya",
  "tidak",
  "seember",
  "kemarin",
  "jl kenanga depan pasar",
  "melati",
  "bayar ga?",
  "dimana?",
  "batal",
  "ulang",
  "pelan-pelan",
  "cek status laporan",
  "JLN-0001-AAAA",
  "makasih min",
  "assalamualaikum",
  "asdf qwer",
  "lewati",
  "mau lapor",
  "petugas",
  "lampu mati sama jalan rusak di jl mawar",
  "sptjm itu apa",
  "masih bolong gitu",
  "ga punya nomornya",
  "tolong rumah saya kebakaran",
  "👍",
];
const BUTTONS = [
  "Pelan-pelan",
  "Jelas",
  "Belum",
  "Lewati",
  "Benar",
  "Tidak",
  "Ubah tempat",
  "Kirim daftarnya",
  "Kurang jelas",
];

type Move =
  | { kind: "words"; text: string }
  | { kind: "tap"; title: string; from?: "older" }
  | { kind: "pictures"; count: number }
  | { kind: "voice" | "sticker" | "pin" }
  | { kind: "silence"; hours: number }
  /** Staff work on the citizen's newest ticket. */
  | { kind: "ticket"; move: TicketMove }
  /** A person answers in Business Suite, or gives the conversation back to the bot in the console. */
  | { kind: "person" | "back" };

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS).map((text): Move => ({ kind: "words", text })) },
  { weight: 5, arbitrary: fc.constantFrom(...BUTTONS).map((title): Move => ({ kind: "tap", title })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...BUTTONS).map((title): Move => ({ kind: "tap", title, from: "older" })),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 3 }).map((count): Move => ({ kind: "pictures", count })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Move>({ kind: "voice" }, { kind: "sticker" }, { kind: "pin" }),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 24, 200).map((hours): Move => ({ kind: "silence", hours })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<TicketMove>(
        { to: "working" },
        { to: "scheduled", day: "2027-01-04" },
        { to: "needs-info", what: "patokan yang lebih jelas" },
        { to: "done", note: "Sudah ditambal.", photos: [], withoutPhoto: "malam" },
        { to: "reopened", reason: "masih berlubang" },
      )
      .map((move): Move => ({ kind: "ticket", move })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Move>({ kind: "person" }, { kind: "back" }, { kind: "back" }),
  },
);

async function make(citizen: Talker, move: Move): Promise<void> {
  switch (move.kind) {
    case "words":
      await citizen.writes(move.text);
      return;
    case "tap":
      try {
        await citizen.taps(move.title, move.from);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith("There is no button")) throw error;
      }
      return;
    case "pictures":
      await citizen.pictures(move.count);
      return;
    case "voice":
      await citizen.sends({ kind: "audio" });
      return;
    case "sticker":
      await citizen.sends({ kind: "sticker" });
      return;
    case "pin":
      await citizen.sends({ kind: "location", latitude: -7.55, longitude: 110.81 });
      return;
    case "silence":
      await citizen.waits(move.hours);
      return;
    case "ticket":
      if (citizen.talk.tickets.all().length > 0) await citizen.staffMove(move.move);
      return;
    case "person":
      await citizen.talk.happens({
        kind: "echo",
        mid: `p${citizen.talk.heard().length}`,
        by: "person",
        text: "Kami bantu ya, Bapak/Ibu.",
      });
      return;
    case "back":
      await citizen.talk.happens({ kind: "staff", by: { id: "sari", name: "Sari" }, action: "give-back" });
  }
}

describe("Any conversation", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);

  it("never hears the same words twice in a row, sleeps small, and files nothing twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 25 }), async (moves) => {
        const citizen = aCitizen(town);
        for (const each of moves) {
          await make(citizen, each);
          const asleep = citizen.talk.citizen().dialogue;
          if (asleep !== undefined) expect(JSON.stringify(asleep).length).toBeLessThan(1600);
        }
        const texts = citizen.talk.heard().flatMap((replies) => replies.map(({ text }) => text));
        const repeated = texts.filter((text, index) => index > 0 && text === texts[index - 1]);
        expect(repeated).toEqual([]);
        const tickets = citizen.talk.tickets.all();
        const numbers = tickets.flatMap(({ number }) => number ?? []);
        expect(new Set(numbers).size).toBe(numbers.length);
        // One citizen, one street corner: a double is noticed.
        const corner = tickets.filter(
          ({ kind, state, place }) =>
            kind === "jalan-rusak" &&
            place.landmark === "SDN 3" &&
            state !== "draft" &&
            !CLOSED_STATES.includes(state),
        );
        expect(corner.length).toBeLessThanOrEqual(1);
        for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|\uE000/);
      }),
      { numRuns: 150 },
    );
  }, 180_000);
});
