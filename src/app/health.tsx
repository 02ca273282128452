/** Health: is the server alive, can it work, and what stands in the way. */
import express, { type Router } from "express";
import { DateTime } from "luxon";
import { renderToString } from "preact-render-to-string";
import type { Store, StoreCounts } from "../storage/port.js";
import type { SendingStop } from "../vocabulary/delivery.js";
import type { Metrics } from "./metrics.js";

/** What is known about the library that is in use, and about the last attempt to change it. */
export interface LibraryStatus {
  intents: number;
  fingerprint: string;
  loadedAt: number;
  /** True once it is measured how far its confidence can be trusted; until then only a clear lead is answered. */
  isMeasured: boolean;
  /** Lines of `npm run intents` for a change that was not taken over; empty when the files are in use as they are. */
  problems: string[];
}

export interface Readiness {
  ready: boolean;
  store: "ok" | "failed";
  library: LibraryStatus | undefined;
  sending: "ok" | SendingStop;
  counts: StoreCounts | undefined;
  mode: "page" | "simulator";
}

export interface HealthParts {
  store: Store;
  library: () => LibraryStatus | undefined;
  /** Why, and until when, nothing is sent; undefined while sending is allowed. */
  sending: () => SendingStop | undefined;
  mode: "page" | "simulator";
  metrics: Metrics;
  zone: string;
  now: () => number;
}

/** A store that worked this short a time ago is not asked again: asking writes to the disk. */
const CHECK_AGAIN_MS = 500;

/** /healthz, /readyz (JSON, or a page for a browser) and /metrics. */
export function createHealth(parts: HealthParts): Router {
  const router = express.Router();
  const checkStore = checkNowAndThen(parts);
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (request, response) => {
    const readiness = await readReadiness(parts, checkStore);
    response.status(readiness.ready ? 200 : 503).set("cache-control", "no-store");
    if (request.accepts(["json", "html"]) === "html")
      response
        .type("html")
        .send(`<!doctype html>${renderToString(<HealthPage readiness={readiness} parts={parts} />)}`);
    else response.json(readiness);
  });
  router.get("/metrics", async (_request, response) => {
    response.type(parts.metrics.contentType).send(await parts.metrics.text());
  });
  return router;
}

/** The store's own check, at most every CHECK_AGAIN_MS while it works. */
function checkNowAndThen({ store }: HealthParts): () => Promise<void> {
  let workedAt = -Infinity;
  return async () => {
    const startedAt = performance.now();
    if (startedAt - workedAt < CHECK_AGAIN_MS) return;
    await store.check();
    workedAt = startedAt;
  };
}

/** Asks every part whether it works. Never throws: a store that fails is an answer. */
export async function readReadiness(parts: HealthParts, checkStore: () => Promise<void>): Promise<Readiness> {
  const { mode } = parts;
  const library = parts.library();
  const stop = parts.sending();
  const sending = stop ?? "ok";
  try {
    await checkStore();
    const counts = await parts.store.counts();
    return {
      ready: library !== undefined && stop === undefined,
      store: "ok",
      library,
      sending,
      counts,
      mode,
    };
  } catch {
    return { ready: false, store: "failed", library, sending, counts: undefined, mode };
  }
}

function HealthPage({ readiness, parts }: { readiness: Readiness; parts: HealthParts }) {
  const { counts, library, sending } = readiness;
  const time = (at: number | undefined): string =>
    at === undefined
      ? "belum ada"
      : DateTime.fromMillis(at, { zone: parts.zone, locale: "id" }).toFormat("ccc d LLL yyyy, HH.mm.ss");
  const rows: [string, string][] = [
    [
      "Penyimpanan",
      readiness.store === "ok"
        ? "baik"
        : "GAGAL: data tidak bisa ditulis. Periksa ruang disk dan izin folder, atau server MongoDB.",
    ],
    ["Pengiriman", sending === "ok" ? "baik" : `BERHENTI: ${sending.reason} (${sending.code})`],
    ["Terhubung ke", readiness.mode === "page" ? "halaman Facebook" : "simulator di komputer ini"],
    [
      "Pustaka",
      library === undefined
        ? "belum termuat"
        : `${library.intents} topik, dimuat ${time(library.loadedAt)}${library.isMeasured ? "" : "; keyakinannya sedang diukur"}`,
    ],
    ["Kejadian terakhir", time(counts?.lastEventAt)],
    ["Menunggu dijawab", String(counts?.inboxWaiting ?? "?")],
    ["Yang tertua sejak", time(counts?.oldestWaitingAt)],
    ["Menunggu dikirim", String(counts?.outboxWaiting ?? "?")],
    ["Tidak terkirim", String(counts?.parked ?? "?")],
    ["Perlu petugas", String(counts?.openEscalations ?? "?")],
  ];
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Kesehatan Sabar</title>
        <link rel="stylesheet" href="/assets/health.css" />
      </head>
      <body>
        <h1>{readiness.ready ? "Sabar siap bekerja" : "Sabar belum bisa bekerja penuh"}</h1>
        <table>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {library === undefined || library.problems.length === 0 ? null : (
          <section>
            <h2>Perubahan pustaka belum dipakai</h2>
            <p>Yang dipakai tetap pustaka terakhir yang benar. Perbaiki dulu:</p>
            <pre>{library.problems.join("\n")}</pre>
          </section>
        )}
      </body>
    </html>
  );
}
