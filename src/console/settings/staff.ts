/** What the administrator does with people: add, change, let in anew, disable. */
import type { Request, RequestHandler, Response } from "express";
import type { AccessChange } from "../../storage/access-port.js";
import type { AuditAction } from "../../vocabulary/audit.js";
import type { StaffRecord } from "../../vocabulary/staff.js";
import { refuse, staffOf, type GuardParts } from "../access/guard.js";
import { endOf } from "../access/sessions.js";
import { isLogin, newSetupLink, newStaff } from "../access/setup-link.js";
import { addressOf } from "../access/transport.js";
import { formOf, readForm } from "../form.js";
import { words } from "../words/words.js";
import { readStaffWish, type Agencies } from "./staff-form.js";
import { linkPage, staffListPage, staffOnePage, type StaffListParts } from "./staff-pages.js";

export interface StaffParts extends GuardParts {
  agencies: () => Agencies;
  zone: string;
}

type Routes =
  | "GET /settings/staff"
  | "POST /settings/staff"
  | "GET /settings/staff/:id"
  | `POST /settings/staff/:id${"" | "/link" | "/end-sessions" | "/disable" | "/enable"}`;

/** The handlers of the pages about people. */
export function staffHandlers(parts: StaffParts): Record<Routes, RequestHandler | RequestHandler[]> {
  const act =
    (action: AuditAction, change: (person: StaffRecord) => AccessChange): RequestHandler =>
    (request, response) =>
      withPerson(parts, request, response, async (person) => {
        const holds = await commit(parts, { request, response, person, action, change: change(person) });
        if (holds) response.redirect(303, `/console/settings/staff/${person.id}?done=1`);
        else await showOne(parts, response, person, { error: words.staff.problems.lastAdministrator });
      });
  return {
    "GET /settings/staff": (_request, response) => showList(parts, response, { wish: {} }),
    "POST /settings/staff": [readForm, (request, response) => add(parts, request, response)],
    "GET /settings/staff/:id": (request, response) =>
      withPerson(parts, request, response, (person) =>
        showOne(parts, response, person, {
          notice: request.query.done === "1" ? words.staff.saved : undefined,
        }),
      ),
    "POST /settings/staff/:id": [
      readForm,
      (request, response) =>
        withPerson(parts, request, response, (person) => change(parts, request, response, person)),
    ],
    "POST /settings/staff/:id/link": (request, response) =>
      withPerson(parts, request, response, (person) => makeLink(parts, request, response, person)),
    "POST /settings/staff/:id/end-sessions": act("sessions-ended", ({ id }) => ({
      kind: "end-sessions",
      staff: id,
    })),
    "POST /settings/staff/:id/disable": act("staff-disabled", ({ id }) => ({ kind: "disable", staff: id })),
    "POST /settings/staff/:id/enable": act("staff-enabled", ({ id }) => ({ kind: "enable", staff: id })),
  };
}

async function add(parts: StaffParts, request: Request, response: Response): Promise<void> {
  const form = formOf(request);
  const login = form.text("login", 64).trim().toLowerCase();
  const wish = readStaffWish(form, parts.agencies());
  const again = (error: string): Promise<void> => {
    response.status(400);
    const typed = { login, name: form.text("name", 80), ...("error" in wish ? {} : wish) };
    return showList(parts, response, { wish: typed, error });
  };
  if (!isLogin(login)) return again(words.staff.problems.login);
  if ("error" in wish) return again(wish.error);
  const now = parts.now();
  const person = newStaff({ ...wish, login }, now);
  const { link, path } = newSetupLink(person.id, now);
  const change: AccessChange = { kind: "add-staff", staff: person, link };
  if (!(await commit(parts, { request, response, person, action: "staff-added", change })))
    return again(words.staff.problems.taken);
  showLink(parts, request, response, { person, path });
}

async function change(
  parts: StaffParts,
  request: Request,
  response: Response,
  person: StaffRecord,
): Promise<void> {
  const wish = readStaffWish(formOf(request), parts.agencies());
  const error =
    "error" in wish
      ? wish.error
      : (await commit(parts, {
            request,
            response,
            person: { ...person, ...wish },
            action: "staff-changed",
            change: { kind: "change-staff", staff: { ...wish, id: person.id } },
          }))
        ? undefined
        : words.staff.problems.lastAdministrator;
  if (error === undefined) response.redirect(303, `/console/settings/staff/${person.id}?done=1`);
  else await showOne(parts, response, person, { error });
}

/** Whoever makes a link for the own account would stand outside; somebody else has to. */
async function makeLink(
  parts: StaffParts,
  request: Request,
  response: Response,
  person: StaffRecord,
): Promise<void> {
  if (person.id === staffOf(response).id) {
    await showOne(parts, response, person, { error: words.staff.problems.ownLink });
    return;
  }
  const { link, path } = newSetupLink(person.id, parts.now());
  const change: AccessChange = { kind: "new-link", link };
  if (await commit(parts, { request, response, person, action: "setup-link-made", change }))
    showLink(parts, request, response, { person, path });
  else await showOne(parts, response, person, { error: words.staff.problems.noLink });
}

interface Wanted {
  request: Request;
  response: Response;
  person: StaffRecord;
  action: AuditAction;
  change: AccessChange;
}

function commit(parts: StaffParts, { request, response, person, action, change }: Wanted): Promise<boolean> {
  const { id, name } = staffOf(response);
  return parts.access.commitAccess(
    change,
    {
      action,
      staff: { id, name },
      object: `staff:${person.id}`,
      detail: { name: person.name, roles: person.roles.join(" ") },
      address: addressOf(request),
    },
    parts.now(),
  );
}

/** Demo accounts do not exist where they cannot sign in. */
function isSeen(parts: StaffParts, person: StaffRecord): boolean {
  return parts.allowDemo || !person.isDemo;
}

async function withPerson(
  parts: StaffParts,
  request: Request,
  response: Response,
  then: (person: StaffRecord) => void | Promise<void>,
): Promise<void> {
  const person = await parts.access.staffById(String(request.params.id));
  if (person === undefined || !isSeen(parts, person))
    refuse(request, response, { status: 404, ...words.refused.notFound });
  else await then(person);
}

async function showList(
  parts: StaffParts,
  response: Response,
  said: Pick<StaffListParts, "wish" | "error">,
): Promise<void> {
  const people = (await parts.access.allStaff()).filter((person) => isSeen(parts, person));
  response
    .type("html")
    .send(staffListPage({ ...said, staff: staffOf(response), people, agencies: parts.agencies() }));
}

async function showOne(
  parts: StaffParts,
  response: Response,
  person: StaffRecord,
  said: { notice?: string; error?: string },
): Promise<void> {
  const now = parts.now();
  const sessions = (await parts.access.sessionsOf(person.id)).filter((session) => now < endOf(session));
  const link = (await parts.access.openLinks(now)).find((each) => each.staff === person.id);
  if (said.error !== undefined) response.status(400);
  response.type("html").send(
    staffOnePage({
      ...said,
      staff: staffOf(response),
      person,
      sessions,
      link,
      agencies: parts.agencies(),
      zone: parts.zone,
    }),
  );
}

function showLink(
  parts: StaffParts,
  request: Request,
  response: Response,
  { person, path }: { person: StaffRecord; path: string },
): void {
  // The address people use from outside; in the simulator the one this page was asked for.
  const here = `${request.protocol}://${request.host}`;
  const base = parts.allowDemo ? here : (parts.publicUrl ?? here);
  response.type("html").send(linkPage({ staff: staffOf(response), person, address: `${base}${path}` }));
}
