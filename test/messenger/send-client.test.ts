/** The Send client against a Graph API over real HTTP: every error of the platform's table, and what must never leak. */
import http from "node:http";
import { createSendClient } from "../../src/messenger/send-client.js";
import { proveSecret } from "../../src/messenger/signature.js";
import { createFakeGraph, type FakeGraph, type Fault } from "../../src/simulator/graph.js";
import type { Delivery } from "../../src/vocabulary/delivery.js";
import type { Reply } from "../../src/vocabulary/reply.js";
import express from "express";
import { listen } from "./facebook.js";

const KEYS = {
  pageId: "102938475610293",
  appId: "1029384756574839",
  appSecret: "app-secret-that-must-not-leak",
  pageToken: "page-token-that-must-not-leak",
};
const CITIZEN = "6789012345678901";
const WORDS = "kalimat warga yang rahasia";
const TEXT: Reply = { kind: "text", text: WORDS };
const HOUR = 3_600_000;

let graph: FakeGraph;
let server: { url: string; close: () => Promise<void> };
let now = Date.now();
const heard: { url: string; headers: http.IncomingHttpHeaders; body: Record<string, unknown> }[] = [];
const logged: string[] = [];
const log = Object.fromEntries(
  ["info", "warn", "error"].map((level) => [
    level,
    (facts: object, said: string) => logged.push(JSON.stringify(facts) + said),
  ]),
) as unknown as Parameters<typeof createSendClient>[0]["log"];

beforeAll(async () => {
  graph = createFakeGraph({ ...KEYS, now: () => now });
  const app = express();
  app.use(express.json(), (request, _response, next) => {
    heard.push({ url: request.url, headers: request.headers, body: request.body as Record<string, unknown> });
    next();
  });
  app.use(graph.router);
  server = await listen(http.createServer(app));
});
afterAll(() => server.close());
beforeEach(() => {
  heard.length = 0;
  graph.setFault(undefined);
});

const clientOf = (
  more: { timeoutMs?: number; graphApiUrl?: string; pageToken?: string; hasHumanAgent?: boolean } = {},
) =>
  createSendClient({
    ...KEYS,
    graphApiUrl: `${server.url}/v26.0`,
    timeoutMs: 2000,
    hasHumanAgent: false,
    log,
    ...more,
  });
const send = (
  reply: Reply = TEXT,
  speaker: "bot" | "person" = "bot",
  hasHumanAgent = false,
): Promise<Delivery> => clientOf({ hasHumanAgent }).send(CITIZEN, reply, { key: "m_1#0", speaker });
const sendWith = (fault: Fault): Promise<Delivery> => {
  graph.setFault({ count: 1, ...fault });
  return send();
};

