/** Running it: the first screen, health, metrics, a library that changes, a log that tells nothing, a stop that loses nothing. */
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { textMessage } from "../../src/simulator/payloads";
import { ROOT } from "../support/run";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { until } from "../support/store";

const LONG = 120_000;
let count = 7_900_000_000_000_000;
const newCitizen = (): string => String((count += 1));

describe("A running server", () => {
  const place = temporaryFolder();
  const library = temporaryFolder();
  const topic = path.join(library.folder, "kependudukan", "kia.yaml");
  let standIn: StandIn;
  let sabar: Sabar;

  beforeAll(async () => {
    cpSync(path.join(ROOT, "intents"), library.folder, { recursive: true });
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    sabar = await startSabar({
      port,
      dataDir: place.folder,
      graphUrl: standIn.graphUrl,
      env: { INTENTS_DIR: library.folder, LOG_LEVEL: "trace", PUBLIC_URL: "https://sabar.example" },
    });
  });
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
    library.remove();
  });

  const writes = async (citizen: string, text: string): Promise<string> => {
    const talk = { pageId: KEYS.pageId, citizen, at: Date.now() };
    await standIn.facebook.deliver(citizen, textMessage(talk, text));
    await sabar.idle(LONG);
    return standIn.heard(citizen).join("\n");
  };
  /** What a new citizen hears now. */
  const hears = (words: string) => async (): Promise<boolean> =>
    (await writes(newCitizen(), "syarat bikin kia")).includes(words);
  const change = (from: string, to: string): void => {
    const source = readFileSync(topic, "utf8");
    expect(source).toContain(from);
    writeFileSync(topic, source.replace(from, to));
  };

  it("prints one screen: where everything is, how many topics there are, and which page is served", () => {
    const screen = sabar.output();
    for (const words of [
      `listening on ${sabar.url}`,
      "/console",
      "/readyz",
      KEYS.pageId,
      "https://sabar.example/webhook",
    ])
      expect(screen).toContain(words);
    expect(screen).toMatch(/Library +\d\d intents/);
    expect(screen).not.toContain("/simulator");
  });

  it("is healthy: alive, ready, with every number an operator needs", async () => {
    await writes(newCitizen(), "ktp saya hilang");
    expect(await (await fetch(`${sabar.url}/healthz`)).json()).toEqual({ status: "ok" });
    const ready = await fetch(`${sabar.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(ready.headers.get("cache-control")).toBe("no-store");
    expect(await ready.json()).toMatchObject({
      ready: true,
      store: "ok",
      sending: "ok",
      mode: "page",
      library: { intents: expect.any(Number) as unknown, problems: [] },
      counts: { inboxWaiting: 0, outboxWaiting: 0, lastEventAt: expect.any(Number) as unknown },
    });
    const page = await fetch(`${sabar.url}/readyz`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("Sabar siap bekerja");
  });

  it("counts for Prometheus what came in, what was decided and how sending went, and nobody's words", async () => {
    await writes(newCitizen(), "ktp saya hilang");
    const answer = await fetch(`${sabar.url}/metrics`);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await answer.text();
    for (const line of [
      /^sabar_events_total\{kind="message"\} [1-9]/m,
      /^sabar_turns_total\{outcome="answer"\} [1-9]/m,
      /^sabar_sends_total\{result="sent"\} [1-9]/m,
      /^sabar_reply_seconds_count [1-9]/m,
      /^sabar_turn_seconds_bucket\{le="0\.1"\} [1-9]/m,
      /^sabar_inbox_waiting 0$/m,
      /^sabar_outbox_waiting 0$/m,
      /^sabar_parked_replies 0$/m,
      /^process_resident_memory_bytes \d/m,
    ])
      expect(text).toMatch(line);
    expect(text).not.toMatch(/ktp|7900000/);
  });

  it("takes a good change of the library over while it runs", async () => {
    change("jawaban: |\n  ", "jawaban: |\n  Kata baru pertama. ");
    await until(hears("Kata baru pertama."), LONG);
  }, 90_000);

  it("keeps the last good library when a change is bad, says where the mistake is, and forgets it when it is mended", async () => {
    const good = readFileSync(topic, "utf8");
    const before = (await sabar.ready()).library?.fingerprint;
    appendFileSync(topic, "kunci_asing: x\n");
    await until(async () => ((await sabar.ready()).library?.problems.length ?? 0) > 0, LONG);
    const { library: status, ready } = await sabar.ready();
    expect(status?.problems[0]).toMatch(/^kependudukan\/kia\.yaml:\d+:\d+ {2}\S.+/);
    expect({ fingerprint: status?.fingerprint, ready }).toEqual({ fingerprint: before, ready: true });
    expect(await hears("Kata baru pertama.")()).toBe(true);
    const page = await (await fetch(`${sabar.url}/readyz`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("Perubahan pustaka belum dipakai");
    expect(page).toContain("kependudukan/kia.yaml:");
    writeFileSync(topic, good);
    await until(async () => (await sabar.ready()).library?.problems.length === 0, LONG);
    expect((await sabar.ready()).library?.fingerprint).toBe(before);
  }, 150_000);

  it("notices a file that an editor replaces whole, one that is new and one that is gone", async () => {
    const draft = path.join(library.folder, "kependudukan", ".kia.yaml.tmp");
    writeFileSync(draft, readFileSync(topic, "utf8").replace("Kata baru pertama.", "Kata baru kedua."));
    renameSync(draft, topic);
    await until(hears("Kata baru kedua."), LONG);
    const stray = path.join(library.folder, "kependudukan", "topik-baru.yaml");
    writeFileSync(stray, "judul: Baru\n");
    await until(
      async () =>
        (await sabar.ready()).library?.problems.some((line) => line.includes("topik-baru.yaml")) === true,
      LONG,
    );
    rmSync(stray);
    await until(async () => (await sabar.ready()).library?.problems.length === 0, LONG);
  }, 180_000);

  it("writes its log as JSON lines, even the most talkative one without words, numbers of citizens' papers, or secrets", async () => {
    const citizen = newCitizen();
    const words = [
      "kalimat rahasia warga zxqv",
      "NIK 3372014511900001",
      "tolong rumah saya kebakaran",
      "goblok semua zxqw",
    ];
    for (const text of words) await writes(citizen, text);
    standIn.graph.setFault({ kind: "error", error: { code: 100, message: "kalimat rahasia" }, count: 1 });
    await writes(newCitizen(), "kalimat rahasia lain");
    standIn.graph.setFault({ kind: "down", count: 1 });
    await writes(newCitizen(), "ktp saya hilang");
    await fetch(`${sabar.url}/webhook`, { method: "POST", body: "kalimat rahasia tanpa tanda tangan" });
    const lines = sabar
      .output()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(Number) as unknown,
        msg: expect.any(String) as unknown,
      });
    const all = sabar.output();
    for (const secret of [KEYS.appSecret, KEYS.pageToken, KEYS.verifyToken])
      expect(all).not.toContain(secret);
    for (const text of [
      "rahasia",
      "zxq",
      "3372014511900001",
      "kebakaran",
      "appsecret_proof",
      "Turut prihatin",
    ])
      expect(all).not.toContain(text);
  }, 240_000);
});

describe("A polite stop", () => {
  it("finishes the turns that have begun and leaves the rest for the next start: all are answered, none twice", async () => {
    const place = temporaryFolder();
    const port = await freePort();
    const standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
    const start = (): Promise<Sabar> =>
      startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    let sabar = await start();
    standIn.graph.setFault({ kind: "slow", delayMs: 60 });
    const citizens = Array.from({ length: 120 }, newCitizen);
    await Promise.all(
      citizens.map((citizen) =>
        standIn.facebook.deliver(
          citizen,
          textMessage({ pageId: KEYS.pageId, citizen, at: Date.now() }, "ktp saya hilang"),
        ),
      ),
    );
    expect(await sabar.stop()).toBe(0);
    const before = standIn.graph.sent.length;
    standIn.graph.setFault(undefined);
    sabar = await start();
    await sabar.idle(LONG);
    expect(standIn.graph.sent.length).toBeGreaterThan(before);
    for (const citizen of citizens) {
      const keys = standIn.graph.sent
        .filter((each) => each.citizen === citizen)
        .map(({ metadata }) => metadata);
      expect(keys.length).toBeGreaterThan(0);
      expect(new Set(keys).size).toBe(keys.length);
    }
    await sabar.stop();
    await standIn.close();
    place.remove();
  }, 150_000);
});

describe("A start", () => {
  /** Runs the built server to its end, which must come by itself. */
  const runToEnd = (env: Record<string, string>): Promise<{ code: number | null; output: string }> => {
    const child = spawn(process.execPath, [path.join(ROOT, "dist", "app", "main.js")], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? "", ...env },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
  };

  it("without a page shows its simulator, and what is missing to connect a page", async () => {
    const place = temporaryFolder();
    const port = await freePort();
    const sabar = await startSabar({ port, dataDir: place.folder });
    const screen = sabar.output();
    expect(screen).toContain(`${sabar.url}/simulator`);
    for (const name of ["PAGE_ID", "APP_ID", "APP_SECRET", "VERIFY_TOKEN", "PAGE_TOKEN"])
      expect(screen).toMatch(new RegExp(`MESSENGER_${name} is missing\\. Find it here: \\S`));
    expect(screen).toContain("PUBLIC_URL is missing");
    expect((await fetch(`${sabar.url}/simulator`)).status).toBe(200);
    // Only this machine, however the request got here.
    for (const header of ["x-forwarded-for", "forwarded", "via"])
      expect((await fetch(`${sabar.url}/simulator`, { headers: { [header]: "203.0.113.9" } })).status).toBe(
        404,
      );
    expect(await sabar.stop()).toBe(0);
    place.remove();
  }, 90_000);

  it("with a page has no simulator, no Graph API and nothing of them", async () => {
    const place = temporaryFolder();
    const sabar = await startSabar({
      port: await freePort(),
      dataDir: place.folder,
      graphUrl: "http://127.0.0.1:9/v26.0",
    });
    for (const address of ["", "/", "/events", "/graph/v26.0/me/messages", "/simulator.js", "/act"])
      for (const method of ["GET", "POST"])
        expect((await fetch(`${sabar.url}/simulator${address}`, { method })).status).toBe(404);
    await sabar.stop();
    place.remove();
  }, 90_000);

  it("ends with every wrong setting in a sentence, and no secret", async () => {
    const { code, output } = await runToEnd({
      PORT: "x",
      CITY_TIMEZONE: "Mars",
      MESSENGER_PAGE_TOKEN: "token with spaces",
    });
    expect(code).toBe(1);
    for (const name of [
      "PORT is",
      "CITY_TIMEZONE is",
      "MESSENGER_PAGE_ID is missing",
      "MESSENGER_PAGE_TOKEN has a space",
    ])
      expect(output).toContain(name);
    expect(output).not.toContain("token with spaces");
    expect(output).not.toMatch(/^ +at /m);
  });

  it("ends with the place of every mistake when there is no good library", async () => {
    const [place, library] = [temporaryFolder(), temporaryFolder()];
    cpSync(path.join(ROOT, "intents"), library.folder, { recursive: true });
    appendFileSync(path.join(library.folder, "kependudukan", "kia.yaml"), "kunci_asing: x\n");
    const { code, output } = await runToEnd({
      PORT: "0",
      DATA_DIR: place.folder,
      INTENTS_DIR: library.folder,
    });
    expect(code).toBe(1);
    expect(output).toMatch(/kependudukan\/kia\.yaml:\d+:1 {2}/);
    expect(output).not.toMatch(/^ +at /m);
    place.remove();
    library.remove();
  });

  it("ends with a sentence when the port is taken", async () => {
    const place = temporaryFolder();
    const standIn = await startStandIn("http://127.0.0.1:9/webhook");
    const { port } = new URL(standIn.graphUrl);
    const { code, output } = await runToEnd({ PORT: port, DATA_DIR: place.folder });
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use by another program.`);
    await standIn.close();
    place.remove();
  }, 90_000);
});
