/**
 * Benchmark of the console: 20 staff with an open list while 50 messages a second come in. How long until a conversation
 * that needs a person stands in everybody's list, and what that does to Facebook's acknowledgements. The server has one
 * core, staff and load the other. Run with `npm run bench:console`; `BENCH_SECONDS` is how long.
 */
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { hashToken, newId, newToken } from "../../src/console/access/sessions.js";
import { openSqliteStore } from "../../src/storage/sqlite/open.js";
import { quantile } from "./figures.js";
import { PAGE, startYesGraph } from "./load.js";
import { pageEnv, start, stop, untilMeasured } from "./program.js";

const STAFF = 20;
const PER_SECOND = 50;
/** Every so many messages one asks for a person. */
const NEEDS_EVERY = 20;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** As `desk.js` does: not more often than this. */
const LOOK_EVERY_MS = 1200;

const QUESTIONS = ["min ktp sy ilang gmn ya", "syarat buat kk baru apa aja", "jam buka disdukcapil jam brp"];
// Given up before the server gives them up, which is after five seconds.
const agent = new http.Agent({ keepAlive: true, maxSockets: 200, timeout: 3000 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** People who are signed in, without the minutes it takes to hash twenty passwords. */
async function signEverybodyIn(file: string): Promise<string[]> {
  const store = await openSqliteStore(file);
  const cookies: string[] = [];
  const now = Date.now();
  for (let number = 1; number <= STAFF; number += 1) {
    const id = newId();
    const token = newToken();
    const staff = {
      id,
      login: `staff${number}`,
      name: `Staff ${number}`,
      roles: ["officer" as const],
      state: "active" as const,
      passwordHash: "none",
      totpSecret: "none",
      totpStep: 0,
      isDemo: false,
      createdAt: now,
    };
    await store.access.commitAccess({ kind: "add-staff", staff }, { action: "staff-added" }, now);
    const session = {
      id: newId(),
      tokenHash: hashToken(token),
      staff: id,
      startedAt: now,
      seenAt: now,
      address: "127.0.0.1",
      browser: "bench",
    };
    const proof = { kind: "totp" as const, step: 1 };
    await store.access.commitAccess({ kind: "sign-in", session, proof }, { action: "signed-in" }, now);
    cookies.push(`sabar=${token}`);
  }
  await store.close();
  return cookies;
}

interface Answer {
  status: number;
  text: string;
}

function ask(url: string, options: http.RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** One open list: hears that something changed, looks not too often, and notes which rows it shows for the first time. */
function openList(
  url: string,
  cookie: string,
  onRow: (citizen: string) => void,
): { stop(): void; looks(): number } {
  const seen = new Set<string>();
  let looks = 0;
  let lookedAt = 0;
  let isLooking = false;
  const now = { wantsLook: false, isStopped: false };
  const isDue = (): boolean => now.wantsLook && !now.isStopped;
  const look = async (): Promise<void> => {
    if (isLooking) {
      now.wantsLook = true;
      return;
    }
    isLooking = true;
    do {
      await pause(lookedAt + LOOK_EVERY_MS - Date.now());
      now.wantsLook = false;
      const { status, text } = await ask(`${url}/console/inbox?view=needs&show=400`, { headers: { cookie } });
      if (status !== 200) throw new Error(`a list answered ${status}`);
      lookedAt = Date.now();
      looks += 1;
      for (const [, citizen = ""] of text.matchAll(/id="row-(\d+)"/g))
        if (!seen.has(citizen)) {
          seen.add(citizen);
          onRow(citizen);
        }
    } while (isDue());
    isLooking = false;
  };
  const line = http.get(`${url}/console/live`, { headers: { cookie }, agent: false }, (response) => {
    response.on("data", (part: Buffer) => {
      if (part.toString().includes("data:") && !now.isStopped) void look();
    });
    response.on("error", () => undefined);
  });
  line.on("error", () => undefined);
  return {
    looks: () => looks,
    stop() {
      now.isStopped = true;
      line.destroy();
    },
  };
}

function deliver(url: string, citizen: string, text: string): Promise<Answer> {
  const at = Date.now();
  const message = { mid: `m_${citizen}`, text };
  const messaging = [{ sender: { id: citizen }, recipient: { id: PAGE.pageId }, timestamp: at, message }];
  const body = JSON.stringify({ object: "page", entry: [{ id: PAGE.pageId, time: at, messaging }] });
  const signature = createHmac("sha256", PAGE.appSecret).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  return ask(`${url}/webhook`, { method: "POST", headers }, body);
}

interface Measured {
  acks: number[];
  rows: number[];
  missing: number;
  looks: number;
}

/** How long each acknowledgement took while so many lists were open, and how long each row needed into each list. */
async function measure(lists: number): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  const cookies = await signEverybodyIn(path.join(folder, "sabar.db"));
  const graph = await startYesGraph(() => undefined);
  const sabar = await start(["dist/app/main.js"], pageEnv(folder, graph.url));
  try {
    await untilMeasured(sabar.url);
    return await measureOn(sabar.url, cookies.slice(0, lists));
  } finally {
    await stop(sabar);
    graph.server.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureOn(url: string, cookies: readonly string[]): Promise<Measured> {
  const sentAt = new Map<string, number>();
  const rows: number[] = [];
  const onRow = (citizen: string): void => {
    const at = sentAt.get(citizen);
    if (at !== undefined) rows.push(Date.now() - at);
  };
  for (let n = 0; n < 200; n += 1) await deliver(url, `${8_100_000_000_000_000 + n}`, QUESTIONS[n % 3] ?? "");
  const open = cookies.map((cookie) => openList(url, cookie, onRow));
  await pause(5000);
  const acks: number[] = [];
  const begun = Date.now();
  const calls: Promise<void>[] = [];
  for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
    await pause(begun + (n * 1000) / PER_SECOND - Date.now());
    const citizen = `${7_000_000_000_000_000 + n}`;
    const needsPerson = n % NEEDS_EVERY === 0;
    const at = performance.now();
    if (needsPerson) sentAt.set(citizen, Date.now());
    const text = needsPerson ? "mau bicara dengan petugas" : (QUESTIONS[n % 3] ?? "");
    calls.push(
      deliver(url, citizen, text).then(({ status }) => {
        if (status !== 200) throw new Error(`the webhook answered ${status}`);
        acks.push(performance.now() - at);
      }),
    );
  }
  await Promise.all(calls);
  await pause(10_000);
  const looks = open.reduce((sum, list) => sum + list.looks(), 0);
  for (const list of open) list.stop();
  return { acks, rows, missing: sentAt.size * cookies.length - rows.length, looks };
}

async function main(): Promise<void> {
  const row = (name: string, value: string): void => console.log(`${name.padEnd(52)} ${value}`);
  const ms = (value: number): string => `${Math.round(value)} ms`;
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}; ${PER_SECOND} messages/s for ${SECONDS} s, every ${NEEDS_EVERY}th for a person`,
  );
  const alone = await measure(0);
  row(
    "acknowledgement without staff",
    `p50 ${ms(quantile(alone.acks, 0.5))}, p99 ${ms(quantile(alone.acks, 0.99))}`,
  );
  const busy = await measure(STAFF);
  const p99 = quantile(busy.acks, 0.99);
  row(
    `acknowledgement with ${STAFF} open lists`,
    `p50 ${ms(quantile(busy.acks, 0.5))}, p99 ${ms(p99)} (goal 100 ms)`,
  );
  row("the same, as a ratio of p99", (p99 / quantile(alone.acks, 0.99)).toFixed(2));
  row(
    "a new row in every list",
    `p50 ${ms(quantile(busy.rows, 0.5))}, p95 ${ms(quantile(busy.rows, 0.95))} (goal 3000 ms), slowest ${ms(Math.max(...busy.rows))}`,
  );
  row("rows that a list never showed", String(busy.missing));
  row("lists rendered", `${busy.looks}, ${(busy.looks / (SECONDS + 15)).toFixed(1)}/s`);
  agent.destroy();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
