/** A city's office for the tests: the whole server on its own simulator, with staff at real browsers. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { readConfig } from "../../src/app/config";
import { createLog } from "../../src/app/log";
import { startApp, type App } from "../../src/app/start";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import type { Store } from "../../src/storage/port";
import { LAPTOP, openWindow, watchTrouble } from "../support/browser";
import { createVisitor, type Visitor } from "../support/console";
import { keepLearnt, lendLearnt, untilLearnt } from "../support/learnt";
import { temporaryFolder } from "../support/sabar";
import { wordsOf } from "../support/stand-in";

export interface Office {
  app: App;
  url: string;
  password: string;
  /** Where it keeps its data. */
  folder: string;
  /** Writes as a citizen, through the simulator's page and the webhook. */
  write(citizen: string, text: string): void;
  /** A colleague answers in Meta Business Suite. */
  answerInSuite(citizen: string, text: string): void;
  /** What this citizen was sent, in words. */
  heard(citizen: string): string[];
  /** A browser without pages, signed in. */
  visit(login: string): Promise<Visitor>;
  /** A window of a browser in which somebody has signed in. */
  sitDown(
    browser: Browser,
    login: string,
    viewport?: { width: number; height: number },
    options?: { javaScriptEnabled?: boolean },
  ): Promise<Seat>;
  close(): Promise<void>;
}

export interface Seat {
  context: BrowserContext;
  page: Page;
  /** Everything that went wrong on the page. */
  trouble: string[];
}

/** Starts the server on a database that `fill` has filled. `env`: settings besides. `now`: the server's time. */
export async function openOffice(options: {
  fill?: (store: Store) => Promise<void>;
  env?: Record<string, string>;
  now?: () => number;
}): Promise<Office> {
  const place = temporaryFolder();
  if (options.fill !== undefined) {
    const store = await openSqliteStore(path.join(place.folder, "simulator.db"));
    await options.fill(store);
    await store.close();
  }
  const config = readConfig({
    PORT: "0",
    DATA_DIR: place.folder,
    INTENTS_DIR: path.join(__dirname, "..", "..", "intents"),
    GATHER_SECONDS: "0",
    SENDS_PER_SECOND: "10000",
    LOG_LEVEL: "silent",
    ...options.env,
  });
  lendLearnt(place.folder);
  const app = await startApp(config, createLog("silent"), options.now);
  await untilLearnt(app.url, place.folder);
  if (!existsSync(path.join(place.folder, "simulator.db")))
    throw new Error("the simulator's database has another name now");
  const { simulator, url } = app;
  if (simulator === undefined || app.demo === undefined)
    throw new Error("the server is not in simulator mode");
  const { password } = app.demo;
  const signIn = async (login: string): Promise<Visitor> => {
    const visitor = createVisitor(url);
    const answer = await visitor.post("/console/login", { login: `${login}-demo`, password });
    if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
    return visitor;
  };
  return {
    app,
    url,
    password,
    folder: place.folder,
    write: (citizen, text) => {
      if (!simulator.act({ kind: "text", citizen, text })) throw new Error("the simulator refused");
    },
    answerInSuite: (citizen, text) => void simulator.act({ kind: "person", citizen, text }),
    heard: (citizen) =>
      simulator.graph.sent.filter((each) => each.citizen === citizen).map(({ message }) => wordsOf(message)),
    visit: signIn,
    async sitDown(browser, login, viewport = LAPTOP, options = {}) {
      const visitor = await signIn(login);
      const context = await openWindow(browser, viewport, options);
      context.setDefaultTimeout(90_000);
      const { hostname } = new URL(url);
      await context.addCookies(
        [...visitor.cookies].map(([name, value]) => ({ name, value, domain: hostname, path: "/" })),
      );
      const page = await context.newPage();
      return { context, page, trouble: watchTrouble(page) };
    },
    async close() {
      await app.stop();
      keepLearnt(place.folder);
      place.remove();
    },
  };
}

/** Asks again until it is true; a busy machine gets its time. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("it did not become true in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends whatever has begun, also when the beginning failed half-way. */
export async function closeAll(browser: Browser | undefined, office: Office | undefined): Promise<void> {
  await browser?.close();
  await office?.close();
}
