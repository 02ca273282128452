/** One conversation, two members of staff and the bot: who said what, what is sent, and that nobody is answered twice. */
import type { Browser } from "playwright-core";
import { describeInBrowser, openBrowser } from "../support/browser";
import { fillBusyDay, FLOODED, NIK, PAYLOADS, PHONE, WITH_NIK } from "./busy-day";
import { closeAll, openOffice, until, type Office, type Seat } from "./office";

jest.setTimeout(180_000);

describeInBrowser("A conversation", () => {
  let office: Office;
  let browser: Browser;
  let sari: Seat;
  let rudi: Seat;
  let count = 7_400_000_000_000_000;

  beforeAll(async () => {
    office = await openOffice({ fill: (store) => fillBusyDay(store, Date.now()) });
    browser = await openBrowser();
    sari = await office.sitDown(browser, "sari");
    rudi = await office.sitDown(browser, "rudi");
  });
  afterAll(() => closeAll(browser, office));

  /** A citizen who has asked for a person and was heard. */
  const newCase = async (): Promise<string> => {
    const citizen = String((count += 1));
    office.write(citizen, "mau bicara dengan petugas");
    await until(() => office.heard(citizen).length > 0);
    return citizen;
  };
  const open = async ({ page }: Seat, citizen: string): Promise<void> => {
    await page.goto(`${office.url}/console/conversations/${citizen}`);
    await page.locator(".switch").waitFor();
  };
  const line = ({ page }: Seat, text: string) => page.locator("#log [data-line]").filter({ hasText: text });
  const send = async (seat: Seat, text: string): Promise<void> => {
    await seat.page.locator("#reply-text").fill(text);
    await seat.page.getByRole("button", { name: "Kirim", exact: true }).click();
  };

  it("shows citizen, bot, note, console and Business Suite, each under its own name (B-01, B-02)", async () => {
    const citizen = await newCase();
    office.answerInSuite(citizen, "Halo, saya dari Business Suite");
    await open(sari, citizen);
    // Otherwise the guard rightly asks, because a colleague was faster.
    await line(sari, "saya dari Business Suite").waitFor();
    await open(sari, citizen);
    await sari.page.getByRole("button", { name: "Catatan internal" }).click();
    await sari.page.locator("#note-text").fill("sudah telepon dinas");
    await sari.page.getByRole("button", { name: "Simpan catatan" }).click();
    await line(sari, "sudah telepon dinas").waitFor();
    await sari.page.getByRole("button", { name: "Balas warga" }).click();
    await send(sari, "Baik, kami bantu.");
    await line(sari, "Baik, kami bantu.").waitFor();
    const whoSaid = async (text: string) =>
      (await line(sari, text).locator("strong").first().textContent()) ?? "";
    expect(await whoSaid("mau bicara dengan petugas")).toBe("Warga");
    expect(await line(sari, "Kenapa bot menjawab ini?").first().locator("strong").first().textContent()).toBe(
      "Bot",
    );
    expect(await whoSaid("saya dari Business Suite")).toBe("Petugas (dari Business Suite)");
    expect(await line(sari, "saya dari Business Suite").count()).toBe(1);
    expect(await whoSaid("sudah telepon dinas")).toBe("Catatan internal · Sari");
    expect(await whoSaid("Baik, kami bantu.")).toBe("Petugas Sari");
    expect(await sari.page.locator("#head").textContent()).toContain("Bot dijeda sejak");
    // B-09: the note stays here.
    expect(office.heard(citizen).join()).not.toContain("sudah telepon dinas");
    await until(() => office.heard(citizen).includes("Baik, kami bantu."));
  });

  it("explains a turn of the bot: topic, words, second choice, wording (U3)", async () => {
    await open(sari, WITH_NIK);
    await sari.page.getByText("Kenapa bot menjawab ini?").click();
    const why = (await sari.page.locator(".why").textContent()) ?? "";
    expect(why).toMatch(/Topik: .+\. Kata yang cocok: “jalan”/);
    expect(why).toMatch(/Pilihan kedua: .+ \(jauh di bawah\)/);
    expect(why).toContain("Susunan kalimat ke-1 dari 3");
  });

  it("shows the colleague who has it and is typing, on the list and in the conversation (B-03)", async () => {
    const citizen = await newCase();
    await rudi.page.goto(`${office.url}/console/inbox`);
    await open(sari, citizen);
    await sari.page.locator("#reply-text").pressSequentially("Sebentar");
    await rudi.page.locator(`#row-${citizen}`).getByText("Sari sedang mengetik").waitFor();
    await until(async () => {
      const text = await rudi.page.locator(`#row-${citizen}`).textContent();
      return text?.includes("Dipegang Sari") === true;
    });
    await open(rudi, citizen);
    expect(await rudi.page.locator("#head").textContent()).toContain("Dipegang Sari");
  });

  it("does not send over a colleague who was faster; both texts are there to read (B-04)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    await open(rudi, citizen);
    await send(rudi, "Jawaban Rudi.");
    await until(() => office.heard(citizen).includes("Jawaban Rudi."));
    await sari.page.locator("#reply-text").fill("Jawaban Sari.");
    // As if Sari's page had not heard of it yet.
    await sari.page.locator('#reply [name="after"]').evaluate((field) => field.setAttribute("value", ""));
    await sari.page.getByRole("button", { name: "Kirim", exact: true }).click();
    const dialog = sari.page.getByRole("dialog", { name: "Rudi baru saja membalas" });
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain("Jawaban Rudi.");
    expect(
      await dialog.getByRole("button", { name: "Baca dulu" }).evaluate((b) => b === document.activeElement),
    ).toBe(true);
    expect(office.heard(citizen)).not.toContain("Jawaban Sari.");
    await dialog.getByRole("button", { name: "Tetap kirim" }).click();
    await until(() => office.heard(citizen).includes("Jawaban Sari."));
    // after sending the box has the focus again.
    await until(() => sari.page.locator("#reply-text").evaluate((box) => box === document.activeElement));
  });

  it("keeps what was typed through a reload and a new session (B-06)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    await sari.page.locator("#reply-text").fill("belum selesai saya tu");
    const visitor = await office.visit("sari");
    await until(async () =>
      (await visitor.get(`/console/conversations/${citizen}`)).text.includes("belum selesai saya tu"),
    );
    await sari.page.reload();
    expect(await sari.page.locator("#reply-text").inputValue()).toBe("belum selesai saya tu");
  });

  it("says in plain words what was not delivered, and sends it once more, once (B-07)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    office.app.simulator?.graph.setFault({
      kind: "error",
      status: 400,
      error: { code: 551, error_subcode: 1545041, message: "(#551) not available" },
      onlyMessages: true,
    });
    await send(sari, "Apakah sudah terima?");
    const failed = line(sari, "Apakah sudah terima?");
    await failed.getByText("Belum terkirim:").waitFor();
    expect(await failed.textContent()).not.toMatch(/551|#|error/);
    office.app.simulator?.graph.setFault(undefined);
    await failed.getByRole("button", { name: "Coba lagi" }).dblclick();
    await until(() => office.heard(citizen).includes("Apakah sudah terima?"));
    await line(sari, "Apakah sudah terima?").getByText("✓").waitFor();
    expect(office.heard(citizen).filter((text) => text === "Apakah sudah terima?")).toHaveLength(1);
  });

  it("does not send what is too long, and says why; what fits arrives whole (B-08)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    const box = sari.page.locator("#reply-text");
    const button = sari.page.getByRole("button", { name: "Kirim", exact: true });
    await box.fill("a".repeat(2001));
    expect(await button.isDisabled()).toBe(true);
    expect(await sari.page.locator("#reply-problem").textContent()).toMatch(/Terlalu panjang 1 huruf/);
    const long = `${"kata ".repeat(399)}tamat`;
    await box.fill(long);
    await button.click();
    await until(() => office.heard(citizen).slice(1).join(" ").endsWith("tamat"));
    expect(office.heard(citizen).slice(-2).join(" ")).toBe(long);
  });

  it("offers ready answers, puts one in at the caret, and asks for its blanks (B-10)", async () => {
    const citizen = await newCase();
    // The first answer comes last, when more letters have been typed.
    let waitMs = 1000;
    await sari.page.route("**/console/quick-replies", async (route) => {
      const mine = waitMs;
      waitMs = 0;
      await new Promise((resolve) => setTimeout(resolve, mine));
      await route.continue();
    });
    await open(sari, citizen);
    const box = sari.page.locator("#reply-text");
    await box.pressSequentially("Halo. /sppt");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const options = sari.page.locator("#quick").getByRole("option");
    await until(async () => (await options.count()) === 2);
    expect(await options.allTextContents()).toEqual([
      expect.stringContaining("sppt"),
      expect.stringContaining("sppt"),
    ]);
    await box.press("Enter");
    expect(await box.inputValue()).toMatch(/^Halo\. Salinan SPPT bisa diminta di/);
    await box.fill("");
    await box.pressSequentially("/diterus");
    await options.first().waitFor();
    await box.press("Enter");
    expect(await sari.page.getByRole("button", { name: "Kirim", exact: true }).isDisabled()).toBe(true);
    expect(await sari.page.locator("#reply-problem").textContent()).toContain("{dinas tujuan}");
    const selected = await box.evaluate((element) => {
      const field = element as HTMLTextAreaElement;
      return field.value.slice(field.selectionStart, field.selectionEnd);
    });
    expect(selected).toBe("{dinas tujuan}");
  });

  it("does not take Enter in a note for sending (B-09)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    await sari.page.getByRole("button", { name: "Catatan internal" }).click();
    await sari.page.locator("#note-text").pressSequentially("rahasia dapur");
    await sari.page.locator("#note-text").press("Enter");
    await sari.page.locator("#note-text").press("Control+Enter");
    expect(await sari.page.locator("#note-text").inputValue()).toContain("rahasia dapur");
    expect(office.heard(citizen).join()).not.toContain("rahasia dapur");
  });

  it("takes a conversation from the bot and gives it back (B-12)", async () => {
    const citizen = String((count += 1));
    office.write(citizen, "ktp hilang");
    await until(() => office.heard(citizen).length > 0);
    await open(sari, citizen);
    await sari.page.getByRole("button", { name: "Ambil alih dari bot" }).click();
    await line(sari, "Sari mengambil alih dari bot.").waitFor();
    const before = office.heard(citizen).length;
    for (const text of ["jam buka disdukcapil", "syarat kia", "lampu jalan mati"])
      office.write(citizen, text);
    await line(sari, "lampu jalan mati").waitFor();
    expect(office.heard(citizen)).toHaveLength(before);
    await sari.page.locator("#head").getByRole("button", { name: "Kembalikan ke bot" }).first().click();
    await line(sari, "Sari mengembalikan percakapan ke bot.").waitFor();
    office.write(citizen, "jam buka disdukcapil");
    await until(() => office.heard(citizen).length > before);
  });

  it("hands a conversation to a colleague by name (Alihkan ke…)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    await sari.page.getByText("Tindakan", { exact: true }).click();
    await sari.page.getByLabel("Alihkan ke…").selectOption({ label: "Rudi" });
    await sari.page.getByRole("button", { name: "Alihkan", exact: true }).click();
    await line(sari, "Sari mengalihkan percakapan ini ke Rudi.").waitFor();
    await open(rudi, citizen);
    expect(await rudi.page.locator("#head").textContent()).toContain("Anda pegang");
    const visitor = await office.visit("rudi");
    const mine = await visitor.get("/console/inbox?view=mine");
    expect(mine.text).toContain(`row-${citizen}`);
    // Only who answers citizens can be given one.
    const refused = await visitor.post(
      `/console/conversations/${citizen}/act`,
      { act: "hand", to: "nobody", key: "hand-to-nobody-1" },
      { "x-requested-with": "sabar" },
    );
    expect(refused.status).toBe(400);
  });

  it("puts a conversation off, and brings it back as soon as the citizen writes (must-have 15)", async () => {
    const citizen = await newCase();
    await open(sari, citizen);
    await sari.page.getByText("Tindakan", { exact: true }).click();
    await sari.page.getByRole("button", { name: "Tunda", exact: true }).click();
    await line(sari, "Sari menunda sampai").waitFor();
    const visitor = await office.visit("rudi");
    const isIn = async (view: string) =>
      (await visitor.get(`/console/inbox?view=${view}&show=400`)).text.includes(`row-${citizen}`);
    expect([await isIn("snoozed"), await isIn("needs")]).toEqual([true, false]);
    office.write(citizen, "halo, masih ada?");
    await until(() => isIn("needs"));
  });

  it("shows nobody's number before it is opened for a purpose, and writes that down (E-01, E-02)", async () => {
    await open(sari, WITH_NIK);
    const html = await sari.page.content();
    for (const secret of [NIK, PHONE, "budi@contoh.example"]) expect(html).not.toContain(secret);
    await sari.page.getByRole("button", { name: /^NIK ••••0004 Buka$/ }).click();
    const dialog = sari.page.getByRole("dialog", { name: "Buka data pribadi" });
    await dialog.getByRole("button", { name: "Buka", exact: true }).click();
    expect(await sari.page.content()).not.toContain(NIK);
    await dialog.getByLabel("Untuk keperluan apa?").selectOption({ label: "Mengurus tiket" });
    await dialog.getByRole("button", { name: "Buka", exact: true }).click();
    await sari.page.getByRole("button", { name: NIK }).waitFor();
    const visitor = await office.visit("sari");
    const { text: audit } = await visitor.get("/console/records/audit");
    expect(audit).toContain("Mengurus tiket");
    expect(audit).toContain("Warga #0003");
    expect(audit).not.toContain(NIK);
    await sari.page.reload();
    expect(await sari.page.content()).not.toContain(NIK);
  });

  it("lets nobody open numbers whose role does not need them (E-03)", async () => {
    const rina = await office.visit("rina");
    const { text, status } = await rina.get(`/console/conversations/${WITH_NIK}`);
    expect([status, text.includes("data-source")]).toEqual([200, false]);
    expect(text).not.toContain(NIK);
    const refused = await rina.post(`/console/conversations/${WITH_NIK}/open-data`, {
      source: `m_${WITH_NIK}`,
      index: "0",
      purpose: "ticket",
    });
    expect(refused.status).toBe(403);
  });

  it("shows thirty hostile messages as text, and nothing of them runs (S-01)", async () => {
    const citizen = await newCase();
    for (const payload of PAYLOADS) office.write(citizen, payload);
    await open(sari, citizen);
    for (const payload of PAYLOADS) {
      const visible = payload.replace(/[\u202C\u202E]/g, "␣");
      await sari.page.locator("#log .text").filter({ hasText: visible }).first().waitFor();
    }
    expect(await sari.page.title()).not.toContain("XSS");
    expect(
      await sari.page
        .locator("#log img, #log iframe, #log script, #log svg, #log form[action*=evil]")
        .count(),
    ).toBe(0);
    await sari.page.goto(`${office.url}/console/inbox?view=folded&show=400`);
    expect(await sari.page.locator("#rows img, #rows svg, #rows iframe, #rows script").count()).toBe(0);
  });

  it("can be read with scripts switched off, and answered (X-08)", async () => {
    const citizen = await newCase();
    const seat = await office.sitDown(browser, "rudi", undefined, { javaScriptEnabled: false });
    await seat.page.goto(`${office.url}/console/inbox`);
    await seat.page.locator(`#row-${FLOODED} a`).click();
    expect(await seat.page.locator("#log").textContent()).toContain("banjir udah masuk rumah");
    await seat.page.goto(`${office.url}/console/conversations/${citizen}`);
    await seat.page.locator("#reply-text").fill("Dibalas tanpa skrip.");
    await seat.page.getByRole("button", { name: "Kirim", exact: true }).click();
    await until(() => office.heard(citizen).includes("Dibalas tanpa skrip."));
    await seat.context.close();
  });

  it("went on without trouble for both", () => {
    // What the tests did to Facebook and to each other answers 409; nothing else may go wrong.
    const foreign = [...sari.trouble, ...rudi.trouble].filter((each) => !each.includes("409"));
    expect(foreign).toEqual([]);
  });
});
