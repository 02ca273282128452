/** What the server shows and takes: the webhook, the simulator, health and the console. */
import path from "node:path";
import type express from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { createConsole } from "../console/console.js";
import type { Pictures } from "../media/pictures.js";
import { createWebhook } from "../messenger/webhook.js";
import { createSimulator, type Simulator } from "../simulator/simulator.js";
import { StoreFailed } from "../storage/port.js";
import { payloadOfIntent } from "../vocabulary/reply.js";
import { consolePartsOf } from "./console-parts.js";
import { createErasurePage } from "./erasure-page.js";
import { createHealth } from "./health.js";
import { LibraryNotReady, type LibraryInUse } from "./library-in-use.js";
import type { Queues } from "./build-queues.js";
import type { App, Parts } from "./start.js";

/** The webhook stands first and bare: it is the busy one. Everything a browser opens comes with strict headers. */
export function mountPages(
  app: express.Express,
  parts: Parts & {
    queues: Queues;
    mode: App["mode"];
    simulator: Simulator | undefined;
    pictures: Pictures;
    url: string;
  },
): void {
  const { store, library, messenger, metrics, now, log, config, queues, mode } = parts;
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("trust proxy", config.trustedProxies);
  app.use("/webhook", createWebhook({ ...messenger, accept: (events) => queues.inbox.accept(events), log }));
  if (parts.simulator !== undefined) app.use("/simulator", parts.simulator.router);
  app.use("/console", createConsole(consolePartsOf(parts)));
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          formAction: ["'self'"],
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: mode === "page",
    }),
  );
  app.get("/assets/health.css", (_request, response) =>
    response.sendFile(path.join(__dirname, "browser", "health.css")),
  );
  app.use(
    "/hapus-data",
    createErasurePage({
      ...messenger,
      store,
      statusUrl: `${config.publicUrl ?? parts.url}/hapus-data`,
      accept: (events) => queues.inbox.accept(events),
      words: () => library.mind().library.records.erasure.halaman,
      hours: () => library.mind().library.records.hours.kalimat,
      cityName: () => library.mind().library.records.city.nama,
      zone: config.timezone,
      now,
      log,
    }),
  );
  app.use(
    createHealth({
      store,
      library: library.status,
      sending: () => queues.outbox.state().stop,
      mode,
      metrics,
      zone: config.timezone,
      now,
    }),
  );
  app.use((_request, response) => response.status(404).type("text/plain").send("Not found\n"));
  app.use(onFailure(log));
}

/** The stand-in for Facebook, where no page is connected. */
export function createSimulatorFor({ library, messenger, config, now }: Parts, url: string): Simulator {
  return createSimulator({
    ...messenger,
    webhookUrl: `${url}/webhook`,
    // The page it plays has the feature as the settings say of the real one.
    allowsHumanAgent: config.hasHumanAgent,
    page: () => simulatorPage(library),
    now,
  });
}

function simulatorPage(library: LibraryInUse) {
  const { records } = library.mind().library;
  const { profile, city } = records;
  return {
    pageName: city.nama,
    profile: {
      greeting: profile.salam,
      starters: Object.entries(profile.pertanyaan_awal).map(([title, id]) => ({
        title,
        payload: payloadOfIntent(id),
      })),
      menu: profile.menu.flatMap((item) =>
        "topik" in item ? [{ title: item.judul, payload: payloadOfIntent(item.topik) }] : [],
      ),
    },
  };
}

/** A page that fails says so without details; a store that fails, or a library that is being learnt, is "come back later". */
function onFailure(log: Logger): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const isLater = error instanceof StoreFailed || error instanceof LibraryNotReady;
    log.error({ error: error instanceof Error ? error.name : typeof error }, "a page failed");
    response
      .status(isLater ? 503 : 500)
      .type("text/plain")
      .send("Something went wrong here. Please try again later.\n");
  };
}
