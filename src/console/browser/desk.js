/** Keeps the list and the open conversation as they are on the server, without moving what somebody is looking at. */
import { bindKeys } from "./keys.js";

const desk = document.querySelector("#desk");
const conversation = desk.dataset.conversation;
/** Not more often than this; what changes in between is seen the next time. */
const LOOK_EVERY_MS = 1200;
/** Clocks and waiting times grow old even if nothing happens. */
const STALE_MS = 30_000;

let isLooking = false;
let wantsLook = false;
let lookedAt = 0;

/** The same page anew, as a document that nothing runs in. */
function fetchPage() {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.setRequestHeader("x-sabar-look", "1");
    request.onload = () => {
      const isPage = request.status === 200 && request.response?.querySelector("#desk");
      resolve(isPage ? request.response : undefined);
    };
    request.onerror = () => resolve(undefined);
    request.ontimeout = () => resolve(undefined);
    request.timeout = 20_000;
    request.send();
  });
}

/** Looks now, or as soon as that is due. */
export function look(atOnce = false) {
  if (isLooking) {
    wantsLook = true;
    return;
  }
  isLooking = true;
  const wait = atOnce ? 0 : Math.max(0, lookedAt + LOOK_EVERY_MS - Date.now());
  setTimeout(async () => {
    wantsLook = false;
    const page = await fetchPage();
    lookedAt = Date.now();
    if (page) show(page);
    isLooking = false;
    if (wantsLook) look();
  }, wait);
}

function show(page) {
  document.title = page.title;
  replaceIfChanged("#views", page);
  replaceIfChanged("#banners", page);
  setText("#status", page.querySelector("#status").textContent);
  setText("#list-title", page.querySelector("#list-title")?.textContent ?? "");
  replaceIfChanged("#fold-reasons", page);
  copyAlarm(page);
  showList(page);
  if (conversation) document.dispatchEvent(new CustomEvent("sabar:page", { detail: page }));
}

/** How many nobody has taken; alarm.js looks at it. */
function copyAlarm(page) {
  const [here, there] = [document.querySelector("#alarm"), page.querySelector("#alarm")];
  if (here && there) Object.assign(here.dataset, there.dataset);
}

function setText(selector, text) {
  const element = document.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}

/** Exchanges a part, unless it is the same or somebody is in it. */
export function replaceIfChanged(selector, page) {
  const here = document.querySelector(selector);
  const there = page.querySelector(selector);
  if (!here || !there || here.outerHTML === there.outerHTML || here.contains(document.activeElement)) return;
  here.replaceWith(document.adoptNode(there));
}

const rows = () => document.querySelector("#rows");

/** True while a row has the pointer or the focus: then the list keeps still. */
function isListInUse() {
  const list = rows();
  return (
    list.matches(":hover") ||
    (list.contains(document.activeElement) && document.activeElement !== document.body)
  );
}

let waitingPage;

function showList(page) {
  const fresh = page.querySelector("#rows");
  const empty = page.querySelector("#list .empty");
  const known = new Set([...rows().children].map((row) => row.id));
  const added = [...fresh.children].filter((row) => !known.has(row.id));
  if (isListInUse()) {
    updateInPlace(fresh);
    waitingPage = page;
    announceFresh(added.length);
    return;
  }
  waitingPage = undefined;
  announceFresh(0);
  const focused = document.activeElement?.closest?.("#rows > li")?.id;
  if (rows().innerHTML !== fresh.innerHTML) rows().replaceWith(document.adoptNode(fresh));
  const old = document.querySelector("#list .empty");
  if (empty && !old) rows().before(document.adoptNode(empty));
  else if (!empty) old?.remove();
  if (focused) document.getElementById(focused)?.querySelector("a").focus();
}

/** Rows that are on both say what is true now; nothing moves, comes or goes. */
function updateInPlace(fresh) {
  for (const row of [...fresh.children]) {
    const here = document.getElementById(row.id);
    const [old, now] = [here?.querySelector("a"), row.querySelector("a")];
    if (!old || old.outerHTML === now.outerHTML) continue;
    old.replaceChildren(...[...now.cloneNode(true).childNodes].map((node) => document.adoptNode(node)));
  }
}

function announceFresh(count) {
  const button = document.querySelector("#fresh");
  button.hidden = count === 0;
  if (count > 0) button.textContent = button.dataset.label.replace("0", String(count));
}

document.querySelector("#fresh").addEventListener("click", () => {
  if (!waitingPage) return look(true);
  const page = waitingPage;
  document.activeElement?.blur();
  rows().replaceWith(document.adoptNode(page.querySelector("#rows")));
  announceFresh(0);
  waitingPage = undefined;
  rows().querySelector("a")?.focus();
});

/** What was put off because the list was in use is shown when the pointer has left. */
document.querySelector("#list").addEventListener("mouseleave", () => {
  if (waitingPage && !isListInUse()) look(true);
});

/** A short sentence at the bottom of the page. */
let toastTimer;
export function say(text) {
  const toast = document.querySelector("#toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 5000);
}

export const toastWords = document.querySelector("#toast").dataset;

/** Sends a form as a script does; resolves with status and answer, or undefined when nobody answers. */
export async function post(address, fields) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "x-requested-with": "sabar" },
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
    });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return undefined;
  }
}

/** Acts from lists and heads go without leaving the page. */
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-act], form[data-retry]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.disabled) return;
  // Read before the button is disabled: what a disabled button says does not count.
  const fields = Object.fromEntries(new FormData(form, button));
  if (button) button.disabled = true;
  const answer = await post(form.action, fields);
  if (button) button.disabled = false;
  if (answer === undefined) say(toastWords.failed);
  else say(answer.body.error ?? answer.body.said ?? toastWords.done);
  // What was acted on in the list has left it.
  if (answer?.status === 200) form.closest("#rows > li")?.remove();
  form.closest("details")?.removeAttribute("open");
  document.activeElement?.blur();
  look(true);
});

/** A click beside an open menu closes it. */
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open], details.me[open]"))
    if (!menu.contains(target)) menu.removeAttribute("open");
});

function listen() {
  // What changed between the making of this page and now is told at once.
  const asked = new URLSearchParams({ seen: desk.dataset.mark });
  if (conversation) asked.set("conversation", conversation);
  const line = new EventSource(`/console/live?${asked}`);
  let wasOpen = false;
  line.onopen = () => {
    // After a break nobody knows what was missed.
    if (wasOpen) look();
    wasOpen = true;
    document.documentElement.dataset.live = "on";
  };
  line.onmessage = () => look();
  line.onerror = () => {
    document.documentElement.dataset.live = "off";
    if (line.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
}

listen();
setInterval(
  () => document.visibilityState === "visible" && Date.now() - lookedAt > STALE_MS && look(),
  10_000,
);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
bindKeys();
