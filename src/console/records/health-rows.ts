/** Reads a health report as a person would: what is fine, what needs a look, what needs hands, and what to do. */
import type { StoreCounts } from "../../storage/port.js";
import type { SendingStop } from "../../vocabulary/delivery.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";

export interface HealthReport {
  mode: "page" | "simulator";
  store: "ok" | "failed";
  sending: "ok" | SendingStop;
  /** Absent when the store does not answer. */
  counts?: StoreCounts;
  library?: { intents: number; loadedAt: number; problems: string[] };
  /** Room on the disk of DATA_DIR; absent when it cannot be read. */
  freeBytes?: number;
  /** What Facebook says about the connection; absent in the simulator and before it was asked. */
  page?: {
    missingFields?: string[];
    token?: { isValid: boolean; expiresAt?: number };
  };
  /** The last backup that this program made. */
  lastBackupAt?: number;
  version: string;
  startedAt: number;
}

export interface HealthRow {
  name: string;
  state: "good" | "care" | "bad";
  value: string;
  meaning: string;
  /** Absent while all is good. */
  todo?: string;
}

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const GIGABYTE = 1e9;
/** Events are decided within a second; this long means something is stuck. */
const STUCK_MS = 120 * SECOND;
/** Codes of the authenticator count one step (30 s) early or late. */
const CLOCK_CARE_MS = 5 * SECOND;
const CLOCK_BAD_MS = 25 * SECOND;
const LATE_MS = 120 * SECOND;

const say = words.health.parts;

/** The rows of the page, in the order in which they matter. */
export function healthRows(report: HealthReport, { now, zone }: { now: number; zone: string }): HealthRow[] {
  return [
    storeRow(report),
    sendingRow(report),
    receivedRow(report, now, zone),
    ...(report.mode === "page" ? [fieldsRow(report), tokenRow(report, now, zone)] : []),
    decidingRow(report, now),
    ...outboxRows(report),
    libraryRow(report, zone),
    clockRow(report),
    diskRow(report),
    ...(report.mode === "page" ? [backupRow(report, now, zone)] : []),
    {
      name: say.program.name,
      state: "good",
      value: say.program.value(
        report.version,
        report.mode === "page" ? say.program.page : say.program.simulator,
        momentOf(report.startedAt, zone),
      ),
      meaning: say.program.meaning,
    },
  ];
}

function storeRow({ store }: HealthReport): HealthRow {
  const { name, meaning, good, bad, todo } = say.store;
  return store === "ok"
    ? { name, meaning, state: "good", value: good }
    : { name, meaning, state: "bad", value: bad, todo };
}

function sendingRow({ sending }: HealthReport): HealthRow {
  const { name, meaning, good, stopped, todo } = say.sending;
  return sending === "ok"
    ? { name, meaning, state: "good", value: good }
    : { name, meaning, state: "bad", value: stopped(sending.reason, sending.code), todo };
}

function receivedRow({ counts, mode }: HealthReport, now: number, zone: string): HealthRow {
  const { name, meaning, todo } = say.received;
  const at = counts?.lastEventAt;
  const value = at === undefined ? words.health.never : momentOf(at, zone);
  const isQuiet = mode === "page" && (at === undefined || now - at > DAY);
  return { name, meaning, value, ...(isQuiet ? { state: "care", todo } : { state: "good" }) };
}

/** Facebook sends only what the app has asked for. */
function fieldsRow({ page }: HealthReport): HealthRow {
  const { name, meaning, whole, missing, unknown, todo } = say.fields;
  const fields = page?.missingFields;
  if (fields === undefined) return { name, meaning, state: "good", value: unknown };
  return fields.length === 0
    ? { name, meaning, state: "good", value: whole }
    : { name, meaning, state: "bad", value: missing(fields.join(", ")), todo };
}

function tokenRow({ page }: HealthReport, now: number, zone: string): HealthRow {
  const { name, meaning, endless, until, invalid, unknown, todo } = say.token;
  const token = page?.token;
  if (token === undefined) return { name, meaning, state: "good", value: unknown };
  if (!token.isValid) return { name, meaning, state: "bad", value: invalid, todo };
  const { expiresAt } = token;
  if (expiresAt === undefined) return { name, meaning, state: "good", value: endless };
  const value = until(momentOf(expiresAt, zone));
  return expiresAt - now < 14 * DAY
    ? { name, meaning, state: "care", value, todo }
    : { name, meaning, state: "good", value };
}

function backupRow({ lastBackupAt }: HealthReport, now: number, zone: string): HealthRow {
  const { name, meaning, none, todo } = say.backup;
  if (lastBackupAt === undefined) return { name, meaning, state: "good", value: none };
  const value = momentOf(lastBackupAt, zone);
  return now - lastBackupAt > 8 * DAY
    ? { name, meaning, state: "care", value, todo }
    : { name, meaning, state: "good", value };
}

function decidingRow({ counts }: HealthReport, now: number): HealthRow {
  const { name, meaning, value, todo } = say.deciding;
  const isStuck = counts?.oldestWaitingAt !== undefined && now - counts.oldestWaitingAt > STUCK_MS;
  return {
    name,
    meaning,
    value: value(counts?.inboxWaiting ?? 0),
    ...(isStuck ? { state: "bad", todo } : { state: "good" }),
  };
}

function outboxRows({ counts }: HealthReport): HealthRow[] {
  const parked = counts?.parked ?? 0;
  return [
    {
      name: say.outbox.name,
      meaning: say.outbox.meaning,
      state: "good",
      value: say.outbox.value(counts?.outboxWaiting ?? 0),
    },
    {
      name: say.parked.name,
      meaning: say.parked.meaning,
      value: say.parked.value(parked),
      ...(parked > 0 ? { state: "care", todo: say.parked.todo } : { state: "good" }),
    },
  ];
}

function libraryRow({ library }: HealthReport, zone: string): HealthRow {
  const { name, meaning, value, missing, todo } = say.library;
  if (library === undefined) return { name, meaning, state: "bad", value: missing, todo };
  return {
    name,
    meaning,
    value: value(library.intents, momentOf(library.loadedAt, zone)),
    ...(library.problems.length > 0 ? { state: "care", todo } : { state: "good" }),
  };
}

/** Facebook stamps what it sends. Nothing can arrive before it was sent, and some of it arrives at once. */
function clockRow({ counts }: HealthReport): HealthRow {
  const { name, meaning, good, unknown, slow, fast, todo } = say.clock;
  const delay = counts?.leastDelayMs;
  if (delay === undefined) return { name, meaning, state: "good", value: unknown };
  const seconds = Math.round(Math.abs(delay) / SECOND);
  if (delay < -CLOCK_CARE_MS)
    return { name, meaning, state: delay < -CLOCK_BAD_MS ? "bad" : "care", value: slow(seconds), todo };
  return delay > LATE_MS
    ? { name, meaning, state: "care", value: fast(seconds), todo }
    : { name, meaning, state: "good", value: good };
}

function diskRow({ freeBytes }: HealthReport): HealthRow {
  const { name, meaning, value, unknown, todo } = say.disk;
  if (freeBytes === undefined) return { name, meaning, state: "care", value: unknown, todo };
  const gigabytes = freeBytes / GIGABYTE;
  const shown = value(gigabytes.toLocaleString(words.lang, { maximumFractionDigits: 1 }));
  return gigabytes >= 1
    ? { name, meaning, state: "good", value: shown }
    : { name, meaning, state: gigabytes < 0.2 ? "bad" : "care", value: shown, todo };
}
