/** One ticket: what was reported, where, what has happened, and what can be done next. */
import type { Records } from "../../intents/library.js";
import type { Picture } from "../../vocabulary/picture.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import type { Ticket, TicketEntry } from "../../vocabulary/ticket.js";
import { coverPersonal } from "../../triage/personal.js";
import { consolePage } from "../layout.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import { dueWords } from "./due.js";
import { Photos } from "./photos.js";
import type { Filled } from "./read-work.js";
import { stateLabel } from "./state-label.js";
import { Preview, WorkForms } from "./work-forms.js";

const { tickets: label } = words;

export interface TicketPage {
  staff: StaffMember;
  ticket: Ticket;
  agencies: Records["agencies"];
  /** What became of its photos, in their order. */
  pictures: (Picture | undefined)[];
  mayWork: boolean;
  /** Reporters' conversations may be opened. */
  mayRead: boolean;
  notice: { text: string; isBad: boolean } | undefined;
  filled?: Filled | undefined;
  sentence?: string | undefined;
  formKey: () => string;
  now: number;
  zone: string;
}

/** The whole document. */
export function ticketPage(data: TicketPage): string {
  return consolePage({
    title: data.ticket.number ?? label.title,
    staff: data.staff,
    active: "tickets",
    shape: "wide",
    styles: ["desk.css"],
    body: <TicketBody {...data} />,
  });
}

function TicketBody(data: TicketPage) {
  const { ticket, agencies, notice, sentence, now, zone } = data;
  const due = dueWords(ticket, now, zone);
  return (
    <>
      <p>
        <a href="/console/tickets">← {label.back}</a>
      </p>
      <h1>
        {ticket.number ?? label.noNumber} · {coverPersonal(ticket.summary)}
      </h1>
      <p class="actions">
        <span class="tag">{stateLabel(ticket, agencies)}</span>
        {ticket.sealed ? <span class="tag">{label.sealed}</span> : null}
        {due === undefined ? null : <span class={due.isLate ? "tag red" : "tag green"}>{due.text}</span>}
      </p>
      {notice === undefined ? null : (
        <p class={notice.isBad ? "notice bad" : "notice"} role="status">
          {notice.text}
        </p>
      )}
      {data.mayWork && sentence !== undefined ? <Preview {...data} sentence={sentence} /> : null}
      <div class="ticket-columns">
        <div>
          <Facts {...data} />
          <Photos ticket={ticket} pictures={data.pictures} />
          <History {...data} />
        </div>
        {data.mayWork ? <WorkForms {...data} /> : null}
      </div>
    </>
  );
}

function Facts({ ticket, agencies, mayRead, zone }: TicketPage) {
  const { place } = ticket;
  const area = [place.rt && `RT ${place.rt}`, place.rw && `RW ${place.rw}`, place.kelurahan, place.kecamatan]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
  const facts: [string, string][] = [
    [label.facts.place, place.words],
    ...(place.landmark === undefined ? [] : ([[label.facts.landmark, place.landmark]] as [string, string][])),
    ...(area === "" ? [] : ([[label.facts.area, area]] as [string, string][])),
    ...(place.owner === undefined ? [] : ([[label.facts.owner, place.owner]] as [string, string][])),
    ...ticket.details.map(({ label: name, value }): [string, string] => [name, value]),
    [label.facts.agency, agencies[ticket.agency]?.nama ?? ticket.agency],
    [label.facts.photos, label.facts.photoCount(ticket.photos.length)],
    [label.facts.filed, momentOf(ticket.createdAt, zone)],
  ];
  const { latitude, longitude } = place;
  return (
    <section class="card">
      <dl class="ticket-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{coverPersonal(value)}</dd>
          </div>
        ))}
        <div>
          <dt>{label.facts.reporters}</dt>
          <dd>
            {mayRead
              ? ticket.reporters.map(({ citizen }, index) => (
                  <span key={citizen}>
                    {index > 0 ? " · " : ""}
                    <a href={`/console/conversations/${citizen}`}>{label.conversation(index + 1)}</a>
                  </span>
                ))
              : `${label.facts.reporterCount(ticket.reporters.length)}. ${label.identity}`}
          </dd>
        </div>
      </dl>
      {latitude === undefined || longitude === undefined ? null : (
        <p>
          <a
            href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            {label.facts.map}
          </a>
        </p>
      )}
    </section>
  );
}

function History({ ticket, agencies, zone }: TicketPage) {
  return (
    <section class="card">
      <h2>{label.history}</h2>
      <ol class="ticket-history">
        {ticket.history.map((entry, index) => (
          <li key={index}>
            <span class="meta">
              {momentOf(entry.at, zone)}
              {entry.by === undefined ? "" : ` · ${entry.by}`}
            </span>
            <span>{entryWords(entry, ticket, agencies)}</span>
            {entry.note === undefined ? null : <span class="quote">{coverPersonal(entry.note)}</span>}
            {entry.sentence === undefined ? null : (
              <span class="quote told">
                <span class="meta">{label.told}</span> {entry.sentence}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function entryWords(entry: TicketEntry, ticket: Ticket, agencies: Records["agencies"]): string {
  return entry.what === "moved" && entry.to !== undefined
    ? stateLabel({ state: entry.to, agency: ticket.agency }, agencies)
    : label.entries[entry.what];
}
