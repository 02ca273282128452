/** Reads forms that bring a file: one file, so large at most, held in memory and never under the sender's name. */
import type { Request, RequestHandler, Response } from "express";

export type Upload =
  | { kind: "none" }
  | { kind: "file"; bytes: Buffer; name: string }
  /** Nothing of it was kept: larger than allowed, more than one or not asked for, or broken off on its way. */
  | { kind: "large" | "extra" | "broken" };

const FIELDS = { fields: 40, fieldSize: 32 * 1024, fieldNameSize: 60, files: 1 };

/** Parses a form with a file in `field`; plain forms pass through. The text fields should stand before the file. */
export function readUpload(field: string, mostBytes: number): RequestHandler {
  let parse: RequestHandler | undefined;
  return async (request, response, next) => {
    if (request.is("multipart/form-data") === false) {
      next();
      return;
    }
    const { default: multer, MulterError } = await import("multer");
    const limits = { ...FIELDS, fileSize: mostBytes };
    parse ??= multer({ storage: multer.memoryStorage(), defParamCharset: "utf8", limits }).single(field);
    await parse(request, response, (error: unknown) => {
      if (error !== undefined && error !== null)
        response.locals.refusedUpload = error instanceof MulterError ? whyRefused(error.code) : "broken";
      next();
    });
  };
}

/** The form itself holds more, or longer fields, than any of ours: it was not made by our pages. */
function whyRefused(code: string): Exclude<Upload["kind"], "none" | "file"> {
  switch (code) {
    case "LIMIT_FILE_SIZE":
      return "large";
    case "LIMIT_FILE_COUNT":
    case "LIMIT_UNEXPECTED_FILE":
      return "extra";
    default:
      return "broken";
  }
}

/** The file of a request that went through `readUpload`. An empty file is none: browsers send that for an empty field. */
export function uploadOf(request: Request, response: Response): Upload {
  const refused = response.locals.refusedUpload as ReturnType<typeof whyRefused> | undefined;
  if (refused !== undefined) return { kind: refused };
  const { file } = request;
  return file === undefined || file.size === 0
    ? { kind: "none" }
    : { kind: "file", bytes: file.buffer, name: file.originalname };
}
