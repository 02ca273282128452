/** The yardstick of the benchmarks: Express that only reads, verifies the signature, parses and answers 200. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import express from "express";

const secret = process.argv[2] ?? "";
const app = express();
app.disable("x-powered-by");
app.post("/webhook", express.raw({ type: () => true, limit: "8mb" }), (request, response) => {
  const raw = request.body as Buffer;
  const given = Buffer.from(String(request.headers["x-hub-signature-256"]).slice("sha256=".length), "hex");
  const wanted = createHmac("sha256", secret).update(raw).digest();
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    response.sendStatus(403);
    return;
  }
  JSON.parse(raw.toString("utf8"));
  response.status(200).send("EVENT_RECEIVED");
});
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
