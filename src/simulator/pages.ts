/** The addresses below /simulator: the page, what it loads, its live updates, and what is done on it. */
import path from "node:path";
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import helmet from "helmet";
import { onlyOwnForms, onlyThisMachine } from "../web/only-this-machine.js";
import { MOST_PICTURE_BYTES, type Pictures } from "./pictures.js";
import type { Town } from "./town.js";

/** What the addresses show and call. */
export interface PagesParts {
  town: Town;
  pictures: Pictures;
  /** The whole document. */
  html: () => string;
}

/** Scripts, styles and sample pictures, as they lie beside this file, compiled or not. */
const BROWSER = path.join(__dirname, "browser");
const ALIVE_MS = 15_000;

/** The router. Everything is for requests of this machine only; nothing that a page of another origin asks for is done. */
export function createPages({ town, pictures, html }: PagesParts): Router {
  const router = express.Router();
  router.use(onlyThisMachine);
  router.use("/graph", town.graph.router);
  router.use(onlyOwnForms, strictHeaders());
  router.get("/", (_request, response) => response.type("html").send(html()));
  router.get("/events", (request, response) => tellLive(request, response, town));
  router.post(
    "/pictures",
    express.raw({ type: () => true, limit: MOST_PICTURE_BYTES }),
    (request, response) => {
      const bytes: unknown = request.body;
      const kept = Buffer.isBuffer(bytes) ? pictures.keep(bytes) : undefined;
      if (kept === undefined)
        response.status(415).json({ error: "Yang bisa dikirim: foto PNG, JPEG, WebP atau GIF." });
      else response.json({ url: `/simulator${kept}` });
    },
  );
  router.get("/pictures/:id", (request, response) => {
    const picture = pictures.get(request.params.id);
    if (picture === undefined) response.status(404).end();
    else response.type(picture.type).send(picture.bytes);
  });
  router.post("/act", express.json({ limit: "64kb" }), (request, response) => {
    if (town.act(request.body)) response.json({ ok: true });
    else response.status(400).json({ error: "Itu tidak bisa dilakukan di sini." });
  });
  router.use(express.static(BROWSER, { index: false, cacheControl: false, etag: true }));
  // Express knows an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const status: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "status") : 500;
    if (status === 413) response.status(413).json({ error: "Terlalu besar. Foto paling besar 8 MB." });
    else if (status === 400) response.status(400).json({ error: "Permintaan ini tidak bisa dibaca." });
    else next(error);
  });
  return router;
}

function strictHeaders(): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
}

/** Server-sent events: first everything that was said, then every change. */
function tellLive(request: Request, response: Response, { transcript, weather }: Town): void {
  response.set({ "content-type": "text/event-stream", "cache-control": "no-store" });
  response.flushHeaders();
  const write = (data: unknown): void => void response.write(`data: ${JSON.stringify(data)}\n\n`);
  write({ kind: "all", lines: transcript.lines(), weather });
  const unfollow = transcript.follow(write);
  // A line now and then keeps the connection, and finds out when it is gone.
  const alive = setInterval(() => response.write(": ok\n\n"), ALIVE_MS);
  alive.unref();
  request.on("close", () => {
    clearInterval(alive);
    unfollow();
  });
}
