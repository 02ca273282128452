/** Opening hours as people write them ("senin-kamis: 08.00-11.30, 13.00-16.00"), as values. */
import type { HoursFile } from "./format.js";
import type { Records } from "./library.js";
import type { Problem } from "./problems.js";
import type { ReadFile } from "./read-yaml.js";

export const DAYS = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"] as const;

/** Minutes since midnight. */
export interface Span {
  from: number;
  to: number;
}

/** Monday first: the spans in which it is open. */
export type Week = Span[][];

/** Reads the hours of a week. A day that is not named is closed. Undefined when a part cannot be read. */
export function readWeek(hours: Record<string, string>): Week | undefined {
  const week: Week = DAYS.map(() => []);
  for (const [days, spans] of Object.entries(hours)) {
    const range = readDays(days);
    const open = readSpans(spans);
    if (range === undefined || open === undefined) return undefined;
    for (const day of range) week[day] = open;
  }
  return week;
}

function readDays(text: string): number[] | undefined {
  const lower = text.toLowerCase().trim();
  if (lower === "setiap hari") return DAYS.map((_, index) => index);
  const [first, last, ...more] = lower
    .split(/\s*[-–]\s*/)
    .map((name) => DAYS.findIndex((day) => day === name));
  if (first === undefined || first < 0 || more.length > 0) return undefined;
  if (last === undefined) return [first];
  return last < first ? undefined : DAYS.map((_, index) => index).slice(first, last + 1);
}

function readSpans(text: string): Span[] | undefined {
  const lower = text.toLowerCase().trim();
  if (lower === "tutup") return [];
  if (lower === "24 jam") return [{ from: 0, to: 24 * 60 }];
  const spans = lower.split(/\s*,\s*/).map(readSpan);
  const read = spans.filter((span) => span !== undefined);
  return read.length === spans.length ? read.sort((a, b) => a.from - b.from) : undefined;
}

function readSpan(text: string): Span | undefined {
  const match = /^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  return fromMinute < 60 && toMinute < 60 && to <= 24 * 60 && from < to ? { from, to } : undefined;
}

const HOW = "Tulis misalnya: senin-kamis: 08.00-11.30, 13.00-16.00, atau tutup, atau 24 jam.";

/** What cannot be read in `_jam.yaml`, and hours of agencies that do not exist. */
export function hoursProblems(file: ReadFile<HoursFile>, records: Records): Problem[] {
  const { petugas, umum, dinas } = file.content;
  const weeks = [
    { path: ["petugas"], hours: petugas },
    { path: ["umum"], hours: umum },
    ...Object.entries(dinas ?? {}).map(([id, hours]) => ({ path: ["dinas", id], hours })),
  ];
  return [
    ...weeks.flatMap(({ path, hours }) =>
      Object.entries(hours)
        .filter(([days, spans]) => readWeek({ [days]: spans }) === undefined)
        .map(([days]) => file.atKey([...path, days], `Jam ini tidak terbaca. ${HOW}`)),
    ),
    ...Object.keys(dinas ?? {})
      .filter((id) => !(id in records.agencies))
      .map((id) => file.atKey(["dinas", id], `Dinas "${id}" tidak ada di _dinas.yaml.`)),
  ];
}
