/** Files in a conversation: what staff bring for a citizen, and what was sent to one. */
import type { Request, Response } from "express";
import type { SentFile } from "../../vocabulary/reply.js";
import { refuse } from "../access/guard.js";
import type { DeskParts } from "../inbox/desk.js";
import type { Upload } from "../upload.js";
import { words } from "../words/words.js";

const { attach } = words.desk;

/** As much as Messenger takes. */
export const MOST_FILE_BYTES = 25 * 1024 * 1024;

/** Keeps what came along with a reply; only replies bring files. */
export async function takeFile(
  parts: DeskParts,
  citizen: string,
  upload: Upload,
  action: string,
): Promise<{ file?: SentFile } | { problem: string }> {
  if (upload.kind === "none") return {};
  if (upload.kind !== "file") return { problem: attach[upload.kind] };
  if (action !== "reply") return {};
  const file = await parts.keepFile(citizen, upload.bytes, upload.name);
  return file === undefined ? { problem: attach.bad } : { file };
}

/** Pictures are shown, everything else is saved; nothing in either can run here. */
export async function showFile(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const id = String(request.params.file);
  const bytes = await parts.readFile(String(request.params.citizen), id);
  if (bytes === undefined) {
    refuse(request, response, { status: 404, ...words.refused.notFound });
    return;
  }
  const isPicture = id.endsWith(".jpg");
  response
    .set("content-security-policy", "default-src 'none'; sandbox")
    .set("content-disposition", isPicture ? "inline; filename=foto.jpg" : "attachment; filename=berkas.pdf")
    .type(isPicture ? "image/jpeg" : "application/pdf")
    .send(Buffer.from(bytes));
}
