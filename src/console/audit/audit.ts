/** Reading, checking and exporting the audit log. Nothing here can change it, except that an export is a line of its own. */
import type { Request, RequestHandler, Response } from "express";
import { DateTime } from "luxon";
import { verifyChain } from "../../storage/audit-chain.js";
import type { AuditRow } from "../../vocabulary/audit.js";
import { refuse, staffOf, type GuardParts } from "../access/guard.js";
import { addressOf } from "../access/transport.js";
import { readForm } from "../form.js";
import { words } from "../words/words.js";
import { auditPage, describeDetail } from "./audit-page.js";
import { csvLine } from "./csv.js";
import { filterOf, readAuditQuestion, type AuditQuestion } from "./filter.js";

export interface AuditParts extends GuardParts {
  zone: string;
}

const PAGE = 50;
const PORTION = 500;

/** The handlers of the log's routes. */
export function auditHandlers(
  parts: AuditParts,
): Record<"GET /records/audit" | "POST /records/audit/export", RequestHandler | RequestHandler[]> {
  return {
    "GET /records/audit": (request, response) =>
      withQuestion(parts, request, response, request.query, (question) =>
        show(parts, response, question, request.query.check === "1"),
      ),
    "POST /records/audit/export": [
      readForm,
      (request, response) =>
        withQuestion(parts, request, response, request.body, (question) =>
          exportLog(parts, request, response, question),
        ),
    ],
  };
}

async function withQuestion(
  parts: AuditParts,
  request: Request,
  response: Response,
  values: unknown,
  then: (question: AuditQuestion) => Promise<void>,
): Promise<void> {
  const people = await parts.access.allStaff();
  const question = readAuditQuestion(
    values ?? {},
    people.map(({ id }) => id),
  );
  if (question === undefined) refuse(request, response, { status: 400, ...words.refused.badValue });
  else await then(question);
}

async function show(
  parts: AuditParts,
  response: Response,
  question: AuditQuestion,
  isChecked: boolean,
): Promise<void> {
  const { access, audit, zone } = parts;
  const found = await audit.find(filterOf(question, zone), PAGE + 1);
  const rows = found.slice(0, PAGE);
  response.type("html").send(
    auditPage({
      staff: staffOf(response),
      rows,
      people: await access.allStaff(),
      question,
      older: found.length > PAGE ? rows.at(-1)?.sequence : undefined,
      verdict: isChecked ? await verifyChain((after, limit) => audit.after(after, limit)) : undefined,
      zone,
    }),
  );
}

/** Oldest line last, as on the page; in portions, so that a long log does not fill the memory. */
async function exportLog(
  parts: AuditParts,
  request: Request,
  response: Response,
  question: AuditQuestion,
): Promise<void> {
  const { audit, zone, now } = parts;
  const { id, name } = staffOf(response);
  await audit.append({ action: "audit-exported", staff: { id, name }, address: addressOf(request) }, now());
  const day = DateTime.fromMillis(now(), { zone }).toISODate() ?? "";
  response.type("text/csv").attachment(`catatan-kegiatan-${day}.csv`);
  // The mark by which spreadsheets know UTF-8.
  response.write(`\uFEFF${csvLine(Object.values(words.audit.columns))}`);
  const filter = filterOf({ ...question, before: "" }, zone);
  for (let before: number | undefined; ;) {
    const rows = await audit.find({ ...filter, before }, PORTION);
    response.write(rows.map((row) => csvLine(cellsOf(row, zone))).join(""));
    before = rows.at(-1)?.sequence;
    if (rows.length < PORTION) break;
  }
  response.end();
}

function cellsOf(row: AuditRow, zone: string): (string | number)[] {
  return [
    row.sequence,
    DateTime.fromMillis(row.at, { zone }).toISO() ?? "",
    row.staff?.name ?? words.audit.program,
    row.staff?.id ?? "",
    words.audit.actions[row.action],
    row.object ?? "",
    describeDetail(row),
    row.address ?? "",
    row.previousHash,
    row.hash,
  ];
}
