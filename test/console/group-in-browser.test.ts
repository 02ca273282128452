/** A danger nobody takes: staff's group is told of it until somebody begins to answer in a browser. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { describeInBrowser, openBrowser } from "../support/browser";
import { NIK, PHONE } from "./busy-day";
import { closeAll, openOffice, until, type Office } from "./office";

jest.setTimeout(180_000);

const MINUTE = 60_000;
/** Wednesday 25 November 2026, 10.00 in Jakarta. */
const START = Date.UTC(2026, 10, 25, 3);
const CITIZEN = "7700000000000071";

describeInBrowser("The group of staff", () => {
  const told: string[] = [];
  let later = 0;
  let telegram: Server;
  let office: Office | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    telegram = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        told.push((JSON.parse(body) as { text: string }).text);
        response.setHeader("content-type", "application/json");
        response.end(
          '{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":-100,"type":"group","title":"t"}}}',
        );
      });
    });
    await new Promise<void>((resolve) => telegram.listen(0, "127.0.0.1", resolve));
    office = await openOffice({
      now: () => START + later,
      env: {
        TELEGRAM_BOT_TOKEN: "12345:abcdefghijklmnopqrstuvwxyz",
        TELEGRAM_CHAT_ID: "-1001234567890",
        TELEGRAM_API_URL: `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`,
      },
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeAll(browser, office);
    telegram.closeAllConnections();
    telegram.close();
  });

  it("hears after two minutes and again after ten, never a word of the citizen's, and no more once somebody types (D-01, D-02, D-04, E-04)", async () => {
    const seat = await office!.sitDown(browser!, "sari");
    const { page } = seat;
    await page.goto(`${office!.url}/console/inbox`);
    office!.write(CITIZEN, `tolong kebakaran di jl melati, nik ${NIK} hp ${PHONE}, <b>cepat</b>`);
    await page.locator(`#row-${CITIZEN}`).waitFor();
    const looks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2500));
    later = 1.8 * MINUTE;
    await looks();
    expect(told).toEqual([]);
    for (const [index, minutes] of [2.1, 12.2].entries()) {
      later = minutes * MINUTE;
      await until(() => told.length === index + 1);
    }
    for (const text of told) {
      expect(text).toMatch(/^Darurat, menunggu \d+ menit\.\nhttp\S+\/console\/conversations\/\d+$/);
      for (const secret of [NIK, PHONE, "melati", "<b>"]) expect(text).not.toContain(secret);
    }
    await page.locator(`#row-${CITIZEN} a`).click();
    await page.locator(".switch").waitFor();
    await page.locator("#reply-text").pressSequentially("Kami kirim");
    await page.getByText("Anda pegang").first().waitFor();
    later = 26 * MINUTE;
    await looks();
    expect(told).toHaveLength(2);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });
});
