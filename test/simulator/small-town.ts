/** A webhook of a few lines, and a simulator that delivers to it: what Sabar is to Facebook, without Sabar. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createSendClient, type SendClient } from "../../src/messenger/send-client";
import { createSignatureCheck } from "../../src/messenger/signature";
import { createPages } from "../../src/simulator/pages";
import { createPictures } from "../../src/simulator/pictures";
import { createTown, type Town } from "../../src/simulator/town";

export const KEYS = {
  pageId: "102938475610293",
  appId: "1029384756574839",
  appSecret: "secret of a town that does not exist",
  pageToken: "token of a town that does not exist",
};

export interface Received {
  raw: string;
  isSigned: boolean;
  /** The one item of `messaging`. */
  item: Item;
}

interface Item {
  sender: { id: string };
  recipient: { id: string };
  timestamp: number;
  message?: {
    mid: string;
    text?: string;
    is_echo?: boolean;
    app_id?: number;
    metadata?: string;
    quick_reply?: { payload: string };
    attachments?: { type: string; payload: { url?: string } }[];
  };
  postback?: { payload: string; title: string };
  delivery?: { mids: string[] };
  read?: { watermark: number };
  reaction?: { action: string; mid: string };
  message_edit?: { mid: string; text: string; num_edit: number };
  referral?: { ref: string };
}

export interface SmallTown {
  url: string;
  simulator: Town;
  client: SendClient;
  received: Received[];
  /** The next deliveries are answered with these, then with 200 again. 0 cuts the connection. */
  statuses: number[];
  /** Waits until a delivery fits, and gives it back. */
  hears(fits: (item: Item) => boolean, withinMs?: number): Promise<Received>;
  close(): Promise<void>;
}

/** `answer` is called for every message and tap of a citizen. */
export async function startSmallTown(
  answer?: (town: SmallTown, citizen: string, item: Item) => Promise<unknown>,
  now: () => number = Date.now,
): Promise<SmallTown> {
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = createTown({ ...KEYS, webhookUrl: `${url}/webhook`, now });
  const client = createSendClient({
    hasHumanAgent: true,
    ...KEYS,
    graphApiUrl: `${url}/simulator/graph/v26.0`,
    timeoutMs: 3000,
  });
  const received: Received[] = [];
  const statuses: number[] = [];
  const isSigned = createSignatureCheck(KEYS.appSecret);
  const pages = { town: simulator, pictures: createPictures(), html: () => "" };
  app.use("/simulator", createPages(pages));
  app.post("/webhook", express.raw({ type: () => true }), (request, response) => {
    const status = statuses.shift() ?? 200;
    if (status === 0) {
      request.socket.destroy();
      return;
    }
    const raw = request.body as Buffer;
    const { entry } = JSON.parse(raw.toString()) as { entry: { messaging: Item[] }[] };
    const item = entry[0]!.messaging[0]!;
    received.push({ raw: raw.toString(), isSigned: isSigned(raw, request.get("x-hub-signature-256")), item });
    response.status(status).send("EVENT_RECEIVED");
    const isFromCitizen = item.sender.id !== KEYS.pageId && (item.message ?? item.postback) !== undefined;
    if (status === 200 && isFromCitizen) void answer?.(town, item.sender.id, item);
  });
  const town: SmallTown = {
    url,
    simulator,
    client,
    received,
    statuses,
    async hears(fits, withinMs = 5000) {
      const until = Date.now() + withinMs;
      for (;;) {
        const found = received.find(({ item }) => fits(item));
        if (found !== undefined) return found;
        if (Date.now() > until)
          throw new Error(`not heard; heard ${received.map(({ raw }) => raw).join("\n")}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    close: () =>
      new Promise((resolve) => {
        simulator.facebook.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return town;
}
