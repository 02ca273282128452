/** Every error of the Send API through the running server: what becomes of the reply, of the citizen and of the page. */
import { codeOf, meaningOf, MEANINGS, type Meaning } from "../../src/messenger/send-errors";
import { GRAPH_ERRORS, nameOfError, type GraphFault } from "../../src/simulator/errors";
import { faultOf } from "../../src/simulator/faults";
import { quickReply } from "../../src/simulator/payloads";
import { newCitizen, openCity, type City } from "../support/city";
import { KEYS } from "../support/stand-in";
import { until } from "../support/store";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const asRead = ({ code, subcode, isTransient }: GraphFault) => ({
  code,
  subcode,
  isTransient: isTransient === true,
});
const meaning = (error: GraphFault): Meaning => meaningOf(asRead(error), error.status ?? 400);

/** The errors of one kind, by their name. */
function errorsThat(kind: Meaning["kind"], scope?: "reply" | "citizen" | "page"): [string, GraphFault][] {
  return GRAPH_ERRORS.filter((error) => {
    const found = meaning(error);
    return found.kind === kind && ("scope" in found ? found.scope : undefined) === scope;
  }).map((error) => [nameOfError(error), error]);
}

const reasonOf = (error: GraphFault): string => {
  const found = meaning(error);
  return found.kind === "sent" ? "" : found.reason;
};

/** How long a reply waits at least. */
const waitOf = (error: GraphFault): number => {
  const found = meaning(error);
  return found.kind === "doubt"
    ? MINUTE
    : ((found.kind === "later" ? found.waitMs : undefined) ?? 2 * SECOND);
};

let city: City;
/** The fault that the stand-in has now. */
let fault = "none";
/** A new citizen who taps the topic gets so many replies. */
let replyCount = 0;
beforeAll(async () => {
  city = await openCity();
  city.standIn.graph.onFault((name) => (fault = name));
  const citizen = newCitizen();
  await taps(citizen);
  await city.idle();
  replyCount = sentTo(citizen).length;
  expect(replyCount).toBeGreaterThan(1);
}, 60_000);
afterAll(() => city.close());
afterEach(() => city.standIn.graph.setFault(undefined));

/** A tap on a topic; returns when it is accepted. Gives back its id. */
async function taps(citizen: string, topic = "kia"): Promise<string> {
  const mid = `m_${topic}-${citizen}`;
  const talk = { pageId: KEYS.pageId, citizen, at: city.now() };
  await city.standIn.facebook.deliver(citizen, quickReply(talk, "pilihan", `intent:${topic}`, mid));
  return mid;
}

/** A new citizen taps a topic, and the first reply to them meets the error, once. Returns when it has. */
async function meets(
  error: GraphFault,
  headers: Record<string, string> = {},
): Promise<{ citizen: string; mid: string }> {
  const citizen = newCitizen();
  const one = faultOf(nameOfError(error), 1);
  if (one === undefined || one === "unknown") throw new Error(`no such error: ${nameOfError(error)}`);
  city.standIn.graph.setFault({ ...one, citizen, headers });
  const mid = await taps(citizen);
  await until(() => fault === "none");
  return { citizen, mid };
}

/** Which replies Facebook has taken for somebody, in order. */
const sentTo = (citizen: string): string[] => city.standIn.keysOf(citizen);

/** All replies to the first message of a citizen, in order. */
const repliesTo = (mid: string): string[] => Array.from({ length: replyCount }, (_, n) => `${mid}#${n}`);

async function healthPage(): Promise<string> {
  return (await fetch(`${city.url}/readyz`, { headers: { accept: "text/html" } })).text();
}

