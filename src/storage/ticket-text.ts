/** The words by which staff find a ticket; the same in every store. */
import type { Ticket } from "../vocabulary/ticket.js";

/** What staff search in, in small letters. */
export function searchText({ number, summary, place, details }: Ticket): string {
  return [number ?? "", summary, place.words, place.street ?? "", ...details.map(({ value }) => value)]
    .join(" ")
    .toLowerCase();
}
