/** The photos of one ticket, and where one is missing, why. */
import type { Picture } from "../../vocabulary/picture.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import { words } from "../words/words.js";

const { tickets: label } = words;

/** `pictures`: what became of its photos, in their order. */
export function Photos({ ticket, pictures }: { ticket: Ticket; pictures: (Picture | undefined)[] }) {
  if (ticket.photos.length === 0) return null;
  return (
    <section class="card photos">
      <h2>{label.facts.photos}</h2>
      <div>
        {ticket.photos.map(({ id, by }, index) => {
          const name = label.photo(index + 1, by);
          const picture = pictures[index];
          if (picture?.state !== "kept")
            return (
              <p key={id} class="missing">
                {label.photoMissing(name, whyMissing(picture))}
              </p>
            );
          const address = `/console/tickets/${ticket.id}/pictures/${encodeURIComponent(id)}`;
          return (
            <a key={id} href={address} target="_blank" rel="noopener">
              <img src={address} alt={name} loading="lazy" />
            </a>
          );
        })}
      </div>
    </section>
  );
}

function whyMissing(picture: Picture | undefined): string {
  if (picture?.state === "wanted") return label.photoWanted;
  return picture?.reason ?? label.photoGone;
}
