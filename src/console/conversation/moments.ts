/** Moments that staff name instead of dating them: "besok pagi" in the city's time. */
import { DateTime } from "luxon";

const NAMES = ["hour", "afternoon", "tomorrow", "monday"] as const;

/** The moment in milliseconds, always in the future; undefined for a name on no list. */
export function momentNamed(name: string, now: number, zone: string): number | undefined {
  const here = DateTime.fromMillis(now, { zone });
  const at = (hour: number, from: DateTime): DateTime =>
    from.set({ hour, minute: 0, second: 0, millisecond: 0 });
  switch (NAMES.find((each) => each === name)) {
    case "hour":
      return now + 60 * 60 * 1000;
    case "afternoon": {
      const today = at(16, here);
      return (today.toMillis() > now ? today : today.plus({ days: 1 })).toMillis();
    }
    case "tomorrow":
      return at(8, here.plus({ days: 1 })).toMillis();
    case "monday": {
      const days = ((8 - here.weekday) % 7) + (here.weekday === 1 ? 7 : 0);
      return at(8, here.plus({ days })).toMillis();
    }
    case undefined:
      return undefined;
  }
}
