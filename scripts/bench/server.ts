/**
 * Benchmarks of the server, as ratios in one run: a bare Express, the durable accept path, and the whole of Sabar, each
 * alone on one core, with the load and a Graph API on the other. Run with `npm run bench`.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { quantile } from "./figures.js";
import { pageEnv, start, stop, untilMeasured, waitUntilIdle } from "./program.js";
import { freePort } from "../../test/support/sabar.js";
import {
  makeDeliveries,
  PAGE,
  sendAll,
  sendEvenly,
  startYesGraph,
  type Delivery,
  type LoadResult,
} from "./load.js";

const CONNECTIONS = 50;
const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 20_000);

const row = (name: string, value: string): void => console.log(`${name.padEnd(66)} ${value}`);
const perSecond = (result: LoadResult): string => `${Math.round(result.perSecond)}/s`;
const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

type Send = (url: string, deliveries: Delivery[]) => Promise<LoadResult>;

const RATE = 200;
const atOnce: Send = (url, deliveries) => sendAll(url, deliveries, CONNECTIONS);
const inBursts: Send = (url, deliveries) => sendAll(url, deliveries, CONNECTIONS, RATE);
const evenly: Send = (url, deliveries) => sendEvenly(url, deliveries, CONNECTIONS, RATE);

async function benchBare(send: Send = atOnce): Promise<LoadResult> {
  const bare = await start(["--import", "tsx", "scripts/bench/bare-express.ts", PAGE.appSecret]);
  await sendAll(`${bare.url}/webhook`, makeDeliveries(4000, 500, "warm"), CONNECTIONS);
  const count = send === atOnce ? MESSAGES : RATE * 20;
  const result = await send(`${bare.url}/webhook`, makeDeliveries(count, 2000, "bare"));
  await stop(bare);
  return result;
}

/** The real webhook and the real store, with nobody taking the events out again. */
async function benchAccept(): Promise<LoadResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  const accept = await start(["--import", "tsx", "scripts/bench/accept-only.ts", PAGE.appSecret, folder]);
  await sendAll(`${accept.url}/webhook`, makeDeliveries(4000, 500, "warm"), CONNECTIONS);
  const result = await sendAll(
    `${accept.url}/webhook`,
    makeDeliveries(MESSAGES, 2000, "accept"),
    CONNECTIONS,
  );
  await stop(accept);
  rmSync(folder, { recursive: true });
  return result;
}

interface WholeResult {
  accepted: LoadResult;
  /** Messages a second from the first delivery until the last one was answered. */
  answeredPerSecond: number;
  callsPerMessage: number;
  rssMb: number;
}

/** `citizens`: as many as messages makes each one a first contact; fewer makes conversations about several topics. */
async function benchWhole(messages: number, citizens = messages): Promise<WholeResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  let calls = 0;
  let lastCallAt = 0;
  const graph = await startYesGraph(() => {
    calls += 1;
    lastCallAt = performance.now();
  });
  const sabar = await start(["dist/app/main.js"], pageEnv(folder, graph.url));
  await untilMeasured(sabar.url);
  await sendAll(`${sabar.url}/webhook`, makeDeliveries(4000, 500, "warm"), CONNECTIONS);
  await waitUntilIdle(sabar.url);
  calls = 0;
  const began = performance.now();
  const accepted = await sendAll(
    `${sabar.url}/webhook`,
    makeDeliveries(messages, citizens, "whole"),
    CONNECTIONS,
  );
  await waitUntilIdle(sabar.url);
  const seconds = (lastCallAt - began) / 1000;
  const rssMb =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${sabar.child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  await stop(sabar);
  graph.server.close();
  rmSync(folder, { recursive: true });
  return {
    accepted,
    answeredPerSecond: messages / seconds,
    callsPerMessage: calls / messages,
    rssMb,
  };
}

/** Milliseconds from the start of the process until the server answers, and until it has its library. */
async function benchStart(folder: string): Promise<{ listeningMs: number; libraryMs: number }> {
  const port = await freePort();
  const began = performance.now();
  const ready = start(["dist/app/main.js"], { ...pageEnv(folder, "http://127.0.0.1:9"), PORT: String(port) });
  let listeningMs = Number.NaN;
  while (Number.isNaN(listeningMs)) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.status === 200) listeningMs = performance.now() - began;
    else await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const sabar = await ready;
  await untilMeasured(sabar.url);
  await stop(sabar);
  return { listeningMs, libraryMs: sabar.startMs };
}

/** Milliseconds from saving a file until the server answers with it: another wording, then one more example. */
async function benchChange(): Promise<{ wordingMs: number; exampleMs: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  const intents = path.join(folder, "intents");
  cpSync("intents", intents, { recursive: true });
  const sabar = await start(["dist/app/main.js"], {
    ...pageEnv(path.join(folder, "data"), "http://127.0.0.1:9"),
    INTENTS_DIR: intents,
  });
  await untilMeasured(sabar.url);
  const fingerprint = async (): Promise<string> => {
    const answer = await fetch(`${sabar.url}/readyz`);
    return ((await answer.json()) as { library: { fingerprint: string } }).library.fingerprint;
  };
  const file = path.join(intents, "kependudukan", "kia.yaml");
  const change = async (from: string, to: string): Promise<number> => {
    const before = await fingerprint();
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
    const began = performance.now();
    while ((await fingerprint()) === before) await new Promise((resolve) => setTimeout(resolve, 10));
    return performance.now() - began;
  };
  const wordingMs = await change("judul: ", "judul: Tentang ");
  const exampleMs = await change("contoh:\n", "contoh:\n  - kartu buat anak sekolah dasar\n");
  await stop(sabar);
  rmSync(folder, { recursive: true });
  return { wordingMs, exampleMs };
}

