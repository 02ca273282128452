/** The page of the audit log: who did what, when, from where; whether the log is whole; and its export. */
import { AUDIT_ACTIONS, type AuditRow } from "../../vocabulary/audit.js";
import type { StaffMember, StaffRecord } from "../../vocabulary/staff.js";
import type { ChainVerdict } from "../../storage/audit-chain.js";
import { consolePage } from "../layout.js";
import { RecordsHead } from "../records/records-head.js";
import { dateOf, timeOf } from "../times.js";
import { words } from "../words/words.js";
import type { AuditQuestion } from "./filter.js";

export interface AuditPageParts {
  staff: StaffMember;
  rows: AuditRow[];
  people: StaffRecord[];
  question: AuditQuestion;
  /** Where the next page begins; absent on the last one. */
  older?: number;
  verdict?: ChainVerdict;
  zone: string;
}

export function auditPage(parts: AuditPageParts): string {
  const { staff, rows, question, older } = parts;
  const say = words.audit;
  return consolePage({
    title: say.title,
    staff,
    active: "records",
    shape: "wide",
    body: (
      <>
        <RecordsHead staff={staff} current="/records/audit" />
        <Verdict verdict={parts.verdict} />
        <Filter parts={parts} />
        {rows.length === 0 ? (
          <p class="quiet">{say.empty}</p>
        ) : (
          <ol class="card log">
            {rows.map((row) => (
              <Line key={row.sequence} row={row} parts={parts} />
            ))}
          </ol>
        )}
        <p class="actions">
          {question.before === "" ? null : <a href={addressOf({ ...question, before: "" })}>{say.newest}</a>}
          {older === undefined ? null : (
            <a href={addressOf({ ...question, before: String(older) })}>{say.older}</a>
          )}
        </p>
      </>
    ),
  });
}

function Verdict({ verdict }: { verdict: ChainVerdict | undefined }) {
  if (verdict === undefined) return null;
  return verdict.isWhole ? (
    <p class="notice" role="status">
      {words.audit.whole(verdict.rows, verdict.lastHash)}
    </p>
  ) : (
    <p class="notice bad" role="alert">
      {words.audit.broken(verdict.brokenAt)}
    </p>
  );
}

function Filter({ parts }: { parts: AuditPageParts }) {
  const { question, people } = parts;
  const say = words.audit;
  return (
    <form class="card filter" method="get" action="/console/records/audit">
      <div class="field">
        <label for="from">{say.from}</label>
        <input id="from" name="from" type="date" value={question.from} />
      </div>
      <div class="field">
        <label for="until">{say.until}</label>
        <input id="until" name="until" type="date" value={question.until} />
      </div>
      <div class="field">
        <label for="staff">{say.who}</label>
        <select id="staff" name="staff">
          <option value="">{say.everybody}</option>
          {people.map(({ id, name, login }) => (
            <option key={id} value={id} selected={question.staff === id}>
              {`${name} (${login})`}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="action">{say.what}</label>
        <select id="action" name="action">
          <option value="">{say.everything}</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action} selected={question.action === action}>
              {say.actions[action]}
            </option>
          ))}
        </select>
      </div>
      <p class="actions">
        <button type="submit" class="main">
          {say.filter}
        </button>
        <button type="submit" name="check" value="1">
          {say.check}
        </button>
        <button type="submit" formmethod="post" formaction="/console/records/audit/export">
          {say.export}
        </button>
      </p>
    </form>
  );
}

function Line({ row, parts }: { row: AuditRow; parts: AuditPageParts }) {
  const say = words.audit;
  const about = [describeDetail(row), row.address === undefined ? "" : say.address(row.address)];
  return (
    <li>
      <span class="quiet small when">
        {dateOf(row.at, parts.zone)}, {timeOf(row.at, parts.zone)}
      </span>
      <span>
        <strong>{row.staff?.name ?? say.program}</strong> · {say.actions[row.action]}
        <span class="quiet small about">{about.filter((part) => part !== "").join(" · ")}</span>
      </span>
      <span class="quiet small number">#{row.sequence}</span>
    </li>
  );
}

/** "nama Sari, peran Petugas": what the line holds besides, in words. */
export function describeDetail(row: AuditRow): string {
  const say = words.audit;
  return Object.entries(row.detail ?? {})
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${say.details[key] ?? key}: ${inWords(key, value)}`)
    .join(", ");
}

function inWords(key: string, value: string): string {
  switch (key) {
    case "roles":
      return value
        .split(" ")
        .map((role) => (words.roles as Record<string, string>)[role] ?? role)
        .join(", ");
    case "with":
      return words.audit.withs[value] ?? value;
    case "demo":
      return words.audit.yes;
    default:
      return value;
  }
}

function addressOf(question: AuditQuestion): string {
  const asked = Object.entries(question).filter(([, value]) => value !== "");
  return `/console/records/audit?${new URLSearchParams(asked).toString()}`;
}
