/** Is a counter open, when does it open next, and how to say so. */
import { DateTime } from "luxon";
import { DAYS, readWeek, type Span, type Week } from "../intents/hours.js";
import type { HoursFile } from "../intents/format.js";
import type { Records } from "../intents/library.js";

/** A week of opening hours in the city's zone, with the holidays of the calendar. */
export interface Calendar {
  week: Week;
  /** 2026-12-25 → its name. */
  holidays: Record<string, string>;
  /** IANA name, such as Asia/Jakarta. */
  zone: string;
  /** How all this is said. */
  words: HoursFile["kalimat"];
}

/** Nobody is told about an opening that is further away. */
const DAYS_AHEAD = 21;

/** Calendars of a library, by agency and zone: its hours are read once, not with every answer. */
const calendars = new WeakMap<Records, Map<string, Calendar>>();

/** The calendar of an agency; that of all agencies when it has none of its own. `petugas` is the staff who read messages. */
export function calendarOf(agency: string, records: Records, zone: string): Calendar {
  const known = calendars.get(records) ?? new Map<string, Calendar>();
  calendars.set(records, known);
  const key = `${agency} ${zone}`;
  const calendar = known.get(key) ?? readCalendar(agency, records, zone);
  known.set(key, calendar);
  return calendar;
}

function readCalendar(agency: string, { hours }: Records, zone: string): Calendar {
  const text = agency === "petugas" ? hours.petugas : (hours.dinas?.[agency] ?? hours.umum);
  return { week: readWeek(text) ?? DAYS.map(() => []), holidays: hours.libur, zone, words: hours.kalimat };
}

/** The spans of the day that `moment` falls on; none on a holiday. A counter that never closes has no holidays. */
function spansOn(calendar: Calendar, moment: DateTime): Span[] {
  const spans = calendar.week[moment.weekday - 1] ?? [];
  return !isAlways(calendar) && holidayOn(calendar, moment) !== undefined ? [] : spans;
}

/** True for a counter that never closes. */
function isAlways({ week }: Calendar): boolean {
  return week.every((day) => day.length === 1 && day[0]?.from === 0 && day[0].to === 1440);
}

function holidayOn(calendar: Calendar, moment: DateTime): string | undefined {
  return calendar.holidays[moment.toISODate() ?? ""];
}

/** True when there is work on the day that `moment` falls on. */
export const worksOn = (calendar: Calendar, moment: DateTime): boolean =>
  spansOn(calendar, moment).length > 0;

/** True while it is open. */
export function isOpen(calendar: Calendar, now: number): boolean {
  const moment = DateTime.fromMillis(now, { zone: calendar.zone });
  const minute = moment.hour * 60 + moment.minute;
  return spansOn(calendar, moment).some(({ from, to }) => from <= minute && minute < to);
}

/** When it closes next if it is open (lunch breaks are not closing time), else undefined. */
export function closesAt(calendar: Calendar, now: number): number | undefined {
  const moment = DateTime.fromMillis(now, { zone: calendar.zone });
  const last = spansOn(calendar, moment).at(-1);
  return last !== undefined && moment.hour * 60 + moment.minute < last.to ? last.to : undefined;
}

/** The next moment it opens, later than `now`: the day and the minute of it. */
export function nextOpening(calendar: Calendar, now: number): { day: DateTime; minute: number } | undefined {
  const moment = DateTime.fromMillis(now, { zone: calendar.zone });
  const minute = moment.hour * 60 + moment.minute;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = moment.startOf("day").plus({ days: ahead });
    const span = spansOn(calendar, day).find(({ from }) => ahead > 0 || from > minute);
    if (span !== undefined) return { day, minute: span.from };
  }
  return undefined;
}

/** "Senin–Kamis 08.00–15.00, Jumat 08.00–11.30." */
export function hoursSentence({ week, words }: Calendar): string {
  const groups: { from: number; to: number; text: string }[] = [];
  week.forEach((spans, day) => {
    const text = spans.map((span) => `${clock(span.from)}–${clock(span.to)}`).join(` ${words.dan} `);
    const last = groups.at(-1);
    if (last !== undefined && last.to === day - 1 && last.text === text) last.to = day;
    else groups.push({ from: day, to: day, text });
  });
  const open = groups.filter(({ text }) => text !== "");
  if (open.length === 0) return words.belum_ada;
  if (open.length === 1 && open[0]?.from === 0 && open[0].to === 6)
    return open[0].text === "00.00–24.00"
      ? words.sehari_penuh
      : say(words.setiap_hari, { jam: open[0].text });
  const name = (day: number): string => words.hari[day] ?? "";
  return `${open.map(({ from, to, text }) => `${name(from)}${to > from ? `–${name(to)}` : ""} ${text}`).join(", ")}.`;
}

/** "Hari ini buka sampai pukul 15.00." or "Sekarang tutup. Buka lagi Senin pukul 08.00." */
export function openSentence(calendar: Calendar, now: number): string {
  const { words } = calendar;
  const moment = DateTime.fromMillis(now, { zone: calendar.zone });
  const closing = closesAt(calendar, now);
  if (isOpen(calendar, now))
    return isAlways(calendar) ? words.buka_selalu : say(words.buka, { jam: clock(closing ?? 0) });
  const holiday = holidayOn(calendar, moment);
  const reason = holiday === undefined ? words.tutup : say(words.libur, { libur: holiday });
  const next = nextOpening(calendar, now);
  if (next === undefined) return reason;
  const again = { hari: dayName(moment, next.day, words), jam: clock(next.minute) };
  return `${reason} ${say(words.buka_lagi, again)}`;
}

const say = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

/** The last sentence about each calendar: it changes with the minute, not with the citizen. */
const lastAnswered = new WeakMap<Calendar, { minute: number; text: string }>();

/** When staff will read it: "hari ini sebelum pukul 16.00" or "Senin mulai pukul 08.00". Fits after "akan dijawab petugas". */
export function whenAnswered(calendar: Calendar, now: number): string {
  const minute = Math.floor(now / 60_000);
  const last = lastAnswered.get(calendar);
  if (last?.minute === minute) return last.text;
  const text = answeredAt(calendar, now);
  lastAnswered.set(calendar, { minute, text });
  return text;
}

function answeredAt(calendar: Calendar, now: number): string {
  const { words } = calendar;
  const moment = DateTime.fromMillis(now, { zone: calendar.zone });
  const closing = closesAt(calendar, now);
  if (isOpen(calendar, now) && closing !== undefined)
    return isAlways(calendar) ? words.dibaca_segera : say(words.dibaca_hari_ini, { jam: clock(closing) });
  const next = nextOpening(calendar, now);
  return next === undefined
    ? words.dibaca_entah
    : say(words.dibaca_nanti, { hari: dayName(moment, next.day, words), jam: clock(next.minute) });
}

/** "hari ini", "besok", "Senin", or "Senin 4 Januari" when a week or more away. */
function dayName(today: DateTime, day: DateTime, words: Calendar["words"]): string {
  const days = Math.round(day.diff(today.startOf("day"), "days").days);
  if (days === 0) return words.hari_ini;
  const name = words.hari[day.weekday - 1] ?? "";
  if (days === 1) return say(words.besok, { hari: name });
  return days < 7 ? name : `${name} ${dayAndMonth(day, words)}`;
}

/** "4 Januari". */
export const dayAndMonth = (day: DateTime, { bulan }: Pick<Calendar["words"], "bulan">): string =>
  `${day.day} ${bulan[day.month - 1] ?? day.month}`;

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}.${String(minute % 60).padStart(2, "0")}`;
}
