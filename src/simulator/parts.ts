/** Calls that bring a file: their fields are texts, of which some are JSON. */
import type { Request, RequestHandler } from "express";

const MOST_BYTES = 25 * 1024 * 1024;

/** Parses such a call as others are parsed; every other passes through. */
export const readParts: RequestHandler = async (request, response, next) => {
  if (request.is("multipart/form-data") === false) {
    next();
    return;
  }
  const { default: multer } = await import("multer");
  const parse = multer({ storage: multer.memoryStorage(), limits: { fileSize: MOST_BYTES, files: 1 } });
  await parse.single("filedata")(request, response, (error: unknown) => {
    if (error !== undefined && error !== null) {
      next(error);
      return;
    }
    const fields = Object.entries({ ...(request.body as Record<string, string>) });
    request.body = Object.fromEntries(fields.map(([name, value]) => [name, valueOf(value)]));
    next();
  });
};

/** What came along, if anything did. */
export function fileOf({ file }: Request): { name: string; bytes: Buffer } | undefined {
  return file === undefined ? undefined : { name: file.originalname, bytes: file.buffer };
}

function valueOf(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
