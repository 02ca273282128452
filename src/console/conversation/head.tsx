/** The head of a conversation: who, why, how much time is left, who has it, and what can be done. */
import { DateTime } from "luxon";
import { replyWindowLeft } from "../inbox/window.js";
import { nameOf, reasonOf } from "../inbox/row.js";
import { timeOf } from "../times.js";
import { words } from "../words/words.js";
import { ActForm, AgencyForm, FoldForm, HandForm, SnoozeForm } from "./act-forms.js";
import type { Room } from "./room.js";

const { desk } = words;

export function Head({ room, back, formKey }: { room: Room; back: string; formKey: () => string }) {
  const { listing, citizen, now } = room;
  const isOpen = listing.escalation !== undefined && listing.place !== "done";
  const clock = replyWindowLeft(listing.windowEndsAt, now);
  return (
    <div class="head" id="head">
      <div class="head-line">
        <a class="button back" id="back" href={back}>
          ← {desk.back}
        </a>
        <h1 id="thread-title" tabIndex={-1}>
          {nameOf(citizen.id)}
        </h1>
        {listing.escalation !== undefined && isOpen ? (
          <span class={listing.isUrgent ? "tag red" : "tag"}>{reasonOf(listing.escalation)}</span>
        ) : null}
        {listing.folded !== undefined && !isOpen ? (
          <span class="tag" title={listing.folded.details.join(", ")}>
            {desk.views.folded}: {desk.folded.reasons[listing.folded.reason]}
          </span>
        ) : null}
        <span class={clock.tone === "plain" ? "tag green" : "tag amber"}>{clock.text}</span>
        {listing.isUrgent ? (
          <span class="tag red">
            {desk.urgentPhone(room.library.records.emergency.nomor.umum?.nomor ?? "112")}
          </span>
        ) : null}
      </div>
      <p class="meta standing">{standing(room).join(" · ")}</p>
      {room.mayAct ? <Acts room={room} formKey={formKey} isOpen={isOpen} /> : null}
    </div>
  );
}

/** Who has it, who is looking, and whether the bot speaks. */
function standing({ listing, citizen, me, others, zone, now }: Room): string[] {
  const { holder } = listing.escalation ?? {};
  const parts = others.map((each) => (each.isTyping ? desk.typing(each.name) : desk.opening(each.name)));
  if (listing.place !== "done" && holder !== undefined)
    parts.unshift(holder.id === me.id ? desk.heldByMe : desk.heldBy(holder.name));
  const { quiet } = citizen;
  if (quiet === undefined || (quiet.until !== undefined && quiet.until <= now)) parts.push(desk.botAnswers);
  else
    parts.push(
      quiet.until === undefined
        ? desk.botPaused(timeOf(quiet.since, zone))
        : desk.botPausedUntil(timeOf(quiet.since, zone), dayAndTime(quiet.until, now, zone)),
    );
  return parts;
}

/** "14.05", or with its date when that is another day. */
function dayAndTime(at: number, now: number, zone: string): string {
  const [then, today] = [at, now].map((each) => DateTime.fromMillis(each, { zone, locale: words.lang }));
  return then?.toFormat(then.toISODate() === today?.toISODate() ? "HH.mm" : "d LLLL HH.mm") ?? "";
}

function Acts({ room, formKey, isOpen }: { room: Room; formKey: () => string; isOpen: boolean }) {
  const { listing, me, citizen } = room;
  const holder = isOpen ? listing.escalation?.holder : undefined;
  const act = (
    name: string,
    label: string,
    options: { main?: boolean; force?: boolean; class?: string } = {},
  ) => (
    <ActForm
      key={name}
      citizen={citizen.id}
      formKey={formKey()}
      act={name}
      {...(options.class && { class: options.class })}
    >
      {options.force ? <input type="hidden" name="force" value="1" /> : null}
      <button type="submit" class={options.main ? "main" : ""}>
        {label}
      </button>
    </ActForm>
  );
  const isMine = holder?.id === me.id;
  const isQuiet = citizen.quiet !== undefined;
  const second = [
    ...(isOpen || isQuiet ? [act("give-back", desk.acts.giveBack, { class: "wide-only" })] : []),
    ...(isOpen ? [act("close", desk.acts.close, { class: "wide-only" })] : []),
  ];
  return (
    <div class="head-acts">
      {!isOpen && listing.place === "folded" ? act("unfold", desk.acts.unfold, { main: true }) : null}
      {!isOpen && listing.place === "done" ? act("reopen", desk.acts.reopen, { main: true }) : null}
      {isOpen && !isMine
        ? act("claim", holder === undefined ? desk.acts.claim : desk.acts.claimFrom(holder.name), {
            main: holder === undefined,
            force: holder !== undefined,
          })
        : null}
      {!isOpen && listing.place === "bot" ? act("take-over", desk.acts.takeOver, { main: true }) : null}
      {isMine ? act("release", desk.acts.release) : null}
      {second}
      <details class="menu" id="menu">
        <summary>{desk.acts.menu}</summary>
        <div class="menu-body">
          {isOpen || isQuiet ? act("give-back", desk.acts.giveBack, { class: "narrow-only" }) : null}
          {isOpen ? act("close", desk.acts.close, { class: "narrow-only" }) : null}
          {isOpen && listing.isUrgent ? act("not-urgent", desk.acts.notUrgent) : null}
          {isOpen && listing.place === "snoozed" ? act("wake", desk.acts.wake) : null}
          {isOpen ? <SnoozeForm citizen={citizen.id} formKey={formKey()} /> : null}
          {isOpen && room.colleagues.length > 0 ? <HandForm room={room} formKey={formKey()} /> : null}
          {isOpen ? <AgencyForm room={room} formKey={formKey()} /> : null}
          {listing.place === "folded" ? null : <FoldForm citizen={citizen.id} formKey={formKey()} />}
        </div>
      </details>
    </div>
  );
}
