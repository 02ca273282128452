/** What time does to a conversation, seen in a browser while the server's clock is moved: the reply window, a claim nobody follows up, and Facebook's silence. */
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, openBrowser } from "../support/browser";
import { closeAll, openOffice, until, type Office } from "./office";

jest.setTimeout(240_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Wednesday 25 November 2026, 10.00 in Jakarta: staff are at work. */
const START = Date.UTC(2026, 10, 25, 3);

describeInBrowser("Time and a conversation", () => {
  let browser: Browser;
  let office: Office | undefined;
  let later = 0;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await closeAll(undefined, office);
    office = undefined;
  });

  const openAt = async (env: Record<string, string> = {}): Promise<Office> => {
    later = 0;
    office = await openOffice({ now: () => START + later, env });
    return office;
  };
  const askForPerson = async (at: Office, citizen: string): Promise<void> => {
    at.write(citizen, "mau bicara dengan petugas");
    await until(() => at.heard(citizen).length > 0);
  };
  const visit = async (page: Page, citizen: string): Promise<void> => {
    await page.goto(`${office?.url ?? ""}/console/conversations/${citizen}`);
    await page.locator(".switch").waitFor();
  };

  const send = async (page: Page, text: string): Promise<void> => {
    await page.locator("#reply-text").fill(text);
    await page.getByRole("button", { name: "Kirim", exact: true }).click();
  };
  const sittingAt = async (ms: number, work: (page: Page) => Promise<void>): Promise<void> => {
    later = ms;
    const seat = await office!.sitDown(browser, "sari");
    await work(seat.page);
    // A conversation of the bot's cannot be claimed by typing: that answers 409.
    expect(seat.trouble.filter((each) => !each.includes("409"))).toEqual([]);
    await seat.context.close();
  };
  const sendings = () => office!.app.simulator!.graph.sent;

  it.each([
    ["off", "locked"],
    ["on", "tagged"],
  ])(
    "locks the box with its reason after a day, with the permission %s (C-01)",
    async (humanAgent, dayLater) => {
      const at = await openAt({ HUMAN_AGENT: humanAgent });
      const [early, late, over] = ["7600000000000001", "7600000000000002", "7600000000000003"] as const;
      for (const citizen of [early, late, over]) await askForPerson(at, citizen);
      await sittingAt(23 * HOUR + 59 * MINUTE, async (page) => {
        await visit(page, early);
        await send(page, "Sudah kami teruskan, Kak.");
        await until(() => at.heard(early).includes("Sudah kami teruskan, Kak."));
        expect(sendings().at(-1)).toMatchObject({ type: "RESPONSE" });
      });
      await sittingAt(DAY + MINUTE, async (page) => {
        await visit(page, late);
        if (dayLater === "locked") {
          const reason = (await page.locator("#locked").textContent()) ?? "";
          expect(reason).toContain("Facebook tidak mengizinkan balasan lagi. Tunggu warga menulis");
          expect(await page.locator("#reply-text").count()).toBe(0);
          return;
        }
        await page.getByText("Hanya petugas yang boleh membalas, sampai").waitFor();
        await send(page, "Masih kami urus, Kak.");
        await until(() => at.heard(late).includes("Masih kami urus, Kak."));
        expect(sendings().at(-1)).toMatchObject({ type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
      });
      await sittingAt(7 * DAY + MINUTE, async (page) => {
        await visit(page, over);
        await page.locator("#locked").waitFor();
        expect(await page.locator("#reply-text").count()).toBe(0);
      });
    },
  );

  it("lets nothing of the bot out after a day, also where people may still answer (C-02)", async () => {
    const at = await openAt({ HUMAN_AGENT: "on" });
    const citizen = "7600000000000004";
    // What the bot has to say waits until Facebook can be reached again, and then it is too late.
    const error = { code: 2, message: "Temporary" };
    at.app.simulator!.graph.setFault({ kind: "error", status: 500, error, citizen, onlyMessages: true });
    at.write(citizen, "ktp hilang");
    await until(async () => (await at.app.store.counts()).outboxWaiting > 0);
    later = DAY + MINUTE;
    at.app.simulator!.graph.setFault(undefined);
    await sittingAt(DAY + MINUTE, async (page) => {
      await until(async () => {
        await visit(page, citizen);
        return (await page.locator("#log").textContent())?.includes("Belum terkirim") === true;
      });
      expect(at.heard(citizen)).toEqual([]);
      // A person may, and it goes out as a person's.
      await send(page, "Maaf baru kami jawab, Kak.");
      await until(() => at.heard(citizen).length > 0);
    });
    const tagged = sendings().filter(({ tag }) => tag !== undefined);
    expect(tagged.map(({ message }) => message.text)).toEqual(["Maaf baru kami jawab, Kak."]);
  });

  it("gives a claim without an answer back to everybody after a quarter of an hour, and says so (B-05)", async () => {
    const at = await openAt();
    const citizen = "7600000000000005";
    await askForPerson(at, citizen);
    const [sari, rudi] = [await at.sitDown(browser, "sari"), await at.sitDown(browser, "rudi")];
    await rudi.page.goto(`${at.url}/console/inbox`);
    await visit(sari.page, citizen);
    await sari.page.locator("#reply-text").pressSequentially("Sebentar, Kak");
    const row = rudi.page.locator(`#row-${citizen}`);
    await row.getByText("Dipegang Sari").waitFor();
    const holder = async (): Promise<string> => {
      await rudi.page.reload();
      return /Sari sedang mengetik|Dipegang Sari/.exec((await row.textContent()) ?? "")?.[0] ?? "nobody";
    };
    later = 14 * MINUTE;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await holder()).not.toBe("nobody");
    later = 15 * MINUTE + 1000;
    await sari.page.locator("#log").getByText("Percakapan kembali ke antrean.").waitFor();
    await until(async () => (await holder()) === "nobody");
    // What Sari had begun is still hers.
    expect(await sari.page.locator("#reply-text").inputValue()).toBe("Sebentar, Kak");
    await rudi.page.goto(`${at.url}/console/inbox?view=needs`);
    expect(await row.count()).toBe(1);
    await sari.page.goto(`${at.url}/console/inbox?view=mine`);
    expect(await sari.page.locator(`#row-${citizen}`).count()).toBe(0);
    expect([sari.trouble, rudi.trouble]).toEqual([[], []]);
    for (const { context } of [sari, rudi]) await context.close();
  });

  it("says that Facebook has been silent for a quarter of an hour in working time, and not at night (D-03)", async () => {
    const at = await openAt();
    const silence = /Pesan dari Facebook belum masuk sejak 10\.0\d\. Periksa Kesehatan\./;
    await askForPerson(at, "7600000000000006");
    const day = await at.sitDown(browser, "sari");
    const shows = async (page: Page): Promise<boolean> => {
      await page.goto(`${at.url}/console/inbox`);
      await page.locator("#rows").waitFor();
      return silence.test((await page.locator("body").textContent()) ?? "");
    };
    later = 14 * MINUTE;
    expect(await shows(day.page)).toBe(false);
    later = 16 * MINUTE;
    expect(await shows(day.page)).toBe(true);
    at.write("7600000000000006", "halo?");
    await until(async () => !(await shows(day.page)));
    later = 12 * HOUR;
    const night = await at.sitDown(browser, "sari");
    expect(await shows(night.page)).toBe(false);
    for (const { context } of [day, night]) await context.close();
  });
});
