/** The first day of a new member of staff, from the login to a ticket that moves on, with a citizen at the simulator. Once on a laptop, once on a phone. */
import { LAPTOP, openWindow, PHONE, watchTrouble } from "../support/browser";
import { BUSY, HURRY } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(240_000);

const ANSWER = "Bapak, tim BPBD kami kabari sekarang. Matikan listrik dulu, lalu naik ke tempat yang tinggi.";

describeOnBusyDay("A new member of staff", (day) => {
  it.each([
    ["a laptop", LAPTOP, "t3"],
    ["a phone", PHONE, "t5"],
  ])("finds, answers and hands back, and moves a ticket on, on %s", async (_name, viewport, ticket) => {
    const { office, browser } = day;
    const citizens = await openWindow(browser, PHONE);
    const phone = await citizens.newPage();
    const trouble = watchTrouble(phone);
    await phone.goto(`${office.url}/simulator`);
    const conversation = phone.locator(".phone").first();
    await conversation
      .locator("textarea")
      .fill("pak tolong banjir masuk rumah, air naik terus, ada orang tua");
    await conversation.locator("textarea").press("Enter");
    await conversation.locator(".lines").getByText("112", { exact: false }).first().waitFor();

    const context = await openWindow(browser, viewport);
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const staffTrouble = watchTrouble(page);
    await page.goto(`${office.url}/console`);
    await page.getByLabel("Nama pengguna").fill("rudi-demo");
    await page.getByLabel("Kata sandi", { exact: true }).fill(office.password);
    await page.getByRole("button", { name: "Masuk" }).click();

    // The newest danger is among the first rows of 1,200 conversations.
    const rows = page.locator("#rows > li");
    await rows.first().waitFor();
    expect(await page.title()).toMatch(
      new RegExp(`^\\((${BUSY.needs + 1}|${BUSY.needs + 2}|${BUSY.needs})\\) `),
    );
    const urgent = page.locator("#rows .row.alarm", { hasText: "air naik terus" });
    const firstRows = await rows.evaluateAll((all) => all.slice(0, 3).map((each) => each.textContent));
    expect(firstRows.some((text) => text.includes("air naik terus"))).toBe(true);
    const citizen = (await urgent.locator("xpath=..").getAttribute("data-citizen")) ?? "";
    await urgent.click();
    await page.locator(".switch").waitFor();
    await page.locator("#reply-text").fill(ANSWER);
    await page.getByRole("button", { name: "Kirim", exact: true }).click();
    await conversation.locator(".lines").getByText(ANSWER).waitFor();
    expect(office.heard(citizen).filter((text) => text === ANSWER)).toHaveLength(1);
    await page.locator("#log").getByText("Terkirim", { exact: false }).last().waitFor();

    // Handed back, the bot answers the next question by itself.
    await page.locator("#menu summary").click();
    await page.getByRole("button", { name: "Kembalikan ke bot" }).locator("visible=true").first().click();
    await until(async () => (await office.app.store.citizen(citizen))?.quiet === undefined);
    await conversation.locator("textarea").fill("terima kasih pak. kalau mau urus ktp yang hilang gimana?");
    await conversation.locator("textarea").press("Enter");
    await until(() => office.heard(citizen).some((text) => /kehilangan/i.test(text)));

    // The ticket of a road report: found by its number, read first, moved on.
    await page.goto(`${office.url}/console/tickets?view=all`);
    const number = (await office.app.store.ticket(ticket))?.number ?? "";
    await page.getByLabel("Cari nomor, tempat, atau isi").fill(number);
    await page.getByRole("button", { name: "Saring" }).click();
    await page.locator(".tickets").getByText(number).first().click();
    await page.locator(".ticket-history").waitFor();
    await page.getByRole("radio", { name: /^Selesai ditangani/ }).check();
    await page.getByLabel("Isian untuk status ini").fill("Lubang sudah ditambal dan diratakan tadi pagi.");
    await page
      .getByLabel("Mengapa tanpa foto (untuk Selesai ditangani)")
      .fill("Petugas lapangan tidak membawa ponsel.");
    await page.getByRole("button", { name: "Lihat kalimat untuk warga" }).click();
    expect(await page.locator("#sentence").textContent()).toContain(number);
    await page.locator("#preview button.main").click();
    await page.getByText("Selesai ditangani").first().waitFor();
    expect((await office.app.store.ticket(ticket))?.state).toBe("done");

    expect([trouble, staffTrouble]).toEqual([[], []]);
    await context.close();
    await citizens.close();
  });

  it("works with the keyboard alone: take, answer with a ready reply, note, hand back (X-02)", async () => {
    const seat = await day.office.sitDown(day.browser, "rudi");
    const { page } = seat;
    const { office } = day;
    const focused = () => page.evaluate<string>("document.activeElement.id");
    /** Tab until the element with this text has the focus; whatever has it must be seen. */
    const tabTo = async (text: string): Promise<void> => {
      for (let steps = 0; steps < 80; steps += 1) {
        const [words, isSeen] = await page.evaluate<[string, boolean]>(
          "[(document.activeElement.innerText ?? '').trim(), document.activeElement.checkVisibility()]",
        );
        expect(isSeen).toBe(true);
        if (words === text) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`nothing with the words ${text} can be reached`);
    };
    await page.goto(`${office.url}/console/inbox`);
    await until(async () => (await page.evaluate("document.documentElement.dataset.live")) === "on");
    for (let rows = 0; rows < 12; rows += 1) {
      await page.keyboard.press("j");
      if ((await page.evaluate("document.activeElement.closest('li')?.id")) === `row-${HURRY}`) break;
    }
    await page.keyboard.press("Enter");
    await page.locator(".switch").waitFor();
    await page.keyboard.press("r");
    expect(await focused()).toBe("reply-text");
    await page.keyboard.type("/");
    await page.locator("#quick li").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(async () => (await page.locator("#reply-text").inputValue()).length > 10);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Laporannya sedang kami tanyakan ke dinas, Kak.");
    await tabTo("Kirim");
    await page.keyboard.press("Enter");
    await until(() => office.heard(HURRY).includes("Laporannya sedang kami tanyakan ke dinas, Kak."));
    await until(async () => (await focused()) === "reply-text");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    expect(await focused()).toBe("note-text");
    await page.keyboard.type("Sudah telepon dinas.");
    await tabTo("Simpan catatan");
    await page.keyboard.press("Enter");
    await page.locator("#log").getByText("Sudah telepon dinas.").waitFor();
    expect(office.heard(HURRY).join()).not.toContain("Sudah telepon");
    await page.evaluate("document.querySelector('#menu summary').focus()");
    await page.keyboard.press("Enter");
    await tabTo("Kembalikan ke bot");
    await page.keyboard.press("Enter");
    await until(async () => (await office.app.store.citizen(HURRY))?.quiet === undefined);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });
});
