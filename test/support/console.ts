/** The staff console over real HTTP with a real store and a clock that tests set; and somebody who uses it like a browser. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import express from "express";
import { Secret, TOTP } from "otpauth";
import { createConsole, type ConsoleParts } from "../../src/console/console";
import { hashPassword } from "../../src/console/access/password";
import { newTotpSecret } from "../../src/console/access/second-factor";
import { createActing } from "../../src/console/conversation/act";
import { createLastHeard } from "../../src/console/inbox/last-heard";
import type { DeskParts } from "../../src/console/inbox/desk";
import { createNewsroom } from "../../src/console/live/news";
import { createPush } from "../../src/console/push/push";
import { createPresence } from "../../src/console/live/presence";
import { loadLibrary } from "../../src/intents/load";
import type { Library } from "../../src/intents/library";
import { newId } from "../../src/console/access/sessions";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import type { Store } from "../../src/storage/port";
import type { Role, StaffRecord } from "../../src/vocabulary/staff";
import { temporaryFolder } from "./sabar";

export const PASSWORD = "melati senja di tepi kali";

export interface TestConsole {
  url: string;
  store: Store;
  /** The database file. */
  file: string;
  clock: { now: number };
  /** How long sign-ins were held back, in milliseconds. */
  pauses: number[];
  /** Somebody with these roles who can sign in with PASSWORD. */
  add(login: string, roles: Role[], change?: Partial<StaffRecord>): Promise<StaffRecord>;
  /** A browser without a session. */
  visitor(headers?: Record<string, string>): Visitor;
  /** A browser at this address, behind the city's https proxy at 127.0.0.1. */
  visitorFrom(address: string): Visitor;
  /** A browser that has signed in as this person. */
  signIn(login: string): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
  location: string;
}

export interface Visitor {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form with a file, as browsers do. */
  upload(
    path: string,
    form: Record<string, string>,
    file: { field: string; name: string; type: string; bytes: Uint8Array },
  ): Promise<Answer>;
  post(
    path: string,
    form?: Record<string, string> | [string, string][],
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/** 25 November 2026, 10.00 in Jakarta. */
const START = Date.UTC(2026, 10, 25, 3);

/** `change.store`: a store of somebody else's, which stays open. */
export async function startConsole(
  change: Partial<ConsoleParts> & { trustedProxies?: string[] } = {},
): Promise<TestConsole> {
  const place = temporaryFolder();
  const file = path.join(place.folder, "sabar.db");
  const store = change.store ?? (await openSqliteStore(file));
  const clock = { now: START };
  const library = await sampleLibrary();
  const pauses: number[] = [];
  const { trustedProxies = [], ...parts } = change;
  const app = express();
  app.set("trust proxy", trustedProxies);
  app.use(
    "/console",
    createConsole({
      store,
      library: () => library,
      allowDemo: false,
      publicUrl: "https://sabar.kotacontoh.example",
      health: () => Promise.reject(new Error("not part of this test")),
      retryParked: () => Promise.resolve(false),
      zone: "Asia/Jakarta",
      now: () => clock.now,
      pause: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      desk: deskOf(store, library, clock),
      ...parts,
    }),
  );
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const passwordHash = await hashPassword(PASSWORD);
  const visitor = (headers?: Record<string, string>): Visitor => createVisitor(url, headers);
  return {
    url,
    store,
    file,
    clock,
    pauses,
    visitor,
    visitorFrom: (address) =>
      visitor({
        "x-forwarded-for": address,
        "x-forwarded-proto": "https",
        origin: "https://sabar.kotacontoh.example",
      }),
    async add(login, roles, more = {}) {
      const staff: StaffRecord = {
        id: newId(),
        login,
        name: login.slice(0, 1).toUpperCase() + login.slice(1),
        roles,
        state: "active",
        passwordHash,
        totpSecret: newTotpSecret(),
        totpStep: 0,
        isDemo: false,
        createdAt: clock.now,
        ...more,
      };
      await store.access.commitAccess(
        { kind: "add-staff", staff },
        { action: "staff-added", object: `staff:${staff.id}` },
        clock.now,
      );
      return staff;
    },
    async signIn(login) {
      const staff = await store.access.staffByLogin(login);
      // Each code counts once: the next one belongs to the next half minute.
      clock.now += 30_000;
      const who = visitor();
      const answer = await who.post("/console/login", {
        login,
        password: PASSWORD,
        code: codeOf(staff?.totpSecret ?? "", clock.now),
      });
      if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
      return who;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (change.store === undefined) await store.close();
      place.remove();
    },
  };
}

let loading: Promise<Library> | undefined;

/** The library of Kota Contoh, read once a test file. */
export function sampleLibrary(): Promise<Library> {
  loading ??= loadLibrary(path.join(__dirname, "..", "..", "intents")).then(({ library }) => {
    if (library === undefined) throw new Error("The library of Kota Contoh has errors.");
    return library;
  });
  return loading;
}

/** Kotak Masuk over this store; what is done there is kept and waits for its turn. */
function deskOf(store: Store, library: Library, clock: { now: number }): DeskParts {
  const now = (): number => clock.now;
  const news = createNewsroom();
  return {
    store,
    library: () => library,
    news,
    presence: createPresence({ news, now }),
    push: createPush({ access: store.access, contact: "mailto:sabar@localhost", now }),
    acting: createActing({
      store: store.desk,
      news,
      accept: async (events) => {
        await store.accept(events, now());
      },
      page: "100000000000001",
      now,
    }),
    deliver: () => undefined,
    picture: () => Promise.resolve(undefined),
    keepFile: () => Promise.resolve(undefined),
    dropFile: () => Promise.resolve(),
    readFile: () => Promise.resolve(undefined),
    keepPhoto: () => Promise.resolve(undefined),
    sentenceFor: () => "",
    fillText: (text) => text,
    isServiceTime: () => true,
    lastHeard: createLastHeard(store, START),
    hasHumanAgent: false,
    zone: "Asia/Jakarta",
    now,
  };
}

/** What the authenticator app shows at this moment. */
export function codeOf(secret: string, now: number): string {
  return secret === "" ? "" : new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
}

/** Keeps cookies, sends Origin with forms as browsers do, and does not follow redirects. */
export function createVisitor(url: string, always: Record<string, string> = {}): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (
    pathname: string,
    init: { method?: string; body?: URLSearchParams | FormData; headers: Record<string, string> },
  ): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${url}${pathname}`, {
      ...init,
      redirect: "manual",
      headers: { accept: "text/html", ...(cookie === "" ? {} : { cookie }), ...always, ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      location: response.headers.get("location") ?? "",
    };
  };
  return {
    cookies,
    get: (pathname, headers = {}) => ask(pathname, { headers }),
    upload: (pathname, form, { field, name, type, bytes }) => {
      const body = new FormData();
      for (const [key, value] of Object.entries(form)) body.set(key, value);
      body.set(field, new Blob([Uint8Array.from(bytes)], { type }), name);
      return ask(pathname, { method: "POST", body, headers: { origin: always.origin ?? url } });
    },
    post: (pathname, form = {}, headers = {}) =>
      ask(pathname, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { origin: always.origin ?? url, ...headers },
      }),
  };
}
