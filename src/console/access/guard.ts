/** Who is at the console: finds the session of a request, and lets nobody pass without the right a route needs. */
import type { Request, RequestHandler, Response } from "express";
import type { AccessStore, AuditStore } from "../../storage/access-port.js";
import type { SessionRecord, StaffMember, StaffRecord } from "../../vocabulary/staff.js";
import type { Need } from "../routes.js";
import { noticePage } from "../layout.js";
import { words } from "../words/words.js";
import { mayDo, type Right } from "./rights.js";
import { hashToken, isAlive, TOUCH_EVERY_MS } from "./sessions.js";
import { cookieFor, isFromOwnPage, readCookie, transportOf } from "./transport.js";

export interface GuardParts {
  access: AccessStore;
  audit: AuditStore;
  /** False as soon as a real page is connected. */
  allowDemo: boolean;
  publicUrl: string | undefined;
  now: () => number;
}

/** Refuses what came unencrypted from elsewhere, and changes that no page of ours asked for. */
export function onlySafely(parts: Pick<GuardParts, "publicUrl">): RequestHandler {
  return (request, response, next) => {
    if (transportOf(request) === "open")
      refuse(request, response, { status: 403, ...words.refused.unencrypted });
    else if (!["GET", "HEAD"].includes(request.method) && !isFromOwnPage(request, parts.publicUrl))
      refuse(request, response, { status: 403, ...words.refused.foreignForm });
    else next();
  };
}

/** Puts the signed-in person on `response.locals`, if the request's cookie belongs to a living session. */
export function identify(parts: GuardParts): RequestHandler {
  return async (request, response, next) => {
    const token = readCookie(request, cookieFor(transportOf(request)).name);
    const found = token === undefined ? undefined : await parts.access.session(hashToken(token));
    const now = parts.now();
    if (found !== undefined && isAlive(found.session, found.staff, { now, allowDemo: parts.allowDemo }))
      signIn(response, found.staff, found.session);
    next();
  };
}

/** Notes that the session is in use, at most once a minute. */
export function keepAlive(parts: Pick<GuardParts, "access" | "now">): RequestHandler {
  return async (_request, response, next) => {
    const session = response.locals.session as SessionRecord | undefined;
    const now = parts.now();
    if (session !== undefined && now - session.seenAt >= TOUCH_EVERY_MS) {
      await parts.access.touchSession(session.id, now);
      response.locals.session = { ...session, seenAt: now } satisfies SessionRecord;
    }
    next();
  };
}

/** Lets pass whoever has one of these rights; with none given, whoever is signed in. After it, `staffOf` has an answer. */
export function requireStaff(...rights: readonly Right[]): RequestHandler {
  return (request, response, next) => {
    const staff = response.locals.staff as StaffMember | undefined;
    if (staff === undefined) sendToLogin(request, response);
    else if (rights.length > 0 && !mayDo(staff, ...rights))
      refuse(request, response, { status: 403, ...words.refused.right });
    else next();
  };
}

/** Says to whoever is not signed in what it says of an address that is not there. */
export const hideFromStrangers: RequestHandler = (request, response, next) => {
  if (signedIn(response) === undefined) refuse(request, response, { status: 404, ...words.refused.notFound });
  else next();
};

/** The guard of a route, from the table. */
export function guardFor(need: Need): RequestHandler {
  if (need === "open") return (_request, _response, next) => next();
  return need === "signed-in" ? requireStaff() : requireStaff(...need);
}

/** The person who is signed in. Only behind `requireStaff`. */
export function staffOf(response: Response): StaffMember {
  const staff = response.locals.staff as StaffMember | undefined;
  if (staff === undefined) throw new Error("This route is not guarded: nobody is signed in.");
  return staff;
}

/** The session of the person who is signed in. Only behind `requireStaff`. */
export function sessionOf(response: Response): SessionRecord {
  const session = response.locals.session as SessionRecord | undefined;
  if (session === undefined) throw new Error("This route is not guarded: there is no session.");
  return session;
}

/** True when the server tells the browser of this session by itself. */
export const isPushed = (response: Response): boolean => sessionOf(response).push !== undefined;

/** Answers with a short page, or with JSON where a script asked. */
export function refuse(
  request: Request,
  response: Response,
  why: { status: number; title: string; text: string },
): void {
  response.status(why.status);
  if (wantsPage(request)) response.type("html").send(noticePage({ ...why, staff: signedIn(response) }));
  else response.json({ error: why.text });
}

function signIn(response: Response, staff: StaffRecord, session: SessionRecord): void {
  const { id, name, roles, agency } = staff;
  response.locals.staff = { id, name, roles, agency } satisfies StaffMember;
  response.locals.session = session;
}

function signedIn(response: Response): StaffMember | undefined {
  return response.locals.staff as StaffMember | undefined;
}

function sendToLogin(request: Request, response: Response): void {
  if (!wantsPage(request)) {
    response.status(401).json({ error: words.refused.session });
    return;
  }
  const next = request.method === "GET" ? `?next=${encodeURIComponent(request.originalUrl)}` : "";
  response.redirect(303, `/console/login${next}`);
}

function wantsPage(request: Request): boolean {
  return request.headers["x-requested-with"] === undefined && request.accepts(["html", "json"]) === "html";
}
