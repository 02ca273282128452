/** Shortcuts of one key: listed by "?", off where somebody has switched them off, never inside a field. */
const STORED = "sabar-shortcuts";
const dialog = document.querySelector("#shortcuts");
const box = document.querySelector("#shortcuts-on");

const isOn = () => localStorage.getItem(STORED) !== "off";

const press = (selector) => document.querySelector(selector)?.click();
const submit = (act) => {
  const forms = [...document.querySelectorAll(`#head form[data-act="${act}"]`)];
  const form = forms.find((each) => each.checkVisibility()) ?? forms[0];
  form?.requestSubmit(form.querySelector("button"));
};

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => focusBox("reply"),
  n: () => focusBox("note"),
  a: () => submit("claim"),
  b: () => submit("give-back"),
  s: () => submit("close"),
  "/": () => document.querySelector("#search")?.focus(),
  "?": () => dialog.showModal(),
};

/** The row after or before the one that has the focus, or is open. */
function move(step) {
  const rows = [...document.querySelectorAll("#rows .row")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const from = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute("aria-current"));
  rows[Math.min(rows.length - 1, Math.max(0, from + step))]?.focus();
}

function focusBox(which) {
  press(`.switch [data-box="${which}"]`);
  document.querySelector(which === "reply" ? "#reply-text" : "#note-text")?.focus();
}

/** A field of a dialog that has just closed keeps the focus for a moment; nobody types there any more. */
function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]")?.checkVisibility() === true;
}

/** Listens from now on. */
export function bindKeys() {
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      const open = document.querySelector("dialog[open]");
      if (open) {
        // Closed here and now: left to the browser, the next key may still find it open.
        event.preventDefault();
        open.close();
        if (open.contains(document.activeElement)) document.activeElement.blur();
        return;
      }
      const menu = document.querySelector("details.menu[open], details.me[open]");
      if (menu) {
        menu.removeAttribute("open");
        menu.querySelector("summary").focus();
      } else if (isTyping(event.target)) event.target.blur();
      else press("#back");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = ACTIONS[event.key];
    if (!action || (!isOn() && event.key !== "?")) return;
    event.preventDefault();
    action();
  });
}