/** 200 messages a second: how long until Facebook hears 200, and until the first call to the Send API. */
async function benchSteady(send: Send): Promise<{ ack: LoadResult; toSendP99: number; toSendP50: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  const firstCallAt = new Map<string, number>();
  const graph = await startYesGraph((citizen) => {
    if (!firstCallAt.has(citizen)) firstCallAt.set(citizen, performance.now());
  });
  const sabar = await start(["dist/app/main.js"], pageEnv(folder, graph.url));
  await untilMeasured(sabar.url);
  await sendAll(`${sabar.url}/webhook`, makeDeliveries(4000, 500, "warm"), CONNECTIONS);
  await waitUntilIdle(sabar.url);
  const waits: number[] = [];
  const sending = send(`${sabar.url}/webhook`, makeDeliveries(RATE * 20, 1_000_000, "steady"));
  // One probe in between, many times, whose own way is timed from request to Send API call.
  const probes = makeDeliveries(200, 1_000_000, "probe").map((delivery, i) => {
    const citizen = `${8_000_000_000_000_000 + i}`;
    return { citizen, body: delivery.body.replace(/"id":"7\d+"/, `"id":"${citizen}"`) };
  });
  const { createHmac } = await import("node:crypto");
  for (const { citizen, body } of probes) {
    const signature = `sha256=${createHmac("sha256", PAGE.appSecret).update(body).digest("hex")}`;
    const began = performance.now();
    await fetch(`${sabar.url}/webhook`, {
      method: "POST",
      body,
      headers: { "x-hub-signature-256": signature },
    });
    for (let tries = 0; tries < 1000 && !firstCallAt.has(citizen); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 2));
    const called = firstCallAt.get(citizen);
    if (called !== undefined) waits.push(called - began);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  const ack = await sending;
  await stop(sabar);
  graph.server.close();
  rmSync(folder, { recursive: true });
  return { ack, toSendP99: quantile(waits, 0.99), toSendP50: quantile(waits, 0.5) };
}

function answered({ answeredPerSecond, callsPerMessage }: WholeResult, bare: LoadResult): string {
  const calls = answeredPerSecond * callsPerMessage;
  return (
    `${Math.round(answeredPerSecond)} messages/s, ${percent(answeredPerSecond, bare.perSecond)} of bare; ` +
    `${Math.round(calls)} Send API calls/s, ${percent(calls, bare.perSecond)} of bare, ${callsPerMessage.toFixed(2)} a message`
  );
}

async function main(): Promise<void> {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, server on one core, load on the other`,
  );
  const bare = await benchBare();
  row("bare Express: verify, parse, 200", perSecond(bare));
  const accept = await benchAccept();
  row(
    "durable accepts (SQLite WAL, synchronous=FULL)",
    `${perSecond(accept)}, ${percent(accept.perSecond, bare.perSecond)} of bare`,
  );
  const whole = await benchWhole(MESSAGES);
  row("matched, answered and delivered, each a first contact", answered(whole, bare));
  const known = await benchWhole(MESSAGES, Math.ceil(MESSAGES / 8));
  row("the same, of citizens who write eight messages each", answered(known, bare));
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-bench-"));
  const first = await benchStart(folder);
  const second = await benchStart(folder);
  rmSync(folder, { recursive: true });
  row("start until listening, without a build", `${Math.round(first.listeningMs)} ms`);
  row("start until the library is learnt and answers, first time", `${Math.round(first.libraryMs)} ms`);
  row("the same with a library that was learnt before", `${Math.round(second.libraryMs)} ms`);
  const { wordingMs, exampleMs } = await benchChange();
  row("a saved change of wording until it answers", `${Math.round(wordingMs)} ms`);
  row("a saved new example until it answers", `${Math.round(exampleMs)} ms`);
  const steady: LoadResult[] = [];
  for (const [how, send] of [
    ["evenly", evenly],
    ["each second's at its beginning", inBursts],
  ] as const) {
    const bareAck = await benchBare(send);
    const { ack, toSendP50, toSendP99 } = await benchSteady(send);
    steady.push(bareAck, ack);
    row(`at 200/s, ${how}: acknowledgement, bare`, `p50 ${bareAck.p50} ms, p99 ${bareAck.p99} ms`);
    row(`at 200/s, ${how}: acknowledgement, Sabar`, `p50 ${ack.p50} ms, p99 ${ack.p99} ms`);
    row(
      `at 200/s, ${how}: webhook to Send call`,
      `p50 ${toSendP50.toFixed(1)} ms, p99 ${toSendP99.toFixed(1)} ms`,
    );
  }
  const long = await benchWhole(Number(process.env.BENCH_LONG ?? 100_000));
  row("memory after 100,000 messages", `${Math.round(long.rssMb)} MB`);
  const refused = [bare, accept, whole.accepted, known.accepted, ...steady, long.accepted].reduce(
    (sum, each) => sum + each.not2xx,
    0,
  );
  row("requests not answered with 2xx", String(refused));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
