/** Plays Facebook in tests: saved deliveries, signed and posted to a real server with our route. */
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import express from "express";
import { signBody } from "../../src/messenger/signature.js";
import { createWebhook, type WebhookOptions } from "../../src/messenger/webhook.js";
import type { InboundEvent } from "../../src/vocabulary/event.js";

export const FIXTURES = path.join(__dirname, "../fixtures/facebook");

export const APP_SECRET = "rahasia-app-uji-123";
export const VERIFY_TOKEN = "token-verifikasi-uji";
export const PAGE_ID = "102938475610293";
export const APP_ID = "1029384756574839";
export const PAGE_INBOX_APP_ID = "263902037430900";
export const CITIZEN = "6789012345678901";

export interface ManifestFile {
  file: string;
  field: string;
  channel: string;
  kind: string;
  answer: boolean;
}

/** The saved deliveries, with what each of them is and whether somebody expects an answer. */
export const MANIFEST = (readJsonFile("manifest.json") as { files: ManifestFile[] }).files;

/** A saved delivery, byte for byte. */
export function readPayload(file: string): string {
  return readFileSync(path.join(FIXTURES, file), "utf8");
}

export function readJsonFile(file: string): unknown {
  return JSON.parse(readPayload(file));
}

export interface Running {
  url: string;
  accepted: InboundEvent[];
  close: () => Promise<void>;
}

/** A server on a free port with our route at /webhook; what it accepts is in `accepted`. */
export async function startWebhook(options: Partial<WebhookOptions> = {}): Promise<Running> {
  const accepted: InboundEvent[] = [];
  const app = express();
  app.use(
    "/webhook",
    createWebhook({
      verifyToken: VERIFY_TOKEN,
      appSecret: APP_SECRET,
      pageId: PAGE_ID,
      appId: APP_ID,
      accept: (events) => {
        accepted.push(...events);
        return Promise.resolve();
      },
      ...options,
    }),
  );
  const running = await listen(http.createServer(app));
  return { ...running, url: `${running.url}/webhook`, accepted };
}

/** Starts a server on a free port of this machine. */
export async function listen(server: http.Server): Promise<{ url: string; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Posts a body as Facebook would, signed with our secret unless other headers are given. */
export function deliver(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": signBody(body, APP_SECRET),
      ...headers,
    },
  });
}

/** A delivery of our page with the given items of `messaging`. */
export function deliveryOf(...messaging: unknown[]): { object: string; entry: object[] } {
  return { object: "page", entry: [{ id: PAGE_ID, time: 1_795_317_300_312, messaging }] };
}

/** One item of `messaging` from our citizen. */
export function itemOf(part: object, at: unknown = 1_795_317_300_000): object {
  return { sender: { id: CITIZEN }, recipient: { id: PAGE_ID }, timestamp: at, ...part };
}
