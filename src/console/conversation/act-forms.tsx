/** The forms of what staff can do with a conversation. */
import type { ComponentChildren } from "preact";
import { FOLD_REASONS } from "../../vocabulary/staff-act.js";
import { words } from "../words/words.js";
import type { Room } from "./room.js";

const { desk } = words;

export function ActForm(props: {
  citizen: string;
  formKey: string;
  act: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    <form
      method="post"
      action={`/console/conversations/${props.citizen}/act`}
      class={props.class}
      data-act={props.act}
    >
      <input type="hidden" name="key" value={props.formKey} />
      <input type="hidden" name="act" value={props.act} />
      {props.children}
    </form>
  );
}

/** One choice from a list, and the button that carries it out. `options`: value and words, in order. */
function ChoiceForm(props: {
  citizen: string;
  formKey: string;
  act: string;
  name: string;
  options: readonly (readonly [value: string, words: string])[];
  chosen?: string;
  words: { label: string; hint: string; submit: string };
}) {
  const { label, hint, submit } = props.words;
  return (
    <ActForm citizen={props.citizen} formKey={props.formKey} act={props.act}>
      <label class="field">
        <span>{label}</span>
        <select name={props.name}>
          {props.options.map(([value, text]) => (
            <option key={value} value={value} selected={value === props.chosen}>
              {text}
            </option>
          ))}
        </select>
        <span class="hint">{hint}</span>
      </label>
      <button type="submit">{submit}</button>
    </ActForm>
  );
}

/** Names of moments; the server knows the city's clock (`moments.ts`). */
const MOMENTS = ["hour", "afternoon", "tomorrow", "monday"] as const;

export function SnoozeForm(props: { citizen: string; formKey: string }) {
  const options = MOMENTS.map((moment) => [moment, desk.snooze[moment]] as const);
  return (
    <ChoiceForm
      {...props}
      act="snooze"
      name="until"
      options={options}
      chosen="tomorrow"
      words={desk.snooze}
    />
  );
}

export function HandForm({ room, formKey }: { room: Room; formKey: string }) {
  const options = room.colleagues.map(({ id, name }) => [id, name] as const);
  return (
    <ChoiceForm
      citizen={room.citizen.id}
      formKey={formKey}
      act="hand"
      name="to"
      options={options}
      words={desk.hand}
    />
  );
}

export function AgencyForm({ room, formKey }: { room: Room; formKey: string }) {
  const options = Object.entries(room.library.records.agencies).map(([id, { nama }]) => [id, nama] as const);
  return (
    <ChoiceForm
      citizen={room.citizen.id}
      formKey={formKey}
      act="to-agency"
      name="agency"
      options={options}
      chosen={room.listing.escalation?.agency}
      words={desk.agency}
    />
  );
}

export function FoldForm(props: { citizen: string; formKey: string }) {
  const options = FOLD_REASONS.map((reason) => [reason, desk.folded.reasons[reason]] as const);
  const words = { ...desk.foldForm, label: `${desk.acts.fold}: ${desk.foldForm.label}` };
  return <ChoiceForm {...props} act="fold" name="reason" options={options} words={words} />;
}
