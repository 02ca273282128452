/** Facebook's side: signed bytes over real HTTP, once more when nobody says 200, in order, and wrong in every way we want. */
import { createHmac } from "node:crypto";
import {
  bytesOf,
  location,
  media,
  postback,
  quickReply,
  sharedLink,
  sign,
  sticker,
  textMessage,
} from "../../src/simulator/payloads";
import { readJson } from "../../src/messenger/read-json";
import { translate } from "../../src/messenger/translate";
import { KEYS, startSmallTown, type SmallTown } from "./small-town";

let town: SmallTown;
let count = 6_200_000_000_000_000;
const newCitizen = (): string => String((count += 1));
const talkOf = (citizen: string) => ({ pageId: KEYS.pageId, citizen, at: Date.now() });
const write = (citizen: string, text: string, manner = {}) =>
  town.simulator.facebook.deliver(citizen, textMessage(talkOf(citizen), text), manner);
const heardFrom = (citizen: string) =>
  town.received.filter(({ item }) => item.sender.id === citizen).map(({ item }) => item.message?.text);

beforeAll(async () => {
  town = await startSmallTown();
});
afterAll(() => town.close());
afterEach(() => town.simulator.facebook.setConnected(true));

describe("A delivery", () => {
  it("has letters beyond ASCII and slashes escaped, and is signed over exactly these bytes", () => {
    const bytes = bytesOf(
      textMessage({ pageId: "1", citizen: "2", at: 3 }, "é 👍 https://a.example/b", "m_1"),
    );
    expect(bytes).toContain(String.raw`\u00e9 \ud83d\udc4d https:\/\/a.example\/b`);
    expect(sign(bytes, "s")).toBe(`sha256=${createHmac("sha256", "s").update(bytes).digest("hex")}`);
    expect(JSON.parse(bytes)).toMatchObject({
      object: "page",
      entry: [{ id: "1", messaging: [{ timestamp: 3 }] }],
    });
  });

  it("arrives at the webhook with a signature that fits, and says what came of it", async () => {
    const citizen = newCitizen();
    expect(await write(citizen, "Jalan é / rusak 👍")).toMatchObject({ status: 200, attempts: 1 });
    const { isSigned, raw, item } = await town.hears(({ sender }) => sender.id === citizen);
    expect(isSigned).toBe(true);
    expect(raw).toContain(String.raw`\/`);
    expect(item.message?.text).toBe("Jalan é / rusak 👍");
  });

  it.each([
    ["text", textMessage(talkOf("7"), "Halo"), { kind: "message", text: "Halo" }],
    ["quick reply", quickReply(talkOf("7"), "Ya", "intent:ya"), { choice: "intent:ya", text: "Ya" }],
    ["tap", postback(talkOf("7"), "Mulai", "intent:sapaan"), { kind: "postback", payload: "intent:sapaan" }],
    ["picture", media(talkOf("7"), "image", "https://a.example/1"), { attachments: [{ kind: "image" }] }],
    ["voice", media(talkOf("7"), "audio", "https://a.example/1"), { attachments: [{ kind: "audio" }] }],
    ["place", location(talkOf("7"), -7.5, 110.8), { attachments: [{ kind: "location", latitude: -7.5 }] }],
    [
      "sticker",
      sticker(talkOf("7")),
      { attachments: [{ kind: "sticker", stickerId: "369239263222822", isThumb: true }] },
    ],
    [
      "link",
      sharedLink(talkOf("7"), "https://a.example", "A"),
      { attachments: [{ kind: "link", title: "A" }] },
    ],
  ])("with a %s is understood by the webhook's own translation", (_what, delivery, body) => {
    const events = translate(readJson(bytesOf(delivery)), KEYS);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ citizen: "7", page: KEYS.pageId, body });
  });
});

