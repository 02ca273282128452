/** Working days of the city, and days as people say them. */
import { DateTime } from "luxon";
import { calendarOf, dayAndMonth, worksOn, type Calendar } from "./opening-hours.js";
import type { Records } from "../intents/library.js";

const FURTHEST_DAYS = 120;

/** The day (2026-12-01) that lies so many working days of an agency after this moment; weekends and holidays do not count. */
export function workingDaysAfter(calendar: Calendar, now: number, days: number): string {
  let day = DateTime.fromMillis(now, { zone: calendar.zone }).startOf("day");
  let left = days;
  for (let ahead = 0; left > 0 && ahead < FURTHEST_DAYS; ahead += 1) {
    day = day.plus({ days: 1 });
    if (worksOn(calendar, day)) left -= 1;
  }
  return day.toISODate() ?? "";
}

/** The promised day of the next contact: working days as the offices keep them. */
export const contactDay = (records: Records, zone: string, now: number, days: number): string =>
  workingDaysAfter(calendarOf("petugas", records, zone), now, days);

/** "Senin 30 November"; with the year when it is another one. */
export function dayInWords(
  day: string,
  now: number,
  zone: string,
  { hours }: Pick<Records, "hours">,
): string {
  const date = DateTime.fromISO(day, { zone });
  if (!date.isValid) return day;
  const isThisYear = date.year === DateTime.fromMillis(now, { zone }).year;
  const name = hours.kalimat.hari[date.weekday - 1] ?? "";
  return `${name} ${dayAndMonth(date, hours.kalimat)}${isThisYear ? "" : ` ${date.year}`}`;
}
