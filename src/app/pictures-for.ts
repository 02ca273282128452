/** The pictures of tickets in a running server. */
import path from "node:path";
import { createPictures, type Pictures } from "../media/pictures.js";
import type { App, Parts } from "./start.js";

/** The pictures of tickets, beside the database. A Graph API that stands in on this machine may hold pictures, too. */
export function picturesFor(
  { store, config, graphApiUrl, now, log }: Parts,
  url: string,
  mode: App["mode"],
): Pictures {
  const graph = new URL(graphApiUrl);
  const isLocal = graph.hostname === "127.0.0.1" || graph.hostname === "localhost";
  return createPictures({
    store,
    folder: path.join(config.dataDir, "pictures"),
    origins: mode === "simulator" ? [url] : isLocal ? [graph.origin] : [],
    now,
    log,
  });
}
