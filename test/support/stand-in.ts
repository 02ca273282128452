/** Facebook for the tests: a Graph API on a port of its own, and signed deliveries into the server. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createFacebook, type Facebook } from "../../src/simulator/facebook";
import { createFakeGraph, type FakeGraph, type Sending } from "../../src/simulator/graph";
import { echo } from "../../src/simulator/payloads";

export const KEYS = {
  pageId: "102938475610293",
  appId: "1029384756574839",
  appSecret: "app-secret-of-the-tests",
  pageToken: "page-token-of-the-tests",
  verifyToken: "verify-token-of-the-tests",
};

export interface StandIn {
  graph: FakeGraph;
  facebook: Facebook;
  graphUrl: string;
  /** What one citizen was sent, as words, in order. */
  heard(citizen: string): string[];
  /** Which replies one citizen was sent, by their key, in order. */
  keysOf(citizen: string): string[];
  /** Nobody listens any more: connections are refused, until it opens again at the same address. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it. Echoes of what was sent go back to the webhook, as Facebook does, unless `echoes` is false. */
export async function startStandIn(
  webhookUrl: string,
  { echoes = true, now = Date.now } = {},
): Promise<StandIn> {
  const graph = createFakeGraph({ ...KEYS, now });
  const facebook = createFacebook({ webhookUrl, appSecret: KEYS.appSecret, mostAttempts: 100 });
  if (echoes)
    graph.onSending(({ citizen, mid, metadata, message }) => {
      const said = echo(
        { pageId: KEYS.pageId, citizen, at: now() },
        { mid, appId: KEYS.appId, metadata, text: wordsOf(message) },
      );
      void facebook.deliver(`echo ${citizen}`, said);
    });
  const app = express();
  app.use(graph.router);
  const server: Server = createServer(app);
  server.keepAliveTimeout = 60_000;
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    graph,
    facebook,
    graphUrl: `http://127.0.0.1:${port}/v26.0`,
    keysOf: (citizen) =>
      graph.sent
        .filter((each) => each.citizen === citizen)
        .map(({ metadata = "" }) => metadata.replace(/^sabar:/, "")),
    open: () => listen(port),
    shut,
    heard: (citizen) =>
      graph.sent.filter((each) => each.citizen === citizen).map(({ message }) => wordsOf(message)),
    close: shut,
  };
}

export function wordsOf(message: Sending["message"]): string {
  const template = (message.attachment as { payload?: { text?: string } } | undefined)?.payload;
  return template?.text ?? (typeof message.text === "string" ? message.text : "");
}

export function titlesOf(sending: Sending | undefined): string[] {
  const replies = sending?.message.quick_replies as { title: string }[] | undefined;
  return replies?.map(({ title }) => title) ?? [];
}
