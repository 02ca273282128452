/** Which day it is in the city. */

const formats = new Map<string, Intl.DateTimeFormat>();
/** The day of the last minute asked about, for each zone: a day never changes within a minute. */
const lastDays = new Map<string, { minute: number; day: string }>();

/** The city's date as 2026-01-31. `now` in milliseconds; `zone` is an IANA name such as Asia/Jakarta. */
export function cityDay(now: number, zone: string): string {
  const minute = Math.floor(now / 60_000);
  const last = lastDays.get(zone);
  if (last?.minute === minute) return last.day;
  const day = formatOf(zone).format(now);
  lastDays.set(zone, { minute, day });
  return day;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  // The Canadian form of a date is the ISO form.
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(zone, format);
  return format;
}
