/** The list of tickets. */
import type { Records } from "../../intents/library.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { coverPersonal } from "../../triage/personal.js";
import { consolePage } from "../layout.js";
import { words } from "../words/words.js";
import { dueWords } from "./due.js";
import { onlyAgencyOf, PER_PAGE, viewsOf, type WantedTickets } from "./filter.js";
import { stateLabel } from "./state-label.js";

const { tickets: label } = words;

export interface TicketList {
  staff: StaffMember;
  wanted: WantedTickets;
  tickets: Ticket[];
  total: number;
  agencies: Records["agencies"];
  now: number;
  zone: string;
}

/** The whole document. */
export function ticketListPage(data: TicketList): string {
  return consolePage({
    title: label.title,
    staff: data.staff,
    active: "tickets",
    shape: "wide",
    styles: ["desk.css"],
    body: <TicketListBody {...data} />,
  });
}

function addressOf(wanted: WantedTickets, change: Partial<WantedTickets> = {}): string {
  const { view, agency, text, page } = { ...wanted, ...change };
  const query = new URLSearchParams({ view });
  if (agency !== undefined) query.set("agency", agency);
  if (text !== "") query.set("q", text);
  if (page > 0) query.set("page", String(page));
  return `/console/tickets?${query.toString()}`;
}

function TicketListBody({ staff, wanted, tickets, total, agencies, now, zone }: TicketList) {
  return (
    <>
      <h1>{label.title}</h1>
      <nav class="tabs" aria-label={label.filter.label}>
        {viewsOf(staff).map((view) => (
          <a
            key={view}
            href={addressOf(wanted, { view, page: 0 })}
            aria-current={view === wanted.view ? "page" : undefined}
          >
            {label.views[view]}
          </a>
        ))}
      </nav>
      <form method="get" action="/console/tickets" class="filters">
        <input type="hidden" name="view" value={wanted.view} />
        <input
          type="search"
          name="q"
          value={wanted.text}
          maxLength={100}
          aria-label={label.filter.text}
          placeholder={label.filter.text}
        />
        {onlyAgencyOf(staff) === undefined ? (
          <select name="agency" aria-label={label.filter.agency}>
            <option value="">{label.filter.anyAgency}</option>
            {Object.entries(agencies).map(([id, { nama }]) => (
              <option key={id} value={id} selected={id === wanted.agency}>
                {nama}
              </option>
            ))}
          </select>
        ) : null}
        <button type="submit">{label.filter.submit}</button>
      </form>
      {tickets.length === 0 ? (
        <p class="empty">{label.empty}</p>
      ) : (
        <>
          <p class="quiet">{label.total(total.toLocaleString("id-ID"))}</p>
          <ul class="tickets">
            {tickets.map((ticket) => (
              <TicketRow
                key={ticket.id}
                ticket={ticket}
                agencies={agencies}
                due={dueWords(ticket, now, zone)}
              />
            ))}
          </ul>
        </>
      )}
      <p class="actions">
        {wanted.page > 0 ? (
          <a class="button" href={addressOf(wanted, { page: wanted.page - 1 })}>
            {label.previous}
          </a>
        ) : null}
        {(wanted.page + 1) * PER_PAGE < total ? (
          <a class="button" href={addressOf(wanted, { page: wanted.page + 1 })}>
            {label.next}
          </a>
        ) : null}
      </p>
    </>
  );
}

function TicketRow(props: {
  ticket: Ticket;
  agencies: Records["agencies"];
  due: ReturnType<typeof dueWords>;
}) {
  const { ticket, agencies, due } = props;
  return (
    <li>
      <a class="ticket" href={`/console/tickets/${ticket.id}`}>
        <span class="line">
          <strong>{ticket.number ?? label.noNumber}</strong>
          <span class="tag">{stateLabel(ticket, agencies)}</span>
          {ticket.sealed ? <span class="tag">{label.sealed}</span> : null}
          {due === undefined ? null : <span class={due.isLate ? "tag red" : "meta"}>{due.text}</span>}
        </span>
        <span class="about">{coverPersonal(ticket.summary)}</span>
        <span class="meta">
          {coverPersonal(ticket.place.words)} · {agencies[ticket.agency]?.singkatan ?? ticket.agency} ·{" "}
          {label.facts.reporterCount(ticket.reporters.length)} ·{" "}
          {label.facts.photoCount(ticket.photos.length)}
        </span>
      </a>
    </li>
  );
}