/** The health page says why nothing is sent, for people and for programs; resolves when it does. */
async function saysThatThePageStops(error: GraphFault): Promise<void> {
  await until(async () => (await city.ready()).sending !== "ok");
  const answer = await fetch(`${city.url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    ready: false,
    store: "ok",
    sending: { code: nameOfError(error), reason: reasonOf(error) },
  });
  expect(await healthPage()).toContain(`BERHENTI: ${reasonOf(error)} (${nameOfError(error)})`);
}

describe("The errors of the stand-in", () => {
  /** The row of the table that an error is read by. */
  const rowOf = (error: GraphFault): string | undefined =>
    [codeOf(asRead(error)), `any/${error.subcode}`, `any/${error.code}`, String(error.code)].find((row) =>
      MEANINGS.has(row),
    );

  it("are all in the table of meanings, and every row of the table is one of them", () => {
    expect(GRAPH_ERRORS.filter((error) => rowOf(error) === undefined).map(nameOfError)).toEqual([]);
    const rows = new Set(GRAPH_ERRORS.map(rowOf));
    expect([...MEANINGS.keys()].filter((row) => !rows.has(row))).toEqual([]);
    expect(new Set(GRAPH_ERRORS.map(nameOfError)).size).toBe(GRAPH_ERRORS.length);
  });
});

describe("A reply that meets an error", () => {
  it.each(errorsThat("sent"))("is taken for sent where Facebook means that: %s", async (_name, error) => {
    const { citizen, mid } = await meets(error);
    await city.idle();
    expect(sentTo(citizen)).toEqual(repliesTo(mid).slice(1));
    expect(await city.parkedFor(citizen)).toEqual([]);
  });

  it.each(errorsThat("never", "reply"))("is parked alone, with its reason: %s", async (name, error) => {
    const { citizen, mid } = await meets(error);
    await city.idle();
    const [first, ...others] = repliesTo(mid);
    expect(sentTo(citizen)).toEqual(others);
    expect(await city.parkedFor(citizen)).toMatchObject([
      { key: first, code: name, reason: reasonOf(error) },
    ]);
    expect((await city.ready()).sending).toBe("ok");
  });

  it.each(errorsThat("never", "citizen"))(
    "is parked with all that waits for this citizen, until they write again: %s",
    async (name, error) => {
      const { citizen, mid } = await meets(error);
      await city.idle();
      expect(sentTo(citizen)).toEqual([]);
      const parked = await city.parkedFor(citizen);
      expect(parked.map(({ key }) => key).sort()).toEqual(repliesTo(mid));
      for (const each of parked) expect(each).toMatchObject({ code: name, reason: reasonOf(error) });
      const next = await taps(citizen, "ktp-hilang");
      await city.idle();
      expect(sentTo(citizen).length).toBeGreaterThan(0);
      for (const key of sentTo(citizen)) expect(key).toContain(next);
      expect((await city.ready()).sending).toBe("ok");
    },
  );

  it("waits alone, however long Facebook needs, and goes out once and in its place", async () => {
    const errors = [...errorsThat("later", "reply"), ...errorsThat("doubt")];
    expect(errors.length).toBeGreaterThanOrEqual(5);
    // What waits for two seconds only comes last: none is tried again before all have met their error.
    errors.sort(([, a], [, b]) => waitOf(b) - waitOf(a));
    const waiting: { name: string; citizen: string; mid: string; waitMs: number }[] = [];
    for (const [name, error] of errors)
      waiting.push({ name, ...(await meets(error)), waitMs: waitOf(error) });
    expect((await city.ready()).sending).toBe("ok");
    for (const { name, citizen, mid, waitMs } of waiting) {
      // Short waits end by themselves; meanwhile nothing that has to wait longer goes out.
      if (waitMs < MINUTE) await until(() => sentTo(citizen).length >= replyCount, 30 * SECOND);
      expect({ name, sent: sentTo(citizen) }).toEqual({ name, sent: waitMs < MINUTE ? repliesTo(mid) : [] });
    }
    expect((await city.ready()).counts).toMatchObject({ inboxWaiting: 0 });
    await city.startAnew(11 * MINUTE);
    await city.idle();
    for (const { name, citizen, mid } of waiting) {
      expect({ name, sent: sentTo(citizen) }).toEqual({ name, sent: repliesTo(mid) });
      expect(await city.parkedFor(citizen)).toEqual([]);
    }
  }, 120_000);

  it.each(errorsThat("later", "page"))(
    "makes everybody wait as long as Facebook asks, says so, and goes out once: %s",
    async (_name, error) => {
      const { citizen, mid } = await meets(error, { "Retry-After": "2" });
      await saysThatThePageStops(error);
      const other = newCitizen();
      const own = await taps(other);
      expect(sentTo(citizen)).toEqual([]);
      await city.idle();
      expect(sentTo(citizen)).toEqual(repliesTo(mid));
      expect(sentTo(other)).toEqual(repliesTo(own));
      expect(await city.parkedFor(citizen)).toEqual([]);
      expect(await city.ready()).toMatchObject({ ready: true, sending: "ok" });
    },
  );

  it.each(errorsThat("never", "page"))(
    "stops the page, which says so until it is mended and started anew; nothing is lost: %s",
    async (_name, error) => {
      const { citizen, mid } = await meets(error);
      await saysThatThePageStops(error);
      const other = newCitizen();
      const own = await taps(other);
      await until(async () => (await city.ready()).counts?.inboxWaiting === 0);
      expect([sentTo(citizen), sentTo(other)]).toEqual([[], []]);
      await city.startAnew();
      await city.idle();
      expect(sentTo(citizen)).toEqual(repliesTo(mid));
      expect(sentTo(other)).toEqual(repliesTo(own));
      expect(await city.ready()).toMatchObject({ ready: true, sending: "ok" });
    },
  );
});
