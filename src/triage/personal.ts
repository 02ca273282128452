/** Finds what identifies a person in a text, for pages that show it covered until somebody has a reason to look. */
import { isNik } from "./mask.js";

export type PersonalKind = "nik" | "sixteen" | "phone" | "account" | "email" | "plate";

/** A text in pieces: words as they are, and what is covered. */
export type Piece =
  | { kind: "words"; text: string }
  /** `tail`: the last letters, which may be shown. `index`: which one it is in this text, from 0. */
  | { kind: "personal"; what: PersonalKind; tail: string; index: number };

interface Found {
  what: PersonalKind;
  from: number;
  to: number;
}

/** Region letters of Indonesian number plates; "RT 05 RW" is none. */
const PLATES =
  "A|AA|AB|AD|AE|AG|B|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|D|DA|DB|DC|DD|DG|DH|DK|DL|DM|DN|DR|DS|DT|E|EA|EB|ED|F|G|H|K|KB|KH|KT|KU|L|M|N|P|PA|PB|R|S|T|W|Z";

const FINDERS: readonly { what: PersonalKind; pattern: RegExp }[] = [
  { what: "email", pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g },
  { what: "sixteen", pattern: /(?<!\d)(?:\d[ .-]?){15}\d(?![ .-]?\d)/g },
  { what: "phone", pattern: /(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?!\d)/g },
  { what: "account", pattern: /(?<![\d-])\d(?:[ .-]?\d){8,18}(?!\d)/g },
  {
    what: "plate",
    pattern: new RegExp(
      String.raw`(?<![A-Za-z0-9])(?:${PLATES})[ -]?\d{1,4}[ -]?[A-Z]{1,3}(?![A-Za-z0-9])`,
      "g",
    ),
  },
];

/** The text in pieces. Nothing of what is covered stands in it but `tail`. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  findPersonal(text).forEach(({ what, from, to }, index) => {
    if (from > end) pieces.push({ kind: "words", text: text.slice(end, from) });
    pieces.push({ kind: "personal", what, tail: tailOf(what, text.slice(from, to)), index });
    end = to;
  });
  if (end < text.length) pieces.push({ kind: "words", text: text.slice(end) });
  return pieces;
}

/** What `piecesOf` covers under this index, as it stands in the text. */
export function personalAt(text: string, index: number): { what: PersonalKind; value: string } | undefined {
  const found = findPersonal(text)[index];
  return found === undefined ? undefined : { what: found.what, value: text.slice(found.from, found.to) };
}

/** The text on one line for lists and searches, with everything covered. */
export function coverPersonal(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.kind === "words" ? piece.text : `••••${piece.tail}`))
    .join("");
}

/** In order, without overlaps; where two meet, the earlier finder counts. */
function findPersonal(text: string): Found[] {
  const found: Found[] = [];
  for (const { what, pattern } of FINDERS)
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (found.some((each) => from < each.to && each.from < to)) continue;
      found.push({ what: what === "sixteen" && isNik(match[0].replace(/\D/g, "")) ? "nik" : what, from, to });
    }
  return found.sort((a, b) => a.from - b.from);
}

/** Numbers show their last digits, so that two can be told apart; the rest shows nothing. */
function tailOf(what: PersonalKind, value: string): string {
  switch (what) {
    case "nik":
    case "sixteen":
    case "account":
      return value.replace(/\D/g, "").slice(-4);
    case "phone":
      return value.replace(/\D/g, "").slice(-3);
    case "email":
    case "plate":
      return "";
  }
}
