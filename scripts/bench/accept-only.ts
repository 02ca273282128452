/** The accept path alone, for the benchmarks: the real webhook, the real store, and nobody who takes the events out again. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import express from "express";
import { createWebhook } from "../../src/messenger/webhook.js";
import { openSqliteStore } from "../../src/storage/sqlite/open.js";
import { PAGE } from "./load.js";

async function main(): Promise<void> {
  const [appSecret = "", folder = ""] = process.argv.slice(2);
  const store = await openSqliteStore(path.join(folder, "bench.db"));
  const app = express();
  app.disable("x-powered-by");
  app.use(
    "/webhook",
    createWebhook({
      ...PAGE,
      appSecret,
      verifyToken: "bench",
      accept: async (events) => {
        await store.accept(events, Date.now());
      },
    }),
  );
  const server = createServer(app);
  server.listen(0, "127.0.0.1", () => {
    process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
}

void main();
