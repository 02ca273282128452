/** The webhook over real HTTP: who gets in, what every odd delivery is answered with, and that many events are no problem. */
import http from "node:http";
import type { InboundEvent } from "../../src/vocabulary/event.js";
import {
  APP_ID,
  APP_SECRET,
  CITIZEN,
  deliver,
  deliveryOf,
  itemOf,
  PAGE_ID,
  PAGE_INBOX_APP_ID,
  readJsonFile,
  readPayload,
  startWebhook,
  VERIFY_TOKEN,
  type Running,
} from "./facebook.js";
import { signBody } from "../../src/messenger/signature.js";

const vectors = readJsonFile("vectors.json") as {
  webhook: {
    body: string;
    signature: string;
    signatureOfReserialised: string;
    plainUtf8: { body: string; signature: string };
  };
};

let server: Running;
beforeAll(async () => (server = await startWebhook()));
afterAll(() => server.close());
beforeEach(() => {
  server.accepted.length = 0;
});

const text = (words: string, mid = "m_1") => ({ message: { mid, text: words } });
const takes = async (body: unknown): Promise<InboundEvent[]> => {
  const response = await deliver(server.url, typeof body === "string" ? body : JSON.stringify(body));
  expect(response.status).toBe(200);
  return server.accepted;
};

