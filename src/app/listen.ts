/** Opens the port, or says in a sentence why it cannot be opened. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "./start.js";
import { StartFailed } from "./start-failed.js";

/** The address, once it listens. Without a page the server is for this machine only. Rejects with StartFailed. */
export function listen(server: Server, port: number, mode: App["mode"]): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new StartFailed(
          error.code === "EADDRINUSE"
            ? `Port ${port} is in use by another program. Stop that one, or set PORT to another number.`
            : `Port ${port} cannot be opened (${error.code ?? error.name}). Set PORT to another number.`,
        ),
      );
    });
    server.listen(port, mode === "simulator" ? "127.0.0.1" : undefined, () => {
      const address = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}
