/** The placeholders a text may hold, and what they stand for. */
import type { Records } from "./library.js";

/** Replaced by something that depends on the moment or on what the citizen wrote. */
export const MOMENTS = ["waktu", "balas_salam", "jam_petugas", "kapan_dijawab"] as const;

/** Of an agency: what its record holds, and two that come from the opening hours. */
export const AGENCY_PARTS = [
  "nama",
  "singkatan",
  "alamat",
  "telepon",
  "whatsapp",
  "situs",
  "layanan_daring",
  "jam",
  "buka",
] as const;

/** `{…}` in a text: the name inside, and where it begins. */
export const PLACEHOLDER = /\{([^{}\n]*)\}/g;

export type Meaning =
  | { kind: "moment"; name: (typeof MOMENTS)[number] }
  | { kind: "city"; key: string }
  | { kind: "agency"; agency: string; part: string }
  | { kind: "emergency"; id: string }
  | { kind: "fact"; id: string };

/** What a placeholder means in a text of this agency; undefined when it means nothing. */
export function meaningOf(name: string, agency: string, records: Records): Meaning | undefined {
  const moment = MOMENTS.find((each) => each === name);
  if (moment !== undefined) return { kind: "moment", name: moment };
  const [first = "", second, ...more] = name.split(".");
  if (more.length > 0) return undefined;
  if (first === "kota") return cityMeaning(second, records);
  if (first === "darurat")
    return second !== undefined && second in records.emergency.nomor
      ? { kind: "emergency", id: second }
      : undefined;
  if (first === "fakta")
    return second !== undefined && second in records.facts ? { kind: "fact", id: second } : undefined;
  const id = first === "dinas" ? agency : first;
  return agencyMeaning(id, second ?? "nama", records);
}

function cityMeaning(key: string | undefined, { city }: Records): Meaning | undefined {
  const wanted = key ?? "nama";
  return wanted in city ? { kind: "city", key: wanted } : undefined;
}

function agencyMeaning(agency: string, part: string, { agencies }: Records): Meaning | undefined {
  const record = agencies[agency];
  if (record === undefined || !AGENCY_PARTS.some((each) => each === part)) return undefined;
  return part === "jam" || part === "buka" || part in record ? { kind: "agency", agency, part } : undefined;
}

/** A "{" that is never closed, or a "}" that was never opened: its position in the text. */
export function findLooseBrace(text: string): number | undefined {
  const rest = text.replace(PLACEHOLDER, (match) => " ".repeat(match.length));
  const at = rest.search(/[{}]/);
  return at < 0 ? undefined : at;
}