describe("Facebook's handshake", () => {
  const ask = (query: string): Promise<Response> => fetch(`${server.url}?${query}`);

  it("is answered with the challenge, as plain text, when the token is ours", async () => {
    const answer = await ask(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${VERIFY_TOKEN}`);
    expect([answer.status, await answer.text()]).toEqual([200, "1158201444"]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it.each([
    ["a wrong token", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=salah", 403],
    ["no token", "hub.mode=subscribe&hub.challenge=1", 403],
    ["another mode", `hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=${VERIFY_TOKEN}`, 403],
    ["nothing", "", 403],
    ["no challenge", `hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}`, 400],
    [
      "markup as challenge",
      `hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}&hub.challenge=%3Cscript%3E`,
      400,
    ],
    [
      "two tokens",
      `hub.mode=subscribe&hub.challenge=1&hub.verify_token=${VERIFY_TOKEN}&hub.verify_token=x`,
      400,
    ],
    ["a nested token", "hub.mode=subscribe&hub.challenge=1&hub.verify_token[a]=x", 403],
  ])("is refused with %s", async (_what, query, status) => {
    expect((await ask(query)).status).toBe(status);
  });

  it("knows no other methods", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const answer = await fetch(server.url, { method });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }
  });
});

describe("A delivery's signature", () => {
  it("is checked over the bytes as they came", async () => {
    const { body, signature, signatureOfReserialised, plainUtf8 } = vectors.webhook;
    const status = async (bytes: string, value: string): Promise<number> =>
      (await deliver(server.url, bytes, { "x-hub-signature-256": value })).status;
    expect(await status(body, signature)).toBe(200);
    expect(await status(plainUtf8.body, plainUtf8.signature)).toBe(200);
    expect(await status(body, signatureOfReserialised)).toBe(403);
    expect(await status(JSON.stringify(JSON.parse(body)), signature)).toBe(403);
    expect(server.accepted).toHaveLength(2);
  });

  it("is required: without one, or with the old one alone, nothing is kept", async () => {
    const body = JSON.stringify(deliveryOf(itemOf(text("halo"))));
    const attempts: Record<string, string>[] = [
      {},
      { "x-hub-signature": "sha1=9b5aeaee01bdb7368a6d47547e76f0b3f8a042cd" },
    ];
    for (const headers of attempts) {
      const answer = await fetch(server.url, { method: "POST", body, headers });
      expect(answer.status).toBe(403);
    }
    expect((await deliver(server.url, body, { "x-hub-signature-256": signBody(body, "other") })).status).toBe(
      403,
    );
    expect(server.accepted).toEqual([]);
  });

  it("is tried in the escaped form for small bodies only: rewriting megabytes would let a stranger hold everybody up", async () => {
    const escaped = (body: string): string =>
      body.replace(
        /[\u007f-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    const statusOf = async (words: string): Promise<number> => {
      const body = JSON.stringify(deliveryOf(itemOf(text(words))));
      return (await deliver(server.url, body, { "x-hub-signature-256": signBody(escaped(body), APP_SECRET) }))
        .status;
    };
    expect(await statusOf("é".repeat(1000))).toBe(200);
    expect(await statusOf("é".repeat(100_000))).toBe(403);
  });
});

describe("An odd delivery", () => {
  it.each([
    ["not JSON", "halo", 400],
    ["empty", "", 400],
    ["null", "null", 400],
    ["a list", "[]", 400],
    ["a number", "42", 400],
    ["broken off", '{"object":"page","entry":[', 400],
    ["a byte order mark before it", '\ufeff{"object":"page"}', 400],
    ["another object", '{"object":"instagram","entry":[]}', 404],
    ["no object", '{"entry":[]}', 404],
    ["an object that is no text", '{"object":["page"],"entry":[]}', 404],
    ["no entry", '{"object":"page"}', 200],
    ["an empty entry list", '{"object":"page","entry":[]}', 200],
    ["an entry that is no list", '{"object":"page","entry":{"id":"1"}}', 200],
    ["entries that are nothing", '{"object":"page","entry":[null,1,"x",[]]}', 200],
    ["empty messaging", `{"object":"page","entry":[{"id":"${PAGE_ID}","messaging":[]}]}`, 200],
    ["messaging that is no list", `{"object":"page","entry":[{"id":"${PAGE_ID}","messaging":"x"}]}`, 200],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400],
  ])("that is %s has its status", async (_what, body, status) => {
    expect((await deliver(server.url, body)).status).toBe(status);
  });

  it("is refused when too large, compressed or cut off, and the next one is taken as ever", async () => {
    const large = await deliver(server.url, Buffer.alloc(9 * 1024 * 1024, 0x20));
    expect(large.status).toBe(413);
    expect((await deliver(server.url, "{}", { "content-encoding": "gzip" })).status).toBe(415);
    await cutOff(server.url);
    expect(await takes(deliveryOf(itemOf(text("halo"))))).toHaveLength(1);
  });

  it("is read whatever its content type says", async () => {
    for (const type of [
      "application/json; charset=utf-8",
      "text/plain",
      "application/x-www-form-urlencoded",
      "x",
    ]) {
      const answer = await deliver(server.url, JSON.stringify(deliveryOf(itemOf(text("halo")))), {
        "content-type": type,
      });
      expect(answer.status).toBe(200);
    }
    expect(server.accepted).toHaveLength(4);
  });

  it("with an event of unknown kind is kept with its JSON", async () => {
    const [event] = await takes(deliveryOf(itemOf({ hologram: { size: 3 } })));
    expect(event?.body).toMatchObject({ kind: "other", name: "hologram" });
    expect(event?.body.kind === "other" && event.body.raw).toContain('"size":3');
  });

  it("with an unknown key beside the known ones is kept whole", async () => {
    const [event] = await takes({
      object: "page",
      entry: [{ id: PAGE_ID, time: 1_795_317_300_312, pings: [{ a: 1 }] }],
    });
    expect(event?.body.kind).toBe("other");
  });
});

describe("What a delivery holds", () => {
  it("may be a thousand events, and every one is taken", async () => {
    const items = Array.from({ length: 1000 }, (_, i) =>
      itemOf(
        { ...text(`pesan ${i}`, `m_${i}`), sender: { id: String(6_000_000_000_000_000 + (i % 37)) } },
        1_795_317_300_000 + i,
      ),
    );
    const events = await takes(deliveryOf(...items));
    expect(events.map(({ id }) => id)).toEqual(items.map((_, i) => `m_${i}`));
  });

  it("may be of several pages: ours is answered, the others are kept and nobody is named in them", async () => {
    const entry = (id: string, words: string) => ({
      id,
      time: 1_795_317_300_312,
      messaging: [itemOf({ ...text(words, `m_${words}`), recipient: { id } })],
    });
    const events = await takes({
      object: "page",
      entry: [entry("555", "lain"), entry(PAGE_ID, "kita"), entry("0", "uji")],
    });
    expect(events.map(({ page, citizen, body }) => [page, citizen, body.kind])).toEqual([
      ["555", undefined, "other"],
      [PAGE_ID, CITIZEN, "message"],
      ["0", undefined, "other"],
    ]);
  });

  it("may have numbers as strings and ids as numbers, long ones without losing a digit", async () => {
    const body = `{"object":"page","entry":[{"id":${PAGE_ID},"time":"1795317300312","messaging":[{"sender":{"id":67890123456789012345},"recipient":{"id":${PAGE_ID}},"timestamp":"1795317300","message":{"mid":"m_zahl","text":"halo 67890123456789012345"}}]}]}`;
    const [event] = await takes(body);
    expect(event).toMatchObject({
      citizen: "67890123456789012345",
      at: 1_795_317_300_000,
      body: { text: "halo 67890123456789012345" },
    });
  });

  it("is put into the order of happening", async () => {
    const events = await takes(
      deliveryOf(
        itemOf(text("c", "m_c"), 1_795_317_300_003),
        itemOf(text("a", "m_a"), 1_795_317_300_001),
        itemOf(text("b", "m_b"), 1_795_317_300_002),
      ),
    );
    expect(events.map(({ id }) => id)).toEqual(["m_a", "m_b", "m_c"]);
  });

  it("gives texts without NUL and half letters, cut where they are absurdly long", async () => {
    const [event] = await takes(deliveryOf(itemOf(text(`a\u0000b\ud83d c${"x".repeat(30_000)}`))));
    const words = event?.body.kind === "message" ? (event.body.text ?? "") : "";
    expect(words.startsWith("ab\ufffd cx")).toBe(true);
    expect(words.length).toBeLessThanOrEqual(20_000);
  });

  it("cannot smuggle anything in by the names of keys", async () => {
    const events = await takes(
      `{"object":"page","entry":[{"id":"${PAGE_ID}","__proto__":{"messaging":[1]},"constructor":{},"messaging":[{"__proto__":{"message":{"text":"x"}},"sender":{"id":"${CITIZEN}"},"toString":1,"message":{"mid":"m_p","text":"halo","__proto__":{"is_echo":true}}}]}]}`,
    );
    expect(events.map(({ body }) => body.kind)).toEqual(["message"]);
    expect(({} as Record<string, unknown>).messaging).toBeUndefined();
  });
});

describe("Who spoke", () => {
  const echo = (message: object) =>
    deliveryOf(
      itemOf({
        sender: { id: PAGE_ID },
        recipient: { id: CITIZEN },
        message: { is_echo: true, mid: "m_e", ...message },
      }),
    );

  it.each([
    ["our own app", { app_id: Number(APP_ID), metadata: "sabar:m_1#0" }, "sabar"],
    ["our own app, as a string, without metadata", { app_id: APP_ID }, "sabar"],
    ["no app, but our metadata", { metadata: "sabar:m_1#0" }, "sabar"],
    ["staff in Business Suite", { app_id: Number(PAGE_INBOX_APP_ID) }, "person"],
    ["staff, with the documentation's shorter number", { app_id: 26390203743090 }, "person"],
    ["another app", { app_id: 987654321098765 }, "person"],
    ["another app with our metadata", { app_id: 987654321098765, metadata: "sabar:m_1#0" }, "person"],
    ["nobody that is named", {}, "person"],
  ])("is told by an echo: %s", async (_who, message, by) => {
    const [event] = await takes(echo({ text: "Halo Bu", ...message }));
    expect(event).toMatchObject({ citizen: CITIZEN, body: { kind: "echo", by, text: "Halo Bu" } });
  });

  it("is told even when the mark of an echo is missing", async () => {
    const [event] = await takes(
      deliveryOf(
        itemOf({
          sender: { id: PAGE_ID },
          recipient: { id: CITIZEN },
          message: { mid: "m_e", text: "Halo" },
        }),
      ),
    );
    expect(event?.body.kind).toBe("echo");
  });

  it("is not the citizen when a machine sums up a lead form", async () => {
    const [event] = await takes(readPayload("extra/message-lead-summary.json"));
    expect(event?.body).toMatchObject({ kind: "message", machine: true });
  });
});

describe("A store that fails", () => {
  it("is 500 to Facebook, so that it delivers again, and 200 as soon as it works", async () => {
    let isFull = true;
    const kept: InboundEvent[] = [];
    const failing = await startWebhook({
      accept: (events) => {
        if (isFull) return Promise.reject(new Error("disk full"));
        kept.push(...events);
        return Promise.resolve();
      },
    });
    const body = JSON.stringify(deliveryOf(itemOf(text("halo"))));
    expect((await deliver(failing.url, body)).status).toBe(500);
    expect((await deliver(failing.url, body)).status).toBe(500);
    isFull = false;
    expect((await deliver(failing.url, body)).status).toBe(200);
    expect(kept).toHaveLength(1);
    await failing.close();
  });
});

/** Sends half of what it announces, then hangs up. */
function cutOff(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(url, {
      method: "POST",
      headers: { "content-length": 1000, "x-hub-signature-256": signBody("x", APP_SECRET) },
    });
    request.on("error", () => resolve());
    request.on("close", () => resolve());
    request.write("halo");
    setTimeout(() => request.destroy(), 50);
  });
}
