/** Keeps the pictures that were sent from the page, in memory and within limits. */
import { randomUUID } from "node:crypto";

/** One picture with its media type. */
export interface Picture {
  type: string;
  bytes: Buffer;
}

/** The pictures of this run. */
export interface Pictures {
  /** The path below the simulator, or undefined when it is no picture a browser shows. */
  keep(bytes: Buffer): string | undefined;
  get(id: string): Picture | undefined;
}

/** Messenger takes pictures up to 8 MB (Send API, limits). */
export const MOST_PICTURE_BYTES = 8 * 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;

/** Keeps 64 MB; the oldest go first. */
export function createPictures(): Pictures {
  const pictures = new Map<string, Picture>();
  let total = 0;
  return {
    keep(bytes) {
      const type = typeOf(bytes);
      if (type === undefined) return undefined;
      const id = randomUUID();
      pictures.set(id, { type, bytes });
      total += bytes.length;
      for (const [oldest, picture] of pictures) {
        if (total <= MOST_BYTES) break;
        pictures.delete(oldest);
        total -= picture.bytes.length;
      }
      return `/pictures/${id}`;
    },
    get: (id) => pictures.get(id),
  };
}

/** By its first bytes: what a browser claims about a file is not believed. */
function typeOf(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 12).toString("latin1");
  if (head.startsWith("\x89PNG\r\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF8")) return "image/gif";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  return undefined;
}
