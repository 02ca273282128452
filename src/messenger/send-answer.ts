/** Reads the answer to a call of the Graph API, or the failure to get one, into how the delivery ended. */
import type { Delivery } from "../vocabulary/delivery.js";
import { fieldsOf, idOf, numberOf } from "./fields.js";
import { codeOf, meaningOf, toDelivery, type GraphError } from "./send-errors.js";

/** An answer as it came over the wire. Header names in lower case. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}

const MINUTE = 60_000;
/** Longest wait believed; the platform counts its limits over 24 hours. */
const MAX_WAIT_MS = 24 * 60 * MINUTE;

/** How a send ended, from the answer. */
export function readDelivery(answer: Answer): Delivery {
  const { status } = answer;
  const json = parse(answer.body);
  const error = graphErrorOf(json);
  if (error !== undefined) return toDelivery(codeOf(error), meaningOf(error, status), waitOf(answer));
  if (status >= 200 && status < 300) {
    const mid = idOf(fieldsOf(json)?.message_id);
    return mid === undefined ? { kind: "sent" } : { kind: "sent", mid };
  }
  const code = `http-${status}`;
  if (status >= 500)
    return {
      kind: "doubt",
      code,
      reason: "Facebook tidak menjawab dengan jelas; belum pasti balasan ini sampai.",
    };
  return {
    kind: "later",
    code,
    scope: "page",
    afterMs: waitOf(answer) ?? MINUTE,
    reason: "Jawaban dari Facebook tidak bisa dibaca. Alamat Graph API atau jaringannya perlu diperiksa.",
  };
}

/** The error inside an answer of the Graph API, or undefined if there is none. */
export function graphErrorOf(json: unknown): GraphError | undefined {
  const error = fieldsOf(fieldsOf(json)?.error);
  const code = numberOf(error?.code);
  if (error === undefined || code === undefined) return undefined;
  return { code, subcode: numberOf(error.error_subcode), isTransient: error.is_transient === true };
}

/** JSON or undefined. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How long the answer's headers ask us to wait, in milliseconds. */
export function waitOf(answer: Answer): number | undefined {
  const waits = [
    secondsOf(answer.headers["retry-after"]),
    regainOf(answer.headers["x-business-use-case-usage"]),
    usageWaitOf(answer.headers["x-app-usage"]),
    usageWaitOf(answer.headers["x-page-usage"]),
  ].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits), MAX_WAIT_MS);
}

function secondsOf(header: unknown): number | undefined {
  const seconds = numberOf(header);
  return seconds === undefined || seconds <= 0 ? undefined : seconds * 1000;
}

/** `{"<id>":[{"estimated_time_to_regain_access": <minutes>}]}`. */
function regainOf(header: unknown): number | undefined {
  const cases = Object.values(fieldsOf(jsonHeader(header)) ?? {}).flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const minutes = cases.map((each) => numberOf(fieldsOf(each)?.estimated_time_to_regain_access) ?? 0);
  const most = Math.max(0, ...minutes);
  return most > 0 ? most * MINUTE : undefined;
}

/** Percentages of what is allowed; at 100 the platform holds calls back without saying for how long. */
function usageWaitOf(header: unknown): number | undefined {
  const shares = Object.values(fieldsOf(jsonHeader(header)) ?? {}).map((share) => numberOf(share) ?? 0);
  return Math.max(0, ...shares) >= 100 ? 5 * MINUTE : undefined;
}

function jsonHeader(header: unknown): unknown {
  return typeof header === "string" ? parse(header) : undefined;
}

/** Failures before a single byte of the message was out: nothing was sent, so it may be repeated without fear. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EMFILE",
  "ENFILE",
  "EPROTO",
  "ERR_INVALID_URL",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** How a send ended that got no answer. Only the failure's code is looked at: the rest of it may hold the token. */
export function readFailure(failure: unknown): Delivery {
  const { code, isUnsent } = describeFailure(failure);
  if (isUnsent) {
    const reason =
      "Facebook sedang tidak bisa dihubungi dari server ini. Balasan dikirim begitu jaringan pulih.";
    return { kind: "later", code, reason, scope: "page" };
  }
  const reason = "Sambungan ke Facebook putus sebelum ada jawaban; belum pasti balasan ini sampai.";
  return { kind: "doubt", code, reason };
}

/** The code of a failure, and whether it is certain that nothing was sent. */
export function describeFailure(failure: unknown): { code: string; isUnsent: boolean } {
  const outer = fieldsOf(failure);
  const cause = fieldsOf(outer?.cause);
  const given = [cause?.code, outer?.code].find(
    (each) => typeof each === "string" && /^[A-Z0-9_]{2,60}$/.test(each),
  );
  const code = typeof given === "string" ? given : "UNKNOWN";
  const step = cause?.syscall ?? outer?.syscall;
  const isUnsent =
    NOT_SENT.has(code) ||
    step === "connect" ||
    step === "getaddrinfo" ||
    /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL_|HOSTNAME_MISMATCH)/.test(code);
  return { code, isUnsent };
}
