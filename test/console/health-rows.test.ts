/** What the health page says about a server: fine, look at it, or do something. */
import { healthRows, type HealthReport } from "../../src/console/records/health-rows";

const NOW = Date.UTC(2026, 10, 25, 3);
const HOUR = 60 * 60 * 1000;
const WELL: HealthReport = {
  mode: "page",
  store: "ok",
  sending: "ok",
  counts: {
    inboxWaiting: 0,
    outboxWaiting: 0,
    parked: 0,
    openEscalations: 0,
    openTickets: 0,
    lastEventAt: NOW - HOUR,
    leastDelayMs: 300,
  },
  library: { intents: 61, loadedAt: NOW - HOUR, problems: [] },
  freeBytes: 40e9,
  page: { missingFields: [], token: { isValid: true } },
  lastBackupAt: NOW - HOUR,
  version: "0.1.0",
  startedAt: NOW - HOUR,
};
const counts = (change: Partial<NonNullable<HealthReport["counts"]>>): Partial<HealthReport> => ({
  counts: { ...WELL.counts!, ...change },
});
const rowsOf = (change: Partial<HealthReport>) =>
  healthRows({ ...WELL, ...change }, { now: NOW, zone: "Asia/Jakarta" });
const troubleIn = (change: Partial<HealthReport>) =>
  rowsOf(change)
    .filter(({ state }) => state !== "good")
    .map(({ name, state }) => `${state}: ${name}`);

describe("The health page", () => {
  it("finds nothing wrong with a server that is well", () => {
    expect(troubleIn({})).toEqual([]);
    expect(rowsOf({}).find(({ name }) => name === "Pesan terakhir dari Facebook")?.value).toBe(
      "25 November 2026, 09.00 WIB",
    );
  });

  it("says what Facebook tells about the connection, and when the last backup was", () => {
    const valueOf = (name: string, change: Partial<HealthReport> = {}) =>
      rowsOf(change).find((row) => row.name === name)?.value;
    expect(valueOf("Langganan webhook")).toBe("Semua jenis kejadian dilanggan");
    expect(valueOf("Izin halaman (token)")).toBe("Berlaku tanpa batas waktu");
    expect(valueOf("Cadangan data terakhir")).toBe("25 November 2026, 09.00 WIB");
    expect(valueOf("Langganan webhook", { page: undefined })).toBe("Belum bisa ditanyakan ke Facebook");
    // The simulator is no page: there is nothing to subscribe and no token to run out.
    expect(valueOf("Izin halaman (token)", { mode: "simulator" })).toBeUndefined();
  });

  it.each<[string, Partial<HealthReport>, string[]]>([
    [
      "events that Facebook does not send",
      { page: { missingFields: ["message_echoes"] } },
      ["bad: Langganan webhook"],
    ],
    [
      "a token that is not good any more",
      { page: { token: { isValid: false } } },
      ["bad: Izin halaman (token)"],
    ],
    [
      "a token that ends within two weeks",
      { page: { token: { isValid: true, expiresAt: NOW + 13 * 24 * HOUR } } },
      ["care: Izin halaman (token)"],
    ],
    ["a backup of long ago", { lastBackupAt: NOW - 9 * 24 * HOUR }, ["care: Cadangan data terakhir"]],
    ["a store that cannot be written", { store: "failed" }, ["bad: Penyimpanan"]],
    [
      "sending that has stopped",
      { sending: { code: "E-SEND-190", reason: "Token mati", since: 0 } },
      ["bad: Pengiriman ke Facebook"],
    ],
    [
      "a day without any message",
      counts({ lastEventAt: NOW - 25 * HOUR }),
      ["care: Pesan terakhir dari Facebook"],
    ],
    [
      "a page that never heard anything",
      counts({ lastEventAt: undefined }),
      ["care: Pesan terakhir dari Facebook"],
    ],
    [
      "a message that nobody decides about",
      counts({ inboxWaiting: 4, oldestWaitingAt: NOW - 3 * 60_000 }),
      ["bad: Menunggu dijawab bot"],
    ],
    ["messages that are being decided about", counts({ inboxWaiting: 4, oldestWaitingAt: NOW - 30_000 }), []],
    ["refused replies", counts({ parked: 2 }), ["care: Pesan tertahan"]],
    [
      "a library with a mistake",
      { library: { intents: 61, loadedAt: NOW, problems: ["x"] } },
      ["care: Pustaka jawaban"],
    ],
    ["no library", { library: undefined }, ["bad: Pustaka jawaban"]],
    ["a clock that is a little slow", counts({ leastDelayMs: -10_000 }), ["care: Jam server"]],
    ["a clock with which no code fits", counts({ leastDelayMs: -40_000 }), ["bad: Jam server"]],
    ["a clock that is fast", counts({ leastDelayMs: 300_000 }), ["care: Jam server"]],
    ["a disk with little room", { freeBytes: 7e8 }, ["care: Ruang disk"]],
    ["a disk with no room", { freeBytes: 1e8 }, ["bad: Ruang disk"]],
    ["a disk that does not tell", { freeBytes: undefined }, ["care: Ruang disk"]],
    ["a simulator that is quiet", { mode: "simulator", ...counts({ lastEventAt: undefined }) }, []],
  ])("tells about %s", (_what, change, trouble) => {
    expect(troubleIn(change)).toEqual(trouble);
  });

  it("says what to do wherever something is wrong, and only there", () => {
    for (const change of [{}, { store: "failed" as const }, counts({ parked: 1 }), { freeBytes: 1 }])
      for (const row of rowsOf(change))
        expect([row.name, row.todo === undefined]).toEqual([row.name, row.state === "good"]);
  });

  it("has an answer when the store gives none", () => {
    expect(troubleIn({ store: "failed", counts: undefined, mode: "simulator" })).toEqual([
      "bad: Penyimpanan",
    ]);
  });
});
