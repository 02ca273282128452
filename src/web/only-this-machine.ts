/** Keeps pages that have no login to the machine they run on. */
import type { NextFunction, Request, Response } from "express";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "cf-connecting-ip",
];

/**
 * Lets a request pass only if it comes from this machine, asks for it by a local name (so that no web page can rebind
 * its own name to it), and was not passed on by a proxy or tunnel. Everybody else is told 404: there is nothing here.
 */
export function onlyThisMachine(request: Request, response: Response, next: NextFunction): void {
  if (isFromThisMachine(request)) next();
  else response.status(404).type("text/plain").send("Not found\n");
}

/** True when the request was made on this machine, by a local name, and nobody passed it on. */
export function isFromThisMachine(request: Request): boolean {
  return (
    LOOPBACK.has(request.socket.remoteAddress ?? "") &&
    LOCAL_HOST.test(request.headers.host ?? "") &&
    FORWARDED.every((header) => request.headers[header] === undefined)
  );
}

/**
 * Refuses a state change that another website asked the browser for: cross-site forms carry a foreign origin or the
 * browser's own mark (W3C Fetch Metadata).
 */
export function onlyOwnForms(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "GET" || request.method === "HEAD") {
    next();
    return;
  }
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const isOwn =
    (site === undefined || site === "same-origin" || site === "none") &&
    (origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host));
  if (isOwn) next();
  else response.status(403).type("text/plain").send("This form belongs to another page.\n");
}
