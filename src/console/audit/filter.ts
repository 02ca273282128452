/** What part of the audit log is asked for: dates, a person, an action. Values that are in no list are refused. */
import { DateTime } from "luxon";
import type { AuditFilter } from "../../storage/access-port.js";
import { AUDIT_ACTIONS } from "../../vocabulary/audit.js";

/** The filter as it stands in the address; empty texts ask for nothing. */
export interface AuditQuestion {
  from: string;
  until: string;
  staff: string;
  action: string;
  before: string;
}

/** The question in an address or a form; undefined when a value comes twice or is none of ours. */
export function readAuditQuestion(values: unknown, knownStaff: readonly string[]): AuditQuestion | undefined {
  const read = (name: string): string | undefined => {
    const value: unknown =
      typeof values === "object" && values !== null && Object.hasOwn(values, name)
        ? Reflect.get(values, name)
        : "";
    return typeof value === "string" ? value : undefined;
  };
  const [from, until, staff, action, before] = [
    read("from"),
    read("until"),
    read("staff"),
    read("action"),
    read("before"),
  ];
  if (from === undefined || until === undefined || staff === undefined) return undefined;
  if (action === undefined || before === undefined) return undefined;
  const isFine =
    [from, until].every((day) => day === "" || isDay(day)) &&
    (staff === "" || knownStaff.includes(staff)) &&
    (action === "" || AUDIT_ACTIONS.some((each) => each === action)) &&
    /^\d{0,15}$/.test(before);
  return isFine ? { from, until, staff, action, before } : undefined;
}

/** What the store is asked. Both days count whole, in the city's zone. */
export function filterOf(question: AuditQuestion, zone: string): AuditFilter {
  const { from, until, staff, action, before } = question;
  return {
    from: from === "" ? undefined : DateTime.fromISO(from, { zone }).toMillis(),
    until: until === "" ? undefined : DateTime.fromISO(until, { zone }).plus({ days: 1 }).toMillis(),
    staff: staff === "" ? undefined : staff,
    action: AUDIT_ACTIONS.find((each) => each === action),
    before: before === "" ? undefined : Number(before),
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;
}
