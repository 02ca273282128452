/** Lengths of time as staff read them: "4 mnt", "22 j", "1 jam 48 menit", "23.56". */
import { words } from "./words/words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** For rows: "4 mnt", "22 j", "3 h". */
export function shortDuration(ms: number): string {
  const { units } = words.desk;
  if (ms < HOUR) return `${Math.max(0, Math.floor(ms / MINUTE))} ${units.minute}`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} ${units.hour}`;
  return `${Math.floor(ms / DAY)} ${units.day}`;
}

/** In full: "1 jam 48 menit". */
export function longDuration(ms: number): string {
  const { units } = words.desk;
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 60) return `${minutes} ${units.minuteLong}`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} ${units.dayLong}`;
  return minutes % 60 === 0
    ? `${hours} ${units.hourLong}`
    : `${hours} ${units.hourLong} ${minutes % 60} ${units.minuteLong}`;
}

/** As a clock, hours and minutes: "23.56". */
export function clockDuration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  return `${Math.floor(minutes / 60)}.${String(minutes % 60).padStart(2, "0")}`;
}
