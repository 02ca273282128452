/** Ten citizens in the middle of their dialogues, and the power goes after every message: each ends with what they came for, once. */
import path from "node:path";
import { location, quickReply, textMessage } from "../../src/simulator/payloads";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

/** `[title]` taps a button of the last message that had it; `@lat,long` sends a place; everything else is written. */
interface Journey {
  name: string;
  moves: string[];
  /** What must have been said in the end. */
  ends: string;
  /** Beginning of the number of the one ticket; absent where there must be none. */
  ticket?: string;
}

const JOURNEYS: Journey[] = [
  {
    name: "a road in one breath",
    moves: ["lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh", "[Lewati]", "[Benar]"],
    ends: "Laporan sudah masuk",
    ticket: "JLN",
  },
  {
    name: "a road in eight pieces",
    moves: ["jalan berlubang", "ga ada", "jl kenanga", "depan pasar", "lewati", "seember", "kemarin", "iya"],
    ends: "Laporan sudah masuk",
    ticket: "JLN",
  },
  {
    name: "a road by a pin",
    moves: ["jalan berlubang", "[Tidak]", "@-7.55,110.75", "[Lewati]", "[Lewati]", "[Lewati]", "[Benar]"],
    ends: "Laporan sudah masuk",
    ticket: "JLN",
  },
  {
    name: "a road outside of the city",
    moves: ["jalan berlubang", "[Tidak]", "di desa sukamaju", "[Lewati]", "[Lewati]", "[Lewati]", "[Benar]"],
    ends: "Kami teruskan ke Dinas PU Kabupaten Tetangga",
    ticket: "JLN",
  },
  {
    name: "a road with a question in the middle",
    moves: [
      "jalan berlubang",
      "[Tidak]",
      "ktp hilang gimana ngurusnya?",
      "jl anggrek dekat masjid",
      "[Lewati]",
      "[Lewati]",
      "[Lewati]",
      "[Benar]",
    ],
    ends: "Laporan sudah masuk",
    ticket: "JLN",
  },
  {
    name: "a road, put right before it is sent",
    moves: [
      "lubang seember di jl cempaka depan puskesmas sejak kemarin",
      "[Tidak]",
      "[Lewati]",
      "[Ubah lainnya]",
      "[Ukuran]",
      "[Sebesar meja]",
      "[Benar]",
    ],
    ends: "Laporan sudah masuk",
    ticket: "JLN",
  },
  {
    name: "a road that is called off",
    moves: ["jalan berlubang", "[Tidak]", "jl kenari dekat masjid", "batal"],
    ends: "tidak jadi",
  },
  {
    name: "a lamp",
    moves: ["lampu jalan mati di jl melati dekat masjid agung", "[Lewati]", "[Benar]"],
    ends: "Laporan sudah masuk",
    ticket: "LPJ",
  },
  {
    name: "papers, slowly",
    moves: [
      "ktp saya hilang",
      "[Pelan-pelan]",
      "[Ada]",
      "[Belum]",
      "[Jelas]",
      "[Jelas]",
      "[Jelas]",
      "[Kirim daftarnya]",
    ],
    ends: "Daftarnya, untuk disimpan",
  },
  {
    name: "three answers that are none",
    moves: ["jalan berlubang", "asdf", "qwer", "zxcv"],
    ends: "sambungkan ke petugas",
  },
];

