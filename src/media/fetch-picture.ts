/** Fetches one picture: from allowed places only, so large at most, within so long. */
import axios, { AxiosError } from "axios";
import { mayFetch } from "./hosts.js";

/** Messenger takes pictures up to 8 MB. */
export const MOST_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 3;

export type Fetched =
  | { kind: "bytes"; bytes: Buffer }
  /** Worth another try. Reasons are Indonesian and read by staff. */
  | { kind: "later"; reason: string }
  | { kind: "refused"; reason: string };

/** `origins`: what may be fetched besides the platform's servers. Never rejects. */
export async function fetchPicture(
  url: string,
  origins: readonly string[],
  timeoutMs = TIMEOUT_MS,
): Promise<Fetched> {
  if (!mayFetch(url, origins)) return { kind: "refused", reason: "Alamat fotonya bukan milik Facebook." };
  const moved = { isElsewhere: false };
  try {
    const response = await axios.get<Buffer>(url, {
      responseType: "arraybuffer",
      maxContentLength: MOST_BYTES,
      maxRedirects: MOST_REDIRECTS,
      beforeRedirect: (options: { href?: string }) => {
        moved.isElsewhere = !mayFetch(options.href ?? "", origins);
        if (moved.isElsewhere)
          throw new Error("The picture was moved to a place that is not the platform's.");
      },
      // The whole of it, not only the time between two bytes.
      signal: AbortSignal.timeout(timeoutMs),
      proxy: false,
      headers: { accept: "image/jpeg, image/png, image/webp, image/gif" },
    });
    return { kind: "bytes", bytes: Buffer.from(response.data) };
  } catch (error) {
    return moved.isElsewhere
      ? { kind: "refused", reason: "Alamat fotonya dialihkan ke tempat lain." }
      : reasonOf(error);
  }
}

function reasonOf(error: unknown): Fetched {
  if (!(error instanceof AxiosError)) return { kind: "later", reason: "Foto belum bisa diambil." };
  if (error.message.includes("maxContentLength"))
    return { kind: "refused", reason: "Fotonya terlalu besar (lebih dari 8 MB)." };
  const status = error.response?.status;
  if (status !== undefined && status >= 400 && status < 500 && status !== 429)
    return { kind: "refused", reason: "Fotonya sudah tidak ada di Facebook." };
  return { kind: "later", reason: "Foto belum bisa diambil dari Facebook." };
}
