/** A report as the city goes on with it after one of its reporters was removed; the same in every store. */
import type { Ticket } from "../vocabulary/ticket.js";

/** Longer answers are somebody's own words; shorter ones are choices such as "Sebesar ban". */
const MOST_LETTERS = 20;

/** The pictures of a ticket that this citizen has sent and that belong to nobody else. */
export function picturesToKeep({ photos }: Ticket): Set<string> {
  return new Set(photos.filter(({ by }) => by === "staff").map(({ id }) => id));
}

/**
 * Without the person: their place among the reporters, their words and their pictures. What, where, when, how it went
 * and what was decided stay. `pictures` are the ids of the pictures that go.
 */
export function withoutReporter(ticket: Ticket, citizen: string, pictures: ReadonlySet<string>): Ticket {
  const [first] = ticket.reporters;
  const reporters = ticket.reporters.filter((each) => each.citizen !== citizen);
  const isTheirs = first?.citizen === citizen;
  return {
    ...ticket,
    reporters,
    photos: ticket.photos.filter(({ id }) => !pictures.has(id)),
    details: isTheirs ? ticket.details.filter(({ value }) => value.length <= MOST_LETTERS) : ticket.details,
    // Nobody knows any more which of the reporters said what: only what staff noted stays.
    history: ticket.history.map(({ note, ...entry }) =>
      note === undefined || entry.by === undefined ? entry : { ...entry, note },
    ),
  };
}
