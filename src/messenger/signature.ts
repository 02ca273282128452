/** Tells whether a delivery was signed with our app secret: X-Hub-Signature-256 over the bytes as they came. */
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** Checks one delivery: the body exactly as received, and the header as it stands in the request. */
export type SignatureCheck = (body: Buffer, header: string | undefined) => boolean;

const HEADER = /^sha256=([0-9a-f]{64})$/i;
/** Larger bodies are not tried in the escaped form: rewriting megabytes for whoever sends them would hold everybody up. */
const MOST_REWRITTEN_BYTES = 64 * 1024;

/**
 * Makes the check for one app secret. An empty secret accepts nothing.
 * The platform signs the JSON with non-ASCII characters written as \uXXXX; a body that arrives as plain UTF-8
 * is tried in that form too (developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads).
 */
export function createSignatureCheck(appSecret: string): SignatureCheck {
  const key = createSecretKey(appSecret, "utf8");
  const matches = (bytes: Buffer | string, wanted: Buffer): boolean =>
    timingSafeEqual(createHmac("sha256", key).update(bytes).digest(), wanted);
  return (body, header) => {
    const hex = header === undefined ? undefined : HEADER.exec(header)?.[1];
    if (hex === undefined || appSecret === "") return false;
    const wanted = Buffer.from(hex, "hex");
    if (matches(body, wanted)) return true;
    if (body.length > MOST_REWRITTEN_BYTES) return false;
    const text = body.toString("utf8");
    const escaped = escapeNonAscii(text);
    return escaped !== text && matches(escaped, wanted);
  };
}

/** The header value for a body, as the platform would send it. For the simulator, the scripts and the tests. */
export function signBody(body: Buffer | string, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** `appsecret_proof` of the Graph API: shows that a call with this token comes from a server that knows the secret. */
export function proveSecret(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}

function escapeNonAscii(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
