/** The console as one router: every route of the table behind its guard, with strict headers, and nothing besides. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import express, { type Router } from "express";
import type { Library } from "../intents/library.js";
import type { Store } from "../storage/port.js";
import { accountHandlers } from "./access/account.js";
import {
  guardFor,
  hideFromStrangers,
  identify,
  keepAlive,
  onlySafely,
  refuse,
  staffOf,
  type GuardParts,
} from "./access/guard.js";
import { signInHandlers } from "./access/sign-in.js";
import { createThrottle } from "./access/throttle.js";
import { setUpHandlers } from "./access/set-up.js";
import { conversationHandlers } from "./conversation/handlers.js";
import { consoleHeaders } from "./headers.js";
import type { DeskParts } from "./inbox/desk.js";
import { inboxHandlers } from "./inbox/handlers.js";
import { homeOf } from "./navigation.js";
import { HIDDEN, PASSIVE, ROUTES, type Handlers, type Need, type RouteName } from "./routes.js";
import { pushHandlers } from "./push/handlers.js";
import { recordsHandlers } from "./records/records.js";
import type { HealthReport } from "./records/health-rows.js";
import { auditHandlers } from "./audit/audit.js";
import { settingsHandlers } from "./settings/settings.js";
import { ticketHandlers } from "./tickets/handlers.js";
import { words } from "./words/words.js";

/** What browsers load, as it lies beside this file, compiled or not. */
const BROWSER = path.join(__dirname, "browser");
const WORKER = path.join(BROWSER, "worker.js");

export interface ConsoleParts {
  store: Store;
  library: () => Library | undefined;
  /** False as soon as a real page is connected: demo accounts are refused then. */
  allowDemo: boolean;
  publicUrl: string | undefined;
  health: () => Promise<HealthReport>;
  /** Puts a parked reply back on its way; false when it is not parked any more. */
  retryParked: (key: string) => Promise<boolean>;
  zone: string;
  now: () => number;
  /** Waits that long; real time unless given. */
  pause?: (ms: number) => Promise<void>;
  /** What Kotak Masuk and the conversations need besides. */
  desk: DeskParts;
}

/** Mount at /console. */
export function createConsole(parts: ConsoleParts): Router {
  const guard = {
    ...parts,
    access: parts.store.access,
    audit: parts.store.audit,
    throttle: createThrottle(parts.store.tallies),
    pause: parts.pause ?? sleep,
    city: () => parts.library()?.records.city.nama ?? "",
  };
  const handlers: Handlers = {
    "GET /": (_request, response) => response.redirect(303, homeOf(staffOf(response))),
    ...signInHandlers(guard),
    ...setUpHandlers(guard),
    ...accountHandlers(guard),
    ...settingsHandlers(guard),
    ...recordsHandlers(guard),
    ...auditHandlers(guard),
    ...inboxHandlers(parts.desk),
    ...conversationHandlers(parts.desk),
    ...ticketHandlers(parts.desk),
    ...pushHandlers(parts.desk),
  };
  const router = express.Router();
  router.use(consoleHeaders(), onlySafely(guard));
  // Scripts and styles hold no secrets; browsers ask whether they have changed.
  router.use("/assets", express.static(BROWSER, { index: false, redirect: false, setHeaders: mayBeKept }));
  router.use(identify(guard));
  mountRoutes(router, guard, handlers);
  router.use((request, response) => refuse(request, response, { status: 404, ...words.refused.notFound }));
  return router;
}

/** Every route of the table, each behind the guard it names. */
function mountRoutes(router: Router, guard: GuardParts, handlers: Handlers): void {
  for (const [name, need] of Object.entries(ROUTES) as [RouteName, Need][]) {
    const [method, address] = name.split(" ") as ["GET" | "POST", string];
    const steps = [
      ...(HIDDEN.includes(name) ? [hideFromStrangers] : []),
      guardFor(need),
      ...(PASSIVE.includes(name) ? [] : [keepAlive(guard)]),
      ...[handlers[name]].flat(),
    ];
    if (method === "GET") router.get(address, ...steps);
    else router.post(address, ...steps);
  }
}

function mayBeKept(response: { setHeader(name: string, value: string): unknown }, file: string): void {
  response.setHeader("cache-control", "no-cache");
  // The worker lies with the other scripts and may serve all of the console.
  if (file === WORKER) response.setHeader("service-worker-allowed", "/console/");
}
