/** Beside a conversation: who writes, their tickets, and how patient the bot has been. */
import { words } from "../words/words.js";
import { dateOf, momentOf } from "../times.js";
import { nameOf } from "../inbox/row.js";
import { stateLabel } from "../tickets/state-label.js";
import type { Room } from "./room.js";

const { aside } = words.desk;

export function Aside({ room }: { room: Room }) {
  const { citizen, zone, tickets } = room;
  const patience = patienceOf(room);
  return (
    <aside id="aside" aria-label={aside.label}>
      <h2>{aside.citizen}</h2>
      <p>
        {nameOf(citizen.id)}
        <br />
        <span class="meta">
          {citizen.firstWroteAt === undefined ? null : aside.since(dateOf(citizen.firstWroteAt, zone))}
          <br />
          {citizen.lastWroteAt === undefined ? null : aside.last(momentOf(citizen.lastWroteAt, zone))}
        </span>
      </p>
      <h2>{aside.tickets}</h2>
      {tickets.length === 0 ? <p class="meta">{aside.noTickets}</p> : null}
      <ul class="plain">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <a href={`/console/tickets/${ticket.id}`}>{ticket.number ?? words.tickets.noNumber}</a>{" "}
            <span class="meta">{stateLabel(ticket, room.library.records.agencies)}</span>
          </li>
        ))}
      </ul>
      <h2>{aside.patience}</h2>
      {patience.length === 0 ? <p class="meta">{aside.noPatience}</p> : null}
      <ul class="plain">
        {patience.map((line) => (
          <li key={line} class="meta">
            {line}
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Each topic the bot answered here, with how often and in which wording it was said last. */
function patienceOf({ lines, library }: Room): string[] {
  const topics = new Map<string, { times: number; wording: number }>();
  for (const line of lines) {
    if (
      line.kind !== "bot" ||
      !line.isLast ||
      line.why?.intent === undefined ||
      line.why.wording === undefined
    )
      continue;
    const { times } = topics.get(line.why.intent) ?? { times: 0 };
    topics.set(line.why.intent, { times: times + 1, wording: line.why.wording });
  }
  return [...topics].map(([intent, { times, wording }]) =>
    aside.patienceLine(library.intents.get(intent)?.title ?? intent, times, wording),
  );
}
