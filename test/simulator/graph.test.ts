/** The stand-in for the Graph API is as strict as the real one, and goes wrong in the ways the real one does. */
import { createHmac } from "node:crypto";
import { readPageState } from "../../src/messenger/page-state";
import { subscribeApp, subscribePage, writeProfile, checkToken } from "../../src/messenger/page-setup";
import { codeOf } from "../../src/messenger/send-errors";
import { GRAPH_ERRORS, nameOfError } from "../../src/simulator/errors";
import { faultOf } from "../../src/simulator/faults";
import { KEYS, startSmallTown, type SmallTown } from "./small-town";

const CITIZEN = "6100000000000001";
const PROOF = createHmac("sha256", KEYS.appSecret).update(KEYS.pageToken).digest("hex");
const HOUR = 3_600_000;

let town: SmallTown;
let clock = 1_795_000_000_000;

beforeAll(async () => {
  town = await startSmallTown(undefined, () => clock);
});
afterAll(() => town.close());
afterEach(() => town.simulator.graph.setFault(undefined));

interface Answer {
  status: number;
  json: {
    recipient_id?: string;
    message_id?: string;
    error?: { code: number; error_subcode?: number; type: string; message: string; fbtrace_id: string };
  };
}

async function call(
  body: unknown,
  { path = `/v26.0/${KEYS.pageId}/messages`, token = KEYS.pageToken, proof = PROOF } = {},
): Promise<Answer> {
  const response = await fetch(`${town.url}/simulator/graph${path}?appsecret_proof=${proof}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as Answer["json"] };
}

const saying = (message: object, more: object = {}) =>
  call({ recipient: { id: CITIZEN }, messaging_type: "RESPONSE", message, ...more });

const template = (text: string, buttons: unknown) => ({
  attachment: { type: "template", payload: { template_type: "button", text, buttons } },
});
const LINK = { type: "web_url", title: "Situs", url: "https://kotacontoh.example/" };

const send = (text = "Halo") =>
  town.client.send(CITIZEN, { kind: "text", text }, { key: "k#1", speaker: "bot" });

describe("The Graph API of the simulator", () => {
  it("accepts what the real client sends, and tells who is listening", async () => {
    const before = town.simulator.graph.sent.length;
    const delivery = await town.client.send(
      CITIZEN,
      {
        kind: "buttons",
        text: "Mau yang mana?",
        buttons: [
          { kind: "link", title: "Situs", url: "https://kotacontoh.example/" },
          { kind: "call", title: "Telepon", phone: "0271123456" },
          { kind: "answer", title: "Lain", payload: "intent:lain" },
        ],
        choices: [{ title: "KTP", payload: "intent:ktp" }],
      },
      { key: "e1#1", speaker: "bot" },
    );
    const sending = town.simulator.graph.sent[before];
    expect(delivery).toEqual({ kind: "sent", mid: sending?.mid });
    expect(sending).toMatchObject({ citizen: CITIZEN, metadata: "sabar:e1#1" });
  });

  it.each(["typing_on", "typing_off", "mark_seen"])("takes the sign of life %s", async (action) => {
    const { status, json } = await call({ recipient: { id: CITIZEN }, sender_action: action });
    expect({ status, json }).toEqual({ status: 200, json: { recipient_id: CITIZEN } });
    expect(town.simulator.graph.signs.at(-1)).toEqual({ citizen: CITIZEN, action });
  });

  it("can be called without a version, and as me", async () => {
    const body = { recipient: { id: CITIZEN }, messaging_type: "RESPONSE", message: { text: "Halo" } };
    expect((await call(body, { path: "/me/messages" })).status).toBe(200);
    expect((await call(body, { path: `/${KEYS.pageId}/messages` })).status).toBe(200);
  });

  it("takes the token from the query too", async () => {
    const query = new URLSearchParams({ access_token: KEYS.pageToken, appsecret_proof: PROOF });
    const response = await fetch(`${town.url}/simulator/graph/me/messages?${query.toString()}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ recipient: { id: CITIZEN }, sender_action: "typing_on" }),
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ["a wrong token", { token: "another" }, 401, 190],
    ["no proof", { proof: "" }, 400, 100],
    ["a wrong proof", { proof: "ab" }, 400, 100],
    ["another page", { path: "/v26.0/555555555/messages" }, 400, 100],
    ["a path nobody knows", { path: "/v26.0/me/photos" }, 400, 2500],
  ])("refuses a call with %s", async (_what, options, status, code) => {
    const answer = await call({ recipient: { id: CITIZEN }, sender_action: "typing_on" }, options);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toMatchObject({ code, type: "OAuthException" });
  });

  const choices = (count: number, title = "Ya", payload = "p") =>
    Array.from({ length: count }, () => ({ content_type: "text", title, payload }));

  it.each<[string, object]>([
    ["a text of 1999 letters", { text: "a".repeat(1999) }],
    [
      "13 quick replies with the longest titles",
      { text: "Halo", quick_replies: choices(13, "a".repeat(20)) },
    ],
    [
      "a quick reply that asks for a number",
      { text: "Halo", quick_replies: [{ content_type: "user_email" }] },
    ],
    ["a button template of 640 letters", template("a".repeat(640), [LINK, LINK, LINK])],
    ["metadata of 999 letters", { text: "Halo", metadata: "m".repeat(999) }],
    ["a picture", { attachment: { type: "image", payload: { url: "https://kotacontoh.example/a.png" } } }],
  ])("sends %s", async (_what, message) => {
    expect((await saying(message)).status).toBe(200);
  });

  it.each<[string, object]>([
    ["a text of 2000 letters", { text: "a".repeat(2000) }],
    ["no text", {}],
    ["an empty text", { text: " " }],
    ["text and attachment together", { text: "Halo", ...template("Halo", [LINK]) }],
    ["14 quick replies", { text: "Halo", quick_replies: choices(14) }],
    ["a title of 21 letters", { text: "Halo", quick_replies: choices(1, "a".repeat(21)) }],
    ["a quick reply without payload", { text: "Halo", quick_replies: choices(1, "Ya", "") }],
    ["a payload of 1001 letters", { text: "Halo", quick_replies: choices(1, "Ya", "p".repeat(1001)) }],
    ["a button template of 641 letters", template("a".repeat(641), [LINK])],
    ["a template without buttons", template("Halo", [])],
    ["four buttons", template("Halo", [LINK, LINK, LINK, LINK])],
    ["a button with a title of 21 letters", template("Halo", [{ ...LINK, title: "a".repeat(21) }])],
    ["a link that is not encrypted", template("Halo", [{ ...LINK, url: "http://kotacontoh.example/" }])],
    ["a number without +", template("Halo", [{ type: "phone_number", title: "112", payload: "112" }])],
    ["metadata of 1000 letters", { text: "Halo", metadata: "m".repeat(1000) }],
  ])("refuses %s with code 100", async (_what, message) => {
    const before = town.simulator.graph.sent.length;
    const { status, json } = await saying(message);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      code: 100,
      type: "OAuthException",
      fbtrace_id: expect.any(String) as string,
    });
    expect(town.simulator.graph.sent).toHaveLength(before);
  });

  it.each<[string, object, number, number | undefined]>([
    ["somebody who does not exist", { recipient: { id: "dewi" } }, 100, 2018001],
    ["a message with a sign of life", { sender_action: "typing_on" }, 100, 2018014],
    ["no kind of message", { messaging_type: undefined }, 100, undefined],
    ["a tag that is gone", { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" }, 100, 1893061],
    [
      "a person's tag without the feature",
      { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
      10,
      undefined,
    ],
  ])("refuses to send to %s", async (_what, more, code, subcode) => {
    const { json } = await saying({ text: "Halo" }, more);
    expect(json.error?.code).toBe(code);
    expect(json.error?.error_subcode).toBe(subcode);
  });

  it("refuses a body that is not JSON, as an error of the Graph API", async () => {
    const { status, json } = await call("{not json");
    expect([status, json.error?.code]).toEqual([400, 100]);
  });

  it("closes the window 24 hours after a citizen wrote, and opens it when they write again", async () => {
    town.simulator.act({ citizen: CITIZEN, kind: "text", text: "Halo" });
    clock += 24 * HOUR;
    expect(await send()).toMatchObject({ kind: "sent" });
    clock += 1;
    expect(await send()).toMatchObject({ kind: "never", code: "10/2018278", scope: "citizen" });
    town.simulator.act({ citizen: CITIZEN, kind: "text", text: "Halo lagi" });
    expect(await send()).toMatchObject({ kind: "sent" });
  });

  it.each(GRAPH_ERRORS.map((error) => [nameOfError(error), error] as const))(
    "answers with %s when it is told to, and the client reads that code",
    async (name, { code, subcode }) => {
      const fault = faultOf(name, 1);
      if (fault === "unknown" || fault === undefined) throw new Error(name);
      town.simulator.graph.setFault(fault);
      const { json } = await saying({ text: "Halo" });
      expect(codeOf({ code: json.error!.code, subcode: json.error!.error_subcode, isTransient: false })).toBe(
        name,
      );
      expect([json.error!.code, json.error!.error_subcode]).toEqual([code, subcode]);
      expect(await send()).toMatchObject({ kind: "sent" });
    },
  );

  it("cuts the connection before anything is sent when it is down", async () => {
    const before = town.simulator.graph.sent.length;
    town.simulator.graph.setFault({ kind: "down", count: 1 });
    expect(await send()).not.toMatchObject({ kind: "sent" });
    expect(town.simulator.graph.sent).toHaveLength(before);
  });

  it("sends, and then cuts the connection, so that the sender is in doubt", async () => {
    const before = town.simulator.graph.sent.length;
    town.simulator.graph.setFault({ kind: "lost", count: 1 });
    expect(await send()).toMatchObject({ kind: "doubt" });
    expect(town.simulator.graph.sent).toHaveLength(before + 1);
  });

  it("is slow when it is told to, and sends all the same", async () => {
    town.simulator.graph.setFault({ kind: "slow", delayMs: 300, count: 1 });
    const startedAt = performance.now();
    expect(await send()).toMatchObject({ kind: "sent" });
    expect(performance.now() - startedAt).toBeGreaterThan(280);
  });

  it("answers with the page of a proxy, which leaves the sender in doubt", async () => {
    town.simulator.graph.setFault({ kind: "html", count: 1 });
    expect(await send()).toMatchObject({ kind: "doubt", code: "http-502" });
  });

  it("keeps a fault for messages when signs of life come in between", async () => {
    town.simulator.graph.setFault({ kind: "html", count: 1, onlyMessages: true });
    await town.client.sign(CITIZEN, "typing_on");
    expect(town.simulator.graph.signs.at(-1)?.action).toBe("typing_on");
    expect(await send()).toMatchObject({ kind: "doubt" });
    expect(await send()).toMatchObject({ kind: "sent" });
  });
});

describe("The operator's calls", () => {
  const keys = () => ({ ...KEYS, graphApiUrl: `${town.url}/simulator/graph/v26.0` });

  it("keep the Messenger profile", async () => {
    const written = await writeProfile(keys(), {
      startPayload: "intent:sapaan",
      greeting: "Halo!",
      questions: [{ question: "Jam buka?", payload: "intent:jam" }],
      menu: [{ title: "Nomor darurat", payload: "intent:darurat" }],
    });
    expect(written).toMatchObject({ ok: true });
    expect(town.simulator.graph.profile).toMatchObject({ get_started: { payload: "intent:sapaan" } });
  });

  it("refuse a profile beyond its limits", async () => {
    const content = { startPayload: "x", questions: [], menu: [] };
    const tooLong = await writeProfile(keys(), { ...content, greeting: "a".repeat(161) });
    expect(tooLong).toMatchObject({ ok: false, sentence: expect.stringContaining("100") as string });
  });

  it("say which events are not sent, and whether the token is good", async () => {
    const before = await readPageState(keys());
    expect(before.token).toEqual({ isValid: true });
    expect(before.missingFields).toContain("message_echoes");
    await subscribePage(keys());
    expect((await readPageState(keys())).missingFields).toEqual([]);
    // Nobody there: nothing is known, and nothing fails.
    expect(await readPageState({ ...keys(), graphApiUrl: "http://127.0.0.1:1" })).toEqual({});
  });

  it("subscribe the page and look at its token", async () => {
    expect(await subscribePage(keys())).toMatchObject({ ok: true });
    expect(await checkToken(keys())).toMatchObject({
      ok: true,
      sentence: expect.stringContaining("valid") as string,
    });
    expect(await checkToken({ ...keys(), pageToken: "old" })).toMatchObject({ ok: false });
  });

  it("refuse a callback that does not give the challenge back", async () => {
    // The small town's webhook takes deliveries only.
    expect(await subscribeApp(keys(), `${town.url}/webhook`, "verify")).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("2200") as string,
    });
  });
});
