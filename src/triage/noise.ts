/** Finds noise: advertising, gambling, copies and bare insults, and only where nobody asks, reports or tells anything. */
import { findCopies, type RecentText } from "./copies.js";
import { CALLS, INSULT_FILLER, INSULTS, SPAM_WORDS } from "./noise-words.js";
import { simplify } from "../intents/matching/normalize.js";
import type { Noise } from "../vocabulary/understanding.js";

export type FindNoise = (text: string, recent?: readonly RecentText[]) => Noise | undefined;

/** Anything of this makes it somebody's matter, and then it is no noise. */
const MATTER = new RegExp(
  String.raw`\b(?:jl|jln|jalan|gang|gg|rt|rw|kelurahan|kel|kecamatan|kec|desa|dusun|perumahan|komplek|blok|pasar|sekolah|sd|smp|sma|puskesmas|rumah sakit|rs|rsud|depan rumah|saya|sy|aku|warung|tetangga|anak saya|ibu saya|bapak saya|keluarga|tolong|mohon|minta|bagaimana|gimana|gmn|kapan|dimana|kenapa|berapa|apakah|apa benar|ktp|kk|akta|akte|bpjs|bansos|pbb|pdam|lampu|sampah|banjir|lubang|berlubang|rusak|macet|antri|antre|pelayanan|lapor|hari|minggu|bulan|tahun)\b`,
);

/** Writing that hides itself: letters spaced out, digits for letters. */
const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/** A detector without memory: what others wrote lately is handed in. */
export function createFindNoise(): FindNoise {
  return (text, recent = []) => {
    const plain = simplify(text);
    const spam = findSpam(text, plain);
    if (spam !== undefined) return spam;
    const hasMatter = MATTER.test(plain) || text.includes("?");
    if (hasMatter) return undefined;
    return findInsult(plain) ?? copies(plain, recent);
  };
}

/** With a space on both sides, to be found as whole words. */
const SPAM = SPAM_WORDS.map((word) => ({ word, spaced: ` ${word} ` }));
const SPACED_CALLS = CALLS.map((word) => ` ${word} `);

function findSpam(text: string, plain: string): Noise | undefined {
  const open = undisguise(text);
  const spacedPlain = ` ${plain} `;
  const spacedOpen = ` ${open} `;
  const found = SPAM.filter(({ spaced }) => spacedPlain.includes(spaced) || spacedOpen.includes(spaced));
  const words = found.map(({ word }) => word);
  const isDisguised = found.some(({ spaced }) => !spacedPlain.includes(spaced));
  const hasLink =
    /https?:\/\/|www\.|\b[\w-]+\.(?:com|net|xyz|vip|site|info|biz|link|me|id)\b|\bwa\.me\b|t\.me\//i.test(
      text,
    );
  const calls = SPACED_CALLS.filter((call) => spacedOpen.includes(call));
  const strength = words.length + (isDisguised ? 2 : 0) + (hasLink ? 1 : 0) + (calls.length > 0 ? 1 : 0);
  // Whoever asks about advertising, or was cheated by it, has a matter.
  const asks =
    text.includes("?") ||
    /\b(?:penipuan|penipu|tertipu|kena tipu|lapor|laporkan|hapus|hoaks|hoax|apakah|benarkah|kok banyak|banyak iklan|min|saya|sy|tolong|mohon)\b/.test(
      plain,
    );
  if (words.length === 0 || strength < 3 || (asks && !isDisguised)) return undefined;
  return {
    kind: "spam",
    reasons: [
      `promosi: ${words.slice(0, 5).join(", ")}`,
      ...(isDisguised ? ["tulisan disamarkan"] : []),
      ...(hasLink ? ["ada tautan"] : []),
    ],
  };
}

/** The text as it would look without its disguise: "g4c0r" and "g a c o r" are gacor. */
function undisguise(text: string): string {
  const letters = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=[a-z])[013457@$]|[013457@$](?=[a-z])/g, (sign) => LEET[sign] ?? sign);
  return simplify(
    letters.replace(/\b(?:[a-z][\s._*-]+){3,}[a-z]\b/g, (spaced) => spaced.replace(/[\s._*-]+/g, "")),
  );
}

/** Nothing but insult: every word is one, or only dresses one. */
function findInsult(plain: string): Noise | undefined {
  const words = plain.split(" ").filter((word) => word !== "");
  const insults = words.filter(
    (word) => INSULTS.includes(word.replace(/(.)\1+/g, "$1")) || INSULTS.includes(word),
  );
  if (insults.length === 0) return undefined;
  const rest = words.filter((word) => !insults.includes(word) && !INSULT_FILLER.includes(word));
  return rest.length <= Math.floor(words.length / 5)
    ? { kind: "insult", reasons: [`hanya makian: ${[...new Set(insults)].slice(0, 3).join(", ")}`] }
    : undefined;
}

/** The same words from several people within the time that is handed in. */
function copies(plain: string, recent: readonly RecentText[]): Noise | undefined {
  const people = findCopies(plain, recent);
  return people === undefined
    ? undefined
    : { kind: "copies", reasons: [`hampir sama dengan pesan ${people} orang lain dalam satu jam terakhir`] };
}
