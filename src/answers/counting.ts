/** Counts what a citizen was told today, so that the next wording is used the next time. */

/** Counts by name for one city day; another day starts from nothing. */
export interface DayCount {
  day: string;
  times: Record<string, number>;
}

/** How often `name` was counted on that day. */
export function timesToday(count: DayCount | undefined, day: string, name: string): number {
  return count?.day === day ? (count.times[name] ?? 0) : 0;
}

/** The counts after one more `name`. */
export function countOneMore(count: DayCount | undefined, day: string, name: string): DayCount {
  const times = count?.day === day ? count.times : {};
  return { day, times: { ...times, [name]: timesToday(count, day, name) + 1 } };
}
