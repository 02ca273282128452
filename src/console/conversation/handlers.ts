/** One conversation: read it, act in it, keep what is typed, open what is covered, send again what failed. */
import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { personalAt } from "../../triage/personal.js";
import type { EventBody } from "../../vocabulary/event.js";
import { isPushed, refuse, staffOf } from "../access/guard.js";
import { formOf, readForm } from "../form.js";
import { readBanners, readList, type DeskParts } from "../inbox/desk.js";
import { nameOf } from "../inbox/row.js";
import { workPage } from "../inbox/page.js";
import { readWanted } from "../inbox/views.js";
import type { Handlers } from "../routes.js";
import { readUpload, uploadOf } from "../upload.js";
import { words } from "../words/words.js";
import { MOST_LETTERS } from "./composer.js";
import { MOST_FILE_BYTES, showFile, takeFile } from "./files.js";
import { colleaguesOf } from "./colleagues.js";
import { readAct } from "./read-act.js";
import { readRoom } from "./room.js";
import { tellResult } from "./result.js";

const { desk } = words;

type Routes =
  | "GET /conversations/:citizen"
  | "GET /conversations/:citizen/files/:file"
  | "POST /conversations/:citizen/act"
  | "POST /conversations/:citizen/draft"
  | "POST /conversations/:citizen/open-data"
  | "POST /conversations/:citizen/retry";

export function conversationHandlers(parts: DeskParts): Pick<Handlers, Routes> {
  return {
    "GET /conversations/:citizen": (request, response) => showRoom(parts, request, response),
    "POST /conversations/:citizen/act": [
      readForm,
      readUpload("file", MOST_FILE_BYTES),
      (request, response) => act(parts, request, response),
    ],
    "GET /conversations/:citizen/files/:file": (request, response) => showFile(parts, request, response),
    "POST /conversations/:citizen/draft": [
      readForm,
      (request, response) => keepDraft(parts, request, response),
    ],
    "POST /conversations/:citizen/open-data": [
      readForm,
      (request, response) => openData(parts, request, response),
    ],
    "POST /conversations/:citizen/retry": [readForm, (request, response) => retry(parts, request, response)],
  };
}

async function showRoom(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const me = staffOf(response);
  const wanted = readWanted(request.query);
  if (wanted === undefined) {
    refuse(request, response, { status: 400, ...words.refused.badValue });
    return;
  }
  const before = typeof request.query.before === "string" ? Number(request.query.before) : undefined;
  const id = citizenOf(request);
  const mark = parts.news.mark();
  const room = await readRoom(parts, id, me, Number.isFinite(before) ? before : undefined);
  if (room === undefined) {
    refuse(request, response, { status: 404, ...words.refused.notFound });
    return;
  }
  const list = await readList(parts, { wanted, request, me, open: id });
  const notice = noticeOf(request.query.said);
  response.type("html").send(
    workPage({
      ...{ list, mark, staff: me, room, banners: await readBanners(parts), isPushed: isPushed(response) },
      ...(notice && { notice }),
    }),
  );
}

async function act(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const me = staffOf(response);
  const citizen = citizenOf(request);
  if ((await parts.store.desk.listing(citizen)) === undefined) {
    refuse(request, response, { status: 404, ...words.refused.notFound });
    return;
  }
  const form = formOf(request);
  const brought = await takeFile(parts, citizen, uploadOf(request, response), form.text("act", 20));
  if ("problem" in brought) {
    refuse(request, response, { status: 400, title: desk.attach.title, text: brought.problem });
    return;
  }
  const body = readAct(form, {
    ...brought,
    now: parts.now(),
    zone: parts.zone,
    agencies: parts.library().records.agencies,
    colleagues: await colleaguesOf(parts.store.access, me.id),
  });
  const { file } = brought;
  const letGo = async (): Promise<void> => {
    if (file !== undefined) await parts.dropFile(citizen, file.id);
  };
  if (body === undefined) {
    await letGo();
    refuse(request, response, { status: 400, ...words.refused.badValue });
    return;
  }
  const key = form.text("key", 80);
  const why = await parts.acting.act(citizen, me, body, /^[\w-]{10,80}$/.test(key) ? key : randomUUID());
  if (why?.refused !== undefined) await letGo();
  if (body.action === "reply" && why !== undefined && why.refused === undefined)
    await parts.store.desk.saveDraft(citizen, me.id, "", parts.now());
  await tellResult(parts, { request, response, citizen, why, back: form.text("back", 200) });
}

async function keepDraft(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const me = staffOf(response);
  const citizen = citizenOf(request);
  if ((await parts.store.desk.listing(citizen)) === undefined) {
    response.status(404).json({ error: words.refused.notFound.text });
    return;
  }
  const form = formOf(request);
  const text = form.text("text", 4 * MOST_LETTERS);
  await parts.store.desk.saveDraft(citizen, me.id, text, parts.now());
  if (text !== "") parts.presence.typing(citizen, me);
  response.json({ saved: true });
}

/** Shows one covered number for a purpose; who, when, where and why goes to the audit log, the number does not. */
async function openData(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const me = staffOf(response);
  const citizen = citizenOf(request);
  const form = formOf(request);
  const purposes = Object.entries(desk.reveal.purposes);
  const purpose = purposes.find(([id]) => id === form.text("purpose", 40))?.[1];
  const event = await parts.store.desk.event(form.text("source", 400));
  const index = Number(form.text("index", 4));
  const text = event?.citizen === citizen ? wordsOf(event.body) : undefined;
  const found = text === undefined ? undefined : personalAt(text, index);
  if (purpose === undefined || found === undefined) {
    const status = purpose === undefined ? 400 : 404;
    response
      .status(status)
      .json({ error: status === 400 ? words.refused.badValue.text : words.refused.notFound.text });
    return;
  }
  await parts.store.audit.append(
    {
      action: "personal-data-opened",
      staff: { id: me.id, name: me.name },
      object: `conversation:${citizen}`,
      detail: { conversation: nameOf(citizen), purpose, kind: desk.personal[found.what] },
      ...(request.ip !== undefined && { address: request.ip }),
    },
    parts.now(),
  );
  response.json({ value: found.value });
}

async function retry(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const citizen = citizenOf(request);
  const key = formOf(request).text("reply", 500);
  const said = (await parts.store.desk.said(citizen, Number.MAX_SAFE_INTEGER, 1000)).find(
    (each) => each.key === key,
  );
  if (said === undefined) {
    refuse(request, response, { status: 404, ...words.refused.notFound });
    return;
  }
  const item = await parts.store.desk.retryParked(key, parts.now());
  if (item !== undefined) parts.deliver([item]);
  parts.news.tell({ kind: "delivery", citizen });
  if (request.headers["x-requested-with"] !== undefined) response.json({ said: desk.thread.retrying });
  else response.redirect(303, `/console/conversations/${citizen}?said=done`);
}

function wordsOf(body: EventBody): string | undefined {
  switch (body.kind) {
    case "message":
    case "edit":
    case "echo":
      return body.text;
    case "staff":
      return body.action === "note" ? body.text : undefined;
    default:
      return undefined;
  }
}

function noticeOf(said: unknown): { text: string; isBad: boolean } | undefined {
  if (said === "done") return { text: desk.done, isBad: false };
  if (said === "pending") return { text: desk.pending, isBad: false };
  const refusal = Object.entries(desk.refusals).find(([id]) => id === said)?.[1];
  return refusal === undefined ? undefined : { text: refusal, isBad: true };
}

const citizenOf = (request: Request): string => String(request.params.citizen).slice(0, 100);
