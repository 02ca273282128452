/** What a ticket's state is called. */
import type { Records } from "../../intents/library.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { words } from "../words/words.js";

/** "Diteruskan ke DPUPR"; agencies by their short names. */
export function stateLabel(ticket: Pick<Ticket, "state" | "agency">, agencies: Records["agencies"]): string {
  const label = words.tickets.states[ticket.state];
  return ticket.state === "forwarded"
    ? `${label} ${agencies[ticket.agency]?.singkatan ?? ticket.agency}`
    : label;
}
