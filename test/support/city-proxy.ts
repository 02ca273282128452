/** The https proxy that a city puts before Sabar, for browsers of the tests. */
import { request as ask } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

/** Sent by a window of the tests: the address in the world at which it plays to be. The proxy takes it away. */
export const PLAYED_ADDRESS = "x-played-address";

export interface CityProxy {
  /** What Chromium must be started with so that it finds the city's name here. */
  browserArgs: string[];
  close(): Promise<void>;
}

/** Listens for `host` with a certificate of its own, and passes everything on to `target()`, an http address. */
export async function startCityProxy(host: string, target: () => string): Promise<CityProxy> {
  const { private: key, cert } = await generate([{ name: "commonName", value: host }]);
  const server = createServer({ key, cert }, (request, response) => {
    const { [PLAYED_ADDRESS]: played, "x-forwarded-for": claimed, ...headers } = request.headers;
    const peer = String(played ?? request.socket.remoteAddress);
    const passed = ask(
      `${target()}${request.url ?? "/"}`,
      {
        method: request.method,
        headers: {
          ...headers,
          // As proxies do: whoever asked stands behind whatever the browser claimed.
          "x-forwarded-for": claimed === undefined ? peer : `${String(claimed)}, ${peer}`,
          "x-forwarded-proto": "https",
        },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    browserArgs: [`--host-resolver-rules=MAP ${host}:443 127.0.0.1:${port}`],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
