/** Sends a message together with its file: one multipart call, so that no address of the file exists anywhere else. */
import axios from "axios";
import type { SentFile } from "../vocabulary/reply.js";
import { NoAnswer, type GraphAccess } from "./graph-transport.js";
import { describeFailure, type Answer } from "./send-answer.js";

/** Messenger takes files up to 25 MB (developers.facebook.com/docs/messenger-platform/reference/send-api). */
const MOST_BYTES = 26 * 1024 * 1024;
/** A large file on a slow line of an office. */
const TIMEOUT_MS = 120_000;

/** Makes the call. `fields`: recipient, message and the rest; objects go as JSON. Rejects with NoAnswer only. */
export async function uploadCall(
  { graphApiUrl, token }: Pick<GraphAccess, "graphApiUrl" | "token">,
  path: string,
  { fields, file, bytes }: { fields: Record<string, unknown>; file: SentFile; bytes: Uint8Array },
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  const type = file.type === "image" ? "image/jpeg" : "application/pdf";
  form.set("filedata", new Blob([Uint8Array.from(bytes)], { type }), file.name);
  try {
    const { status, headers, data } = await axios.post<string>(graphApiUrl + path, form, {
      headers: { Authorization: `Bearer ${token}` },
      timeout: TIMEOUT_MS,
      maxBodyLength: MOST_BYTES,
      maxContentLength: 1024 * 1024,
      maxRedirects: 0,
      proxy: false,
      responseType: "text",
      transformResponse: [],
      validateStatus: () => true,
    });
    return { status, headers, body: data };
  } catch (failure) {
    const { code, isUnsent } = describeFailure(failure);
    throw new NoAnswer(code, isUnsent);
  }
}
