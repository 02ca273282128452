/** Makes a new picture of a picture: the place, camera and time that hide in it are gone, and so is whatever else was in the file. */

/** A JPEG and its size in pixels. */
export interface Encoded {
  bytes: Buffer;
  width: number;
  height: number;
}

/** Larger pictures are a trap for memory, not photos. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 1600;
const QUALITY = 82;

/** The new picture, upright and at most 1600 pixels long; undefined when the bytes are none of the kinds photos have. `isOwn`: drawn pictures of this machine's simulator, too. */
export async function reEncode(bytes: Buffer, isOwn = false): Promise<Encoded | undefined> {
  if (!isPhoto(bytes) && !(isOwn && bytes.subarray(0, 200).toString("latin1").includes("<svg")))
    return undefined;
  // The decoders are large, and most servers that start show no picture for hours.
  const { default: sharp } = await import("sharp");
  try {
    // Metadata is only kept when asked for; `rotate` turns the picture as its metadata says before that is lost.
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (error) {
    // Whatever the decoder stumbles over: it is no picture we can show.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** By its first bytes: what a server says about a file is not believed. */
function isPhoto(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 12).toString("latin1");
  return (
    head.startsWith("\xff\xd8\xff") ||
    head.startsWith("\x89PNG\r\n") ||
    head.startsWith("GIF8") ||
    (head.startsWith("RIFF") && head.endsWith("WEBP"))
  );
}
