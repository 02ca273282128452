/** The page that says how the server is, and what to do where it is not well. */
import type { StaffMember } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import type { HealthRow } from "./health-rows.js";
import { RecordsHead } from "./records-head.js";

export interface HealthPageParts {
  staff: StaffMember;
  rows: HealthRow[];
  zone: string;
  now: number;
}

const COLOURS = { good: "green", care: "amber", bad: "red" } as const;

export function healthPage({ staff, rows, zone, now }: HealthPageParts): string {
  const say = words.health;
  const trouble = rows.filter((row) => row.state !== "good").length;
  return consolePage({
    title: say.title,
    staff,
    active: "records",
    body: (
      <>
        <RecordsHead staff={staff} current="/records/health" />
        <p class={trouble === 0 ? "notice" : "notice care"}>
          {trouble === 0 ? say.allGood : say.trouble(trouble)} {say.at(momentOf(now, zone))}
        </p>
        <ul class="card health">
          {rows.map((row) => (
            <li key={row.name}>
              <h2>
                {row.name} <span class={`tag ${COLOURS[row.state]}`}>{say.states[row.state]}</span>
              </h2>
              <p>{row.value}</p>
              <p class="quiet small">{row.meaning}</p>
              {row.todo === undefined ? null : (
                <p>
                  <strong>{say.todo}:</strong> {row.todo}
                </p>
              )}
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** What is wrong in the library's files, as the loader reports it. */
export function libraryPage({ staff, problems }: { staff: StaffMember; problems: string[] }): string {
  const say = words.libraryProblems;
  return consolePage({
    title: say.title,
    staff,
    active: "records",
    body: (
      <>
        <RecordsHead staff={staff} current="/records/library" />
        {problems.length === 0 ? (
          <p class="notice">{say.none}</p>
        ) : (
          <>
            <p class="notice care">{say.some}</p>
            <p class="quiet">{say.how}</p>
            <ul class="card problems">
              {problems.map((line) => (
                <li key={line} class="code">
                  {line}
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  });
}
