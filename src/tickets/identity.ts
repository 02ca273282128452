/** Ids and check codes: made from the event that began a report, so that deciding again makes the same. */
import { createHash } from "node:crypto";

/** No letter or digit that is mistaken for another. */
const CODE_LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789";
const CODE_LENGTH = 4;

/** The id of the ticket that this event begins. */
export const ticketId = (eventId: string): string =>
  `t${hashOf(`ticket ${eventId}`).toString("hex").slice(0, 15)}`;

/** The id of picture n (from 0) of a message. */
export const pictureId = (mid: string, n: number): string =>
  `p${hashOf(`picture ${mid} ${n}`).toString("hex").slice(0, 11)}`;

/** Four letters and digits. Event ids of the platform cannot be guessed, so neither can this. */
export function checkCode(id: string): string {
  return [...hashOf(`code ${id}`).subarray(0, CODE_LENGTH)]
    .map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length] ?? "A")
    .join("");
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** A number as citizens write it, with or without its code: "jln 12 ab3d", "JLN-0012-AB3D". */
const NUMBER = /\b([a-z]{2,4})[\s.-]*0*(\d{1,7})(?:[\s.-]+([a-z0-9]{4}))?\b/giu;

/** The first ticket number in a text whose prefix is in use. */
export function findNumber(
  text: string,
  prefixes: ReadonlySet<string>,
): { number: string; code?: string } | undefined {
  for (const [, prefix = "", digits = "", code] of text.matchAll(NUMBER))
    if (prefixes.has(prefix.toUpperCase()))
      return { number: `${prefix.toUpperCase()}-${digits.padStart(4, "0")}`, code: code?.toUpperCase() };
  return undefined;
}
