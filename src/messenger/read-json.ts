/** Reads JSON without losing digits: whole numbers too large for JavaScript come out as strings. */

const LONG_NUMBER_AHEAD = /[:,[]\s*-?\d{16}/;
const LONG_NUMBER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses like JSON.parse, and throws like it, but keeps every digit of ids that were sent as bare numbers:
 * page-scoped ids may be above 2^53. Numbers of 16 digits and more become strings.
 */
export function readJson(text: string): unknown {
  if (!LONG_NUMBER_AHEAD.test(text)) return JSON.parse(text);
  // Only valid JSON is rewritten: quoting a number could make something valid of what was not.
  JSON.parse(text);
  return JSON.parse(quoteLongNumbers(text));
}

/** Puts quotes around long numbers that stand outside strings. */
function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    if (open === -1) break;
    const close = endOfString(text, open);
    parts.push(text.slice(at, open).replace(LONG_NUMBER, '"$&"'), text.slice(open, close + 1));
    at = close + 1;
  }
  parts.push(text.slice(at).replace(LONG_NUMBER, '"$&"'));
  return parts.join("");
}

/** Where the string that opens at `open` closes. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}
