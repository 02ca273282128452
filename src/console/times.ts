/** Moments as staff read them: 14.05, 23 November 2026, with the city's zone. */
import { DateTime } from "luxon";
import { words } from "./words/words.js";

const ZONES: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
};

/** "14.05" */
export function timeOf(at: number, zone: string): string {
  return inZone(at, zone).toFormat("HH.mm");
}

/** "23 November 2026" */
export function dateOf(at: number, zone: string): string {
  return inZone(at, zone).toFormat("d LLLL yyyy");
}

/** "Senin, 23 November 2026" */
export function dayOf(at: number, zone: string): string {
  return inZone(at, zone).toFormat("cccc, d LLLL yyyy");
}

/** "23 November 2026, 14.05 WIB" */
export function momentOf(at: number, zone: string): string {
  return `${dateOf(at, zone)}, ${timeOf(at, zone)} ${zoneName(zone)}`;
}

/** WIB, WITA or WIT; the zone's own name elsewhere. */
export function zoneName(zone: string): string {
  return ZONES[zone] ?? zone;
}

function inZone(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone, locale: words.lang });
}
