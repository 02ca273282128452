/** What an operator runs, as processes against the stand-in's Graph API: each says what it will do, does it, and says what happened. */
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SUBSCRIBED_FIELDS, subscribeApp, subscribePage } from "../../src/messenger/page-setup";
import { proveSecret } from "../../src/messenger/signature";
import { ROOT, runScript, type Ran } from "../support/run";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";

const place = temporaryFolder();
let standIn: StandIn;
let sabar: Sabar;
let port: number;
beforeAll(async () => {
  port = await freePort();
  standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
  sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
});
afterAll(async () => {
  await sabar.stop();
  await standIn.close();
  place.remove();
});

const PAGE = {
  MESSENGER_PAGE_ID: KEYS.pageId,
  MESSENGER_APP_ID: KEYS.appId,
  MESSENGER_APP_SECRET: KEYS.appSecret,
  MESSENGER_VERIFY_TOKEN: KEYS.verifyToken,
  MESSENGER_PAGE_TOKEN: KEYS.pageToken,
};
const run = async (script: string, args: string[], env: Record<string, string> = {}): Promise<Ran> => {
  const ran = await runScript(script, args, {
    env: { PORT: String(port), GRAPH_API_URL: standIn.graphUrl, ...PAGE, ...env },
  });
  for (const secret of [KEYS.appSecret, KEYS.pageToken, "other-token"])
    expect(ran.out + ran.err).not.toContain(secret);
  return ran;
};

describe("check-token", () => {
  it("says that the token works, what it may do and until when", async () => {
    const { code, out } = await run("check-token", []);
    expect(code).toBe(0);
    expect(out).toContain(`This asks Facebook about the token of page ${KEYS.pageId}. Nothing is changed.`);
    expect(out).toMatch(
      /Done: The page token is valid; it does not expire by itself\. It may: pages_messaging/,
    );
  });

  it("says that it does not work, and where a new one comes from", async () => {
    const { code, out } = await run("check-token", [], { MESSENGER_PAGE_TOKEN: "other-token" });
    expect(code).toBe(1);
    expect(out).toMatch(/Failed: The page token is not valid\. Generate a new one/);
  });

  it("says so when Facebook cannot be reached, or refuses the app", async () => {
    const away = await run("check-token", [], { GRAPH_API_URL: "http://127.0.0.1:9/v26.0" });
    expect([away.code, away.out]).toEqual([
      1,
      expect.stringMatching(/Failed: No answer from the Graph API \(ECONNREFUSED\)/),
    ]);
    const refused = await run("check-token", [], { MESSENGER_APP_SECRET: "wrong" });
    expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/Failed: Facebook refused \(190/)]);
  });

  it("names every missing setting and where it is found", async () => {
    const { code, err } = await run("check-token", [], {
      MESSENGER_PAGE_TOKEN: "",
      MESSENGER_APP_SECRET: "",
    });
    expect(code).toBe(1);
    expect(err).toMatch(/MESSENGER_PAGE_TOKEN is missing\. Find it here: .+\n/);
    expect(err).toContain("MESSENGER_APP_SECRET is missing");
  });
});

describe("profile", () => {
  it("shows what it would write, and without --yes where nobody can be asked it writes nothing", async () => {
    const { code, out } = await run("profile", []);
    expect(code).toBe(1);
    expect(out).toContain("greeting:");
    expect(out).toContain("Add --yes to do it without being asked.");
    expect(standIn.graph.profile).toEqual({});
  });

  it("writes greeting, Get Started, ice breakers and menu from the library's file", async () => {
    const { code, out } = await run("profile", ["--yes"]);
    expect({ code, done: out.includes("Done: The Messenger profile of the page is written.") }).toEqual({
      code: 0,
      done: true,
    });
    expect(standIn.graph.profile).toMatchObject({
      get_started: { payload: "GET_STARTED" },
      greeting: [{ locale: "default", text: expect.stringContaining("asisten otomatis") as unknown }],
      ice_breakers: [{ locale: "default", call_to_actions: expect.any(Array) as unknown }],
      persistent_menu: [{ locale: "default", composer_input_disabled: false }],
    });
  });

  it("writes nothing from a library with mistakes, and shows them", async () => {
    const broken = temporaryFolder();
    copyFileSync(path.join(ROOT, "intents", "_kota.yaml"), path.join(broken.folder, "_kota.yaml"));
    const { code, out } = await run("profile", ["--yes"], { INTENTS_DIR: broken.folder });
    expect(code).toBe(1);
    expect(out).toMatch(/_dinas\.yaml:1:1/);
    broken.remove();
  });
});

describe("subscribe", () => {
  it("needs to know under which address Facebook reaches the server", async () => {
    const { code, out } = await run("subscribe", ["--yes"]);
    expect([code, out]).toEqual([1, expect.stringContaining("PUBLIC_URL is missing")]);
  });

  it("tells what it will do, and reports it when Facebook cannot verify the webhook", async () => {
    const { code, out } = await run("subscribe", ["--yes"], { PUBLIC_URL: "https://127.0.0.1:9" });
    expect(code).toBe(1);
    expect(out).toContain("https://127.0.0.1:9/webhook");
    expect(out).toMatch(/Failed: Facebook refused \(2200/);
  });
});

describe("receive", () => {
  it("plays a saved delivery into the running server, signed", async () => {
    const saved = path.join(ROOT, "test", "fixtures", "facebook", "message-text.json");
    const asked = await run("receive", [saved]);
    expect([asked.code, asked.out]).toEqual([
      1,
      expect.stringContaining("Real citizens in it may be answered."),
    ]);
    expect(standIn.graph.sent).toEqual([]);
    const { code, out } = await run("receive", [saved, "--yes"]);
    expect([code, out]).toEqual([0, expect.stringContaining("The server answered 200.")]);
    await sabar.idle();
    expect(standIn.heard("6789012345678901").length).toBeGreaterThan(0);
  });

  it("says so when there is no file, no JSON, or no server", async () => {
    expect((await run("receive", [])).out).toContain("Name a file");
    const file = path.join(place.folder, "broken.json");
    writeFileSync(file, "{");
    const broken = await run("receive", [file, "--yes"]);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/is not JSON/);
    const saved = path.join(ROOT, "test", "fixtures", "facebook", "message-text.json");
    const away = await run("receive", [saved, "--yes"], { PORT: "9" });
    expect(away.code).toBe(1);
    expect(away.err).toMatch(/Nothing answers at http:\/\/127\.0\.0\.1:9\/webhook\. Is the server running\?/);
  });
});

describe("subscribing, where Facebook can reach the webhook", () => {
  it("connects the app after the handshake, and then the page", async () => {
    const keys = { ...KEYS, graphApiUrl: standIn.graphUrl };
    const callback = `${sabar.url}/webhook`;
    expect(await subscribeApp(keys, callback, "wrong")).toMatchObject({ ok: false });
    expect(await subscribeApp(keys, callback, KEYS.verifyToken)).toMatchObject({ ok: true });
    expect(await subscribePage(keys)).toMatchObject({ ok: true });
    const answer = await fetch(
      `${standIn.graphUrl}/${KEYS.pageId}/subscribed_apps?appsecret_proof=${proveSecret(KEYS.pageToken, KEYS.appSecret)}`,
      {
        headers: { authorization: `Bearer ${KEYS.pageToken}` },
      },
    );
    const { data } = (await answer.json()) as { data: { subscribed_fields: string[] }[] };
    expect(data[0]?.subscribed_fields).toEqual([...SUBSCRIBED_FIELDS]);
  });
});
