/** Puts the parts together and starts them: the only place that knows all of them. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import express from "express";
import type { Logger } from "pino";
import { makeDemoStaff, type DemoLogin } from "../console/access/demo.js";
import { createSentFiles, sentFolder, type SentFiles } from "../media/sent-files.js";
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
  // What has been started, the last first: it ends in this order, be it at a stop or because a later part cannot start.
  const started: (() => unknown)[] = [];
  const begun = (end: () => unknown): number => started.unshift(end);
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const end of started.splice(0)) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Not everything could be stopped.");
  };
  try {
    return { ...(await startParts(config, log, now, begun)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts one part after the other, and names to `begun` what ends each. */
async function startParts(
  config: Config,
  log: Logger,
  now: () => number,
  begun: (end: () => unknown) => void,
): Promise<Omit<App, "stop">> {
  // Learnt beside all that follows.
  const library = openLibrary(config, log, now);
  begun(() => library.close());
  const store = await openStore(config, log);
  begun(() => store.close());
  const messenger = config.messenger ?? simulatedPage();
  const mode = config.messenger === undefined ? "simulator" : "page";
  const app = express();
  // The address is known only once it listens, and the pages need it: until they stand, Facebook is asked to come again.
  let isMounted = false;
  const server = createServer((request, response) => {
    if (isMounted) app(request, response);
    else response.writeHead(503, { "retry-after": "1" }).end();
  });
  begun(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  const url = await listen(server, config.port, mode);
  const graphApiUrl = mode === "simulator" ? `${url}/simulator/graph/v26.0` : config.graphApiUrl;
  const metrics = createMetrics(store);
  const sentFiles = createSentFiles(sentFolder(config));
  const desk = createDesk({ store, sentFiles, config, now, log });
  begun(() => desk.push.stop());
  const pageWatch = mode === "page" ? watchPage({ ...messenger, graphApiUrl }) : undefined;
  begun(() => pageWatch?.stop());
  const parts: Parts = {
    ...{ store, library, messenger, metrics, desk, sentFiles, pageWatch },
    ...{ now, log, config, graphApiUrl },
  };
  const queues = await buildQueues(parts);
  const simulator = mode === "simulator" ? createSimulatorFor(parts, url) : undefined;
  const demo = mode === "simulator" ? await makeDemoStaff(store.access, now()) : undefined;
  // Where they are missing they are made now: no page makes anything by being looked at.
  await desk.push.publicKey();
  const pictures = picturesFor(parts, url, mode);
  mountPages(app, { ...parts, queues, mode, simulator, pictures, url });
  isMounted = true;
  begun(() => queues.sharing?.stop());
  begun(() => queues.outbox.stop());
  await queues.outbox.start();
  // From here on the other servers see that this one lives; it takes lanes only when it has something to say.
  queues.sharing?.start();
  begun(() => queues.lanes.stop());
  await library.ready;
  await queues.lanes.start();
  if (store.shared !== undefined) begun(relayNews(desk.news, store.shared, log));
  begun(keepRetention(parts, config.keepDays));
  const alerts = alertsOf(parts, url);
  begun(() => alerts.stop());
  alerts.start();
  begun(() => pictures.stop());
  pictures.start();
  begun(() => queues.alarms.stop());
  queues.alarms.start();
  begun(() => {
    server.close();
    server.closeIdleConnections();
  });
  return {
    ...{ url, mode, pageId: messenger.pageId, publicUrl: config.publicUrl },
    ...{ store, libraryStatus: library.status, simulator, demo },
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
