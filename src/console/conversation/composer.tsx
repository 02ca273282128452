/** Where staff write: to the citizen, or a note for colleagues. Two boxes that cannot be mistaken for each other. */
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import { MOST_FILE_BYTES } from "./files.js";
import type { Room } from "./room.js";
import type { Line } from "./timeline.js";

const { desk } = words;

/** Letters that fit into one message, as Messenger counts them. */
export const MOST_LETTERS = 2000;
/** The same answer so many times calls for simpler words. */
const PATIENT_FROM = 3;

export function Composer({ room, formKey }: { room: Room; formKey: () => string }) {
  const { lock } = room;
  const address = `/console/conversations/${room.citizen.id}`;
  const explained = timesExplained(room.lines);
  return (
    <div class="composer" id="composer" data-lock={lock.kind} data-address={address}>
      <div class="switch" role="group" hidden>
        <button type="button" data-box="reply" aria-pressed="true">
          {desk.composer.reply}
        </button>
        <button type="button" data-box="note" aria-pressed="false">
          {desk.composer.note}
        </button>
      </div>
      {lock.kind === "closed" ? (
        <p class="notice care locked" id="locked">
          {desk.windowClosed}
        </p>
      ) : (
        <form method="post" action={`${address}/act`} id="reply" class="box" encType="multipart/form-data">
          <input type="hidden" name="act" value="reply" />
          <input type="hidden" name="key" value={formKey()} />
          <input type="hidden" name="after" value={room.lastPerson ?? ""} />
          {lock.kind === "human" ? (
            <p class="notice care">{desk.windowHuman(momentOf(lock.until, room.zone))}</p>
          ) : null}
          {explained >= PATIENT_FROM ? (
            <p class="notice care patient">{desk.composer.patient(explained)}</p>
          ) : null}
          <label for="reply-text">
            {desk.composer.reply} <span class="meta">({desk.composer.replyHint})</span>
          </label>
          <textarea
            id="reply-text"
            name="text"
            rows={2}
            aria-describedby="reply-count reply-problem"
            data-most={MOST_LETTERS}
            data-too-long={desk.composer.tooLong(0)}
            data-blank={desk.composer.blank("…")}
            data-counter={desk.composer.counter(0)}
          >
            {room.draft}
          </textarea>
          <ul id="quick" class="quick" role="listbox" aria-label={desk.composer.quick} hidden />
          <p id="reply-problem" class="problem" role="status" />
          <div class="actions">
            <button type="submit" class="main" id="send">
              {desk.composer.send}
            </button>
            <label class="button attach" title={desk.attach.hint}>
              {desk.attach.label}
              <input
                type="file"
                name="file"
                id="reply-file"
                accept="image/jpeg,image/png,image/webp,application/pdf"
                data-most={MOST_FILE_BYTES}
                data-too-large={desk.attach.large}
              />
            </label>
            <button type="button" class="attached" id="reply-detach" data-label={desk.attach.remove} hidden />
            <span id="reply-count" class="meta">
              {desk.composer.counter(room.draft.length)}
            </span>
            <span class="meta hint">{desk.composer.pausesBot}</span>
          </div>
        </form>
      )}
      <form method="post" action={`${address}/act`} id="note" class="box note-box">
        <input type="hidden" name="act" value="note" />
        <input type="hidden" name="key" value={formKey()} />
        <label for="note-text">
          {desk.composer.note} <span class="meta">({desk.composer.noteHint})</span>
        </label>
        <textarea id="note-text" name="text" rows={2} maxLength={MOST_LETTERS} required />
        <div class="actions">
          <button type="submit" class="note-button">
            {desk.composer.saveNote}
          </button>
        </div>
      </form>
    </div>
  );
}

/** How often the bot has given its latest explanation in this conversation. */
function timesExplained(lines: readonly Line[]): number {
  const answers = lines.flatMap((line) =>
    line.kind === "bot" && line.isLast && line.why?.intent !== undefined && line.why.wording !== undefined
      ? [{ intent: line.why.intent, wording: line.why.wording }]
      : [],
  );
  const last = answers.at(-1);
  return last === undefined ? 0 : answers.filter(({ intent }) => intent === last.intent).length;
}
