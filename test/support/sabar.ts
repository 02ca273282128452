/** The built server as a real process, for tests that talk to it over HTTP and kill it. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { keepLearnt, lendLearnt, untilLearnt } from "./learnt";
import { KEYS } from "./stand-in";

const ROOT = path.join(__dirname, "..", "..");

export interface Sabar {
  url: string;
  pid: number;
  /** False after its end. */
  isRunning(): boolean;
  output(): string;
  /** Gone at once, as in a power cut. */
  kill(): Promise<void>;
  /** Stands still (SIGSTOP) until it is told to go on (SIGCONT). */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** The polite end; resolves with the exit code. */
  stop(): Promise<number | null>;
  ready(): Promise<Readiness>;
  /** Resolves when nothing waits for a turn or for delivery. */
  idle(withinMs?: number): Promise<void>;
}

export interface Readiness {
  ready: boolean;
  store: string;
  sending: "ok" | { code: string; reason: string };
  library?: { intents: number; problems: string[]; fingerprint: string; isMeasured: boolean };
  counts?: { inboxWaiting: number; outboxWaiting: number; parked: number; openEscalations: number };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-test-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts the server for the page of the tests and waits until it has its library. */
export async function startSabar(options: {
  port: number;
  dataDir: string;
  graphUrl?: string;
  env?: Record<string, string>;
}): Promise<Sabar> {
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    PORT: String(options.port),
    DATA_DIR: options.dataDir,
    LOG_LEVEL: "warn",
    GATHER_SECONDS: "0",
    SENDS_PER_SECOND: "10000",
    ...(options.graphUrl === undefined
      ? {}
      : {
          GRAPH_API_URL: options.graphUrl,
          MESSENGER_PAGE_ID: KEYS.pageId,
          MESSENGER_APP_ID: KEYS.appId,
          MESSENGER_APP_SECRET: KEYS.appSecret,
          MESSENGER_VERIFY_TOKEN: KEYS.verifyToken,
          MESSENGER_PAGE_TOKEN: KEYS.pageToken,
        }),
    ...options.env,
  };
  lendLearnt(options.dataDir);
  const main = path.join(ROOT, "dist", "app", "main.js");
  const child = spawn(process.execPath, [main], { cwd: ROOT, env });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const url = `http://127.0.0.1:${options.port}`;
  try {
    await untilListening(child, url, () => output);
    await untilLearnt(url, options.dataDir);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const endAndKeep = async (signal: NodeJS.Signals): Promise<number | null> => {
    const code = await end(child, signal);
    keepLearnt(options.dataDir);
    return code;
  };
  const ready = async (): Promise<Readiness> => (await (await fetch(`${url}/readyz`)).json()) as Readiness;
  return {
    url,
    pid: child.pid ?? 0,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    kill: () => endAndKeep("SIGKILL").then(() => undefined),
    signal: (name) => void child.kill(name),
    stop: () => endAndKeep("SIGTERM"),
    ready,
    async idle(withinMs = 30_000) {
      const until = Date.now() + withinMs;
      for (;;) {
        const { counts } = await ready();
        if (counts?.inboxWaiting === 0 && counts.outboxWaiting === 0) return;
        if (Date.now() > until)
          throw new Error(`still busy: ${JSON.stringify(counts)}\n${output.slice(-2000)}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
  };
}

async function untilListening(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const until = Date.now() + 180_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output()}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    // It answers before it has learnt its library, and says so when it has.
    if (answer?.status === 200 && output().includes("Sabar is listening")) return;
    if (Date.now() > until) throw new Error(`the server does not listen: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.kill(signal);
  });
}
