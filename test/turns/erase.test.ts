/** HAPUS, as a citizen meets it: asked back once, carried out, proved by a code; and Meta's request for the same. */
import { writeSignedRequest } from "../../src/messenger/deletion-request";
import { textMessage } from "../../src/simulator/payloads";
import { until } from "../support/store";
import { newCitizen, openCity, type City } from "../support/city";
import { KEYS } from "../support/stand-in";

const HOUR = 60 * 60 * 1000;
let city: City;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

const said = (heard: string[]): string => heard.join("\n");
const codeIn = (heard: string[]): string => /HPS(?:-[A-Z0-9]{4}){4}/.exec(said(heard))?.[0] ?? "";
const statusOf = async (code: string): Promise<string> =>
  (await fetch(`${city.url}/hapus-data?kode=${encodeURIComponent(code)}`)).text();
const ask = (body: string) =>
  fetch(`${city.url}/hapus-data`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
  });
const signedFor = (user: string, issuedAt = city.now(), secret = KEYS.appSecret): string =>
  new URLSearchParams({ signed_request: writeSignedRequest({ user, issuedAt }, secret) }).toString();

describe("HAPUS", () => {
  it("is asked back, and only a yes removes everything; the code shows it on a page without data", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "syarat bikin ktp apa saja");
    expect(said(await city.writes(citizen, "HAPUS"))).toMatch(/dihapus\?/i);
    expect(city.titles(citizen)).toEqual(["Ya, hapus", "Tidak jadi"]);
    const done = await city.chooses(citizen, "Ya, hapus");
    const code = codeIn(done);
    expect(said(done)).toMatch(/sudah dihapus/i);
    expect(code).not.toBe("");
    const page = await statusOf(code);
    expect(page).toMatch(/Sudah dihapus pada 25 November 2026/);
    expect(page).not.toContain(citizen);
    // The assistant introduces itself, as to somebody it has never met.
    expect(said(await city.writes(citizen, "syarat bikin ktp apa saja"))).toContain("asisten otomatis");
  });

  it("changes nothing when it is taken back, by a tap or by words, or when something else is written", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "hapus data");
    expect(said(await city.chooses(citizen, "Tidak jadi"))).toMatch(/tidak ada yang dihapus/i);
    await city.writes(citizen, "Hapus");
    expect(codeIn(await city.writes(citizen, "tidak jadi"))).toBe("");
    await city.writes(citizen, "hapus");
    await city.writes(citizen, "jam buka dukcapil");
    expect(codeIn(await city.writes(citizen, "ya"))).toBe("");
    expect(said(await city.writes(citizen, "syarat bikin ktp apa saja"))).not.toContain("asisten otomatis");
  });

  it("sends nothing but the last words to somebody whose answers were still waiting", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "halo");
    const before = city.standIn.heard(citizen).length;
    const writes = (text: string) =>
      city.standIn.facebook.deliver(
        citizen,
        textMessage({ pageId: KEYS.pageId, citizen, at: city.now() }, text),
      );
    // Certainly not sent: after a call without an answer it would wait for the echo first.
    city.standIn.graph.setFault({
      kind: "error",
      status: 503,
      error: { code: 2, message: "Service temporarily unavailable" },
    });
    await writes("syarat bikin ktp apa saja");
    await writes("jam buka dukcapil");
    await writes("HAPUS");
    await writes("ya hapus");
    await until(async () => (await city.ready()).counts?.inboxWaiting === 0, 30_000);
    city.standIn.graph.setFault(undefined);
    await until(() => codeIn(city.standIn.heard(citizen).slice(before)) !== "", 60_000);
    await city.idle();
    const heard = said(city.standIn.heard(citizen).slice(before));
    expect(heard).toMatch(/dihapus/i);
    expect(heard).not.toMatch(/KTP|dukcapil/i);
  }, 120_000);

  it("is asked again when the yes comes after an hour", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "HAPUS");
    await city.pass(2 * HOUR);
    expect(codeIn(await city.chooses(citizen, "Ya, hapus"))).toBe("");
    expect(codeIn(await city.writes(citizen, "ya hapus"))).not.toBe("");
  });

  it("waits while somebody may be in danger: staff need the conversation to help", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "TOLONG banjir masuk rumah, ibu saya terjebak di atas lemari");
    expect(said(await city.writes(citizen, "HAPUS"))).toMatch(/darurat/i);
    expect(await city.escalationOf(citizen)).toBeDefined();
  });
});

describe("Meta's data deletion callback", () => {
  it("removes the person, and answers with a code and the page that shows it", async () => {
    const citizen = newCitizen();
    await city.writes(citizen, "syarat bikin ktp apa saja");
    const body = signedFor(citizen);
    const answer = await ask(body);
    expect(answer.status).toBe(200);
    const { url, confirmation_code } = (await answer.json()) as { url: string; confirmation_code: string };
    expect(url).toBe(`${city.url}/hapus-data?kode=${confirmation_code}`);
    await city.idle();
    expect(await statusOf(confirmation_code)).toMatch(/Sudah dihapus pada .*: 1 pesan/);
    expect(said(await city.writes(citizen, "syarat bikin ktp apa saja"))).toContain("asisten otomatis");
    // Played again, it has the same code and removes nothing new.
    expect(((await (await ask(body)).json()) as { confirmation_code: string }).confirmation_code).toBe(
      confirmation_code,
    );
    await city.idle();
    expect(said(await city.writes(citizen, "syarat bikin ktp apa saja"))).not.toContain("asisten otomatis");
  });

  it("says honestly that nothing is known under Meta's number, and what helps", async () => {
    const answer = (await (await ask(signedFor("424242424242"))).json()) as { confirmation_code: string };
    await city.idle();
    const status = await statusOf(answer.confirmation_code);
    expect(status).toMatch(/tidak ada data yang kami temukan.*HAPUS/s);
    expect(status).not.toContain("Sudah dihapus");
  });

  it("refuses what Meta has not signed, what is old, and what is none", async () => {
    for (const body of [
      signedFor("1", city.now(), "another secret"),
      signedFor("1", city.now() - 48 * HOUR),
      "signed_request=a.b",
      "signed_request=",
      "",
    ])
      expect((await ask(body)).status).toBe(403);
  });

  it("says of an unknown code that it is not there yet", async () => {
    expect(await statusOf("HPS-<script>")).toMatch(/belum tercatat/);
    expect(await statusOf("HPS-<script>")).not.toContain("<script>");
  });
});
