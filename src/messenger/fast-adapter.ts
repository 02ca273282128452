/**
 * How axios reaches the network here: its own adapter serves redirects, proxies, streams and uploads, none of which
 * the Graph API needs, and costs several times as much. This one sends text through undici, reads text, keeps one
 * deadline, and knows whether a call was ever begun.
 */
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { Pool, type Dispatcher } from "undici";

/** Largest answer read, in bytes; real ones have a few hundred. */
const MAX_ANSWER = 1024 * 1024;

/** After the deadline what has come already is still read. */
const LAST_LOOK_MS = 100;

/** An adapter for one origin. It rejects with an error that has nothing but a code, and `syscall` if nothing can have been sent. */
export function createFastAdapter(
  origin: string,
  options: { sockets: number; idleMs: number },
): AxiosAdapter {
  const pool = new Pool(origin, {
    connections: options.sockets,
    keepAliveTimeout: options.idleMs,
    keepAliveMaxTimeout: options.idleMs,
    // One deadline for the whole call counts; it is kept below.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER,
  });
  return (config) =>
    new Promise((resolve, reject) => {
      const { method = "GET", url = "" } = config;
      const body: unknown = config.data;
      // A program that was held up finds its deadline passed while the answer waits to be read: it is read first.
      let deadline = setTimeout(() => {
        deadline = setTimeout(() => exchange.giveUp(), LAST_LOOK_MS);
      }, config.timeout ?? 0);
      const exchange = createExchange(config, (outcome) => {
        clearTimeout(deadline);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
      pool.dispatch(
        {
          method: method.toUpperCase(),
          path: url.slice(origin.length),
          headers: { ...config.headers.toJSON() } as Record<string, string>,
          body: typeof body === "string" ? body : null,
        },
        exchange.handler,
      );
    });
}

/** Listens to one call and says once how it ended. */
function createExchange(
  config: InternalAxiosRequestConfig,
  onEnd: (outcome: AxiosResponse<string> | Error) => void,
): { handler: Dispatcher.DispatchHandler; giveUp(): void } {
  let controller: Dispatcher.DispatchController | undefined;
  let isTooLate = false;
  let status = 0;
  let statusText = "";
  let headers: Record<string, string | string[] | undefined> = {};
  const parts: Buffer[] = [];
  const handler: Dispatcher.DispatchHandler = {
    // The call is about to be written: before this nothing can have been sent, afterwards it may have been.
    onRequestStart(begun) {
      if (isTooLate) begun.abort(failure("ETIMEDOUT"));
      else controller = begun;
    },
    onResponseStart(_controller, statusCode, received, statusMessage = "") {
      status = statusCode;
      headers = received;
      statusText = statusMessage;
    },
    onResponseData(_controller, chunk) {
      parts.push(chunk);
    },
    onResponseEnd() {
      const data = Buffer.concat(parts).toString("utf8");
      onEnd({ status, statusText, headers: headers as AxiosResponse["headers"], data, config });
    },
    onResponseError(_controller, error) {
      onEnd(
        failure(isTooLate ? "ETIMEDOUT" : codeOf(error), controller === undefined ? "connect" : undefined),
      );
    },
  };
  return {
    handler,
    giveUp() {
      isTooLate = true;
      if (controller === undefined) onEnd(failure("ETIMEDOUT", "connect"));
      else controller.abort(failure("ETIMEDOUT"));
    },
  };
}

/** undici names a connection that ended in the middle by a code of its own; the field's name for it is ECONNRESET. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === "UND_ERR_SOCKET") return "ECONNRESET";
  return typeof code === "string" ? code : "UNKNOWN";
}

/** The original error may hold the token and the citizen's words. */
function failure(code: string, syscall?: string): Error {
  return Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });
}
