/** Load for the benchmarks: signed deliveries of many citizens, and a Graph API that only says yes. */
import { createHmac, randomBytes } from "node:crypto";
import { Agent, createServer, request as open, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import autocannon from "autocannon";
import { quantile } from "./figures.js";

export const PAGE = {
  pageId: "102938475610293",
  appId: "1029384756574839",
  appSecret: randomBytes(16).toString("hex"),
};

/** What citizens write in the benchmarks: short and long, clear and odd, in the proportions of an ordinary evening. */
const TEXTS = [
  "min ktp sy ilang gmn ya",
  "syarat buat kk baru apa aja",
  "jam buka disdukcapil hari ini jam brp",
  "makasih min",
  "lampu jalan depan rumah mati udah seminggu, jl melati dekat masjid",
  "bansos kok ga dapet ya pdhal tetangga dapet semua",
  "cara follow halaman ini gimana, boleh minta izin?",
  "pindah dari luar kota ngurusnya dimana",
  "qwerty asdf zxcv",
  "akta lahir anak saya belum jadi, sudah dua minggu",
];

export interface Delivery {
  body: string;
  signature: string;
}

/** `count` deliveries of one message each, by so many citizens in turn, signed as Facebook signs. Nobody writes the same twice in a row. */
export function makeDeliveries(count: number, citizens: number, prefix: string): Delivery[] {
  return Array.from({ length: count }, (_, i) => {
    const at = Date.now();
    const body = JSON.stringify({
      object: "page",
      entry: [
        {
          id: PAGE.pageId,
          time: at,
          messaging: [
            {
              sender: { id: `${7_000_000_000_000_000 + (i % citizens)}` },
              recipient: { id: PAGE.pageId },
              timestamp: at,
              message: { mid: `m_${prefix}${i}`, text: TEXTS[(i + Math.floor(i / citizens)) % TEXTS.length] },
            },
          ],
        },
      ],
    });
    return { body, signature: `sha256=${createHmac("sha256", PAGE.appSecret).update(body).digest("hex")}` };
  });
}

export interface LoadResult {
  perSecond: number;
  seconds: number;
  not2xx: number;
  p50: number;
  p99: number;
}

/**
 * Sends every delivery once over keep-alive connections, as fast as they are answered or `rate` a second. The rate is a burst: all
 * of a second's deliveries come at its beginning.
 */
export async function sendAll(
  url: string,
  deliveries: Delivery[],
  connections: number,
  rate?: number,
): Promise<LoadResult> {
  let next = 0;
  const perClient = Math.ceil(deliveries.length / connections);
  const started = performance.now();
  // The tool itself looks only once a second whether it has ended.
  let lastAt = started;
  const result = await autocannon({
    url,
    connections,
    amount: perClient * connections,
    overallRate: rate,
    setupClient(client) {
      const mine = deliveries.slice(next, (next += perClient));
      client.on("response", () => {
        lastAt = performance.now();
      });
      client.setRequests(
        mine.map(({ body, signature }) => ({
          method: "POST" as const,
          headers: { "content-type": "application/json", "x-hub-signature-256": signature },
          body,
        })),
      );
    },
  });
  const seconds = (lastAt - started) / 1000;
  return {
    perSecond: result["2xx"] / seconds,
    seconds,
    not2xx: result.non2xx + result.errors,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/**
 * Sends every delivery once, one every 1/`rate` seconds whether the one before is answered or not. An answer's time counts from the
 * moment its delivery was due.
 */
export async function sendEvenly(
  url: string,
  deliveries: Delivery[],
  connections: number,
  rate: number,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const began = performance.now();
  const times = await Promise.all(
    deliveries.map(async (delivery, i) => {
      const due = began + (i * 1000) / rate;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      return { status: await post(url, delivery, agent), ms: performance.now() - due };
    }),
  );
  agent.destroy();
  const seconds = (performance.now() - began) / 1000;
  const waits = times.map(({ ms }) => ms);
  return {
    perSecond: deliveries.length / seconds,
    seconds,
    not2xx: times.filter(({ status }) => status < 200 || status > 299).length,
    p50: Math.round(quantile(waits, 0.5) * 10) / 10,
    p99: Math.round(quantile(waits, 0.99) * 10) / 10,
  };
}

/** The status of the answer; 0 when there was none. */
function post(url: string, { body, signature }: Delivery, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const request = open(
      url,
      {
        agent,
        method: "POST",
        headers: { "content-type": "application/json", "x-hub-signature-256": signature },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    request.on("error", () => resolve(0));
    request.end(body);
  });
}

/** A Graph API that accepts everything and tells when it was called. */
export async function startYesGraph(
  onCall: (citizen: string) => void,
): Promise<{ url: string; server: Server }> {
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const citizen = /"id":"(\d+)"/.exec(Buffer.concat(chunks).toString("latin1"))?.[1] ?? "";
      onCall(citizen);
      count += 1;
      const body = `{"recipient_id":"${citizen}","message_id":"m_bench${count}"}`;
      response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v26.0`, server };
}
