/** The first hour of an operator, with the built server as a real process: the demo login, the first administrator, a reply that Facebook refuses. */
import { execFile } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { textMessage } from "../../src/simulator/payloads";
import { codeOf, createVisitor } from "../support/console";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";

// Real processes on a busy machine take their time.
jest.setTimeout(180_000);

const ROOT = path.join(__dirname, "..", "..");
const PAGE = {
  MESSENGER_PAGE_ID: KEYS.pageId,
  MESSENGER_APP_ID: KEYS.appId,
  MESSENGER_APP_SECRET: KEYS.appSecret,
  MESSENGER_VERIFY_TOKEN: KEYS.verifyToken,
  MESSENGER_PAGE_TOKEN: KEYS.pageToken,
};

/** `npm run staff -- …`, without npm. */
async function staffCommand(
  dataDir: string,
  env: Record<string, string>,
  ...words: string[]
): Promise<{ code: number; output: string }> {
  const tsx = path.join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [tsx, "scripts/staff.ts", ...words],
      {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", DATA_DIR: dataDir, ...env },
      },
    );
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe("The demo login", () => {
  const place = temporaryFolder();
  let running: Sabar | undefined;
  afterAll(async () => {
    await running?.stop();
    place.remove();
  });

  /** What the server prints once everything is up. */
  async function printed(sabar: Sabar): Promise<string> {
    for (let tries = 0; tries < 600 && !sabar.output().includes("Library"); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return sabar.output();
  }

  it("is printed by a server without a page, opens the console, and is refused once a page is connected", async () => {
    const port = await freePort();
    running = await startSabar({ port, dataDir: place.folder });
    const password = /password (\S+), no code/.exec(await printed(running))?.[1] ?? "";
    const who = createVisitor(running.url);
    const into = await who.post("/console/login", { login: "sari-demo", password, code: "" });
    expect([into.status, into.location]).toEqual([303, "/console"]);
    expect((await who.get("/console/settings/staff")).status).toBe(200);
    await running.stop();

    // Even with the simulator's own database in the place of the real one.
    for (const end of ["", "-wal"])
      if (existsSync(path.join(place.folder, `simulator.db${end}`)))
        copyFileSync(
          path.join(place.folder, `simulator.db${end}`),
          path.join(place.folder, `sabar.db${end}`),
        );
    running = await startSabar({ port, dataDir: place.folder, env: PAGE });
    expect(await printed(running)).not.toContain("demo");
    expect((await who.get("/console/settings/staff")).location).toContain("/console/login");
    const again = await createVisitor(running.url).post("/console/login", {
      login: "sari-demo",
      password,
      code: "",
    });
    expect(again.status).toBe(401);
  }, 180_000);
});

describe("The operator of a real page", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;
  let secret = "";

  beforeAll(async () => {
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`);
    const made = await staffCommand(
      place.folder,
      { ...PAGE, PORT: String(port) },
      ..."add sari --role administrator --role officer --name".split(" "),
      "Sari Dewi",
    );
    const link = /http:\/\/localhost:\d+(\/console\/setup\/\S+)/.exec(made.output)?.[1] ?? "";
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
    const who = createVisitor(sabar.url);
    const page = await who.get(link);
    secret = /class="code secret">([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(" ", "") ?? "";
    const password = "kereta biru di sawah";
    // The code of the step before, so that the present one is left for signing in.
    const code = codeOf(secret, Date.now() - 30_000);
    const done = await who.post(link, { password, again: password, code });
    expect([page.status, done.status]).toEqual([200, 200]);
  }, 180_000);
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
  });

  it("made the first administrator on the command line, who signs in and sees that all is well", async () => {
    const who = createVisitor(sabar.url);
    const into = await who.post("/console/login", {
      login: "sari",
      password: "kereta biru di sawah",
      code: codeOf(secret, Date.now()),
    });
    expect(into.status).toBe(303);
    const health = await who.get("/console/records/health");
    expect(health.text).toContain("Bisa ditulis dan dibaca");
    expect(health.text).toContain("terhubung ke halaman Facebook");

    // A citizen whom Facebook does not let us reach, and later does.
    const citizen = "7700000000000001";
    standIn.graph.setFault({
      kind: "error",
      status: 400,
      error: { message: "This person isn't available right now.", code: 551, error_subcode: 1545041 },
    });
    await standIn.facebook.deliver(
      citizen,
      textMessage({ pageId: KEYS.pageId, citizen, at: Date.now() }, "ktp saya hilang"),
    );
    await sabar.idle(30_000);
    const parked = await who.get("/console/records/parked");
    const keys = [...parked.text.matchAll(/name="key" value="([^"]+)"/g)].map(([, key]) => key ?? "");
    expect(keys.length).toBeGreaterThan(0);
    expect(parked.text).toContain("Turut prihatin");
    expect(standIn.heard(citizen)).toEqual([]);
    standIn.graph.setFault(undefined);
    for (const key of keys.reverse()) {
      const answer = await who.post("/console/records/parked", { key });
      expect([answer.status, answer.location]).toEqual([303, "/console/records/parked?done=1"]);
    }
    await sabar.idle(30_000);
    expect(standIn.heard(citizen)).toHaveLength(keys.length);
    // A second click on a page from before sends nothing twice.
    expect((await who.post("/console/records/parked", { key: keys[0] ?? "" })).status).toBe(409);
    await sabar.idle(30_000);
    expect(standIn.heard(citizen)).toHaveLength(keys.length);
  }, 180_000);

  it("is told to stop the server before the command line works with the database", async () => {
    const { code, output } = await staffCommand(place.folder, PAGE, "list");
    expect([code, output]).toEqual([
      1,
      expect.stringContaining("in use by another process. Stop that one first."),
    ]);
  }, 180_000);

  it.each([
    [["add", "x"], "cannot be a login"],
    [["add", "rudi"], "Add --name"],
    [["add", "rudi", "--name", "Rudi", "--role", "raja"], "The roles are officer"],
    [["link", "tidak.ada"], "Nobody has the login"],
    [[], "Who may sign in"],
  ])(
    "hears what is wrong with %j",
    async (words, sentence) => {
      const elsewhere = temporaryFolder();
      const { code, output } = await staffCommand(elsewhere.folder, PAGE, ...words);
      elsewhere.remove();
      expect([code, output]).toEqual([1, expect.stringContaining(sentence)]);
    },
    60_000,
  );

  it("lists everybody, and gives a new link that ends the old password", async () => {
    const elsewhere = temporaryFolder();
    const first = await staffCommand(elsewhere.folder, PAGE, "add", "rudi", "--name", "Rudi");
    expect((await staffCommand(elsewhere.folder, PAGE, "add", "rudi", "--name", "Rudi")).output).toContain(
      "is taken",
    );
    const second = await staffCommand(elsewhere.folder, PAGE, "link", "rudi");
    const tokens = [first, second].map(({ output }) => /setup\/([\w-]{43})/.exec(output)?.[1]);
    expect(new Set([...tokens, undefined]).size).toBe(3);
    expect((await staffCommand(elsewhere.folder, PAGE, "list")).output).toMatch(
      /rudi\s+invited\s+Rudi \(administrator\)/,
    );
    elsewhere.remove();
  }, 180_000);
});
