/** What deciding may look up about tickets; every store can be read like this. */
import type { Ticket } from "../vocabulary/ticket.js";

export interface TicketReader {
  ticket(id: string): Promise<Ticket | undefined>;
  ticketByNumber(number: string): Promise<Ticket | undefined>;
  ticketsOf(citizen: string, limit: number): Promise<Ticket[]>;
  similarTickets(
    search: {
      kind: string;
      since: number;
      near?: { latitude: number; longitude: number; metres: number };
      street?: string;
    },
    limit: number,
  ): Promise<Ticket[]>;
  script(fingerprint: string): Promise<string | undefined>;
}
