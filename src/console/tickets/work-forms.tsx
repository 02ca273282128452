/** What staff can do with a ticket: move it on, note something, set the next day of contact. */
import type { ComponentChildren } from "preact";
import type { Records } from "../../intents/library.js";
import { nextStates, type Ticket } from "../../vocabulary/ticket.js";
import { words } from "../words/words.js";
import type { Filled } from "./read-work.js";
import { stateLabel } from "./state-label.js";

const { work, states } = words.tickets;

/** A sealed ticket stays with its agency. */
const LEAVING: readonly Ticket["state"][] = ["forwarded", "joined"];

export interface WorkFormsParts {
  ticket: Ticket;
  agencies: Records["agencies"];
  /** What was typed before, when the form comes back. */
  filled?: Filled | undefined;
  /** What citizens will read; then only a yes is missing. */
  sentence?: string | undefined;
  formKey: () => string;
}

export function WorkForms(props: WorkFormsParts) {
  const { ticket } = props;
  return (
    <div>
      {props.sentence === undefined ? <MoveForm {...props} /> : null}
      <Work {...props} what="note">
        <label class="field">
          <span>{work.note}</span>
          <textarea name="text" rows={2} maxLength={1000} required />
          <span class="hint">{work.noteHint}</span>
        </label>
        <button type="submit">{work.noteSubmit}</button>
      </Work>
      <Work {...props} what="contact">
        <label class="field">
          <span>{work.contact}</span>
          <input type="date" name="day" value={ticket.contactBy ?? ""} required />
        </label>
        <button type="submit">{work.contactSubmit}</button>
      </Work>
    </div>
  );
}

function Work({
  ticket,
  formKey,
  what,
  children,
}: WorkFormsParts & { what: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <form method="post" action={`/console/tickets/${ticket.id}`}>
        <input type="hidden" name="key" value={formKey()} />
        <input type="hidden" name="do" value={what} />
        {children}
      </form>
    </section>
  );
}

/** The first of two steps: nothing is changed yet. */
function MoveForm({ ticket, agencies, filled }: WorkFormsParts) {
  const next = nextStates(ticket.state).flatMap((state) =>
    state === "draft" || state === "received" || (ticket.sealed && LEAVING.includes(state)) ? [] : [state],
  );
  if (next.length === 0) return null;
  const chosen = next.find((state) => state === filled?.to) ?? next[0];
  const agency = filled === undefined || filled.agency === "" ? ticket.agency : filled.agency;
  return (
    <section class="card">
      <h2>{work.title}</h2>
      <form method="post" action={`/console/tickets/${ticket.id}`} encType="multipart/form-data">
        <input type="hidden" name="do" value="preview" />
        <p class="quiet small">{work.hint}</p>
        <fieldset>
          <legend>{work.to}</legend>
          {next.map((state) => (
            <label key={state} class="choice">
              <input type="radio" name="to" value={state} required checked={state === chosen} />
              <span>
                {state === "forwarded"
                  ? `${states.forwarded} OPD`
                  : stateLabel({ ...ticket, state }, agencies)}
                <span class="hint">{work.textHints[state]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span>{work.text}</span>
          <textarea name="text" rows={3} maxLength={500}>
            {filled?.text ?? ""}
          </textarea>
        </label>
        {next.includes("forwarded") ? (
          <label class="field">
            <span>{work.agency}</span>
            <select name="agency">
              {Object.entries(agencies).map(([id, { nama }]) => (
                <option key={id} value={id} selected={id === agency}>
                  {nama}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {next.includes("scheduled") ? (
          <label class="field">
            <span>{work.day}</span>
            <input type="date" name="day" value={filled?.day ?? ""} />
          </label>
        ) : null}
        {next.includes("done") ? <DoneFields filled={filled} /> : null}
        <button type="submit" class="main">
          {work.preview}
        </button>
      </form>
    </section>
  );
}

function DoneFields({ filled }: Pick<WorkFormsParts, "filled">) {
  const photos = filled?.photos ?? [];
  return (
    <>
      <label class="field">
        <span>{work.withoutPhoto}</span>
        <input name="without" maxLength={200} value={filled?.without ?? ""} />
      </label>
      {photos.map((id) => (
        <input key={id} type="hidden" name="photo" value={id} />
      ))}
      <label class="field">
        <span>{work.photo}</span>
        <input type="file" name="file" accept="image/jpeg,image/png,image/webp" />
        <span class="hint">
          {photos.length > 0 ? `${work.photoKept(photos.length)} ` : ""}
          {work.photoHint}
        </span>
      </label>
    </>
  );
}

/** The second step: what citizens will read, and one button that sends it. */
export function Preview(props: WorkFormsParts & { sentence: string }) {
  const { ticket, filled, sentence, formKey } = props;
  const fields = Object.entries(filled ?? {}).flatMap(([name, value]: [string, string | string[]]) =>
    [value].flat().map((each): [string, string] => [name === "photos" ? "photo" : name, each]),
  );
  return (
    <section class="card preview" id="preview">
      <h2>{work.read}</h2>
      <p class="quote told" id="sentence">
        {sentence}
      </p>
      <p class="quiet small">
        {work.readers(ticket.reporters.length)}
        {filled !== undefined && filled.photos.length > 0 ? ` ${work.photoKept(filled.photos.length)}` : ""}
      </p>
      <form method="post" action={`/console/tickets/${ticket.id}`}>
        <input type="hidden" name="key" value={formKey()} />
        {fields.map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <p class="actions">
          <button type="submit" class="main" name="do" value="move">
            {work.submit}
          </button>
          <button type="submit" name="do" value="edit">
            {work.edit}
          </button>
        </p>
      </form>
    </section>
  );
}
