/** A real browser for the tests: finds Chromium, looks at pages, and lets axe look at them. */
import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { browserPath } from "./has-browser";

/** The screens the city works on: the office's laptop and a small phone. */
export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

const executablePath = browserPath();

/**
 * A group of tests that need a browser. Without one they are left out, and left-out.ts says so; where CI is set, their
 * absence is a failure.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined) describe(name, tests);
  else if (process.env.CI !== undefined)
    describe(name, () => {
      it("finds a browser", () => {
        throw new Error("Chromium is missing. Install it: apt-get install chromium");
      });
    });
  else describe.skip(name, tests);
}

/** Starts the browser; close it when the tests are done. `args`: for Chromium, besides. */
export function openBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...args, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
}

/** A window of its own, with its own cookies, in Indonesian. `bypassCSP` is only for looking with axe. */
export function openWindow(
  browser: Browser,
  viewport: { width: number; height: number },
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({ viewport, locale: "id-ID", ...options });
}

/** What breaks the rules of WCAG 2.2 AA on the page, as axe finds them; one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Run by the debugger, which no policy of the page forbids.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map((node) => node.target.join(" ")).join(" | ")))`,
  );
  return found as string[];
}

/** Everything that goes wrong on a page while the tests use it: errors, refused scripts, dialogs of foreign scripts. */
export function watchTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return trouble;
}
