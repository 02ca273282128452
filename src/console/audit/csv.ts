/** Tables as CSV that a spreadsheet shows as text, whatever stands in them. */

/** One line. A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP ASVS 1.2.10). */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => `"${harmless(String(cell)).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function harmless(cell: string): string {
  return /^\s*[=+\-@\t\r|]/.test(cell) ? `'${cell}` : cell;
}
