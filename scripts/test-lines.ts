/** Where something stands in a library file. */
import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument } from "yaml";

/** Line and column of the test with this number (from 0) under `uji`. */
export function lineOfTest(file: string, index: number): { line: number; column: number } {
  return lineOf(file, ["uji", index]);
}

/** Line and column of what stands at this path, for instance `["contoh", 3]`; the top of the file for an empty one. */
export function lineOf(file: string, place: readonly (string | number)[]): { line: number; column: number } {
  if (place.length === 0) return { line: 1, column: 1 };
  const counter = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { schema: "failsafe", lineCounter: counter });
  const node = document.getIn(place, true);
  const { line, col } = counter.linePos(isNode(node) && node.range ? node.range[0] : 0);
  return { line, column: col };
}
