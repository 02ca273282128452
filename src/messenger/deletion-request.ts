/** Meta's data deletion callback: somebody took the app back and wants their data removed (developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback). */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import express from "express";
import { erasureCode } from "../vocabulary/erasure.js";
import type { InboundEvent } from "../vocabulary/event.js";
import { fieldsOf, idOf, numberOf } from "./fields.js";
import { SILENT, type EdgeLog } from "./log.js";

export interface DeletionOptions {
  appSecret: string;
  pageId: string;
  /** Address of the page that shows what became of a code: https://…/hapus-data */
  statusUrl: string;
  accept: (events: InboundEvent[]) => Promise<void>;
  now: () => number;
  log?: EdgeLog;
}

/** A request that was signed with our app secret. */
export interface DeletionRequest {
  user: string;
  /** In milliseconds. */
  issuedAt: number;
}

const MAX_BYTES = 16 * 1024;
/** An older request is a copy that somebody plays again. */
const MOST_AGE_MS = 24 * 60 * 60 * 1000;
const SKEW_MS = 10 * 60 * 1000;

/** Takes the request into the lane of that person, and only then answers with the code. */
export function createDeletionCallback(options: DeletionOptions): express.RequestHandler[] {
  const log = options.log ?? SILENT;
  return [
    express.urlencoded({ extended: false, limit: MAX_BYTES }),
    async (request: express.Request, response: express.Response): Promise<void> => {
      const signed = fieldsOf(request.body)?.signed_request;
      const read = readSignedRequest(typeof signed === "string" ? signed : "", options.appSecret);
      const now = options.now();
      if (read === undefined || read.issuedAt < now - MOST_AGE_MS || read.issuedAt > now + SKEW_MS) {
        log.warn({}, "a data deletion request was refused: not signed with our app secret, or too old");
        response.status(403).type("text/plain").send("The signed request is not ours.\n");
        return;
      }
      const event = eventOf(read, options);
      await options.accept([event]);
      const code = event.body.kind === "erase" ? event.body.code : "";
      const url = `${options.statusUrl}?kode=${encodeURIComponent(code)}`;
      response.json({ url, confirmation_code: code });
    },
  ];
}

/** The same request gives the same event and the same code, and nobody without the secret can guess it. */
function eventOf({ user, issuedAt }: DeletionRequest, { appSecret, pageId }: DeletionOptions): InboundEvent {
  const seed = createHmac("sha256", appSecret).update(`deletion ${user} ${issuedAt}`).digest("hex");
  return {
    id: `erase|${createHash("sha256").update(seed).digest("hex").slice(0, 32)}`,
    channel: "inside",
    page: pageId,
    citizen: user,
    at: issuedAt,
    body: { kind: "erase", code: erasureCode(seed), asked: "meta" },
  };
}

/** `<signature>.<payload>`, both base64url; the signature is over the payload as it stands there. Undefined when it is not from Meta. */
export function readSignedRequest(signed: string, appSecret: string): DeletionRequest | undefined {
  const [signature = "", payload = "", ...more] = signed.split(".");
  if (appSecret === "" || payload === "" || more.length > 0) return undefined;
  const wanted = createHmac("sha256", appSecret).update(payload).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const fields = fieldsOf(parse(Buffer.from(payload, "base64url").toString("utf8")));
  const user = idOf(fields?.user_id);
  const issuedAt = numberOf(fields?.issued_at);
  if (fields?.algorithm !== "HMAC-SHA256" || user === undefined || issuedAt === undefined) return undefined;
  return { user, issuedAt: issuedAt * 1000 };
}

/** A request as Meta would sign it. For the tests. */
export function writeSignedRequest(request: DeletionRequest, appSecret: string): string {
  const payload = Buffer.from(
    JSON.stringify({
      user_id: request.user,
      algorithm: "HMAC-SHA256",
      issued_at: Math.floor(request.issuedAt / 1000),
    }),
  ).toString("base64url");
  return `${createHmac("sha256", appSecret).update(payload).digest("base64url")}.${payload}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
