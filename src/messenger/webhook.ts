/** The address Facebook talks to: answers its handshake, and takes deliveries: verify, translate, accept, 200. */
import { createHash, timingSafeEqual } from "node:crypto";
import express from "express";
import type { InboundEvent } from "../vocabulary/event.js";
import { fieldsOf } from "./fields.js";
import { SILENT, type EdgeLog } from "./log.js";
import { readJson } from "./read-json.js";
import { createSignatureCheck } from "./signature.js";
import { translate } from "./translate.js";

/**
 * Largest delivery taken, in bytes. One delivery holds up to 1000 events (Graph API, "Webhooks: Getting started"),
 * so this leaves 8 kB for each: several times what a long message with pictures, quote and ad referral needs.
 */
export const MAX_DELIVERY_BYTES = 8 * 1024 * 1024;

/**
 * How long keeping a delivery may take, in milliseconds. Facebook waits some seconds for an answer; a store that is away or
 * stands still must not hold it up: it hears 500 in time and delivers again. What is kept later all the same is kept once.
 */
const KEEP_WITHIN_MS = 4500;

export interface WebhookOptions {
  verifyToken: string;
  appSecret: string;
  pageId: string;
  appId: string;
  /** Keeps the events; when it resolves they are safe, and only then Facebook hears 200. Rejecting makes it 500: Facebook delivers again. */
  accept: (events: InboundEvent[]) => Promise<void>;
  log?: EdgeLog;
  maxBytes?: number;
  keepWithinMs?: number;
}

/** The router to mount at /webhook. It reads the body itself: no JSON middleware may stand before it. */
export function createWebhook(options: WebhookOptions): express.Router {
  const log = options.log ?? SILENT;
  const router = express.Router();
  const readBody = express.raw({
    type: () => true,
    limit: options.maxBytes ?? MAX_DELIVERY_BYTES,
    inflate: false,
  });
  router.get("/", (request, response) => answerHandshake(request, response, options.verifyToken));
  router.post("/", readBody, createReceiver(options, log));
  router.all("/", (_request, response) => {
    response.setHeader("Allow", "GET, POST");
    answer(response, 405, "Use GET or POST.");
  });
  router.use(refuseUnreadable(log));
  return router;
}

function answerHandshake(request: express.Request, response: express.Response, verifyToken: string): void {
  const mode = request.query["hub.mode"];
  const token = request.query["hub.verify_token"];
  const challenge = request.query["hub.challenge"];
  if ([mode, token, challenge].some((value) => value !== undefined && typeof value !== "string")) {
    answer(response, 400, "Each hub parameter may be given once.");
    return;
  }
  if (mode !== "subscribe" || typeof token !== "string" || !isSameSecret(token, verifyToken)) {
    answer(response, 403, "The verify token is not ours.");
    return;
  }
  // The platform sends a number; nothing that a browser could take for a page is ever sent back.
  if (typeof challenge !== "string" || !/^[\w.-]{1,200}$/.test(challenge)) {
    answer(response, 400, "hub.challenge is missing or is not a plain word.");
    return;
  }
  answer(response, 200, challenge);
}

function createReceiver(options: WebhookOptions, log: EdgeLog): express.RequestHandler {
  const isSigned = createSignatureCheck(options.appSecret);
  const { pageId, appId, accept, keepWithinMs = KEEP_WITHIN_MS } = options;
  return async (request, response) => {
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const signature = request.headers["x-hub-signature-256"];
    if (!isSigned(bytes, typeof signature === "string" ? signature : undefined)) {
      log.warn({ bytes: bytes.length, signed: signature !== undefined }, "delivery refused: wrong signature");
      answer(response, 403, "The signature is missing or wrong.");
      return;
    }
    const delivery = readDelivery(bytes);
    if (delivery === undefined) answer(response, 400, "The body is not a JSON object.");
    else if (delivery.object !== "page") answer(response, 404, "Only deliveries of pages are taken.");
    else {
      try {
        await inTime(accept(translate(delivery, { pageId, appId, now: Date.now() })), keepWithinMs);
      } catch (error) {
        log.error({ error: error instanceof Error ? error.name : "unknown" }, "delivery could not be kept");
        answer(response, 500, "Not kept. Deliver again.");
        return;
      }
      answer(response, 200, "EVENT_RECEIVED");
    }
  };
}

/** The store did not keep it in time. It may do so later: the same events are kept once. */
class TooLate extends Error {
  override name = "TooLate";
}

function inTime(kept: Promise<void>, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate("Not kept in time.")), withinMs);
    kept.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function readDelivery(bytes: Buffer): ReturnType<typeof fieldsOf> {
  try {
    return fieldsOf(readJson(bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** What express.raw could not read: too large, compressed, broken off. */
function refuseUnreadable(log: EdgeLog): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = fieldsOf(error)?.status;
    if (response.headersSent || typeof status !== "number" || status < 400 || status > 499) {
      next(error);
      return;
    }
    log.warn({ status }, "delivery refused: body unreadable");
    answer(response, status, status === 413 ? "The delivery is too large." : "The body could not be read.");
  };
}

/** Answers past Express's own `send`, which computes an ETag and a type that nobody needs here. */
function answer(response: express.Response, status: number, text: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "X-Content-Type-Options": "nosniff",
  });
  response.end(text);
}

/** Compares in constant time, whatever the lengths. An empty secret equals nothing. */
function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return secret !== "" && timingSafeEqual(digest(given), digest(secret));
}
