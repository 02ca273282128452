/** The screens for tickets: the list, one ticket, and work on it through the lane of who reported it. */
import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { NOBODY, type Ticket } from "../../vocabulary/ticket.js";
import { refuse, staffOf } from "../access/guard.js";
import { mayDo } from "../access/rights.js";
import { formOf, readForm } from "../form.js";
import type { DeskParts } from "../inbox/desk.js";
import type { Handlers } from "../routes.js";
import { readUpload, uploadOf, type Upload } from "../upload.js";
import { words } from "../words/words.js";
import { dayOf } from "./due.js";
import { filterFor, maySee, PER_PAGE, readWantedTickets } from "./filter.js";
import { ticketListPage } from "./list-page.js";
import { MOST_PHOTOS, readFilled, readMove, readWork, type Filled, type Known } from "./read-work.js";
import { ticketPage } from "./ticket-page.js";

const { work } = words.tickets;
const MOST_PHOTO_BYTES = 8 * 1024 * 1024;

export function ticketHandlers(
  parts: DeskParts,
): Pick<
  Handlers,
  "GET /tickets" | "GET /tickets/:id" | "GET /tickets/:id/pictures/:picture" | "POST /tickets/:id"
> {
  return {
    "GET /tickets": (request, response) => showList(parts, request, response),
    "GET /tickets/:id": async (request, response) => {
      const ticket = await findTicket(parts, request, response);
      if (ticket !== undefined)
        await showTicket(parts, response, ticket, { notice: noticeOf(request.query.said) });
    },
    "GET /tickets/:id/pictures/:picture": async (request, response) => {
      const ticket = await findTicket(parts, request, response);
      if (ticket !== undefined) await showPicture(parts, ticket, request, response);
    },
    "POST /tickets/:id": [
      readForm,
      readUpload("file", MOST_PHOTO_BYTES),
      (request, response) => change(parts, request, response),
    ],
  };
}

async function showList(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const me = staffOf(response);
  const { agencies } = parts.library().records;
  const wanted = readWantedTickets(request.query, agencies);
  if (wanted === undefined) {
    refuse(request, response, { status: 400, ...words.refused.badValue });
    return;
  }
  const now = parts.now();
  const { tickets, total } = await parts.store.tickets(filterFor(wanted, me, dayOf(now, parts.zone)), {
    offset: wanted.page * PER_PAGE,
    limit: PER_PAGE,
  });
  response
    .type("html")
    .send(ticketListPage({ staff: me, wanted, tickets, total, agencies, now, zone: parts.zone }));
}

/** The ticket of the address, if this person may see it; otherwise 404 is said, as for one that is not there. */
async function findTicket(
  parts: DeskParts,
  request: Request,
  response: Response,
): Promise<Ticket | undefined> {
  const ticket = await parts.store.ticket(String(request.params.id).slice(0, 100));
  if (ticket !== undefined && maySee(staffOf(response), ticket)) return ticket;
  refuse(request, response, { status: 404, ...words.refused.notFound });
  return undefined;
}

interface Shown {
  notice?: { text: string; isBad: boolean } | undefined;
  filled?: Filled;
  sentence?: string;
}

async function showTicket(parts: DeskParts, response: Response, ticket: Ticket, shown: Shown): Promise<void> {
  const staff = staffOf(response);
  const pictures = await Promise.all(ticket.photos.map(({ id }) => parts.store.picture(id)));
  response.type("html").send(
    ticketPage({
      staff,
      ticket,
      pictures,
      agencies: parts.library().records.agencies,
      mayWork: mayDo(staff, "work-tickets", "work-agency-tickets"),
      mayRead: mayDo(staff, "read-conversations"),
      notice: shown.notice,
      filled: shown.filled,
      sentence: shown.sentence,
      formKey: randomUUID,
      now: parts.now(),
      zone: parts.zone,
    }),
  );
}

/** Only pictures of this very ticket, and only as pictures: nothing in them can run here. */
async function showPicture(
  parts: DeskParts,
  ticket: Ticket,
  request: Request,
  response: Response,
): Promise<void> {
  const id = String(request.params.picture);
  const bytes = ticket.photos.some((photo) => photo.id === id) ? await parts.picture(id) : undefined;
  if (bytes === undefined) {
    refuse(request, response, { status: 404, ...words.refused.notFound });
    return;
  }
  response
    .set("content-security-policy", "default-src 'none'; sandbox")
    .set("content-disposition", "inline; filename=foto.jpg")
    .type("image/jpeg")
    .send(Buffer.from(bytes));
}

