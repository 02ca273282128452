/** Opens a covered number for a purpose, for a minute. */
import { post, say, toastWords } from "./desk.js";

const SHOWN_MS = 60_000;

/** Clicks on covered numbers in `log` ask for a purpose and then the server at `address`. */
export function bindReveal(log, address) {
  const dialog = document.querySelector("#reveal");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  let button;

  log.addEventListener("click", ({ target }) => {
    if (!target.matches("button.covered") || target.classList.contains("shown")) return;
    button = target;
    form.reset();
    dialog.showModal();
    form.elements.purpose.focus();
  });
  dialog.querySelector("[data-do=cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => button?.focus());

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { purpose } = form.elements;
    const answer = await post(address, {
      source: button.dataset.source,
      index: button.dataset.index,
      purpose: purpose.value,
    });
    dialog.close();
    if (answer?.status !== 200) {
      say(answer?.body.error ?? toastWords.failed);
      return;
    }
    showForAWhile(button, answer.body.value, dialog.dataset.shown);
  });
}

function showForAWhile(button, value, label) {
  const covered = button.textContent;
  button.textContent = value;
  button.title = label;
  button.classList.add("shown");
  const hide = () => {
    clearTimeout(timer);
    button.textContent = covered;
    button.title = "";
    button.classList.remove("shown");
  };
  const timer = setTimeout(hide, SHOWN_MS);
  addEventListener("pagehide", hide, { once: true });
}
