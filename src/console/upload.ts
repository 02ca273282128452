/** Reads forms that bring a file: one file, so large at most, held in memory and never under the sender's name. */
import type { Request, RequestHandler, Response } from "express";

export type Upload =
  | { kind: "none" }
  | { kind: "file"; bytes: Buffer; name: string }
  /** Larger than allowed; nothing of it was kept. */
  | { kind: "large" };

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
      if (error === undefined || error === null) {
        next();
        return;
      }
      if (!(error instanceof MulterError)) {
        response.status(400).end();
        return;
      }
      response.locals.isUploadTooLarge = true;
      next();
    });
  };
}

/** The file of a request that went through `readUpload`. An empty file is none: browsers send that for an empty field. */
export function uploadOf(request: Request, response: Response): Upload {
  if (response.locals.isUploadTooLarge === true) return { kind: "large" };
  const { file } = request;
  return file === undefined || file.size === 0
    ? { kind: "none" }
    : { kind: "file", bytes: file.buffer, name: file.originalname };
}