async function change(parts: DeskParts, request: Request, response: Response): Promise<void> {
  const ticket = await findTicket(parts, request, response);
  if (ticket === undefined) return;
  const form = formOf(request);
  const upload = uploadOf(request, response);
  // What came may be half a form only: nothing is carried out.
  if (upload.kind !== "none" && upload.kind !== "file") {
    response.status(400);
    const notice = { text: PROBLEMS[upload.kind], isBad: true };
    await showTicket(parts, response, ticket, { notice, filled: readFilled(form) });
    return;
  }
  switch (form.text("do", 10)) {
    case "preview":
      await preview(parts, ticket, request, response);
      return;
    case "edit":
      await showTicket(parts, response, ticket, { filled: readFilled(form) });
      return;
    default:
      await carryOut(parts, ticket, request, response);
  }
}

const PROBLEMS = { large: work.photoLarge, extra: work.photoExtra, broken: work.photoBroken };

/** Keeps a picture that came along, and shows what citizens would read; nothing else is changed. */
async function preview(
  parts: DeskParts,
  ticket: Ticket,
  request: Request,
  response: Response,
): Promise<void> {
  const filled = readFilled(formOf(request));
  const problem = await takePhoto(parts, ticket, uploadOf(request, response), filled);
  const move = problem ?? (await readMove(filled, ticket, knownFor(parts, ticket)));
  if (typeof move === "object") {
    const into = move.to === "joined" ? await parts.store.ticket(move.into) : undefined;
    await showTicket(parts, response, ticket, { filled, sentence: parts.sentenceFor(ticket, move, into) });
    return;
  }
  const text = problem ?? (move === undefined ? work.refused : work.incomplete);
  response.status(400);
  await showTicket(parts, response, ticket, { notice: { text, isBad: true }, filled });
}

/** Adds a picture that came along to what was filled in; otherwise says why not. */
async function takePhoto(
  parts: DeskParts,
  ticket: Ticket,
  upload: Upload,
  filled: Filled,
): Promise<string | undefined> {
  if (upload.kind !== "file") return undefined;
  if (filled.photos.length >= MOST_PHOTOS) return work.photoMany(MOST_PHOTOS);
  const photo = await parts.keepPhoto(upload.bytes, ticket.id, ticket.reporters[0]?.citizen ?? NOBODY);
  if (photo === undefined) return work.photoBad;
  filled.photos.push(photo);
  return undefined;
}

async function carryOut(
  parts: DeskParts,
  ticket: Ticket,
  request: Request,
  response: Response,
): Promise<void> {
  const me = staffOf(response);
  const form = formOf(request);
  const asked = await readWork(form, ticket, knownFor(parts, ticket));
  const owner = ticket.reporters[0]?.citizen ?? NOBODY;
  if (asked === undefined || asked === "incomplete") {
    response.status(400);
    const text = asked === "incomplete" ? work.incomplete : work.refused;
    await showTicket(parts, response, ticket, { notice: { text, isBad: true }, filled: readFilled(form) });
    return;
  }
  const key = form.text("key", 80);
  const id = `ticket:${me.id}:${/^[\w-]{10,80}$/.test(key) ? key : randomUUID()}`;
  const why = await parts.acting.submit(
    owner,
    { kind: "ticket", ticket: ticket.id, work: asked, by: me.name },
    id,
  );
  const after = await parts.store.ticket(ticket.id);
  const isChanged = (after?.history.length ?? 0) > ticket.history.length;
  const said = why === undefined ? "pending" : isChanged ? "done" : "refused";
  response.redirect(303, `/console/tickets/${ticket.id}?said=${said}`);
}

function knownFor({ store, library }: DeskParts, ticket: Ticket): Known {
  return {
    agencies: library().records.agencies,
    idOfNumber: async (number) => (await store.ticketByNumber(number))?.id,
    photosAmong: async (ids) => {
      const pictures = await Promise.all(ids.map((id) => store.picture(id)));
      return pictures.flatMap((picture) =>
        picture?.ticket === ticket.id && picture.state === "kept" ? [picture.id] : [],
      );
    },
  };
}

function noticeOf(said: unknown): { text: string; isBad: boolean } | undefined {
  switch (said) {
    case "done":
      return { text: work.done, isBad: false };
    case "pending":
      return { text: work.pending, isBad: false };
    case "refused":
      return { text: work.refused, isBad: true };
    default:
      return undefined;
  }
}