/** The table of the platform's errors: code, subcode, and what becomes of the reply. */
const TABLE: [code: number, subcode: number | undefined, kind: Delivery["kind"], scope?: string][] = [
  [1, undefined, "doubt"],
  [1, 99, "never", "page"],
  [1, 1357046, "sent"],
  [2, undefined, "later", "reply"],
  [2, 2018344, "never", "reply"],
  [4, undefined, "later", "page"],
  [17, undefined, "later", "page"],
  [32, undefined, "later", "page"],
  [341, undefined, "later", "page"],
  [613, undefined, "later", "page"],
  [613, 2534040, "later", "page"],
  [613, 2018338, "never", "citizen"],
  [80001, undefined, "later", "page"],
  [80006, undefined, "later", "page"],
  [1200, undefined, "later", "reply"],
  [10, undefined, "never", "page"],
  [10, 2018278, "never", "citizen"],
  [10, 2534022, "never", "citizen"],
  [10, 2018065, "never", "citizen"],
  [10, 2018108, "never", "citizen"],
  [10, 1893063, "never", "page"],
  [10, 2018336, "never", "reply"],
  [10, 7777777, "never", "reply"],
  [100, undefined, "never", "reply"],
  [100, 33, "never", "reply"],
  [100, 2018001, "never", "citizen"],
  [100, 2018008, "later", "reply"],
  [100, 2018047, "never", "reply"],
  [100, 2018074, "never", "reply"],
  [100, 2018109, "never", "reply"],
  [100, 2018294, "never", "reply"],
  [100, 2018014, "never", "reply"],
  [100, 2018292, "never", "reply"],
  [100, 2534025, "never", "reply"],
  [100, 2534037, "never", "citizen"],
  [100, 2018300, "never", "citizen"],
  [2018300, undefined, "never", "citizen"],
  [100, 1893061, "never", "reply"],
  [190, undefined, "never", "page"],
  [190, 458, "never", "page"],
  [190, 459, "never", "page"],
  [190, 460, "never", "page"],
  [190, 463, "never", "page"],
  [190, 464, "never", "page"],
  [190, 467, "never", "page"],
  [190, 492, "never", "page"],
  [200, undefined, "never", "page"],
  [200, 2018028, "never", "page"],
  [200, 1545041, "never", "citizen"],
  [551, undefined, "never", "citizen"],
  [551, 1545041, "never", "citizen"],
  [368, undefined, "never", "page"],
  [2022, undefined, "never", "page"],
  [2018321, undefined, "later", "reply"],
  [10900, undefined, "never", "reply"],
  [10902, undefined, "never", "reply"],
  [1705, undefined, "never", "page"],
  [9000001, undefined, "never", "reply"],
  [2018218, undefined, "never", "reply"],
  [2018247, undefined, "never", "reply"],
  [424242, undefined, "never", "reply"],
];

describe("An error of the Graph API", () => {
  const rows = TABLE.map(([code, subcode, kind, scope]) => ({ code, subcode, kind, scope }));
  it.each(rows)("$code/$subcode is $kind $scope", async ({ code, subcode, kind, scope }) => {
    const message = `(#${code}) ${WORDS} ${KEYS.pageToken}`;
    const delivery = await sendWith({
      kind: "error",
      error: { message, code, error_subcode: subcode, fbtrace_id: "A1" },
    });
    expect(delivery.kind).toBe(kind);
    expect("scope" in delivery ? delivery.scope : undefined).toBe(scope);
    if (delivery.kind === "sent") return;
    expect(delivery.code).toBe(subcode === undefined ? String(code) : `${code}/${subcode}`);
    // Staff read the reason: whole Indonesian sentences, never the error's own words.
    expect(delivery.reason).toMatch(/^[A-Z].{15,}\.$|^Facebook menolak balasan ini \(kode /);
    expect(JSON.stringify(delivery)).not.toMatch(/must-not-leak|rahasia/);
  });

  it("that is transient, or not told apart, is decided by what the answer says", async () => {
    const transient = await sendWith({
      kind: "error",
      status: 503,
      error: { code: 987, is_transient: true },
    });
    expect(transient).toMatchObject({ kind: "later", scope: "reply" });
    expect(await sendWith({ kind: "error", status: 500, error: { code: 987 } })).toMatchObject({
      kind: "doubt",
    });
    expect(await sendWith({ kind: "error", status: 429, error: { code: 987 } })).toMatchObject({
      kind: "later",
      scope: "page",
    });
  });

  it("with codes as strings is read all the same", async () => {
    expect(await sendWith({ kind: "error", error: { code: "551", error_subcode: "1545041" } })).toMatchObject(
      {
        kind: "never",
        scope: "citizen",
      },
    );
  });

  it.each([
    ["Retry-After", { "Retry-After": "120" }, 120_000],
    [
      "business use case",
      { "X-Business-Use-Case-Usage": '{"1":[{"type":"messenger","estimated_time_to_regain_access":7}]}' },
      420_000,
    ],
    ["app usage", { "X-App-Usage": '{"call_count":100,"total_time":3}' }, 300_000],
    ["nothing of use", { "X-App-Usage": "{broken", "Retry-After": "soon" }, 60_000],
    ["an absurd wait", { "Retry-After": "99999999" }, 86_400_000],
  ])("about limits waits as its headers ask: %s", async (_what, headers, afterMs) => {
    expect(await sendWith({ kind: "error", error: { code: 613 }, headers })).toMatchObject({
      kind: "later",
      afterMs,
    });
  });
});

describe("No answer", () => {
  it("is a doubt when the message may be out: time-out, cut connection, a proxy's page", async () => {
    graph.setFault({ kind: "slow", delayMs: 700, count: 1 });
    const slow = await clientOf({ timeoutMs: 150 }).send(CITIZEN, TEXT, { key: "k", speaker: "bot" });
    expect(slow).toMatchObject({ kind: "doubt", code: "ETIMEDOUT" });
    expect(await sendWith({ kind: "lost" })).toMatchObject({ kind: "doubt", code: "ECONNRESET" });
    expect(await sendWith({ kind: "html", status: 502 })).toMatchObject({ kind: "doubt", code: "http-502" });
  });

  it("is none when the answer lies there and the program was only held up", async () => {
    const fast = await listen(
      http.createServer((_request, response) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ recipient_id: CITIZEN, message_id: "m_there" }), () => {
          // The whole process stands still until after the deadline, as when it is paused.
          const until = Date.now() + 400;
          while (Date.now() < until);
        });
      }),
    );
    const client = clientOf({ timeoutMs: 150, graphApiUrl: fast.url });
    const delivery = await client.send(CITIZEN, TEXT, { key: "k", speaker: "bot" });
    expect(delivery).toEqual({ kind: "sent", mid: "m_there" });
    await fast.close();
  });

  it("holds the page when it is certain that nothing went out: nobody listens, no such name", async () => {
    for (const graphApiUrl of ["http://127.0.0.1:9/v26.0", "http://graph.invalid/v26.0"]) {
      const delivery = await clientOf({ graphApiUrl }).send(CITIZEN, TEXT, { key: "k", speaker: "bot" });
      expect(delivery).toMatchObject({ kind: "later", scope: "page" });
    }
  });

  it("holds the page when something answers that is not Facebook", async () => {
    expect(await sendWith({ kind: "html", status: 404 })).toMatchObject({
      kind: "later",
      scope: "page",
      code: "http-404",
    });
  });
});

