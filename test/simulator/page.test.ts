/** The simulator's page over real HTTP: for this machine only, and everything done on it goes through the protocol. */
import { request as httpRequest } from "node:http";
import { KEYS, startSmallTown, type SmallTown } from "./small-town";

let town: SmallTown;
let count = 6_300_000_000_000_000;
const newCitizen = (): string => String((count += 1));
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

beforeAll(async () => {
  town = await startSmallTown((each, citizen, { message }) =>
    each.client.send(
      citizen,
      { kind: "text", text: `Anda: ${message?.text ?? ""}` },
      { key: "k#1", speaker: "bot" },
    ),
  );
});
afterAll(() => town.close());

const at = (path: string): string => `${town.url}/simulator${path}`;
const act = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(at("/act"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

/** A request with headers that fetch would not let us set. */
function statusFor(headers: Record<string, string>, path = "/"): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(at(path), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

interface Change {
  kind: string;
  citizen?: string;
  action?: string;
  line?: { id: string; from: string; text: string; delivery?: string; wasSeen?: boolean; revision?: number };
  weather?: { connected: boolean; fault: string };
  lines?: Record<string, { text: string }[]>;
}

/** Follows the live updates until one fits. */
async function follow(
  fits: (change: Change) => boolean,
  meanwhile?: () => Promise<unknown>,
): Promise<Change> {
  const abort = new AbortController();
  const response = await fetch(at("/events"), { signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let hasStarted = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the updates ended");
      text += value;
      const changes = text.split("\n\n");
      text = changes.pop() ?? "";
      for (const each of changes.filter((line) => line.startsWith("data: "))) {
        const change = JSON.parse(each.slice("data: ".length)) as Change;
        if (fits(change)) return change;
      }
      if (!hasStarted) await meanwhile?.();
      hasStarted = true;
    }
  } finally {
    abort.abort();
  }
}

describe("The addresses of the page", () => {
  it.each([
    ["/simulator.js", "javascript"],
    ["/phone.js", "javascript"],
    ["/simulator.css", "css"],
    ["/icon.svg", "svg"],
    ["/samples/jalan-berlubang.svg", "svg"],
  ])("serve %s", async (path, type) => {
    const response = await fetch(at(path));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    ["a name of somebody else's that leads here", { host: "evil.example" }],
    ["a proxy or tunnel", { "x-forwarded-for": "203.0.113.7" }],
  ])("are not there for requests through %s", async (_what, headers) => {
    expect(await statusFor(headers)).toBe(404);
    expect(await statusFor(headers, "/events")).toBe(404);
    expect(await statusFor(headers, "/graph/v26.0/me/messages")).toBe(404);
  });

  it("do nothing that another website asks for", async () => {
    const citizen = newCitizen();
    const body = { kind: "text", citizen, text: "Halo" };
    expect((await act(body, { origin: "https://evil.example" })).status).toBe(403);
    expect((await act(body, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(town.received.some(({ item }) => item.sender.id === citizen)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["an unknown act", { kind: "rm", citizen: "6300000000000000" }],
    ["nobody", { kind: "text", text: "Halo", citizen: "__proto__" }],
    ["an empty message", { kind: "text", text: "  ", citizen: "6300000000000000" }],
    [
      "a picture from elsewhere",
      { kind: "picture", payload: "https://evil.example/a.png", citizen: "6300000000000000" },
    ],
    ["an unknown fault", { kind: "fault", text: "constructor" }],
    [
      "a change of a message nobody wrote",
      { kind: "edit", payload: "m_x", text: "a", citizen: "6300000000000000" },
    ],
  ])("refuse %s with a sentence", async (_what, body) => {
    const response = await act(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.any(String) as string });
  });
});

describe("On the page", () => {
  it("a citizen's words go to the webhook, and the answer comes back live", async () => {
    const citizen = newCitizen();
    const answer = await follow(
      ({ citizen: of, line }) => of === citizen && line?.from === "page",
      () => act({ kind: "text", citizen, text: "Halo <b>" }),
    );
    expect(answer.line?.text).toBe("Anda: Halo <b>");
    const { item } = await town.hears(
      ({ sender, message }) => sender.id === citizen && message !== undefined,
    );
    expect(item.message?.text).toBe("Halo <b>");
    const all = await follow(({ kind }) => kind === "all");
    expect(all.lines?.[citizen]?.map(({ text }) => text)).toEqual(["Halo <b>", "Anda: Halo <b>"]);
  });

  it.each([
    [
      { kind: "choice", text: "Ya", payload: "intent:ya" },
      { message: { quick_reply: { payload: "intent:ya" } } },
    ],
    [
      { kind: "postback", text: "Mulai", payload: "intent:a" },
      { postback: { payload: "intent:a", title: "Mulai" } },
    ],
    [{ kind: "audio" }, { message: { attachments: [{ type: "audio" }] } }],
    [{ kind: "file" }, { message: { attachments: [{ type: "file" }] } }],
    [{ kind: "location" }, { message: { attachments: [{ type: "location" }] } }],
    [{ kind: "sticker" }, { message: { attachments: [{ type: "sticker" }] } }],
    [{ kind: "text", text: "https://a.example/b" }, { message: { attachments: [{ type: "fallback" }] } }],
    [{ kind: "referral", payload: "poster" }, { referral: { ref: "poster" } }],
  ])("%j arrives as Facebook would write it", async (body, item) => {
    const citizen = newCitizen();
    expect((await act({ citizen, ...body })).status).toBe(200);
    const heard = await town.hears(({ sender }) => sender.id === citizen);
    expect(heard.item).toMatchObject(item);
    expect(heard.isSigned).toBe(true);
  });

  it("staff in Business Suite answer as an echo of the page's inbox", async () => {
    const citizen = newCitizen();
    await act({ kind: "person", citizen, text: "Saya petugas" });
    const { item } = await town.hears(({ recipient }) => recipient.id === citizen);
    expect(item).toMatchObject({
      sender: { id: KEYS.pageId },
      message: { is_echo: true, app_id: 263902037430900, text: "Saya petugas" },
    });
  });

  it("a message can be changed five times, and an answer liked", async () => {
    const citizen = newCitizen();
    const said = await follow(
      ({ citizen: of, line }) => of === citizen && line?.from === "page",
      () => act({ kind: "text", citizen, text: "Halo" }),
    );
    const { item } = await town.hears(
      ({ sender, message }) => sender.id === citizen && message !== undefined,
    );
    const mid = item.message!.mid;
    const statuses: number[] = [];
    for (let i = 1; i <= 6; i += 1)
      statuses.push((await act({ kind: "edit", citizen, payload: mid, text: `Halo ${i}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 400]);
    await town.hears(({ message_edit: edit }) => edit?.mid === mid && edit.num_edit === 5);
    await act({ kind: "react", citizen, payload: said.line!.id });
    await act({ kind: "react", citizen, payload: said.line!.id });
    await town.hears(({ reaction }) => reaction?.mid === said.line?.id && reaction?.action === "react");
    await town.hears(({ reaction }) => reaction?.mid === said.line?.id && reaction?.action === "unreact");
  });

  it("who writes again has read the answer before", async () => {
    const citizen = newCitizen();
    await follow(
      ({ citizen: of, line }) => of === citizen && line?.from === "page",
      () => act({ kind: "text", citizen, text: "Halo" }),
    );
    await act({ kind: "text", citizen, text: "Terima kasih" });
    await town.hears(({ sender, message }) => sender.id === citizen && message?.text === "Terima kasih");
    const kinds = town.received
      .filter(({ item }) => item.sender.id === citizen)
      .map(({ item }) => (item.read ? "read" : (item.message?.text ?? "receipt")));
    expect(kinds.filter((kind) => kind !== "receipt")).toEqual(["Halo", "read", "Terima kasih"]);
  });

  it("shows typing and seen as they come", async () => {
    const citizen = newCitizen();
    await act({ kind: "text", citizen, text: "Halo" });
    const typing = await follow(
      ({ kind, citizen: of }) => kind === "sign" && of === citizen,
      () => town.client.sign(citizen, "typing_on"),
    );
    expect(typing.action).toBe("typing_on");
    const seen = await follow(
      ({ kind, citizen: of, line }) => kind === "changed" && of === citizen && line?.wasSeen === true,
      () => town.client.sign(citizen, "seen"),
    );
    expect(seen.line?.text).toBe("Halo");
  });

  it("a dropped connection holds messages back, and shows so until it is back", async () => {
    const citizen = newCitizen();
    const off = await follow(
      ({ kind }) => kind === "weather",
      () => act({ kind: "connection", text: "off" }),
    );
    expect(off.weather?.connected).toBe(false);
    await act({ kind: "text", citizen, text: "Ada orang?" });
    expect(town.received.some(({ item }) => item.sender.id === citizen)).toBe(false);
    const delivered = await follow(
      ({ citizen: of, line }) => of === citizen && line?.delivery === "delivered",
      () => act({ kind: "connection", text: "on" }),
    );
    expect(delivered.line?.text).toBe("Ada orang?");
  });

  it("a fault for one message is over after it, and the page is told", async () => {
    await act({ kind: "fault", text: "551/1545041", payload: "1" });
    const over = await follow(
      ({ weather }) => weather?.fault === "none",
      async () => {
        const delivery = await town.client.send(
          newCitizen(),
          { kind: "text", text: "Halo" },
          { key: "k#2", speaker: "bot" },
        );
        expect(delivery).toMatchObject({ kind: "never", code: "551/1545041", scope: "citizen" });
      },
    );
    expect(over.kind).toBe("weather");
  });

  it("a message can come twice, late, or after the next", async () => {
    const citizen = newCitizen();
    const from = () =>
      town.received
        .filter(({ item }) => item.sender.id === citizen && item.message)
        .map(({ item }) => item.message!.text);
    await act({ kind: "text", citizen, text: "dobel", manner: "twice" });
    await act({ kind: "text", citizen, text: "lambat", manner: "late:1" });
    await act({ kind: "text", citizen, text: "nanti", manner: "after" });
    await act({ kind: "text", citizen, text: "duluan" });
    await town.hears(({ sender, message }) => sender.id === citizen && message?.text === "lambat");
    expect(from()).toEqual(["dobel", "dobel", "duluan", "nanti", "lambat"]);
  });
});

describe("Pictures", () => {
  const send = (bytes: Buffer) => fetch(at("/pictures"), { method: "POST", body: new Uint8Array(bytes) });

  it("are kept, shown again, and go to the webhook as an address that can be fetched", async () => {
    const citizen = newCitizen();
    const kept = (await (await send(PNG)).json()) as { url: string };
    expect((await act({ kind: "picture", citizen, payload: kept.url })).status).toBe(200);
    const { item } = await town.hears(({ sender }) => sender.id === citizen);
    const attachment = item.message!.attachments![0]!;
    expect(attachment.type).toBe("image");
    const picture = await fetch(attachment.payload.url!);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PNG);
  });

  it("are refused when they are something else, or larger than Messenger takes", async () => {
    expect((await send(Buffer.from("<svg onload=alert(1)>"))).status).toBe(415);
    expect((await send(Buffer.alloc(0))).status).toBe(415);
    const tooLarge = await send(Buffer.concat([PNG, Buffer.alloc(8 * 1024 * 1024)]));
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.json()).toEqual({ error: "Terlalu besar. Foto paling besar 8 MB." });
  });
});
