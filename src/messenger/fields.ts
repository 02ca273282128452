/** Reads values out of JSON nobody vouches for: each reader gives a clean value or undefined, and never throws. */
import { createHash } from "node:crypto";

/** A JSON object whose keys are not known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest text of a citizen that is kept, in characters; Messenger itself allows fewer. */
export const MAX_TEXT = 20_000;
/** Most that is kept of the raw JSON of an event, in bytes. */
export const MAX_RAW_BYTES = 65_536;

const MAX_ID = 300;
const MAX_URL = 8_192;
const EARLIEST_MS = Date.UTC(2004, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
/** Below this a time is in seconds, above in milliseconds: the platform sends both. */
const SECONDS_END = 1e11;

/** The value if it is an object with keys, not an array. */
export function fieldsOf(value: unknown): Fields | undefined {
  // Boundary: after this check it is an object whose values are still unknown.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The value if it is an array, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An id as a string. Whole numbers are accepted; anything too long, empty or with control characters is not an id. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== "string" || value === "" || value.length > MAX_ID) return undefined;
  return isPrintable(value) ? value : undefined;
}

function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

/** A text without NUL and halves of characters, cut at `most` characters. */
export function textOf(value: unknown, most = MAX_TEXT): string | undefined {
  if (typeof value !== "string") return undefined;
  const kept = value.length > most ? value.slice(0, most).replace(/[\ud800-\udbff]$/, "") : value;
  return kept.replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The same, but undefined when nothing is left. */
export function someTextOf(value: unknown, most = MAX_TEXT): string | undefined {
  const text = textOf(value, most);
  return text === "" ? undefined : text;
}

/** A web address, http or https only; others could do harm where staff click on them. */
export function urlOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= MAX_URL && /^https?:\/\/[^\s\0"<>]+$/i.test(value)
    ? value
    : undefined;
}

/** A number, also if it was sent as a string. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A moment in milliseconds, whether it came in seconds or milliseconds, as a number or a string. Nonsense is undefined. */
export function momentOf(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const ms = Math.trunc(Math.abs(number) < SECONDS_END ? number * 1000 : number);
  return ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : undefined;
}

/** A short fingerprint of a text: the same text, the same fingerprint. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 24);
}

/** The JSON of a value. Nesting too deep for the runtime is cut away instead of failing. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(withoutDepths(value, 16));
  }
}

function withoutDepths(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return "…";
  if (Array.isArray(value)) return value.map((each) => withoutDepths(each, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutDepths(each, levels - 1)]),
  );
}

/** Raw JSON for keeping: at most MAX_RAW_BYTES of it. */
export function cutRaw(json: string): string {
  if (json.length * 3 <= MAX_RAW_BYTES || Buffer.byteLength(json) <= MAX_RAW_BYTES) return json;
  return Buffer.from(json)
    .subarray(0, MAX_RAW_BYTES)
    .toString("utf8")
    .replace(/\ufffd+$/, "");
}
