/** The README's own conversation, played through the real server; and the commands it names exist. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { quickReply, textMessage } from "../src/simulator/payloads";
import { KEYS, startStandIn, titlesOf, type StandIn } from "./support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "./support/sabar";

const ROOT = path.join(__dirname, "..");
const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
const conversation = /<!-- conversation:[^>]*-->\n```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
const lines = conversation
  .trim()
  // A line that is set in goes on with the one before.
  .replace(/\n +/g, " ")
  .split("\n")
  .map((line) => /^(Warga|Sabar): (.*)$/.exec(line))
  .map((match) => ({ who: match?.[1] ?? "", words: match?.[2] ?? "" }));

describe("The README", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;
  beforeAll(async () => {
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
  });
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
  });

  it("shows a conversation that really goes like that", async () => {
    expect(lines.length).toBeGreaterThanOrEqual(6);
    const citizen = "7400000000000001";
    /** Lines of the bubbles that came since the citizen wrote last and are not yet read in the README. */
    let heard: string[] = [];
    for (const { who, words } of lines) {
      if (who === "Warga") {
        const heardBefore = standIn.heard(citizen).length;
        const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
        const tapped = /^\[(.+)\]$/.exec(words)?.[1];
        const last = standIn.graph.sent.filter((each) => each.citizen === citizen).at(-1);
        if (tapped !== undefined) {
          expect(titlesOf(last)).toContain(tapped);
          const replies = last?.message.quick_replies as { title: string; payload: string }[];
          const payload = replies.find(({ title }) => title === tapped)?.payload ?? "";
          await standIn.facebook.deliver(citizen, quickReply(talk, tapped, payload));
        } else await standIn.facebook.deliver(citizen, textMessage(talk, words));
        await sabar.idle();
        heard = standIn.heard(citizen).slice(heardBefore).join("\n").split("\n");
      } else {
        expect(who).toBe("Sabar");
        expect(heard).toContain(words);
        heard = heard.slice(heard.indexOf(words) + 1);
      }
    }
  }, 30_000);

  it("names only commands, files and pictures that exist", () => {
    const scripts = Object.keys(
      (JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { scripts: object }).scripts,
    );
    const named = [...readme.matchAll(/npm run (?:--silent )?([a-z-]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => !scripts.includes(name ?? ""))).toEqual([]);
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
      .map((match) => match[1] ?? "")
      .filter((link) => !link.startsWith("http"));
    expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
  });

  // With ignore-scripts npm runs what it is asked for, and nothing before or after it.
  it("has commands that do all of their work themselves", () => {
    expect(readFileSync(path.join(ROOT, ".npmrc"), "utf8")).toContain("ignore-scripts=true");
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(
      Object.keys(scripts).filter(
        (name) => name.replace(/^(pre|post)/, "") in scripts && /^(pre|post)/.test(name),
      ),
    ).toEqual([]);
    for (const name of ["start", "test"]) expect(scripts[name]).toMatch(/^npm run --silent build && /);
  });
});
