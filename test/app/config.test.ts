import { readFileSync } from "node:fs";
import path from "node:path";
import { ConfigError, readConfig } from "../../src/app/config";
import { SETTINGS } from "../../src/app/settings";
import { envExample, settingsTable, withSettingsTable } from "../../scripts/settings-text";

const PAGE = {
  MESSENGER_PAGE_ID: "102938475610293",
  MESSENGER_APP_ID: "1029384756574839",
  MESSENGER_APP_SECRET: "app-secret-of-the-test",
  MESSENGER_VERIFY_TOKEN: "verify-token-of-the-test",
  MESSENGER_PAGE_TOKEN: "page-token-of-the-test",
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("The settings", () => {
  it("are all optional: without any the server runs against its simulator", () => {
    const config = readConfig({}, "/srv/sabar");
    expect(config.messenger).toBeUndefined();
    expect(config).toMatchObject({
      port: 3000,
      timezone: "Asia/Jakarta",
      dataDir: "/srv/sabar/data",
      gatherMs: 4000,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("serve a page when all five page settings are filled in", () => {
    expect(readConfig(PAGE).messenger).toMatchObject({
      pageId: "102938475610293",
      pageToken: "page-token-of-the-test",
    });
  });

  it("name every missing page setting at once, with the place where it is found", () => {
    const problems = problemsOf({ MESSENGER_PAGE_ID: "102938475610293" });
    expect(problems).toHaveLength(4);
    for (const name of ["APP_ID", "APP_SECRET", "VERIFY_TOKEN", "PAGE_TOKEN"])
      expect(problems.join("\n")).toMatch(new RegExp(`MESSENGER_${name} is missing\\. Find it here: .{10,}`));
  });

  it("report all problems of all settings together, without ever printing a secret", () => {
    const problems = problemsOf({
      ...PAGE,
      MESSENGER_PAGE_TOKEN: "secret token with spaces",
      PORT: "eighty",
      CITY_TIMEZONE: "Asia/Nowhere",
      LOG_LEVEL: "loud",
      PUBLIC_URL: "http://unsafe.example",
      GRAPH_API_URL: "http://graph.example/v26.0",
      GATHER_SECONDS: "-1",
      MONGODB_URI: "http://localhost/sabar",
    });
    for (const name of [
      "PORT",
      "CITY_TIMEZONE",
      "LOG_LEVEL",
      "PUBLIC_URL",
      "GRAPH_API_URL",
      "GATHER_SECONDS",
      "MONGODB_URI",
      "MESSENGER_PAGE_TOKEN",
    ])
      expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    expect(problems.join("\n")).not.toContain("secret token");
  });

  it("send the token unencrypted to nobody but this machine", () => {
    expect(problemsOf({ GRAPH_API_URL: "http://127.0.0.1:4000/v26.0" })).toEqual([]);
    expect(problemsOf({ GRAPH_API_URL: "http://10.0.0.1:4000/v26.0" })).toHaveLength(1);
  });
});

describe("The proxies that are believed", () => {
  const problemsWith = (list: string): string[] => problemsOf({ TRUSTED_PROXY: list });

  it("are addresses and networks, and nobody when none is named", () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    expect(readConfig({ TRUSTED_PROXY: "127.0.0.1, 10.0.0.0/24,::1" }).trustedProxies).toEqual([
      "127.0.0.1",
      "10.0.0.0/24",
      "::1",
    ]);
  });

  it.each([
    "true",
    "1",
    "proxy.kota.example",
    "10.0.0.0/33",
    "0.0.0.0/0",
    "::/129",
    "10.0.0.1/x",
    "127.0.0.1;10.0.0.1",
  ])("are never %s", (list) => {
    expect(problemsWith(list)).toEqual([expect.stringContaining("TRUSTED_PROXY")]);
  });
});

describe("The list of settings", () => {
  const root = path.join(__dirname, "..", "..");

  it("is what .env.example shows", () => {
    expect(readFileSync(path.join(root, ".env.example"), "utf8")).toBe(envExample());
  });

  it("is what the README prints", () => {
    const readme = readFileSync(path.join(root, "README.md"), "utf8");
    expect(withSettingsTable(readme, settingsTable())).toBe(readme);
    for (const { name } of SETTINGS) expect(readme).toContain(`\`${name}\``);
  });

  it("holds no standard for a secret", () => {
    for (const setting of SETTINGS)
      if (/SECRET|TOKEN/.test(setting.name)) expect("standard" in setting).toBe(false);
  });

  it("is all that config.ts reads", () => {
    const source = readFileSync(path.join(root, "src", "app", "config.ts"), "utf8");
    const read = new Set([...source.matchAll(/"([A-Z][A-Z_]{3,})"/g)].map((match) => match[1]));
    expect([...read].sort()).toEqual(SETTINGS.map((setting) => setting.name).sort());
  });
});
