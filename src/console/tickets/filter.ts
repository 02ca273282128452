/** Which tickets somebody wants to see, and may. */
import type { TicketFilter } from "../../storage/port.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import { CLOSED_STATES, TICKET_STATES, type Ticket } from "../../vocabulary/ticket.js";
import { mayDo } from "../access/rights.js";

export const TICKET_VIEWS = ["open", "overdue", "closed", "drafts", "all"] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

export interface WantedTickets {
  view: TicketView;
  agency: string | undefined;
  text: string;
  page: number;
}

export const PER_PAGE = 50;
const FILED = TICKET_STATES.filter((state) => state !== "draft");

/** What an address asks for; undefined for a value that is on no list. */
export function readWantedTickets(
  query: Record<string, unknown>,
  agencies: Readonly<Record<string, unknown>>,
): WantedTickets | undefined {
  const textOf = (name: string): string => (typeof query[name] === "string" ? query[name] : "");
  const view = TICKET_VIEWS.find((each) => each === (textOf("view") || "open"));
  const agency = textOf("agency");
  if (view === undefined || (agency !== "" && !Object.hasOwn(agencies, agency))) return undefined;
  const page = /^\d{1,5}$/.test(textOf("page")) ? Number(textOf("page")) : 0;
  return { view, agency: agency === "" ? undefined : agency, text: textOf("q").trim().slice(0, 100), page };
}

/** The filter of the store. Somebody of an agency gets that agency's tickets, whatever they ask for. `today`: 2026-12-01. */
export function filterFor(wanted: WantedTickets, me: StaffMember, today: string): TicketFilter {
  const agency = onlyAgencyOf(me) ?? wanted.agency;
  return {
    states: viewOf(wanted.view, me),
    sealedOf: me.agency ?? "",
    ...(agency !== undefined && { agency }),
    ...(wanted.text !== "" && { text: wanted.text }),
    ...(wanted.view === "overdue" && { overdueOn: today }),
  };
}

/** The one agency whose tickets somebody may see; undefined: all. An agency's person without an agency sees none. */
export function onlyAgencyOf(me: StaffMember): string | undefined {
  return mayDo(me, "read-tickets", "work-tickets") ? undefined : (me.agency ?? "-");
}

/** True when this person may see the ticket. Drafts are no agency's yet: they are for who answers citizens. */
export function maySee(me: StaffMember, ticket: Ticket): boolean {
  const only = onlyAgencyOf(me);
  if (ticket.sealed === true && ticket.agency !== me.agency) return false;
  return only === undefined || (ticket.state !== "draft" && ticket.agency === only);
}

/** The views somebody has: drafts are for those who see the tickets of all agencies. */
export const viewsOf = (me: StaffMember): readonly TicketView[] =>
  TICKET_VIEWS.filter((view) => view !== "drafts" || onlyAgencyOf(me) === undefined);

const viewOf = (view: TicketView, me: StaffMember): Ticket["state"][] =>
  viewsOf(me).includes(view) ? statesOf(view) : [];

function statesOf(view: TicketView): Ticket["state"][] {
  switch (view) {
    case "open":
    case "overdue":
      return FILED.filter((state) => !CLOSED_STATES.includes(state));
    case "closed":
      return [...CLOSED_STATES];
    case "drafts":
      return ["draft"];
    case "all":
      return FILED;
  }
}