describe("Dialogues in a server whose power goes after every message", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;
  let port: number;
  const start = (): Promise<Sabar> => startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });

  beforeAll(async () => {
    port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
    sabar = await start();
  }, 60_000);
  afterAll(async () => {
    await standIn.close();
    place.remove();
  });

  const citizenOf = (index: number): string => `${7_600_000_000_000_000 + index}`;
  const deliver = async (index: number, move: string): Promise<number> => {
    const citizen = citizenOf(index);
    const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
    const title = /^\[(.+)\]$/.exec(move)?.[1];
    if (move.startsWith("@")) {
      const [latitude = 0, longitude = 0] = move.slice(1).split(",").map(Number);
      return (await standIn.facebook.deliver(citizen, location(talk, latitude, longitude))).status;
    }
    if (title === undefined) return (await standIn.facebook.deliver(citizen, textMessage(talk, move))).status;
    const payload = standIn.graph.sent
      .filter((each) => each.citizen === citizen)
      .reverse()
      .flatMap(({ message }) => (message.quick_replies ?? []) as { title: string; payload: string }[])
      .find((each) => each.title === title)?.payload;
    if (payload === undefined) throw new Error(`${JOURNEYS[index]?.name ?? ""}: there is no button ${title}`);
    return (await standIn.facebook.deliver(citizen, quickReply(talk, title, payload))).status;
  };

  it("brings every one of ten citizens to the end, with exactly one ticket for each report", async () => {
    const longest = Math.max(...JOURNEYS.map(({ moves }) => moves.length));
    for (let step = 0; step < longest; step += 1) {
      const statuses = await Promise.all(
        JOURNEYS.map(({ moves }, index) => {
          const move = moves[step];
          return move === undefined ? Promise.resolve(200) : deliver(index, move);
        }),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      // Some are decided, some delivered, some not even begun.
      await sabar.kill();
      sabar = await start();
      await sabar.idle(60_000);
    }
    for (const [index, { name, ends }] of JOURNEYS.entries())
      expect({ name, said: standIn.heard(citizenOf(index)).join("\n") }).toEqual({
        name,
        said: expect.stringContaining(ends) as string,
      });
    await sabar.stop();
    const store = await openSqliteStore(path.join(place.folder, "sabar.db"));
    try {
      for (const [index, { name, ticket, ends }] of JOURNEYS.entries()) {
        const tickets = await store.ticketsOf(citizenOf(index), 10);
        const filed = tickets
          .filter(({ state }) => state !== "draft")
          .map(({ number }) => number?.slice(0, 3));
        expect({ name, filed }).toEqual({ name, filed: ticket === undefined ? [] : [ticket] });
        if (ends.includes("petugas")) expect(tickets).toMatchObject([{ state: "draft" }]);
      }
      const { total, tickets } = await store.tickets({}, { offset: 0, limit: 50 });
      const numbers = tickets.flatMap(({ number }) => number ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(total).toBe(8);
    } finally {
      await store.close();
    }
  }, 600_000);

  it("makes exactly one ticket of eight fragments that are gathered, with a power cut between any two", async () => {
    sabar = await startSabar({
      port,
      dataDir: place.folder,
      graphUrl: standIn.graphUrl,
      env: { GATHER_SECONDS: "2" },
    });
    const cut = async (): Promise<void> => {
      await sabar.kill();
      sabar = await startSabar({
        port,
        dataDir: place.folder,
        graphUrl: standIn.graphUrl,
        env: { GATHER_SECONDS: "2" },
      });
    };
    const index = JOURNEYS.length;
    const fragments = [
      "min",
      "jalan",
      "berlubang",
      "di jl flamboyan",
      "depan balai warga",
      "segede ember",
      "udah dari kemarin",
      "tolong diperbaiki ya",
    ];
    for (const fragment of fragments) {
      expect(await deliver(index, fragment)).toBe(200);
      // Sometimes in the middle of gathering, sometimes in the middle of deciding.
      await cut();
    }
    const store = () => openSqliteStore(path.join(place.folder, "sabar.db"));
    const heard = (): string => standIn.heard(citizenOf(index)).join("\n");
    for (let more = 0; more < 8 && !/JLN-\d/.test(heard()); more += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await sabar.idle(60_000);
      const titles = standIn.graph.sent
        .filter(({ citizen }) => citizen === citizenOf(index))
        .flatMap(({ message }) => [(message.quick_replies ?? []) as { title: string }[]])
        .filter((choices) => choices.length > 0)
        .at(-1)
        ?.map(({ title }) => title);
      const title = ["Benar", "Tidak", "Lewati"].find((each) => titles?.includes(each));
      await deliver(index, title === undefined ? "jl flamboyan depan balai warga" : `[${title}]`);
      if (title === "Benar") await cut();
    }
    await sabar.idle(60_000);
    expect(heard()).toMatch(/JLN-\d{4}-[A-Z0-9]{4}/);
    await sabar.stop();
    const after = await store();
    try {
      const tickets = await after.ticketsOf(citizenOf(index), 10);
      expect(tickets).toMatchObject([
        { state: "received", kind: "jalan-rusak", place: { street: "Jl. Flamboyan" } },
      ]);
      expect(tickets[0]?.details.map(({ value }) => value)).toEqual(
        expect.arrayContaining(["Sebesar ember", "Minggu ini"]),
      );
    } finally {
      await after.close();
    }
  }, 300_000);
});
