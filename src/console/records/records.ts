/** The screen "Catatan & Kesehatan": health, parked replies, problems of the library. The audit log stands beside it. */
import type { Request, RequestHandler, Response } from "express";
import type { Store } from "../../storage/port.js";
import { maskPersonal } from "../../triage/mask.js";
import { staffOf, type GuardParts } from "../access/guard.js";
import { mayDo } from "../access/rights.js";
import { addressOf } from "../access/transport.js";
import { formOf, readForm } from "../form.js";
import { tabsFor } from "../tabs.js";
import { words } from "../words/words.js";
import { healthPage, libraryPage } from "./health-page.js";
import { healthRows, type HealthReport } from "./health-rows.js";
import { parkedPage } from "./parked-page.js";
import { RECORDS_TABS } from "./tabs.js";

export interface RecordsParts extends GuardParts {
  store: Pick<Store, "parked">;
  health: () => Promise<HealthReport>;
  /** Puts a parked reply back on its way; false when it is not parked any more. */
  retryParked: (key: string) => Promise<boolean>;
  zone: string;
}

const MOST_SHOWN = 100;

type Routes =
  | "GET /records"
  | "GET /records/health"
  | "GET /records/library"
  | "GET /records/parked"
  | "POST /records/parked";

/** The handlers of the screen's routes, except those of the audit log. */
export function recordsHandlers(parts: RecordsParts): Record<Routes, RequestHandler | RequestHandler[]> {
  const { zone, now, health } = parts;
  return {
    "GET /records": (_request, response) =>
      response.redirect(303, `/console${tabsFor(staffOf(response), RECORDS_TABS)[0]?.path ?? ""}`),
    "GET /records/health": async (_request, response) => {
      const rows = healthRows(await health(), { now: now(), zone });
      response.type("html").send(healthPage({ staff: staffOf(response), rows, zone, now: now() }));
    },
    "GET /records/library": async (_request, response) => {
      const problems = (await health()).library?.problems ?? [];
      response.type("html").send(libraryPage({ staff: staffOf(response), problems }));
    },
    "GET /records/parked": (request, response) =>
      showParked(parts, response, { notice: request.query.done === "1" ? words.parked.retried : undefined }),
    "POST /records/parked": [readForm, (request, response) => retry(parts, request, response)],
  };
}

async function showParked(
  parts: RecordsParts,
  response: Response,
  said: { notice?: string; error?: string },
): Promise<void> {
  const staff = staffOf(response);
  const mayRead = mayDo(staff, "read-conversations");
  const all = await parts.store.parked(MOST_SHOWN + 1);
  const parked = all.slice(0, MOST_SHOWN).map(({ reply, ...rest }) => ({
    ...rest,
    text: mayRead ? maskPersonal(reply.text) : undefined,
  }));
  response
    .type("html")
    .send(parkedPage({ ...said, staff, parked, hasMore: all.length > MOST_SHOWN, zone: parts.zone }));
}

async function retry(parts: RecordsParts, request: Request, response: Response): Promise<void> {
  const key = formOf(request).text("key", 300);
  if (!(await parts.retryParked(key))) {
    response.status(409);
    await showParked(parts, response, { error: words.parked.gone });
    return;
  }
  const { id, name } = staffOf(response);
  await parts.audit.append(
    { action: "parked-retried", staff: { id, name }, object: `reply:${key}`, address: addressOf(request) },
    parts.now(),
  );
  response.redirect(303, "/console/records/parked?done=1");
}