describe("Facebook", () => {
  it("delivers again until it hears 200, and keeps the order of the citizen meanwhile", async () => {
    const citizen = newCitizen();
    town.statuses.push(500, 0);
    const [first, second] = await Promise.all([write(citizen, "satu"), write(citizen, "dua")]);
    expect(first).toMatchObject({ status: 200, attempts: 3 });
    expect(second).toMatchObject({ status: 200, attempts: 1 });
    // The attempt that was answered with 500 reached the webhook too.
    expect(heardFrom(citizen)).toEqual(["satu", "satu", "dua"]);
  });

  it("gives up at some point, and says the last status", async () => {
    const citizen = newCitizen();
    town.statuses.push(...Array.from({ length: 8 }, () => 503));
    expect(await write(citizen, "sia-sia")).toMatchObject({ status: 503, attempts: 8 });
  });

  it("delivers twice, with the same bytes", async () => {
    const citizen = newCitizen();
    await write(citizen, "dobel", { times: 2 });
    const both = town.received.filter(({ item }) => item.sender.id === citizen);
    expect(both).toHaveLength(2);
    expect(both[0]?.raw).toBe(both[1]?.raw);
  });

  it("delivers late, so that later words come first", async () => {
    const citizen = newCitizen();
    const late = write(citizen, "terlambat", { lateMs: 300 });
    await write(citizen, "duluan");
    await late;
    expect(heardFrom(citizen)).toEqual(["duluan", "terlambat"]);
  });

  it("swaps messages with the next one, and loses none of several", async () => {
    const citizen = newCitizen();
    const held = [write(citizen, "a", { afterNext: true }), write(citizen, "b", { afterNext: true })];
    await write(citizen, "c");
    await Promise.all(held);
    expect(heardFrom(citizen)).toEqual(["c", "a", "b"]);
  });

  it("keeps everything while its connection is dropped, and delivers it in order afterwards", async () => {
    const citizen = newCitizen();
    town.simulator.facebook.setConnected(false);
    const all = Promise.all(["satu", "dua", "tiga"].map((text) => write(citizen, text)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heardFrom(citizen)).toEqual([]);
    town.simulator.facebook.setConnected(true);
    for (const { status } of await all) expect(status).toBe(200);
    expect(heardFrom(citizen)).toEqual(["satu", "dua", "tiga"]);
  });

  it("sends back what the page said, as an echo with the app and the metadata, and a receipt", async () => {
    const citizen = newCitizen();
    const delivery = await town.client.send(
      citizen,
      { kind: "text", text: "Halo" },
      { key: "e9#1", speaker: "bot" },
    );
    const { isSigned, raw, item } = await town.hears(({ recipient }) => recipient.id === citizen);
    expect(isSigned).toBe(true);
    expect(raw).toContain(`"app_id":${KEYS.appId},`);
    expect(item).toMatchObject({
      sender: { id: KEYS.pageId },
      message: {
        is_echo: true,
        text: "Halo",
        metadata: "sabar:e9#1",
        mid: delivery.kind === "sent" ? delivery.mid : "",
      },
    });
    const receipt = await town.hears((each) => each.sender.id === citizen && each.delivery !== undefined);
    expect(receipt.item.delivery?.mids).toEqual([item.message?.mid]);
  });

  it("writes the template into the echo of a message with buttons, as it has no text", async () => {
    const citizen = newCitizen();
    const button = { kind: "answer", title: "Ya", payload: "intent:ya" } as const;
    await town.client.send(
      citizen,
      { kind: "buttons", text: "Benar?", buttons: [button] },
      { key: "e8#1", speaker: "bot" },
    );
    const { item } = await town.hears(({ recipient }) => recipient.id === citizen);
    expect(item.message?.text).toBeUndefined();
    expect(item.message?.attachments?.[0]).toMatchObject({ type: "template", payload: { text: "Benar?" } });
  });

  it("delivers nothing any more after it was closed, and keeps nobody waiting", async () => {
    const other = await startSmallTown();
    const { facebook } = other.simulator;
    facebook.setConnected(false);
    const waiting = facebook.deliver("77777", textMessage(talkOf("77777"), "Halo"));
    const late = facebook.deliver("77777", textMessage(talkOf("77777"), "Halo"), { lateMs: 60_000 });
    facebook.close();
    expect([await waiting, await late]).toEqual([
      { status: 0, attempts: 0, ms: 0 },
      { status: 0, attempts: 0, ms: 0 },
    ]);
    expect(other.received).toEqual([]);
    await other.close();
  });
});
