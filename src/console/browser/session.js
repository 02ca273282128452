/** Warns two minutes before the session ends, and extends it when asked. */
const WARN_MS = 2 * 60_000;
const RETRY_MS = 60_000;
const dialog = document.querySelector("#session-warning");
const extend = dialog.querySelector("[data-do=extend]");
const again = dialog.querySelector("a");

/** Asks how long the session still lasts, with "POST" also keeping it alive. Undefined when the server cannot be reached. */
async function timeLeft(method) {
  const answer = await fetch("/console/session", { method, headers: { "x-requested-with": "sabar" } }).catch(
    () => undefined,
  );
  if (answer?.status === 401) return 0;
  return answer?.ok ? (await answer.json()).leftMs : undefined;
}

function plan(leftMs) {
  if (leftMs === undefined) setTimeout(look, RETRY_MS);
  else if (leftMs <= 0) showEnded();
  // Never beyond what a timer can hold, and looked at again: another tab may have kept the session alive.
  else setTimeout(look, Math.min(leftMs > WARN_MS ? leftMs - WARN_MS : leftMs, 60 * RETRY_MS));
}

async function look() {
  const leftMs = await timeLeft("GET");
  if (leftMs > 0 && leftMs <= WARN_MS && !dialog.open) dialog.showModal();
  if (leftMs > WARN_MS && dialog.open) dialog.close();
  plan(leftMs);
}

function showEnded() {
  dialog.querySelector("p").textContent = dialog.dataset.ended;
  extend.hidden = true;
  again.hidden = false;
  again.href = `/console/login?next=${encodeURIComponent(location.pathname + location.search)}`;
  if (!dialog.open) dialog.showModal();
}

extend.addEventListener("click", async () => {
  const leftMs = await timeLeft("POST");
  if (leftMs === undefined) return;
  if (leftMs > 0) dialog.close();
  else showEnded();
});

// On a phone the menu is longer than the screen: the marked item is brought into sight.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
look();
