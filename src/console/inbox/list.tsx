/** The menu of views and the list of conversations, on every page of Kotak Masuk. */
import type { PlaceCounts } from "../../storage/console-port.js";
import type { Listing } from "../../vocabulary/listing.js";
import { FOLD_REASONS } from "../../vocabulary/staff-act.js";
import type { Presence } from "../live/presence.js";
import { words } from "../words/words.js";
import { rowWords } from "./row.js";
import type { Clock } from "./window.js";
import { addressOf, countOf, VIEWS, type Wanted } from "./views.js";

const { desk } = words;

export interface ListData {
  wanted: Wanted;
  listings: Listing[];
  counts: PlaceCounts;
  /** There are more than are shown. */
  hasMore: boolean;
  shown: number;
  query?: string;
  /** What was found in each conversation, masked. */
  found?: ReadonlyMap<string, string>;
  /** The conversation that is open beside the list. */
  open?: string;
  me: string;
  mayAct: boolean;
  presence: Presence;
  now: number;
  formKey: () => string;
}

export function ViewMenu({ wanted, counts, query }: ListData) {
  return (
    <nav class="views" id="views" aria-label={desk.viewsLabel}>
      {VIEWS.map((view) => {
        const count = countOf(view, counts);
        const isHere = view === wanted.view && query === undefined;
        return (
          <a
            key={view}
            href={addressOf({ view })}
            aria-current={isHere ? "page" : undefined}
            data-view={view}
          >
            <span>{desk.views[view]}</span> {count === undefined ? null : <span class="count">{count}</span>}
          </a>
        );
      })}
    </nav>
  );
}

export function ConversationList(data: ListData) {
  const { wanted, listings, query } = data;
  return (
    <section class="list" id="list" aria-label={desk.listLabel}>
      <SearchForm query={query} />
      <div class="list-head">
        <h1 id="list-title">
          {query === undefined ? desk.views[wanted.view] : desk.search.results(query, listings.length)}
        </h1>
        <button type="button" class="fresh" id="fresh" data-label={desk.fresh(0)} hidden />
      </div>
      {wanted.view === "folded" && query === undefined ? <FoldReasons {...data} /> : null}
      {listings.length === 0 ? (
        <p class="empty">{query === undefined ? desk.empty : desk.search.none(query)}</p>
      ) : null}
      <ul id="rows" data-view={query === undefined ? wanted.view : "search"}>
        {listings.map((listing) => (
          <Row key={listing.citizen} listing={listing} data={data} />
        ))}
      </ul>
      {data.hasMore ? (
        <p class="more">
          <a class="button" href={`${addressOf(wanted)}&show=${data.shown * 2}`}>
            {desk.more}
          </a>
        </p>
      ) : null}
    </section>
  );
}

function SearchForm({ query }: { query: string | undefined }) {
  return (
    <form class="search" role="search" method="get" action="/console/inbox">
      <input
        type="search"
        name="q"
        id="search"
        aria-label={desk.search.label}
        placeholder={desk.search.label}
        value={query ?? ""}
        maxLength={100}
      />
      <button type="submit">{desk.search.submit}</button>
    </form>
  );
}

function Row({ listing, data }: { listing: Listing; data: ListData }) {
  const others = data.presence.others(listing.citizen, data.me);
  const row = rowWords(listing, { now: data.now, me: data.me, others });
  const isOpen = listing.citizen === data.open;
  const back = data.query === undefined ? addressOf(data.wanted).split("?")[1] : "view=needs";
  return (
    <li id={`row-${listing.citizen}`} data-citizen={listing.citizen}>
      <a
        class={listing.isUrgent ? "row alarm" : "row"}
        href={`/console/conversations/${listing.citizen}?${back ?? ""}`}
        aria-current={isOpen ? "true" : undefined}
      >
        <span class="line">
          <span class="name">{row.name}</span>{" "}
          <span class="meta">
            <span class="unseen">{desk.waiting("")}</span>
            {row.waited}
          </span>{" "}
        </span>
        <span class="excerpt">{data.found?.get(listing.citizen) ?? row.excerpt}</span>{" "}
        <span class="line tags">
          {row.reason === undefined ? null : (
            <span class={row.reason.isAlarm ? "tag red" : "tag"}>{row.reason.text}</span>
          )}{" "}
          {row.clock === undefined ? null : <RowClock {...row.clock} />}{" "}
          {row.holder === undefined ? null : (
            <span class={row.holder === desk.heldByNobody ? "unseen" : "meta holder"}>{row.holder}</span>
          )}
        </span>
      </a>
      {listing.place === "folded" && data.mayAct ? (
        <form
          method="post"
          action={`/console/conversations/${listing.citizen}/act`}
          class="unfold"
          data-act="unfold"
        >
          <input type="hidden" name="key" value={data.formKey()} />
          <input type="hidden" name="back" value={addressOf(data.wanted)} />
          <button type="submit" name="act" value="unfold">
            {desk.acts.unfold}
          </button>
        </form>
      ) : null}
    </li>
  );
}

/** A window that is wide open says so in short; one that closes says it in words. */
function RowClock({ text, tone, left }: Clock) {
  if (tone !== "plain" || left === undefined) return <span class="tag amber">{text}</span>;
  return (
    <span class="meta clock" title={text}>
      <span aria-hidden="true">{desk.windowLeftShort(left)}</span>
      <span class="unseen">{text}</span>
    </span>
  );
}

function FoldReasons({ counts, wanted }: ListData) {
  const all = counts.places.folded;
  return (
    <div class="fold-reasons" id="fold-reasons">
      <p>{desk.folded.lead(all.toLocaleString("id-ID"))}</p>
      <p class="actions">
        <a
          class="chip"
          href={addressOf({ view: "folded" })}
          aria-current={wanted.reason === undefined ? "true" : undefined}
        >
          {desk.folded.all} {all}
        </a>
        {FOLD_REASONS.filter((reason) => (counts.folded[reason] ?? 0) > 0).map((reason) => (
          <a
            key={reason}
            class="chip"
            data-count={counts.folded[reason]}
            href={addressOf({ view: "folded", reason })}
            aria-current={wanted.reason === reason ? "true" : undefined}
          >
            {desk.folded.reasons[reason]} {counts.folded[reason]}
          </a>
        ))}
      </p>
    </div>
  );
}