describe("A message to a citizen", () => {
  it("goes out with token, proof, type and the key in its metadata", async () => {
    expect(await send()).toMatchObject({ kind: "sent", mid: expect.stringMatching(/^m_/) as unknown });
    const [call] = heard;
    expect(call?.url).toBe(
      `/v26.0/${KEYS.pageId}/messages?appsecret_proof=${proveSecret(KEYS.pageToken, KEYS.appSecret)}`,
    );
    expect(call?.headers.authorization).toBe(`Bearer ${KEYS.pageToken}`);
    expect(call?.body).toEqual({
      recipient: { id: CITIZEN },
      messaging_type: "RESPONSE",
      message: { text: WORDS, metadata: "sabar:m_1#0" },
    });
  });

  it("carries quick replies, and buttons as a template", async () => {
    await send({ kind: "text", text: "Pilih", choices: [{ title: "Ya", payload: "intent:ya" }] });
    await send({
      kind: "buttons",
      text: "Hubungi",
      buttons: [
        { kind: "link", title: "Situs", url: "https://contoh.example/" },
        { kind: "call", title: "Telepon", phone: "0271123456" },
        { kind: "answer", title: "Petugas", payload: "intent:bicara-petugas" },
      ],
      choices: [{ title: "Lagi", payload: "x" }],
    });
    expect(heard[0]?.body.message).toMatchObject({
      quick_replies: [{ content_type: "text", title: "Ya", payload: "intent:ya" }],
    });
    expect(heard[1]?.body.message).toMatchObject({
      attachment: {
        type: "template",
        payload: {
          template_type: "button",
          text: "Hubungi",
          buttons: [
            { type: "web_url", title: "Situs", url: "https://contoh.example/" },
            { type: "phone_number", title: "Telepon", payload: "+62271123456" },
            { type: "postback", title: "Petugas", payload: "intent:bicara-petugas" },
          ],
        },
      },
      quick_replies: [{ title: "Lagi" }],
    });
  });

  it("is cut to the platform's limits so that it is accepted, never through a letter, and nothing useful is lost", async () => {
    const long = `${"😀".repeat(1200)} akhir`;
    expect(await send({ kind: "text", text: long })).toMatchObject({ kind: "sent" });
    const choices = Array.from({ length: 20 }, (_, i) => ({
      title: `Pilihan yang terlalu panjang ${i}`,
      payload: `p${i}`,
    }));
    expect(await send({ kind: "text", text: "Pilih", choices })).toMatchObject({ kind: "sent" });
    const hotline: Reply = {
      kind: "buttons",
      text: "x".repeat(900),
      buttons: [
        { kind: "call", title: "Darurat", phone: "112" },
        { kind: "link", title: "Situs kota yang sangat panjang", url: "https://contoh.example/" },
      ],
    };
    expect(await send(hotline)).toMatchObject({ kind: "sent" });
    const messages = graph.sent.slice(-3).map(({ message }) => JSON.stringify(message));
    expect(messages[0]).not.toMatch(/\\ud83d(?!\\ude00)|�/);
    expect(messages[2]).toContain("Darurat: 112");
  });

  it("that says nothing is not sent at all", async () => {
    expect(await send({ kind: "text", text: " \n " })).toMatchObject({ kind: "never", code: "empty" });
    expect(heard).toEqual([]);
  });

  it("typed by a person goes out again as such when the window is closed; the bot's never does (C-02)", async () => {
    graph.noteContact(CITIZEN);
    now += 30 * HOUR;
    expect(await send(TEXT, "bot")).toMatchObject({ kind: "never", scope: "citizen", code: "10/2018278" });
    expect(heard.map(({ body }) => body.tag)).toEqual([undefined]);
    // Nor does the tag of people go out unless the operator has switched it on.
    expect(await send(TEXT, "person")).toMatchObject({ kind: "never", code: "10/2018278" });
    expect(heard.map(({ body }) => body.tag)).toEqual([undefined, undefined]);
    // Without the feature the second try is refused too: what counts is that the window is closed, the page goes on.
    expect(await send(TEXT, "person", true)).toMatchObject({
      kind: "never",
      scope: "citizen",
      code: "10/2018278",
    });
    expect(heard.map(({ body }) => body.tag)).toEqual([undefined, undefined, undefined, "HUMAN_AGENT"]);
    now -= 30 * HOUR;
  });

  it("shows signs of life with the platform's words, and does not care whether they arrive", async () => {
    for (const sign of ["seen", "typing_on", "typing_off"] as const) await clientOf().sign(CITIZEN, sign);
    expect(heard.map(({ body }) => body)).toEqual(
      ["mark_seen", "typing_on", "typing_off"].map((sender_action) => ({
        recipient: { id: CITIZEN },
        sender_action,
      })),
    );
    await clientOf({ graphApiUrl: "http://127.0.0.1:9/v26.0" }).sign(CITIZEN, "seen");
  });
});

describe("What is logged and given back", () => {
  it("holds neither token, nor secret, nor the citizen's words, whatever went wrong", async () => {
    const all: unknown[] = [];
    for (const kind of ["down", "lost", "html"] as const) all.push(await sendWith({ kind }));
    all.push(
      await clientOf({ pageToken: "wrong-token-that-must-not-leak" }).send(CITIZEN, TEXT, {
        key: "k",
        speaker: "bot",
      }),
    );
    all.push(
      await clientOf({ graphApiUrl: "http://127.0.0.1:9/v26.0" }).send(CITIZEN, TEXT, {
        key: "k",
        speaker: "bot",
      }),
    );
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(all) + logged.join("\n")).not.toMatch(/must-not-leak|rahasia|appsecret_proof/);
  });
});
