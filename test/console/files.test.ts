/** Files from staff to a citizen: one call to Facebook, under a name of our own, and no way in for anything else. */
import { readdirSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { createSentFiles } from "../../src/media/sent-files";
import { axeFindings, openWindow, PHONE } from "../support/browser";
import { temporaryFolder } from "../support/sabar";
import { FLOODED, HURRY } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(180_000);

const PDF = Buffer.from("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF");
const aPhoto = () =>
  sharp({ create: { width: 200, height: 100, channels: 3, background: "#335577" } })
    .withExif({ IFD0: { Copyright: "kamera pribadi" } })
    .png()
    .toBuffer();

describeOnBusyDay("A file for a citizen", (day) => {
  const sentTo = (citizen: string) =>
    day.office.app.simulator!.graph.sent.filter((each) => each.citizen === citizen);

  it("goes out after the words, in one call, and is shown where it was sent (B-11)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari", PHONE);
    const { page } = seat;
    await page.goto(`${day.office.url}/console/conversations/${HURRY}`);
    await page.locator(".switch").waitFor();
    await page.locator("#reply-text").fill("Ini formulirnya.");
    await page
      .getByLabel("Lampirkan berkas")
      .setInputFiles({ name: "formulir <b>SPPT.pdf", mimeType: "application/pdf", buffer: PDF });
    await page.getByRole("button", { name: "Batal lampirkan" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Kirim", exact: true }).click();
    await until(() => sentTo(HURRY).length === 2);
    const [words, file] = sentTo(HURRY);
    expect(words?.message.text).toBe("Ini formulirnya.");
    expect(file?.message.attachment).toEqual({ type: "file", payload: {} });
    expect(file?.file).toEqual({ name: "formulir b SPPT.pdf", bytes: PDF });
    await page.getByRole("link", { name: "Unduh formulir b SPPT.pdf" }).waitFor();
    // Empty again: the next message brings nothing along.
    expect(await page.locator("#reply-file").evaluate((field) => (field as HTMLInputElement).value)).toBe("");
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("may be a picture, which is made anew, and may come without words", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    const { page } = seat;
    await page.goto(`${day.office.url}/console/conversations/${FLOODED}`);
    await page.locator(".switch").waitFor();
    await page
      .getByLabel("Lampirkan berkas")
      .setInputFiles({ name: "peta.png", mimeType: "image/png", buffer: await aPhoto() });
    await page.getByRole("button", { name: "Kirim", exact: true }).click();
    await until(() => sentTo(FLOODED).length === 1);
    const { bytes } = sentTo(FLOODED)[0]!.file!;
    const made = await sharp(bytes).metadata();
    expect([made.format, made.width, made.exif]).toEqual(["jpeg", 200, undefined]);
    const picture = page.getByAltText("Foto yang dikirim petugas");
    await picture.waitFor();
    await until(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth === 200));
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("larger than 25 MB is refused before it is sent anywhere", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    const { page } = seat;
    await page.goto(`${day.office.url}/console/conversations/${HURRY}`);
    await page.locator(".switch").waitFor();
    await page.locator("#reply-file").evaluate((field) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], "besar.pdf"));
      (field as HTMLInputElement).files = files.files;
      field.dispatchEvent(new Event("change"));
    });
    expect(await page.getByRole("button", { name: "Kirim", exact: true }).isDisabled()).toBe(true);
    expect(await page.locator("#reply-problem").textContent()).toContain("lebih dari 25 MB");
    await seat.context.close();
  });

  it("that is neither photo nor PDF is refused in words; one that was sent is only ever saved, by those who may (S-05, S-06, S-07)", async () => {
    const seat = await day.office.sitDown(day.browser, "sari");
    const { page } = seat;
    const address = `${day.office.url}/console/conversations/${HURRY}`;
    const attach = async (name: string, mimeType: string, buffer: Buffer): Promise<void> => {
      await page.goto(address);
      await page.locator(".switch").waitFor();
      await page.getByLabel("Lampirkan berkas").setInputFiles({ name, mimeType, buffer });
      await page.getByRole("button", { name: "Kirim", exact: true }).click();
    };
    const before = sentTo(HURRY).length;
    for (const [name, content] of [
      ["a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ["a.html", "<script>alert(1)</script>"],
      ["a.js", "alert(1)"],
    ] as const) {
      await attach(name, "image/png", Buffer.from(content));
      await page.getByText("Berkas itu bukan foto atau PDF", { exact: false }).first().waitFor();
    }
    expect(sentTo(HURRY)).toHaveLength(before);
    const names = ["../../x.pdf", "su\u200Brat.pdf", ".htaccess"];
    for (const [index, name] of names.entries()) {
      await attach(name, "application/pdf", PDF);
      await until(() => sentTo(HURRY).length === before + index + 1);
    }
    for (const file of readdirSync(path.join(day.office.folder, "sent", HURRY)))
      expect(file).toMatch(/^[0-9a-f-]{36}\.(pdf|jpg)$/);
    await page.goto(address);
    const link = page.getByRole("link", { name: /^Unduh x/ });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe("berkas.pdf");
    const place = (await link.getAttribute("href")) ?? "";
    const stranger = await openWindow(day.browser, PHONE);
    const other = await stranger.newPage();
    expect((await other.goto(`${day.office.url}${place}`))?.status()).toBe(404);
    await stranger.close();
    // What was refused answered 400; nothing else went wrong.
    expect(seat.trouble.filter((each) => !each.includes("400"))).toEqual([]);
    await seat.context.close();
  });

  it("that is neither photo nor PDF is refused, and nobody else finds what was sent (S-05, S-06, S-07, S-08)", async () => {
    const sari = await day.office.visit("sari");
    const act = `/console/conversations/${HURRY}/act`;
    const before = sentTo(HURRY).length;
    for (const [name, bytes] of [
      ["a.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ["a.html", Buffer.from("<script>alert(1)</script>")],
      ["a.js", Buffer.from("alert(1)")],
    ] as const) {
      const answer = await sari.upload(
        act,
        { act: "reply", text: "", key: `bad-file-${name.replace(".", "-")}` },
        { field: "file", name, type: "image/png", bytes },
      );
      expect([name, answer.status]).toEqual([name, 400]);
    }
    expect(sentTo(HURRY)).toHaveLength(before);
    const page = (await sari.get(`/console/conversations/${HURRY}`)).text;
    const address = /\/console\/conversations\/\d+\/files\/[0-9a-f-]{36}\.pdf/.exec(page)?.[0] ?? "";
    const { headers, status } = await sari.get(address);
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toBe("attachment; filename=berkas.pdf");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    for (const elsewhere of [
      address.replace(HURRY, FLOODED),
      address.replace(/files\/.*/, "files/..%2F..%2Fsimulator.db"),
      address.replace(/files\/.*/, "files/00000000-0000-0000-0000-000000000000.jpg"),
    ])
      expect([elsewhere, (await sari.get(elsewhere)).status]).toEqual([elsewhere, 404]);
    expect((await fetch(`${day.office.url}${address}`, { redirect: "manual" })).status).toBe(404);
  });

  it("that is one of two, comes in another field, or broke off on its way, is refused in words (S-05)", async () => {
    const sari = await day.office.visit("sari");
    const act = `/console/conversations/${HURRY}/act`;
    const before = sentTo(HURRY).length;
    const other = await sari.upload(
      act,
      { act: "reply", text: "Ini.", key: "other-field-1" },
      { field: "dokumen", name: "a.pdf", type: "application/pdf", bytes: PDF },
    );
    expect([other.status, other.text]).toEqual([400, expect.stringContaining("satu berkas saja")]);
    const send = (body: string): Promise<Response> =>
      fetch(`${day.office.url}${act}`, {
        method: "POST",
        body,
        headers: {
          origin: day.office.url,
          cookie: [...sari.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
          "content-type": "multipart/form-data; boundary=x",
        },
      });
    const field = (name: string, value: string): string =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const file = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4`;
    const start = field("act", "reply") + field("text", "Setengah") + field("key", "broken-off-1") + file;
    const broken = await send(start);
    expect([broken.status, await broken.text()]).toEqual([
      400,
      expect.stringContaining("terputus di tengah jalan"),
    ]);
    const two = await send(`${start}\r\n${file}\r\n--x--\r\n`);
    expect([two.status, await two.text()]).toEqual([400, expect.stringContaining("satu berkas saja")]);
    expect(sentTo(HURRY)).toHaveLength(before);
  });

  it("is not kept when the answer it came with was refused", async () => {
    const sari = await day.office.visit("sari");
    const kept = (): string[] => readdirSync(path.join(day.office.folder, "sent", HURRY)).sort();
    const before = kept();
    // Sari has answered since this page of Rudi's was opened.
    const rudi = await day.office.visit("rudi");
    const refused = await rudi.upload(
      `/console/conversations/${HURRY}/act`,
      { act: "reply", text: "Ini berkasnya.", key: "refused-file-1", after: "" },
      { field: "file", name: "a.pdf", type: "application/pdf", bytes: PDF },
    );
    expect([refused.location, kept()]).toEqual([expect.stringContaining("said=colleague"), before]);
    const nonsense = await sari.upload(
      `/console/conversations/${HURRY}/act`,
      { act: "reply", text: "a".repeat(2001), key: "refused-file-2" },
      { field: "file", name: "a.pdf", type: "application/pdf", bytes: PDF },
    );
    expect([nonsense.status, kept()]).toEqual([400, before]);
    // Two thousand letters on many lines are no more than that, though browsers send more.
    const lines = "baris satu\n".repeat(181) + "akhir.";
    expect(lines.length).toBeLessThanOrEqual(2000);
    const long = await sari.post(`/console/conversations/${HURRY}/act`, {
      ...{ act: "reply", text: lines.replaceAll("\n", "\r\n"), key: "many-lines-1", force: "1" },
    });
    expect(long.location).not.toContain("said=bad");
    await until(() => sentTo(HURRY).some(({ message }) => String(message.text).endsWith("akhir.")));
  });

  it("for a ticket is one of four, and half a form moves nothing", async () => {
    const sari = await day.office.visit("sari");
    const picture = { field: "file", name: "a.png", type: "image/png", bytes: await aPhoto() };
    const fields: Record<string, string> = {
      do: "preview",
      to: "done",
      text: "Lubang sudah ditambal rapi tadi pagi.",
    };
    let form = "";
    const kept: string[] = [];
    const preview = async (): Promise<number> => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      for (const id of kept) body.append("photo", id);
      body.append("file", new Blob([Uint8Array.from(picture.bytes)], { type: picture.type }), picture.name);
      const answer = await fetch(`${day.office.url}/console/tickets/t3`, {
        method: "POST",
        body,
        headers: {
          origin: day.office.url,
          cookie: [...sari.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        },
      });
      form = await answer.text();
      kept.splice(
        0,
        kept.length,
        ...[...form.matchAll(/name="photo" value="([^"]+)"/g)].map(([, id = ""]) => id),
      );
      return answer.status;
    };
    for (let photos = 1; photos <= 4; photos += 1)
      expect([await preview(), kept.length]).toEqual([200, photos]);
    expect([await preview(), kept.length]).toEqual([400, 4]);
    expect(form).toContain("Paling banyak 4 foto");
    const wrong = await sari.upload(
      "/console/tickets/t3",
      { do: "move", to: "done" },
      { ...picture, field: "foto" },
    );
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("satu foto setiap kali")]);
    expect((await day.office.app.store.ticket("t3"))?.state).toBe("working");
  });
});

describe("The folder of sent files", () => {
  const place = temporaryFolder();
  afterAll(() => place.remove());

  it("keeps nothing under a name that came from outside, and forgets what is old", async () => {
    const files = createSentFiles(place.folder);
    const kept = await files.keep("71", PDF, "../../etc/\u200Bpasswd;rm -rf.pdf");
    expect(kept).toMatchObject({ type: "file", name: "passwd rm -rf.pdf" });
    expect(kept?.id).toMatch(/^[0-9a-f-]{36}\.pdf$/);
    expect(await files.keep("../71", PDF, "a.pdf")).toBeUndefined();
    expect(await files.read("71", kept!.id)).toEqual(PDF);
    expect(await files.read("72", kept!.id)).toBeUndefined();
    const other = await files.keep("72", PDF, "lain.pdf");
    await files.erase("72");
    expect(await files.read("72", other!.id)).toBeUndefined();
    expect(await files.forget(Date.now() - 60_000)).toBe(0);
    expect(await files.forget(Date.now() + 60_000)).toBe(1);
    expect(await files.read("71", kept!.id)).toBeUndefined();
  });
});
