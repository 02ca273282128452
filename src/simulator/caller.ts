/** Who calls the Graph API, and whether they may: token, its proof, and the page or app that is called. */
import { timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { proveSecret } from "../messenger/signature.js";
import { isJson, refuse, type Refusal } from "./refusals.js";

/** The page and the app that this stand-in plays. */
export interface Keys {
  pageId: string;
  appId: string;
  appSecret: string;
  pageToken: string;
}

/** Calls as the page carry its token and the proof that the caller knows the app secret, as with "Require App Secret". */
export function refusePageCall(
  request: Request,
  { pageId, pageToken, appSecret }: Keys,
): Refusal | undefined {
  const token = tokenOf(request);
  if (!isSame(token, pageToken)) return badToken();
  const proof = parameter(request, "appsecret_proof");
  if (proof === "")
    return refuse(100, undefined, "API calls from the server require an appsecret_proof argument");
  if (!isSame(proof, proveSecret(token, appSecret)))
    return refuse(100, undefined, "Invalid appsecret_proof provided in the API argument");
  const { page } = request.params;
  return page === pageId || page === "me" ? undefined : missingObject();
}

/** Calls as the app carry `<app id>|<app secret>`, which proves itself. */
export function refuseAppCall(request: Request, { appId, appSecret }: Keys): Refusal | undefined {
  if (!isSame(tokenOf(request), `${appId}|${appSecret}`)) return badToken();
  const { app } = request.params;
  return app === undefined || app === appId ? undefined : missingObject();
}

/** A parameter of the query or the body; "" where it is missing. */
export function parameter(request: Request, name: string): string {
  const body: unknown = request.body;
  const value = request.query[name] ?? (isJson(body) ? body[name] : undefined);
  return typeof value === "string" ? value : "";
}

function tokenOf(request: Request): string {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? parameter(request, "access_token");
}

function badToken(): Refusal {
  return { ...refuse(190, undefined, "Invalid OAuth access token."), status: 401 };
}

function missingObject(): Refusal {
  return refuse(100, 33, "Unsupported request: the object does not exist or may not be used with this token");
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
