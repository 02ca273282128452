/** Signing in and out. One form, one answer for everything that is wrong with it. */
import type { Request, RequestHandler, Response } from "express";
import type { StaffRecord } from "../../vocabulary/staff.js";
import { formOf, readForm } from "../form.js";
import { words } from "../words/words.js";
import type { GuardParts } from "./guard.js";
import { endOf, hashToken, newId, newToken } from "./sessions.js";
import { sessionOf } from "./guard.js";
import { loginPage } from "./login-page.js";
import { passwordMatches } from "./password.js";
import { readProof } from "./second-factor.js";
import type { Throttle } from "./throttle.js";
import { addressOf, cookieFor, readCookie, safeNext, transportOf } from "./transport.js";
import { TooBusy } from "./turnstile.js";

const LONGEST_LOGIN = 64;
const LONGEST_TYPED = 256;

export interface SignInParts extends GuardParts {
  throttle: Throttle;
  /** Waits that long; it slows down guesses at one account from many addresses. */
  pause: (ms: number) => Promise<void>;
}

interface Typed {
  login: string;
  password: string;
  code: string;
}

/** The handlers of the routes that let people in and out. */
export function signInHandlers(
  parts: SignInParts,
): Record<
  "GET /login" | "POST /login" | "POST /logout" | "GET /session" | "POST /session",
  RequestHandler | RequestHandler[]
> {
  const tellSession: RequestHandler = (_request, response) => {
    response.json({ leftMs: endOf(sessionOf(response)) - parts.now() });
  };
  return {
    "GET /login": (request, response) => {
      const notice = request.query.out === "1" ? words.login.signedOut : undefined;
      response
        .type("html")
        .send(loginPage({ next: safeNext(request.query.next), notice, hasDemo: parts.allowDemo }));
    },
    "POST /login": [readForm, (request, response) => signIn(parts, request, response)],
    "POST /logout": async (request, response) => {
      await endCurrent(parts, request);
      const { name, options } = cookieFor(transportOf(request));
      response.clearCookie(name, options).redirect(303, "/console/login?out=1");
    },
    "GET /session": tellSession,
    "POST /session": tellSession,
  };
}

async function signIn(parts: SignInParts, request: Request, response: Response): Promise<void> {
  const form = formOf(request);
  const typed: Typed = {
    login: form.text("login", LONGEST_LOGIN).trim().toLowerCase(),
    password: form.text("password", LONGEST_TYPED),
    code: form.text("code", LONGEST_TYPED),
  };
  const next = safeNext(form.text("next", 2000));
  const fail = (status: number, error: string): void => {
    response
      .status(status)
      .type("html")
      .send(loginPage({ next, login: typed.login, error, hasDemo: parts.allowDemo }));
  };
  const address = addressOf(request);
  const { waitMs, holdMs } = await parts.throttle.begin(typed.login, address, parts.now());
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    response.set("retry-after", String(seconds));
    fail(429, words.login.wait(seconds));
    return;
  }
  if (holdMs > 0) await parts.pause(holdMs);
  try {
    const token = await tryToSignIn(parts, typed, request);
    if (token === undefined) {
      fail(401, words.login.failed);
      return;
    }
    await parts.throttle.succeeded(typed.login, address);
    await endCurrent(parts, request);
    const cookie = cookieFor(transportOf(request));
    response.cookie(cookie.name, token, cookie.options).redirect(303, next);
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    fail(503, words.login.busy);
  }
}

/** The token of a new session; undefined when anything does not fit. */
async function tryToSignIn(parts: GuardParts, typed: Typed, request: Request): Promise<string | undefined> {
  const staff = await parts.access.staffByLogin(typed.login);
  const isRight = await passwordMatches(staff?.passwordHash, typed.password);
  if (staff === undefined) return undefined;
  const now = parts.now();
  const proof = readProof(staff, typed.code, { now, allowDemo: parts.allowDemo });
  const token = newToken();
  const session = {
    id: newId(),
    tokenHash: hashToken(token),
    staff: staff.id,
    startedAt: now,
    seenAt: now,
    address: addressOf(request),
    browser: (request.headers["user-agent"] ?? "").slice(0, 200),
  };
  const isIn =
    isRight &&
    staff.state === "active" &&
    proof !== undefined &&
    (await parts.access.commitAccess(
      { kind: "sign-in", session, proof },
      { action: "signed-in", staff: by(staff), address: session.address, detail: { with: proof.kind } },
      now,
    ));
  if (isIn) return token;
  await parts.audit.append(
    {
      action: "sign-in-failed",
      object: `staff:${staff.id}`,
      detail: { name: staff.name },
      address: session.address,
    },
    now,
  );
  return undefined;
}

/** Ends the session this browser holds, if any. */
async function endCurrent(parts: GuardParts, request: Request): Promise<void> {
  const token = readCookie(request, cookieFor(transportOf(request)).name);
  const found = token === undefined ? undefined : await parts.access.session(hashToken(token));
  if (found === undefined) return;
  await parts.access.commitAccess(
    { kind: "end-session", staff: found.staff.id, session: found.session.id },
    { action: "signed-out", staff: by(found.staff), address: addressOf(request) },
    parts.now(),
  );
}

function by(staff: StaffRecord): { id: string; name: string } {
  return { id: staff.id, name: staff.name };
}
