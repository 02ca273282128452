/** Puts the parts together and starts them: the only place that knows all of them. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import path from "node:path";
import express from "express";
import type { Logger } from "pino";
import { makeDemoStaff, type DemoLogin } from "../console/access/demo.js";
import { createSentFiles, type SentFiles } from "../media/sent-files.js";
import type { Simulator } from "../simulator/simulator.js";
import type { Store } from "../storage/port.js";
import type { Config, MessengerSettings } from "./config.js";
import { alertsOf, createDesk, type Desk } from "./desk.js";
import type { LibraryStatus } from "./health.js";
import { openLibrary, type LibraryInUse } from "./library-in-use.js";
import { buildQueues } from "./build-queues.js";
import { listen } from "./listen.js";
import { createSimulatorFor, mountPages } from "./pages.js";
import { picturesFor } from "./pictures-for.js";
import { createMetrics } from "./metrics.js";
import { watchPage, type PageWatch } from "./page-watch.js";
import { relayNews } from "./news-relay.js";
import { openStore } from "./open-store.js";
import { keepRetention } from "./retention.js";

export interface App {
  url: string;
  mode: "page" | "simulator";
  pageId: string;
  publicUrl: string | undefined;
  /** For tools and tests in this process; it closes with the server. */
  store: Store;
  libraryStatus(): LibraryStatus | undefined;
  /** The stand-in for Facebook; only where no page is connected. */
  simulator: Simulator | undefined;
  /** Ready accounts of the console; only where no page is connected. */
  demo: DemoLogin | undefined;
  /** Finishes what has begun, and leaves the rest in the store. */
  stop(): Promise<void>;
}

/** Starts a server with these settings. Rejects with StartFailed when something outside is in the way. `now` in milliseconds. */
export async function startApp(config: Config, log: Logger, now: () => number = Date.now): Promise<App> {
  // Learnt in a thread, beside all that follows.
  const library = openLibrary(config, log, now);
  const store = await openStore(config, log);
  const messenger = config.messenger ?? simulatedPage();
  const mode = config.messenger === undefined ? "simulator" : "page";
  const app = express();
  // The address is known only once it listens, and the pages need it: until they stand, Facebook is asked to come again.
  let isMounted = false;
  const server = createServer((request, response) => {
    if (isMounted) app(request, response);
    else response.writeHead(503, { "retry-after": "1" }).end();
  });
  const url = await listen(server, config.port, mode);
  const graphApiUrl = mode === "simulator" ? `${url}/simulator/graph/v26.0` : config.graphApiUrl;
  const metrics = createMetrics(store);
  const sentFiles = createSentFiles(path.join(config.dataDir, "sent"));
  const desk = createDesk({ store, sentFiles, config, now });
  const pageWatch = mode === "page" ? watchPage({ ...messenger, graphApiUrl }) : undefined;
  const parts: Parts = {
    ...{ store, library, messenger, metrics, desk, sentFiles, pageWatch },
    ...{ now, log, config, graphApiUrl },
  };
  const queues = await buildQueues(parts);
  const simulator = mode === "simulator" ? createSimulatorFor(parts, url) : undefined;
  const demo = mode === "simulator" ? await makeDemoStaff(store.access, now()) : undefined;
  const pictures = picturesFor(parts, url, mode);
  mountPages(app, { ...parts, queues, mode, simulator, pictures, url });
  isMounted = true;
  await queues.outbox.start();
  // From here on the other servers see that this one lives; it takes lanes only when it has something to say.
  queues.sharing?.start();
  try {
    await library.ready;
  } catch (error) {
    server.close();
    await queues.sharing?.stop();
    await queues.outbox.stop();
    await store.close();
    throw error;
  }
  await queues.lanes.start();
  queues.alarms.start();
  pictures.start();
  const alerts = alertsOf(parts, url);
  alerts.start();
  const stopRetention = keepRetention(parts, config.keepDays);
  const stopRelay = store.shared === undefined ? undefined : relayNews(parts.desk.news, store.shared, log);
  return {
    url,
    mode,
    pageId: messenger.pageId,
    publicUrl: config.publicUrl,
    store,
    libraryStatus: library.status,
    simulator,
    demo,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      queues.alarms.stop();
      await pictures.stop();
      alerts.stop();
      pageWatch?.stop();
      await library.close();
      await queues.lanes.stop();
      await queues.outbox.stop();
      await queues.sharing?.stop();
      stopRelay?.();
      stopRetention();
      server.closeAllConnections();
      await closed;
      await store.close();
    },
  };
}

/** What all of the server shares. */
export interface Parts {
  store: Store;
  library: LibraryInUse;
  messenger: MessengerSettings;
  metrics: ReturnType<typeof createMetrics>;
  desk: Desk;
  sentFiles: SentFiles;
  /** Only where a page is connected. */
  pageWatch: PageWatch | undefined;
  now: () => number;
  log: Logger;
  config: Config;
  graphApiUrl: string;
}

/** Keys for the page that the simulator stands in for: made anew at every start, worth nothing anywhere else. */
function simulatedPage(): MessengerSettings {
  const secret = (): string => randomBytes(16).toString("hex");
  return {
    pageId: "100000000000001",
    appId: "200000000000002",
    appSecret: secret(),
    verifyToken: secret(),
    pageToken: secret(),
  };
}
