/** /hapus-data: Meta asks for removals here, and whoever has a code sees what became of it. */
import path from "node:path";
import express, { type Router } from "express";
import { DateTime } from "luxon";
import { renderToString } from "preact-render-to-string";
import { dayAndMonth } from "../answers/opening-hours.js";
import type { HoursFile } from "../intents/format.js";
import type { ErasureFile } from "../intents/format-erasure.js";
import { createDeletionCallback, type DeletionOptions } from "../messenger/deletion-request.js";
import type { Store } from "../storage/port.js";
import type { Erasure } from "../vocabulary/erasure.js";

export interface ErasurePageParts extends DeletionOptions {
  store: Pick<Store, "erasures">;
  words: () => ErasureFile["halaman"];
  /** How days and months are said. */
  hours: () => HoursFile["kalimat"];
  cityName: () => string;
  zone: string;
}

/** Codes are long enough that nobody finds one by trying; longer texts are none. */
const MOST_LETTERS = 60;

/** The router to mount at /hapus-data. */
export function createErasurePage(parts: ErasurePageParts): Router {
  const router = express.Router();
  router.post("/", ...createDeletionCallback(parts));
  // Proxies let this address through, and nothing else without a login.
  router.get("/tampilan.css", (_request, response) =>
    response.sendFile(path.join(__dirname, "browser", "health.css")),
  );
  router.get("/", async (request, response) => {
    const asked = request.query.kode;
    const code = typeof asked === "string" ? asked.trim().slice(0, MOST_LETTERS) : "";
    const erasure = code === "" ? undefined : await parts.store.erasures.find(code);
    const page = <StatusPage code={code} erasure={erasure} parts={parts} />;
    response
      .set("cache-control", "no-store")
      .set("x-robots-tag", "noindex")
      .type("html")
      .send(`<!doctype html>${renderToString(page)}`);
  });
  return router;
}

function StatusPage({
  code,
  erasure,
  parts,
}: {
  code: string;
  erasure: Erasure | undefined;
  parts: ErasurePageParts;
}) {
  const words = parts.words();
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${words.judul} · ${parts.cityName()}`}</title>
        <link rel="stylesheet" href="/hapus-data/tampilan.css" />
      </head>
      <body>
        <main>
          <h1>{words.judul}</h1>
          <p>{words.penjelasan}</p>
          <form method="get">
            <label>
              {words.kode}{" "}
              <input name="kode" value={code} required maxLength={MOST_LETTERS} autocomplete="off" />
            </label>{" "}
            <button type="submit">{words.tombol}</button>
          </form>
          {code !== "" && (
            <p role="status">
              {erasure === undefined
                ? words.belum
                : sentenceOf(erasure, words, { zone: parts.zone, hours: parts.hours() })}
            </p>
          )}
        </main>
      </body>
    </html>
  );
}

function sentenceOf(
  { at, counts, asked }: Erasure,
  { selesai, tidak_dikenal }: ErasureFile["halaman"],
  { zone, hours }: { zone: string; hours: HoursFile["kalimat"] },
): string {
  // Meta names people by another number than the one that stands in their conversation.
  if (asked === "meta" && Object.values(counts).every((count) => count === 0)) return tidak_dikenal;
  const moment = DateTime.fromMillis(at, { zone });
  const values: Record<string, string> = {
    waktu: `${dayAndMonth(moment, hours)} ${moment.toFormat("yyyy, HH.mm")}`,
    pesan: String(counts.messages),
    balasan: String(counts.replies),
    laporan: String(counts.tickets),
    foto: String(counts.pictures),
  };
  return selesai.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
