/** The dialogs of the work page; scripts open them. */
import { words } from "../words/words.js";

const { desk } = words;

export function Dialogs({ mayOpen }: { mayOpen: boolean }) {
  return (
    <>
      <dialog id="guard" aria-labelledby="guard-title" data-title={desk.guard.title("…")}>
        <h2 id="guard-title">{desk.guard.title("…")}</h2>
        <p class="bubble-text" id="guard-text" />
        <p class="actions">
          <button type="button" class="main" data-do="read">
            {desk.guard.read}
          </button>
          <button type="button" data-do="send">
            {desk.guard.sendAnyway}
          </button>
        </p>
      </dialog>
      {mayOpen ? (
        <dialog id="reveal" aria-labelledby="reveal-title" data-shown={desk.reveal.shown}>
          <h2 id="reveal-title">{desk.reveal.title}</h2>
          <p>{desk.reveal.text}</p>
          <form method="dialog">
            <label class="field">
              <span>{desk.reveal.purpose}</span>
              <select name="purpose" required>
                <option value="">{desk.reveal.choose}</option>
                {Object.entries(desk.reveal.purposes).map(([id, label]) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
            <p class="actions">
              <button type="submit" class="main" value="open">
                {desk.reveal.open}
              </button>
              <button type="button" data-do="cancel">
                {desk.reveal.cancel}
              </button>
            </p>
          </form>
        </dialog>
      ) : null}
      <dialog id="shortcuts" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">{desk.shortcuts.title}</h2>
        <dl class="keys">
          {Object.entries(desk.shortcuts.keys).map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <label class="choice">
          <input type="checkbox" id="shortcuts-on" checked /> {desk.shortcuts.enabled}
        </label>
        <form method="dialog">
          <button type="submit">{desk.shortcuts.close}</button>
        </form>
      </dialog>
      <p
        class="toast"
        id="toast"
        role="status"
        data-done={desk.done}
        data-failed={desk.failed}
        data-pending={desk.pending}
        hidden
      />
    </>
  );
}
