/** Says how an act ended: to a script as JSON, to a plain form by going back with a sentence. */
import type { Request, Response } from "express";
import { coverPersonal } from "../../triage/personal.js";
import type { Refusal } from "../../vocabulary/staff-act.js";
import type { Why } from "../../vocabulary/turn.js";
import type { DeskParts } from "../inbox/desk.js";
import { words } from "../words/words.js";
import { timelineOf } from "./timeline.js";

const { desk } = words;

export interface Ended {
  request: Request;
  response: Response;
  citizen: string;
  /** Undefined: kept, and decided a little later. */
  why: Why | undefined;
  back: string;
}

/** A refusal answers 409 with its reason; when a colleague was faster, with what they said. */
export async function tellResult(parts: DeskParts, ended: Ended): Promise<void> {
  const { request, response, citizen, why } = ended;
  const refused = why?.refused;
  if (request.headers["x-requested-with"] === undefined) {
    const said = refused ?? (why === undefined ? "pending" : "done");
    const home = /^\/console\/inbox\?view=[a-z]+(&reason=[a-z]+)?$/.test(ended.back)
      ? ended.back
      : `/console/conversations/${citizen}?said=${said}`;
    response.redirect(303, home);
    return;
  }
  if (refused !== undefined) response.status(409).json(await explain(parts, citizen, refused));
  else
    response
      .status(why === undefined ? 202 : 200)
      .json({ said: why === undefined ? desk.pending : desk.done });
}

async function explain(parts: DeskParts, citizen: string, refused: Refusal) {
  const error = desk.refusals[refused];
  if (refused !== "colleague") return { refused, error };
  const spoke = (await parts.store.citizen(citizen))?.desk?.personSpoke;
  return {
    refused,
    error,
    title: desk.guard.title(spoke?.name ?? ""),
    text: coverPersonal(await lastPersonWords(parts, citizen)),
    after: spoke?.event ?? "",
  };
}

async function lastPersonWords({ store }: DeskParts, citizen: string): Promise<string> {
  const [happened, said] = await Promise.all([
    store.desk.happenings(citizen, Number.MAX_SAFE_INTEGER, 40),
    store.desk.said(citizen, Number.MAX_SAFE_INTEGER, 40),
  ]);
  const last = timelineOf(happened, said, { deliveredUntil: 0, readUntil: 0 })
    .filter((line) => line.kind === "person" || line.kind === "suite")
    .at(-1);
  return last === undefined ? "" : last.kind === "suite" ? last.text : last.said.reply.text;
}
