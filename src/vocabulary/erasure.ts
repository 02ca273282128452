/** A person asked that everything about them be removed, and what shows afterwards that it was done. */
import { createHash } from "node:crypto";

/** Decided in a turn: the store removes everything of the turn's citizen in the same step. */
export interface Erase {
  /** What the person is given to prove it by. The store keeps only a hash of it. */
  code: string;
  /** Who asked: the citizen in the conversation, Meta for one of its users, or an operator for somebody who came in person. */
  asked: "citizen" | "meta" | "operator";
}

/** How many of each were removed; `tickets` are those that now stand without this person. */
export interface ErasureCounts {
  messages: number;
  replies: number;
  escalations: number;
  drafts: number;
  pictures: number;
  tickets: number;
}

/** What is kept of a removal. Without the code nobody can tell whom it concerned; with it, whoever knows the person's id can. */
export interface Erasure {
  /** SHA-256 of the code. */
  id: string;
  /** SHA-256 of code and citizen together: see `isAbout`. */
  proof: string;
  at: number;
  asked: Erase["asked"];
  counts: ErasureCounts;
}

/** No letter or digit that is mistaken for another. */
const LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789";
const GROUPS = 4;
const GROUP = 4;

/** A code such as HPS-7KQM-…, the same for the same seed. The seed has to be something that nobody can guess. */
export function erasureCode(seed: string): string {
  const bytes = createHash("sha256").update(`erasure ${seed}`).digest();
  const letters = [...bytes.subarray(0, GROUPS * GROUP)].map((byte) => LETTERS[byte % LETTERS.length] ?? "A");
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    letters.slice(at * GROUP, (at + 1) * GROUP).join(""),
  );
  return ["HPS", ...groups].join("-");
}

/** The id under which a removal is kept. However the code was typed. */
export const erasureId = (code: string): string => sha256(lettersOf(code));

const lettersOf = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .replace(/^HPS/, "");

/** The record of a removal. */
export function erasureOf(erase: Erase, citizen: string, counts: ErasureCounts, at: number): Erasure {
  const id = erasureId(erase.code);
  return { id, proof: proofOf(id, erase.code, citizen), at, asked: erase.asked, counts };
}

/** True when the removal concerned this citizen. However the code was typed. */
export const isAbout = (erasure: Erasure, code: string, citizen: string): boolean =>
  erasure.id === erasureId(code) &&
  [code, withGroups(code)].some((each) => erasure.proof === proofOf(erasure.id, each, citizen));

/** The code as it was handed out. */
const withGroups = (code: string): string => ["HPS", ...(lettersOf(code).match(/.{1,4}/g) ?? [])].join("-");

const proofOf = (id: string, code: string, citizen: string): string =>
  sha256(`${id} ${code.toUpperCase()} ${citizen}`);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
