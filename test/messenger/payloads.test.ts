import { needsTurn, type EventBody, type InboundEvent } from "../../src/vocabulary/event.js";
import { deliver, MANIFEST, PAGE_ID, readPayload, startWebhook, type Running } from "./facebook.js";

/** What the platform calls it, and what it is to us. */
const OUR_KIND: Readonly<Record<string, EventBody["kind"]>> = {
  message: "message",
  echo: "echo",
  postback: "postback",
  delivery: "delivery",
  read: "read",
  reaction: "reaction",
  edit: "edit",
  optin: "other",
  referral: "referral",
  pass_thread_control: "handover",
  take_thread_control: "handover",
  request_thread_control: "handover",
  app_roles: "handover",
  policy_enforcement: "policy",
  account_linking: "other",
  response_feedback: "other",
  messaging_feedback: "other",
  order: "order",
  template: "other",
  inbox_labels: "other",
  "comment:add": "comment",
  "comment:edited": "comment",
  "comment:remove": "comment",
  "comment:hide": "comment",
  "post:add": "comment",
  "status:add": "comment",
  "reaction:add": "comment",
  "mention:comment:add": "comment",
  "mention:post:add": "comment",
  "dashboard-test": "other",
};

/** Kinds that need a turn, so that what happened is remembered, but in which nobody asked anything. */
const REMEMBERED = new Set<EventBody["kind"]>(["edit", "reaction", "referral", "handover", "echo"]);

/** Whether somebody expects an answer to this event from the owner of the conversation. */
function expectsAnswer(event: InboundEvent): boolean {
  const { body } = event;
  if (body.kind === "comment") return body.answerable;
  if (event.channel !== "messaging" || !needsTurn(event) || REMEMBERED.has(body.kind)) return false;
  if (body.kind !== "message") return true;
  return body.machine !== true && (body.text !== undefined || body.attachments.length > 0);
}

describe("all saved deliveries of the platform, signed and sent through the real route", () => {
  let server: Running;
  beforeAll(async () => (server = await startWebhook()));
  afterAll(() => server.close());

  it("covers eighty deliveries", () => {
    expect(MANIFEST).toHaveLength(80);
  });

  it.each(MANIFEST.filter((each) => each.kind !== "batch"))("$file is $kind", async (each) => {
    server.accepted.length = 0;
    const response = await deliver(server.url, readPayload(each.file));
    expect([response.status, await response.text()]).toEqual([200, "EVENT_RECEIVED"]);
    expect(server.accepted).toHaveLength(1);
    const [event] = server.accepted;
    expect(event?.body.kind).toBe(OUR_KIND[each.kind]);
    expect(event?.channel).toBe(each.channel);
    expect(expectsAnswer(event!)).toBe(each.answer);
    expect(event?.page).toBe(each.kind === "dashboard-test" ? "0" : PAGE_ID);
    expect(event?.at).toBeGreaterThan(Date.UTC(2026, 10, 1));
    expect(event?.at).toBeLessThan(Date.UTC(2026, 11, 1));
    expect(event?.citizen).not.toBe(PAGE_ID);
  });

  it("takes a mixed delivery apart: own page and another one, in the order of happening", async () => {
    server.accepted.length = 0;
    const response = await deliver(server.url, readPayload("batch-mixed.json"));
    expect(response.status).toBe(200);
    expect(
      server.accepted.map(({ page, channel, citizen, body }) => [page, channel, citizen, body.kind]),
    ).toEqual([
      [PAGE_ID, "messaging", "7123456789012345", "message"],
      [PAGE_ID, "messaging", "7123456789012345", "message"],
      [PAGE_ID, "changes", undefined, "comment"],
      [PAGE_ID, "standby", "8899001122334455", "message"],
      ["555000111222333", "messaging", undefined, "other"],
      [PAGE_ID, "messaging", "6789012345678901", "message"],
    ]);
  });

  it("gives every delivery events with the same ids when it comes a second time, and no two the same", async () => {
    const ids: string[] = [];
    for (const { file } of MANIFEST) {
      server.accepted.length = 0;
      await deliver(server.url, readPayload(file));
      const first = server.accepted.splice(0).map((event) => event.id);
      await deliver(server.url, readPayload(file));
      expect(server.accepted.map((event) => event.id)).toEqual(first);
      ids.push(...first);
    }
    const twins = ids.filter((id, at) => ids.indexOf(id) !== at);
    expect(twins).toEqual([]);
  });
});
