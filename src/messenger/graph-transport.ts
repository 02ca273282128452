/** Calls the Graph API through axios; gives back status, headers and text, and never an error that holds the token. */
import axios from "axios";
import { createFastAdapter } from "./fast-adapter.js";
import { describeFailure, type Answer } from "./send-answer.js";

export interface GraphAccess {
  /** With the version, without a slash at the end: https://graph.facebook.com/v26.0 */
  graphApiUrl: string;
  token: string;
  /** How long one call may take in all, waiting for a connection included. */
  timeoutMs: number;
}

/** No answer came. Holds the failure's code only: the original error carries the token and the citizen's words. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
  constructor(
    readonly code: string,
    readonly isUnsent: boolean,
  ) {
    super(`No answer from the Graph API (${code}).`);
  }
}

/** Makes one call. `path` starts with a slash and may have a query. Rejects with NoAnswer only. */
export type GraphCall = (method: "GET" | "POST" | "DELETE", path: string, json?: string) => Promise<Answer>;

/** Sockets kept open to the Graph API; more calls at once wait for one. */
const SOCKETS = 128;
/** Idle connections are given up before the other side does it: a write into a dying one would leave a reply in doubt. */
const IDLE_MS = 20_000;

/** A caller with connections that stay open. */
export function createGraphCall(access: GraphAccess): GraphCall {
  const client = axios.create({
    adapter: createFastAdapter(new URL(access.graphApiUrl).origin, { sockets: SOCKETS, idleMs: IDLE_MS }),
    headers: { Authorization: `Bearer ${access.token}`, "Content-Type": "application/json" },
    timeout: access.timeoutMs,
    transformRequest: [],
    transformResponse: [],
    validateStatus: () => true,
  });
  return async (method, path, json) => {
    try {
      const url = access.graphApiUrl + path;
      const { status, headers, data } = await client.request<string>({ method, url, data: json });
      return { status, headers, body: data };
    } catch (failure) {
      const { code, isUnsent } = describeFailure(failure);
      throw new NoAnswer(code, isUnsent);
    }
  };
}
