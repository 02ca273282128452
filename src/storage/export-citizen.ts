/** Everything a store holds about one person, for that person: as UU 27/2022 gives everybody the right to. */
import type { Happening, Said } from "./console-port.js";
import type { Store } from "./port.js";
import type { Citizen } from "../vocabulary/citizen.js";
import type { Listing } from "../vocabulary/listing.js";
import type { Picture } from "../vocabulary/picture.js";
import type { Ticket } from "../vocabulary/ticket.js";

export interface CitizenExport {
  citizen: string;
  exportedAt: string;
  remembered: Citizen | undefined;
  /** How the conversation stands in the lists of staff. */
  listing: Listing | undefined;
  /** What reached us, with how it was decided. */
  events: Happening[];
  replies: Said[];
  /** Reports they filed or joined. Of others who reported the same, only how many there are. */
  tickets: (Omit<Ticket, "reporters"> & { reported: Ticket["reporters"]; otherReporters: number })[];
  /** Rows of the pictures they sent; the files lie in DATA_DIR/pictures. */
  pictures: Picture[];
}

/** More than any conversation holds. */
const ALL = 1_000_000;

/** Gathers it. Notes of staff about the conversation are part of it; what staff have typed and not sent is not. */
export async function exportCitizen(store: Store, citizen: string, now: number): Promise<CitizenExport> {
  const { desk } = store;
  const [remembered, listing, events, replies, tickets] = await Promise.all([
    store.citizen(citizen),
    desk.listing(citizen),
    desk.happenings(citizen, Number.MAX_SAFE_INTEGER, ALL),
    desk.said(citizen, Number.MAX_SAFE_INTEGER, ALL),
    store.ticketsOf(citizen, ALL),
  ]);
  const ids = new Set(tickets.flatMap(({ photos }) => photos.map(({ id }) => id)));
  const pictures = (await Promise.all([...ids].map((id) => store.picture(id)))).flatMap((each) => each ?? []);
  return {
    citizen,
    exportedAt: new Date(now).toISOString(),
    remembered,
    listing,
    events,
    replies,
    tickets: tickets.map(({ reporters, ...ticket }) => {
      const reported = reporters.filter((each) => each.citizen === citizen);
      return { ...ticket, reported, otherReporters: reporters.length - reported.length };
    }),
    pictures: pictures.filter((each) => each.citizen === citizen),
  };
}
