/** Hides what identifies a person: NIK and KK numbers, other long numbers, and phone numbers. */

/** Sixteen digits with single spaces, dots or dashes between, not part of a longer number. */
const SIXTEEN = /(?<![\d])(?:\d[ .-]?){15}\d(?![ .-]?\d)/g;
/** Indonesian mobile numbers: +62, 62 or 0, then 8 and eight to eleven digits. */
const PHONE = /(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){8,11}(?!\d)/g;

/** A number that goes on in the next message: what ends one and begins the other. */
const ENDS_IN_DIGITS = /(?<!\d)(?:\d[ .-]?){3,15}$/;
const BEGINS_WITH_DIGITS = /^(?:[ .-]?\d){3,15}(?!\d)/;
/** NIK and KK have sixteen digits. */
const DIGITS = 16;

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const PROVINCES = [11, 21, 31, 36, 51, 53, 61, 65, 71, 76, 81, 82, 91, 97] as const;

/** The text with every such number replaced by what it is: [NIK], [ANGKA16], [TELEPON]. */
export function maskPersonal(text: string): string {
  return text
    .replace(SIXTEEN, (number) => (isNik(number.replace(/\D/g, "")) ? "[NIK]" : "[ANGKA16]"))
    .replace(PHONE, "[TELEPON]");
}

/** What stands for a hidden number, with the words that announce it: "nik saya [NIK], hp [TELEPON]". */
const ANNOUNCED =
  /(?:(?<![\p{L}\p{N}])(?:nik|kk|ktp|no|nmr|nomor|nomer|hp|wa|telp|tlp|telepon|saya|sy|aku|gw|gue|ini|adalah|dgn|dengan)(?![\p{L}\p{N}])[\s.:=,-]{0,4}){0,6}(?:\[(?:NIK|ANGKA16|TELEPON|…)\]\s*)+/giu;

/** The text without such numbers and without the words that announce them: what else it says. */
export function withoutNumbers(text: string): string {
  const masked = maskPersonal(text);
  const rest = masked.replace(ANNOUNCED, " ");
  return rest === masked ? text : rest.replace(/ {2,}/g, " ").trim();
}

/**
 * The pieces of one question, masked together: a NIK that was typed in two messages is hidden in both. Each piece stays a
 * piece of its own; what was masked before stays so.
 */
export function maskPieces(pieces: readonly string[]): string[] {
  const masked = pieces.map(maskPersonal);
  for (let at = 1; at < masked.length; at += 1) {
    const head = ENDS_IN_DIGITS.exec(masked[at - 1]?.trimEnd() ?? "");
    const tail = BEGINS_WITH_DIGITS.exec(masked[at]?.trimStart() ?? "");
    if (head === null || tail === null) continue;
    const digits = `${head[0]}${tail[0]}`.replace(/\D/g, "");
    if (digits.length !== DIGITS) continue;
    const label = isNik(digits) ? "[NIK]" : "[ANGKA16]";
    masked[at - 1] = `${(masked[at - 1] ?? "").trimEnd().slice(0, head.index)}${label}`;
    masked[at] = `[…]${(masked[at] ?? "").trimStart().slice(tail[0].length)}`;
  }
  return masked;
}

/**
 * True when sixteen digits are built like a NIK: region, birth date with the day 40 higher for women, serial number.
 * A KK number may pass, too; masking does not depend on it.
 */
export function isNik(digits: string): boolean {
  const part = (from: number, length: number): number => Number(digits.slice(from, from + length));
  const province = part(0, 2);
  const day = part(6, 2) > 40 ? part(6, 2) - 40 : part(6, 2);
  const month = part(8, 2);
  const year = part(10, 2);
  const isProvince = PROVINCES.some(
    (from, index) => index % 2 === 0 && province >= from && province <= (PROVINCES[index + 1] ?? from),
  );
  const longest = month === 2 && year % 4 !== 0 ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return (
    digits.length === 16 &&
    isProvince &&
    part(2, 2) > 0 &&
    part(4, 2) > 0 &&
    day >= 1 &&
    day <= longest &&
    part(12, 4) > 0
  );
}
