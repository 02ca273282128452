/** Who may open which address of the console: the whole table, asked over real HTTP; and what no foreign page can do. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { HIDDEN, ROUTES, type RouteName } from "../../src/console/routes";
import { ROLES, type Role } from "../../src/vocabulary/staff";
import { startConsole, type TestConsole, type Visitor } from "../support/console";
import { isOpen, WHO } from "./who-may";

const NAMES = Object.keys(ROUTES) as RouteName[];

// Hashing passwords takes its time on a busy machine.
jest.setTimeout(120_000);

let sabar: TestConsole;
beforeAll(async () => {
  sabar = await startConsole({
    health: () =>
      Promise.resolve({
        mode: "page",
        store: "ok",
        sending: "ok",
        version: "1",
        startedAt: 0,
        freeBytes: 1e12,
      }),
  });
});
afterAll(() => sabar.close());

/** Asks for the address with ids that nobody has. Streams are cut off once the answer begins. */
async function ask(who: Visitor, name: RouteName, headers: Record<string, string> = {}): Promise<number> {
  const [method, path] = name.split(" ") as ["GET" | "POST", string];
  const address = `/console${path.replace(/:\w+/g, "tidak-ada")}`;
  if (name !== "GET /live")
    return (method === "GET" ? await who.get(address, headers) : await who.post(address, {}, headers)).status;
  const cookie = [...who.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const stop = new AbortController();
  const response = await fetch(`${sabar.url}${address}`, {
    headers: { ...headers, cookie },
    signal: stop.signal,
    redirect: "manual",
  });
  stop.abort();
  return response.status;
}

describe("The table of routes", () => {
  it("is whole here, too", () => {
    expect(Object.keys(WHO).sort()).toEqual([...NAMES].sort());
  });

  it.each(ROLES)(
    "lets a person with the role %s do what the role is for, and nothing else",
    async (role: Role) => {
      await sabar.add(`orang-${role}`, [role], { agency: "pupr" });
      const who = await sabar.signIn(`orang-${role}`);
      const seen: string[] = [];
      for (const name of NAMES.filter((each) => !isOpen(each))) {
        const status = await ask(who, name);
        if (status !== 403) seen.push(name);
        expect([name, status, status !== 401 && status < 500]).toEqual([name, status, true]);
      }
      expect(seen.sort()).toEqual(NAMES.filter((name) => WHO[name].split(" ").includes(role)).sort());
    },
    60_000,
  );

  it("sends whoever is not signed in to the login; scripts hear 401; files are not there at all (S-07)", async () => {
    const nobody = sabar.visitor();
    for (const name of HIDDEN)
      for (const headers of [{}, { "x-requested-with": "sabar" }] as Record<string, string>[])
        expect([name, await ask(nobody, name, headers)]).toEqual([name, 404]);
    for (const name of NAMES.filter((each) => !isOpen(each) && !HIDDEN.includes(each))) {
      const status = await ask(nobody, name, name === "GET /live" ? { accept: "text/html" } : {});
      expect([name, status]).toEqual([name, 303]);
      expect([name, await ask(nobody, name, { "x-requested-with": "sabar" })]).toEqual([name, 401]);
    }
  });

  it("ends where the table ends: everything else is not found, whoever asks", async () => {
    await sabar.add("tata", ["administrator", "officer"]);
    const who = await sabar.signIn("tata");
    for (const path of [
      "/console/nowhere",
      "/console/settings/staff/tidak-ada",
      "/console/assets/../console.js",
    ])
      expect([path, (await who.get(path)).status]).toEqual([path, 404]);
    expect((await who.post("/console/inbox")).status).toBe(404);
    const put = await fetch(`${sabar.url}/console/account`, {
      method: "PUT",
      headers: { origin: sabar.url },
    });
    expect(put.status).toBe(404);
  });

  it("refuses values that no list holds", async () => {
    const who = await sabar.signIn("tata");
    for (const query of [
      "action=hapus",
      "staff=siapa",
      "from=kemarin",
      "before=-1",
      "until=2026-13-01",
      "from=2026-01-01&from=2026-01-02",
    ])
      expect([query, (await who.get(`/console/records/audit?${query}`)).status]).toEqual([query, 400]);
  });
});

describe("A page of somebody else", () => {
  it.each<[string, Record<string, string>]>([
    ["says nothing about where it comes from", { origin: "" }],
    ["has another origin", { origin: "https://jahat.example" }],
    ["is hidden behind a null origin", { origin: "null" }],
    ["is on another site", { "sec-fetch-site": "cross-site" }],
    ["is on a sister host", { "sec-fetch-site": "same-site" }],
    ["is our own host under another port", { origin: "http://127.0.0.1:1" }],
  ])("that %s changes nothing with the cookie of a person", async (_what, headers) => {
    const who = await sabar.signIn("tata");
    for (const name of NAMES.filter((each) => each.startsWith("POST")))
      expect([name, await ask(who, name, headers)]).toEqual([name, 403]);
    expect((await who.get("/console/account")).status).toBe(200);
  });

  it("gets no permission to read, and cannot put the console into a frame", async () => {
    const answer = await sabar.visitor().get("/console/login", { origin: "https://jahat.example" });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });
});

describe("Every page", () => {
  it("has strict headers and is kept nowhere", async () => {
    const who = await sabar.signIn("tata");
    for (const path of ["/console/login", "/console/account", "/console/nowhere", "/console/records/audit"]) {
      const { headers } = await who.get(path);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain("unsafe");
    }
  });

  it("changes nothing by being opened: only the time of last use moves", async () => {
    await sabar.add("petugas", ["officer", "administrator"]);
    const who = await sabar.signIn("petugas");
    const stateOf = async (): Promise<string> => {
      const { access, audit } = sabar.store;
      const staff = await access.allStaff();
      const sessions = await Promise.all(staff.map(({ id }) => access.sessionsOf(id)));
      const rows = await audit.after(0, 100_000);
      const links = await access.openLinks(0);
      const counts = await sabar.store.counts();
      const known = JSON.stringify([
        staff,
        sessions.flat().map((each) => ({ ...each, seenAt: 0 })),
        rows,
        links,
        counts,
      ]);
      return createHash("sha256").update(known).digest("hex");
    };
    const before = await stateOf();
    const seen = new Set<string>();
    const waiting = ["/console"];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await who.get(path);
      expect([path, answer.status < 400]).toEqual([path, true]);
      const links = [...answer.text.matchAll(/href="(\/console[^"#]*)/g)].map(([, link]) => link ?? "");
      waiting.push(
        ...links.map((link) => link.replaceAll("&amp;", "&")),
        ...(answer.location === "" ? [] : [answer.location]),
      );
    }
    expect(seen.size).toBeGreaterThan(12);
    expect(await stateOf()).toBe(before);
  });

  it("shows what people typed as text, whatever it looks like", async () => {
    const payloads = readFileSync(`${__dirname}/../fixtures/console/payloads.txt`, "utf8").trim().split("\n");
    expect(payloads.length).toBeGreaterThanOrEqual(30);
    const who = await sabar.signIn("tata");
    for (const [index, name] of payloads.entries()) await sabar.add(`nama${index}`, ["officer"], { name });
    const pages = [await who.get("/console/settings/staff"), await who.get("/console/records/audit")];
    for (const { text } of pages) {
      expect(text).not.toMatch(/<(?:img|svg|iframe|body|object|embed|video|math|details)[^>]*\son/i);
      expect(text.match(/<script/g)).toEqual(Array.from({ length: 1 }, () => "<script"));
      expect(text).not.toMatch(/href="\s*(?:javascript|data|vbscript):/i);
    }
    for (const name of payloads)
      expect(pages[0]?.text).toContain(
        name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
      );
  });
});
