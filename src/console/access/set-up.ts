/** What a set-up link leads to: choose a password, add the authenticator app, keep the backup codes. */
import type { Request, RequestHandler, Response } from "express";
import type { SetupLink, StaffRecord } from "../../vocabulary/staff.js";
import { formOf, readForm } from "../form.js";
import { words } from "../words/words.js";
import { refuse, type GuardParts } from "./guard.js";
import { hashPassword } from "./password.js";
import { problemOfPassword } from "./password-rules.js";
import { newBackupCodes, stepOf } from "./second-factor.js";
import { hashToken } from "./sessions.js";
import { backupCodesPage, setUpPage } from "./set-up-page.js";
import { addressOf } from "./transport.js";

export interface SetUpParts extends GuardParts {
  /** The city's name: not to be used as a password. */
  city: () => string;
}

interface Invitation {
  link: SetupLink;
  staff: StaffRecord;
  token: string;
}

/** The handlers of the set-up link. */
export function setUpHandlers(
  parts: SetUpParts,
): Record<"GET /setup/:token" | "POST /setup/:token", RequestHandler | RequestHandler[]> {
  return {
    "GET /setup/:token": async (request, response) => {
      const invitation = await findInvitation(parts, request);
      if (invitation === undefined) refuse(request, response, { status: 410, ...words.setUp.gone });
      else response.type("html").send(setUpPage(invitation));
    },
    "POST /setup/:token": [readForm, (request, response) => setUp(parts, request, response)],
  };
}

async function findInvitation(parts: SetUpParts, request: Request): Promise<Invitation | undefined> {
  const token = String(request.params.token);
  const link = await parts.access.setupLink(hashToken(token));
  const staff = link === undefined ? undefined : await parts.access.staffById(link.staff);
  return link === undefined ||
    staff === undefined ||
    link.expiresAt <= parts.now() ||
    staff.state !== "invited"
    ? undefined
    : { link, staff, token };
}

async function setUp(parts: SetUpParts, request: Request, response: Response): Promise<void> {
  const invitation = await findInvitation(parts, request);
  if (invitation === undefined) {
    refuse(request, response, { status: 410, ...words.setUp.gone });
    return;
  }
  const { staff, link } = invitation;
  const form = formOf(request);
  const password = form.text("password", 1000);
  const step = stepOf(link.totpSecret, form.text("code", 20).replace(/\s/g, ""), parts.now());
  const problem = await problemOfPassword(password, [staff.login, staff.name, parts.city(), "sabar"]);
  const error =
    problem !== undefined
      ? words.password.problems[problem]
      : password !== form.text("again", 1000)
        ? words.password.notSame
        : step === undefined
          ? words.setUp.wrongCode
          : undefined;
  if (error !== undefined || step === undefined) {
    response
      .status(400)
      .type("html")
      .send(setUpPage({ ...invitation, error }));
    return;
  }
  const codes = newBackupCodes(staff.id);
  const isDone = await parts.access.commitAccess(
    {
      kind: "set-up",
      tokenHash: link.tokenHash,
      passwordHash: await hashPassword(password),
      totpStep: step,
      backupHashes: codes.hashes,
    },
    {
      action: "account-set-up",
      staff: { id: staff.id, name: staff.name },
      object: `staff:${staff.id}`,
      address: addressOf(request),
    },
    parts.now(),
  );
  if (isDone) response.type("html").send(backupCodesPage({ codes: codes.shown, isNewAccount: true }));
  else refuse(request, response, { status: 410, ...words.setUp.gone });
}
