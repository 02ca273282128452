/** What everybody may do with the own account: see and end sessions, change the password, renew the backup codes. */
import type { Request, RequestHandler, Response } from "express";
import { formOf, readForm } from "../form.js";
import { words } from "../words/words.js";
import { accountPage } from "./account-page.js";
import { sessionOf, staffOf, type GuardParts } from "./guard.js";
import { hashPassword, LONGEST_PASSWORD, passwordMatches } from "./password.js";
import { problemOfPassword } from "./password-rules.js";
import { newBackupCodes } from "./second-factor.js";
import { endOf } from "./sessions.js";
import { backupCodesPage } from "./set-up-page.js";
import type { Throttle } from "./throttle.js";
import { addressOf } from "./transport.js";

export interface AccountParts extends GuardParts {
  throttle: Throttle;
  zone: string;
  /** The city's name: not to be used as a password. */
  city: () => string;
}

type Routes =
  | "GET /account"
  | "POST /account/sessions/end"
  | "POST /account/sessions/end-others"
  | "POST /account/password"
  | "POST /account/backup-codes";

/** The handlers of the account's routes. */
export function accountHandlers(parts: AccountParts): Record<Routes, RequestHandler | RequestHandler[]> {
  const { access, now } = parts;
  return {
    "GET /account": (request, response) =>
      show(parts, response, {
        notice: request.query.done === "password" ? words.account.passwordChanged : undefined,
      }),
    "POST /account/sessions/end": [
      readForm,
      async (request, response) => {
        const staff = staffOf(response);
        const session = formOf(request).text("session", 64);
        await access.commitAccess(
          { kind: "end-session", staff: staff.id, session },
          { action: "session-ended", staff: by(response), address: addressOf(request) },
          now(),
        );
        response.redirect(303, "/console/account");
      },
    ],
    "POST /account/sessions/end-others": async (request, response) => {
      await access.commitAccess(
        { kind: "end-sessions", staff: staffOf(response).id, keepSession: sessionOf(response).id },
        { action: "sessions-ended", staff: by(response), address: addressOf(request) },
        now(),
      );
      response.redirect(303, "/console/account");
    },
    "POST /account/password": [readForm, (request, response) => changePassword(parts, request, response)],
    "POST /account/backup-codes": [readForm, (request, response) => renewCodes(parts, request, response)],
  };
}

async function show(
  parts: AccountParts,
  response: Response,
  said: { notice?: string; error?: string },
): Promise<void> {
  const { access, now, zone } = parts;
  const { id } = staffOf(response);
  const [record, all, backupCodes] = await Promise.all([
    access.staffById(id),
    access.sessionsOf(id),
    access.backupCodesLeft(id),
  ]);
  const sessions = all.filter((session) => now() < endOf(session));
  response.type("html").send(
    accountPage({
      ...said,
      staff: staffOf(response),
      login: record?.login ?? "",
      isDemo: record?.isDemo ?? false,
      sessions,
      current: sessionOf(response).id,
      backupCodes,
      zone,
    }),
  );
}

async function changePassword(parts: AccountParts, request: Request, response: Response): Promise<void> {
  const record = await parts.access.staffById(staffOf(response).id);
  const form = formOf(request);
  const password = form.text("password", 1000);
  const problem = await problemOfPassword(password, [
    record?.login ?? "",
    record?.name ?? "",
    parts.city(),
    "sabar",
  ]);
  const error =
    problem !== undefined
      ? words.password.problems[problem]
      : password !== form.text("again", 1000)
        ? words.password.notSame
        : await wrongPassword(parts, request, response);
  if (error !== undefined) {
    response.status(400);
    await show(parts, response, { error });
    return;
  }
  await parts.access.commitAccess(
    {
      kind: "password",
      staff: staffOf(response).id,
      passwordHash: await hashPassword(password),
      keepSession: sessionOf(response).id,
    },
    { action: "password-changed", staff: by(response), address: addressOf(request) },
    parts.now(),
  );
  response.redirect(303, "/console/account?done=password");
}

async function renewCodes(parts: AccountParts, request: Request, response: Response): Promise<void> {
  const error = await wrongPassword(parts, request, response);
  if (error !== undefined) {
    response.status(400);
    await show(parts, response, { error });
    return;
  }
  const staff = staffOf(response);
  const codes = newBackupCodes(staff.id);
  await parts.access.commitAccess(
    { kind: "backup-codes", staff: staff.id, backupHashes: codes.hashes },
    { action: "backup-codes-renewed", staff: by(response), address: addressOf(request) },
    parts.now(),
  );
  response.type("html").send(backupCodesPage({ codes: codes.shown, isNewAccount: false, staff }));
}

/** A sentence when the typed present password is wrong, or may not be tried now; a demo account has nothing to change. */
async function wrongPassword(
  parts: AccountParts,
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const record = await parts.access.staffById(staffOf(response).id);
  if (record === undefined || record.isDemo) return words.account.isDemo;
  const address = addressOf(request);
  const { waitMs } = await parts.throttle.begin(record.login, address, parts.now());
  if (waitMs > 0) return words.login.wait(Math.ceil(waitMs / 1000));
  const typed = formOf(request).text("present", LONGEST_PASSWORD);
  if (!(await passwordMatches(record.passwordHash, typed))) return words.account.wrongPassword;
  await parts.throttle.succeeded(record.login, address);
  return undefined;
}

function by(response: Response): { id: string; name: string } {
  const { id, name } = staffOf(response);
  return { id, name };
}
