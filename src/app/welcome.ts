/** The one screen that is printed when the server is up. */
import type { App } from "./start.js";

/** Addresses, the library, and what is missing to connect a page. `missing` are whole sentences. */
export function welcome(app: App, missing: string[]): string {
  const lines = [
    "",
    `  Sabar is listening on ${app.url}`,
    "",
    ...(app.mode === "simulator"
      ? [`  Simulator   ${app.url}/simulator   write as a citizen, see the answers`]
      : []),
    `  Console     ${app.url}/console     where staff work`,
    ...(app.demo === undefined
      ? []
      : [
          `              sign in as ${app.demo.logins.join(", ")}`,
          `              password ${app.demo.password}, no code; refused once a page is connected`,
        ]),
    `  Health      ${app.url}/readyz`,
    `  Library     ${app.libraryStatus()?.intents ?? 0} intents`,
  ];
  const problems = app.libraryStatus()?.problems ?? [];
  if (problems.length > 0) lines.push(...problems.map((each) => `              ${each}`));
  if (app.mode === "page")
    lines.push(`  Page        ${app.pageId}, webhook at ${app.publicUrl ?? app.url}/webhook`);
  else
    lines.push(
      "",
      "  No Facebook page is connected; the simulator stands in for it. To connect one, fill these in .env:",
      ...missing.map((sentence) => `  - ${sentence}`),
      ...(app.publicUrl === undefined
        ? ["  - PUBLIC_URL is missing. It is the https address that leads to this machine."]
        : []),
    );
  return `${lines.join("\n")}\n\n`;
}
