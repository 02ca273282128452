/** The page that shows when staff answer, when offices are open, and the holidays, as they stand in the records. */
import { DateTime } from "luxon";
import { DAYS, readWeek, type Span } from "../../intents/hours.js";
import type { Records } from "../../intents/library.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { words } from "../words/words.js";
import { SettingsHead } from "./settings-head.js";

export interface HoursPageParts {
  staff: StaffMember;
  records: Records | undefined;
  zone: string;
  now: number;
}

export function hoursPage({ staff, records, zone, now }: HoursPageParts): string {
  const say = words.hours;
  return consolePage({
    title: say.title,
    staff,
    active: "settings",
    body: (
      <>
        <SettingsHead staff={staff} current="/settings/hours" />
        {records === undefined ? (
          <p class="notice care">{say.notLoaded}</p>
        ) : (
          <Hours records={records} today={DateTime.fromMillis(now, { zone }).toISODate() ?? ""} />
        )}
      </>
    ),
  });
}

function Hours({ records, today }: { records: Records; today: string }) {
  const say = words.hours;
  const { hours, agencies } = records;
  return (
    <>
      <p class="quiet">{say.source}</p>
      <WeekCard title={say.officers} hours={hours.petugas} />
      <WeekCard title={say.offices} hours={hours.umum} />
      <section class="card">
        <h2>{say.agencies}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.agency}</th>
              <th scope="col">{say.open}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(hours.dinas ?? {}).map(([id, written]) => (
              <tr key={id}>
                <th scope="row">{agencies[id]?.nama ?? id}</th>
                <td>
                  {Object.entries(written).map(([days, spans]) => (
                    <div key={days}>
                      {capital(days)}: {spans}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="card">
        <h2>{say.holidays}</h2>
        {Object.keys(hours.libur).length === 0 ? (
          <p>{say.noHolidays}</p>
        ) : (
          <table>
            <tbody>
              {Object.entries(hours.libur)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([day, name]) => (
                  <tr key={day} class={day < today ? "quiet" : undefined}>
                    <th scope="row">{longDate(day)}</th>
                    <td>
                      {name} {day < today ? <span class="tag">{say.past}</span> : null}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

function WeekCard({ title, hours }: { title: string; hours: Record<string, string> }) {
  const week = readWeek(hours);
  return (
    <section class="card">
      <h2>{title}</h2>
      <table>
        <tbody>
          {DAYS.map((day, index) => (
            <tr key={day}>
              <th scope="row">{capital(day)}</th>
              <td>{spansOf(week?.[index] ?? [])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function capital(day: string): string {
  return day.slice(0, 1).toUpperCase() + day.slice(1);
}

function spansOf(spans: Span[]): string {
  return spans.length === 0
    ? words.hours.closed
    : spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(", ");
}

function clock(minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}.${two(minutes % 60)}`;
}

function longDate(day: string): string {
  return DateTime.fromISO(day, { locale: words.lang }).toFormat("cccc, d LLLL yyyy");
}
