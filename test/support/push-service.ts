/** A browser maker's push service that stands in on this machine, and a browser's half of the keys: reads what only the browser could. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { PushAddress } from "../../src/vocabulary/staff";

export interface Pushed {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface PushService {
  origin: string;
  received: Pushed[];
  /** What it answers from now on; under one path only, where that is given. "never": it keeps the line open and is silent. */
  answer(status: number | "never", path?: string): void;
  close(): Promise<void>;
}

export async function startPushService(): Promise<PushService> {
  const received: Pushed[] = [];
  let usual: number | "never" = 201;
  const special = new Map<string, number | "never">();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts) });
      const status = special.get(request.url ?? "") ?? usual;
      if (status !== "never") response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer(status, path) {
      if (path === undefined) usual = status;
      else special.set(path, status);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser that has subscribed at this address. */
export function newBrowser(endpoint: string): { push: PushAddress; read(body: Buffer): unknown } {
  const pair = createECDH("prime256v1");
  const publicKey = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    push: { endpoint, p256dh: publicKey.toString("base64url"), auth: auth.toString("base64url") },
    /** RFC 8291 and 8188: one record of aes128gcm. */
    read(body) {
      const salt = body.subarray(0, 16);
      const sender = body.subarray(21, 21 + (body[20] ?? 0));
      const sealed = body.subarray(21 + (body[20] ?? 0));
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), publicKey, sender]);
      const secret = Buffer.from(hkdfSync("sha256", pair.computeSecret(sender), auth, info, 32));
      const derive = (name: string, length: number): Buffer =>
        Buffer.from(hkdfSync("sha256", secret, salt, `Content-Encoding: ${name}\0`, length));
      const open = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
      open.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString("utf8")) as unknown;
    },
  };
}

/** The claims of a request's VAPID token, after its signature was compared with the key it names (RFC 8292). */
export function vapidOf({ headers }: Pushed): {
  claims: { aud: string; sub: string; exp: number };
  key: string;
} {
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  const [head = "", body = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const publicKey = createPublicKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const isGenuine = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isGenuine) throw new Error("the token is not signed with the key it names");
  return {
    claims: JSON.parse(Buffer.from(body, "base64url").toString()) as {
      aud: string;
      sub: string;
      exp: number;
    },
    key,
  };
}
