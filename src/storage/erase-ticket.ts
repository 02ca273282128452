/** A report as the city goes on with it after one of its reporters was removed; the same in every store. */
import type { Place, Ticket, TicketDetail } from "../vocabulary/ticket.js";

/** Longer answers are somebody's own words; shorter ones are choices such as "Sebesar ban". */
const MOST_LETTERS = 20;
/** Stands where somebody's words stood. */
const GONE = "…";

/** The pictures of a ticket that this citizen has sent and that belong to nobody else. */
export function picturesToKeep({ photos }: Ticket): Set<string> {
  return new Set(photos.filter(({ by }) => by === "staff").map(({ id }) => id));
}

/**
 * Without the person: their place among the reporters, their words and their pictures. What, where, when, how it went
 * and what was decided stay. `pictures` are the ids of the pictures that go.
 */
export function withoutReporter(ticket: Ticket, citizen: string, pictures: ReadonlySet<string>): Ticket {
  const gone = ticket.reporters.filter((each) => each.citizen === citizen);
  const left = {
    ...ticket,
    reporters: ticket.reporters.filter((each) => each.citizen !== citizen),
    photos: ticket.photos.filter(({ id }) => !pictures.has(id)),
  };
  const isTheirs = ticket.reporters[0]?.citizen === citizen;
  const place = isTheirs ? withoutOwnWords(ticket.place) : ticket.place;
  const theirs = gone.flatMap(({ words }) => words ?? []);
  const isTold = ({ value }: TicketDetail): boolean =>
    isTheirs && (value.length > MOST_LETTERS || theirs.includes(value));
  const told = [...theirs, ...ticket.details.filter(isTold).map(({ value }) => value)];
  const withoutWords = (text: string): string =>
    told.reduce(
      (rest, words) => replaceAll(rest, words, GONE),
      replaceAll(text, ticket.place.words, place.words),
    );
  return {
    ...left,
    place,
    summary: withoutWords(ticket.summary),
    details: ticket.details.filter((detail) => !isTold(detail)),
    // Nobody knows any more which of the reporters said what: only what staff noted stays.
    history: ticket.history.map(({ note, sentence, ...entry }) => ({
      ...entry,
      ...(note === undefined || entry.by === undefined ? {} : { note: withoutWords(note) }),
      ...(sentence === undefined ? {} : { sentence: withoutWords(sentence) }),
    })),
  };
}

/** Where it is, as far as it was understood; how somebody put it goes. */
function withoutOwnWords({ words: _, ...place }: Place): Place {
  const { street, landmark, rt, rw, kelurahan, kecamatan } = place;
  const known = [street, landmark, rt && `RT ${rt}`, rw && `RW ${rw}`, kelurahan, kecamatan];
  return { ...place, words: known.filter(Boolean).join(", ") || GONE };
}

/** However it is written: a summary may have it in small letters. */
function replaceAll(text: string, words: string, by: string): string {
  return words === ""
    ? text
    : text.replaceAll(new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "gi"), () => by);
}
