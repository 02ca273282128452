/** Switches notifications on and off for this browser. */
import { workerRegistration } from "./worker-registration.js";

const card = document.querySelector("#push");
const state = document.querySelector("#push-state");
const button = (name) => card.querySelector(`[data-do=${name}]`);

function show(isOn) {
  button("on").hidden = isOn;
  button("off").hidden = !isOn;
  button("try").hidden = !isOn;
}

async function post(path, fields = {}) {
  const answer = await fetch(`/console/settings/alerts${path}`, {
    method: "POST",
    headers: { "x-requested-with": "sabar" },
    body: new URLSearchParams(fields),
  });
  const { said, error } = await answer.json().catch(() => ({}));
  state.textContent = said ?? error ?? card.dataset.failed;
  return answer.ok;
}

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") {
    state.textContent = card.dataset.denied;
    return;
  }
  const { pushManager } = await workerRegistration();
  // A subscription with other keys, such as of another installation, would stand in the way.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(card.dataset.key),
  });
  const { endpoint, keys } = made.toJSON();
  show(await post("", { endpoint, p256dh: keys.p256dh, auth: keys.auth }));
}

async function turnOff() {
  const { pushManager } = await workerRegistration();
  await (await pushManager.getSubscription())?.unsubscribe();
  show(!(await post("/off")));
}

const ACTIONS = { on: turnOn, off: turnOff, try: () => post("/try") };

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  show(card.dataset.on === "yes");
  card.addEventListener("click", async ({ target }) => {
    const action = ACTIONS[target.dataset?.do];
    if (!action) return;
    target.disabled = true;
    await action().catch(() => (state.textContent = card.dataset.failed));
    target.disabled = false;
  });
} else state.textContent = card.dataset.missing;
