/** The programs that are measured: started on the server's core, watched, and stopped. */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { PAGE } from "./load.js";

const ROOT = path.join(__dirname, "..", "..");
const SERVER_CORE = "0";

export interface Started {
  url: string;
  child: ChildProcess;
  /** From the start of the process until it says that it has all it needs, in milliseconds. */
  startMs: number;
}

/** Starts a program on the server's core and waits until it prints its address. */
export function start(args: string[], env: Record<string, string> = {}): Promise<Started> {
  const began = performance.now();
  const child = spawn("taskset", ["-c", SERVER_CORE, process.execPath, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.on("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}: ${printed}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /listening on (http:\/\/[^\s]+)/.exec(printed)?.[1];
      if (url !== undefined) resolve({ url, child, startMs: performance.now() - began });
    });
  });
}

export async function stop({ child }: Started): Promise<void> {
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

export function pageEnv(dataDir: string, graphUrl: string): Record<string, string> {
  return {
    PORT: "0",
    DATA_DIR: dataDir,
    GRAPH_API_URL: graphUrl,
    GATHER_SECONDS: "0",
    SENDS_PER_SECOND: "100000",
    LOG_LEVEL: "error",
    MESSENGER_PAGE_ID: PAGE.pageId,
    MESSENGER_APP_ID: PAGE.appId,
    MESSENGER_APP_SECRET: PAGE.appSecret,
    MESSENGER_VERIFY_TOKEN: "bench",
    MESSENGER_PAGE_TOKEN: "bench-token",
  };
}

export async function waitUntilIdle(url: string): Promise<void> {
  for (;;) {
    const ready = (await (await fetch(`${url}/readyz`)).json()) as {
      counts?: { inboxWaiting: number; outboxWaiting: number };
    };
    if (ready.counts?.inboxWaiting === 0 && ready.counts.outboxWaiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Until the confidence is measured, the thread that learns is at work beside everything else. */
export async function untilMeasured(url: string): Promise<void> {
  for (;;) {
    const ready = (await (await fetch(`${url}/readyz`)).json()) as { library?: { isMeasured: boolean } };
    if (ready.library?.isMeasured === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
