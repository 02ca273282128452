/** How a request reached us: over this machine, over https, or in the open; and whether one of our own pages made it. */
import type { CookieOptions, Request } from "express";
import { isFromThisMachine } from "../../web/only-this-machine.js";

/**
 * `local`: from this machine, unforwarded, by a local name. `https`: encrypted up to us or up to a proxy that is
 * configured as trusted (Express reads X-Forwarded-Proto from those alone). `open`: anything else.
 */
export type Transport = "local" | "https" | "open";

export function transportOf(request: Request): Transport {
  if (request.secure) return "https";
  return isFromThisMachine(request) ? "local" : "open";
}

/** The session's cookie. Over https the name's prefix makes browsers insist on Secure, path / and this very host. */
export function cookieFor(transport: Transport): { name: string; options: CookieOptions } {
  const isSecure = transport === "https";
  return {
    name: isSecure ? "__Host-sabar" : "sabar",
    options: { httpOnly: true, secure: isSecure, sameSite: "lax", path: "/" },
  };
}

/** The value of a cookie, as the browser sent it. */
export function readCookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * True when the browser says that a page of ours makes this request. A request that says nothing about where it comes
 * from is not ours: every browser in use sends Origin with a form.
 */
export function isFromOwnPage(request: Request, publicUrl: string | undefined): boolean {
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== "same-origin") return false;
  return origin === undefined || isOwnOrigin(origin, request, publicUrl);
}

function isOwnOrigin(origin: string, request: Request, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const asked = new URL(origin);
  // The host as asked for, also through a trusted proxy; or the public address, where a proxy does not pass it on.
  return (
    asked.host === request.host || (publicUrl !== undefined && asked.origin === new URL(publicUrl).origin)
  );
}

/** Who asked, as far as the server can know: a proxy's word counts only where the proxy is trusted. */
export function addressOf(request: Request): string {
  return request.ip ?? "";
}

/** The path below the console to go to after signing in; the console itself when it leads anywhere else. */
export function safeNext(next: unknown): string {
  const HOME = "/console";
  if (typeof next !== "string" || !URL.canParse(next, "http://here.invalid")) return HOME;
  const url = new URL(next, "http://here.invalid");
  const isInside = url.origin === "http://here.invalid" && /^\/console(\/|$)/.test(url.pathname);
  return isInside ? `${url.pathname}${url.search}` : HOME;
}
