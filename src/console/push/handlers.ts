/** The page where a person switches notifications on for the browser they sit at, and what it sends. */
import type { Request, Response } from "express";
import { refuse, sessionOf, staffOf } from "../access/guard.js";
import { addressOf } from "../access/transport.js";
import { formOf, readForm } from "../form.js";
import type { DeskParts } from "../inbox/desk.js";
import type { Handlers } from "../routes.js";
import { words } from "../words/words.js";
import { pushPage } from "./push-page.js";

type Routes =
  | "GET /settings/alerts"
  | "POST /settings/alerts"
  | "POST /settings/alerts/off"
  | "POST /settings/alerts/try";

export function pushHandlers(parts: DeskParts): Pick<Handlers, Routes> {
  return {
    "GET /settings/alerts": async (_request, response) => {
      response.type("html").send(
        pushPage({
          staff: staffOf(response),
          publicKey: await parts.push.publicKey(),
          isOn: sessionOf(response).push !== undefined,
        }),
      );
    },
    "POST /settings/alerts": [readForm, (request, response) => turnOn(parts, request, response)],
    "POST /settings/alerts/off": [readForm, (request, response) => turnOff(parts, request, response)],
    "POST /settings/alerts/try": async (_request, response) => {
      const { title, trial } = words.push;
      const message = { title, body: trial, path: "/console/settings/alerts", tag: "trial" };
      const pushed = await parts.push.tellOne(sessionOf(response), message);
      response.status(pushed === "sent" ? 200 : 409).json({ said: words.push.pushed[pushed] });
    },
  };
}

async function turnOn(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const form = formOf(request);
  const push = {
    endpoint: form.text("endpoint", 1000),
    p256dh: form.text("p256dh", 200),
    auth: form.text("auth", 100),
  };
  if (!parts.push.isAllowed(push)) {
    refuse(request, response, { status: 400, ...words.refused.badValue });
    return;
  }
  await change(parts, request, response, push);
  response.json({ said: words.push.isOn });
}

async function turnOff(parts: DeskParts, request: Request, response: Response): Promise<void> {
  await change(parts, request, response, undefined);
  response.json({ said: words.push.isOff });
}

async function change(
  parts: DeskParts,
  request: Request,
  response: Response,
  push: { endpoint: string; p256dh: string; auth: string } | undefined,
): Promise<void> {
  const { id, name } = staffOf(response);
  await parts.store.access.commitAccess(
    { kind: "push", staff: id, session: sessionOf(response).id, ...(push && { push }) },
    {
      action: push === undefined ? "push-off" : "push-on",
      staff: { id, name },
      object: `staff:${id}`,
      address: addressOf(request),
    },
    parts.now(),
  );
}
