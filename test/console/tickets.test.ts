/** One ticket on its way: what citizens will read is seen before it is sent, and a picture shows what was done. */
import sharp from "sharp";
import type { Browser } from "playwright-core";
import { describeInBrowser, openBrowser, PHONE } from "../support/browser";
import type { Visitor } from "../support/console";
import { fillBusyDay, WITH_NIK } from "./busy-day";
import type { Store } from "../../src/storage/port";
import { NOBODY } from "../../src/vocabulary/ticket";
import { aMessage, aTicket, aTurn } from "../support/tickets";
import { closeAll, openOffice, until, type Office } from "./office";

jest.setTimeout(180_000);

const DONE = "Lubang sudah ditambal hari ini.";

/** A report whose only reporter had their data removed. */
async function fileForNobody(store: Store): Promise<void> {
  const event = aMessage("m-nobody", NOBODY);
  await store.accept([event], event.at);
  const ticket = aTicket("t-nobody", { reporters: [] });
  await store.commitTurn(
    event.id,
    aTurn(NOBODY, { tickets: [{ kind: "file", ticket, prefix: "JLN" }] }),
    event.at,
  );
}

describe("A ticket", () => {
  let office: Office;
  let sari: Visitor;

  beforeAll(async () => {
    office = await openOffice({
      async fill(store) {
        await fillBusyDay(store, Date.now());
        await fileForNobody(store);
      },
    });
    sari = await office.visit("sari");
  });
  afterAll(() => closeAll(undefined, office));

  const photo = (bytes: Uint8Array, name = "hasil.jpg") => ({
    field: "file",
    name,
    type: "image/jpeg",
    bytes,
  });
  const aPhoto = () =>
    sharp({ create: { width: 300, height: 200, channels: 3, background: "#557755" } })
      .withExif({ IFD0: { Copyright: "kamera pribadi" } })
      .jpeg()
      .toBuffer();
  const sentenceIn = (text: string) => /id="sentence"[^>]*>([^<]+)</.exec(text)?.[1]?.trim() ?? "";

  it("shows the citizen's sentence before anything is changed or sent (F-01)", async () => {
    const before = office.heard(WITH_NIK).length;
    const shown = await sari.post("/console/tickets/t1", {
      do: "preview",
      to: "forwarded",
      agency: "dpu",
      text: "",
    });
    expect(shown.status).toBe(200);
    const sentence = sentenceIn(shown.text);
    expect(sentence).toContain("JLN-0001");
    expect((await sari.get("/console/tickets/t1")).text).not.toContain(sentence);
    expect(office.heard(WITH_NIK)).toHaveLength(before);
    const moved = await sari.post("/console/tickets/t1", {
      do: "move",
      to: "forwarded",
      agency: "dpu",
      key: "preview-then-move-1",
    });
    expect(moved.location).toBe("/console/tickets/t1?said=done");
    // Word for word what was shown.
    await until(() => office.heard(WITH_NIK).includes(sentence));
  });

  it("goes on when nobody who reported it is left, and stands in no list of conversations", async () => {
    const moved = await sari.post("/console/tickets/t-nobody", {
      do: "move",
      to: "working",
      key: "nobody-left-1",
    });
    expect(moved.location).toBe("/console/tickets/t-nobody?said=done");
    expect((await office.app.store.ticket("t-nobody"))?.state).toBe("working");
    expect(await office.app.store.desk.listing(NOBODY)).toBeUndefined();
  });

  it("brings back what was typed when something is missing, or when it is to be changed", async () => {
    const typed = { to: "done", text: "Sudah", without: "gelap", agency: "dpu" };
    const incomplete = await sari.post("/console/tickets/t3", { do: "preview", ...typed });
    expect(incomplete.status).toBe(400);
    expect(incomplete.text).toContain("belum lengkap");
    expect(incomplete.text).toContain('value="gelap"');
    const again = await sari.post("/console/tickets/t3", { do: "edit", ...typed, text: "Sudah ditambal" });
    expect([again.status, again.text.includes("Sudah ditambal</textarea>")]).toEqual([200, true]);
  });

  it("takes a picture of what was done, made anew under a name of our own (F-04, S-05, S-06, S-07)", async () => {
    const shown = await sari.upload(
      "/console/tickets/t3",
      { do: "preview", to: "done", text: DONE },
      photo(await aPhoto(), "../../\u200B.htaccess"),
    );
    expect(shown.status).toBe(200);
    expect(sentenceIn(shown.text)).toContain(DONE);
    const id = /name="photo" value="(p[0-9a-f-]{36})"/.exec(shown.text)?.[1] ?? "";
    expect(id).not.toBe("");
    // Not the ticket's yet: nobody sees it before it is sent.
    expect((await sari.get(`/console/tickets/t3/pictures/${id}`)).status).toBe(404);
    const moved = await sari.post("/console/tickets/t3", {
      do: "move",
      to: "done",
      text: DONE,
      photo: id,
      key: "done-with-photo-1",
    });
    expect(moved.location).toBe("/console/tickets/t3?said=done");
    const page = (await sari.get("/console/tickets/t3")).text;
    expect(page).toContain("Foto 1, dari petugas");
    const answer = await fetch(`${office.url}/console/tickets/t3/pictures/${id}`, {
      headers: { cookie: [...sari.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    // Without a session it does not exist.
    const stranger = await fetch(`${office.url}/console/tickets/t3/pictures/${id}`, { redirect: "manual" });
    expect(stranger.status).toBe(404);
  });

  it("takes nothing that is no photo, nothing too large, and no picture of another ticket", async () => {
    const fields = { do: "preview", to: "done", text: DONE };
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const bad = await sari.upload("/console/tickets/t2", fields, photo(svg, "hasil.svg"));
    expect([bad.status, bad.text.includes("bukan foto yang bisa dibaca")]).toEqual([400, true]);
    const large = await sari.upload("/console/tickets/t2", fields, photo(Buffer.alloc(8 * 1024 * 1024 + 1)));
    expect([large.status, large.text.includes("lebih dari 8 MB")]).toEqual([400, true]);
    const kept = await sari.upload("/console/tickets/t6", fields, photo(await aPhoto()));
    const foreign = /name="photo" value="([^"]+)"/.exec(kept.text)?.[1] ?? "";
    const stolen = await sari.post("/console/tickets/t2", {
      do: "move",
      to: "done",
      text: DONE,
      photo: foreign,
      key: "photo-of-another-1",
    });
    expect([stolen.status, stolen.text.includes("belum lengkap")]).toEqual([400, true]);
  });

  describeInBrowser("in a browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());

    it("is moved on from a phone in two steps", async () => {
      const seat = await office.sitDown(browser, "sari", PHONE);
      await seat.page.goto(`${office.url}/console/tickets/t5`);
      await seat.page.getByLabel(/^Dikerjakan/).check();
      await seat.page.getByRole("button", { name: "Lihat kalimat untuk warga" }).click();
      const sentence = (await seat.page.locator("#sentence").textContent())?.trim() ?? "";
      await seat.page.getByRole("button", { name: "Simpan dan kabari warga" }).click();
      await seat.page.getByText("Perubahan tersimpan.").waitFor();
      await until(() => office.heard(WITH_NIK).includes(sentence));
      expect(seat.trouble).toEqual([]);
      await seat.context.close();
    });
  });
});
