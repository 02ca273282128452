/** A Graph API for each process that ever runs: what one has sent is known for its, however late it is read. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createFakeGraph, type Sending } from "../../src/simulator/graph";
import { KEYS } from "../support/stand-in";

export interface Graphs {
  /** A Graph API for the process with this name. */
  urlFor(name: string): string;
  close(): void;
}

/** `hear` is told who has sent what, in the order in which it came. */
export async function startGraphs(hear: (server: string, sending: Sending) => void): Promise<Graphs> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlFor(name) {
      const graph = createFakeGraph({ ...KEYS, now: Date.now });
      graph.onSending((sending) => hear(name, sending));
      app.use(`/${name}`, graph.router);
      return `http://127.0.0.1:${port}/${name}/v26.0`;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
