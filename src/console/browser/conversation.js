/** The open conversation: lines come in by themselves, what is typed is kept, and nothing is sent twice or over somebody. */
import { look, post, replaceIfChanged, say, toastWords } from "./desk.js";
import { bindQuickReplies } from "./quick-replies.js";
import { bindReveal } from "./reveal.js";

const log = document.querySelector("#log");
const composer = document.querySelector("#composer");
const address = composer?.dataset.address;
const SAVE_AFTER_MS = 700;
/** A claim is renewed while somebody types, at most this often. */
const CLAIM_EVERY_MS = 4 * 60_000;

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;
const toEnd = () => (log.scrollTop = log.scrollHeight);
if (!new URLSearchParams(location.search).has("before")) toEnd();

document.addEventListener("sabar:page", ({ detail: page }) => {
  replaceIfChanged("#head", page);
  replaceIfChanged("#aside", page);
  showLines(page);
  showComposer(page);
});

/** New lines are added, changed ones exchanged; a line somebody is in keeps still. */
function showLines(page) {
  const wasAtEnd = isAtEnd();
  const here = new Map([...log.querySelectorAll("[data-line]")].map((line) => [line.dataset.line, line]));
  for (const line of page.querySelectorAll("#log [data-line]")) {
    const old = here.get(line.dataset.line);
    if (!old) log.append(document.adoptNode(line));
    else if (old.outerHTML !== line.outerHTML && !isInUse(old)) old.replaceWith(document.adoptNode(line));
  }
  if (wasAtEnd) toEnd();
}

const isInUse = (line) =>
  line.contains(document.activeElement) || line.querySelector("details[open], .covered.shown") !== null;

/** The window may have closed or opened meanwhile. What is typed stays. */
function showComposer(page) {
  const there = page.querySelector("#composer");
  if (!composer || !there) return;
  if (there.dataset.lock === composer.dataset.lock) return;
  saveNow().then(() => location.reload());
}

/* What is typed. */
const reply = document.querySelector("#reply");
const text = document.querySelector("#reply-text");
const problem = document.querySelector("#reply-problem");
const send = document.querySelector("#send");
let saved = text?.value ?? "";
let saveTimer;
let claimedAt = 0;

async function saveNow() {
  clearTimeout(saveTimer);
  if (!text || text.value === saved) return;
  const value = text.value;
  const answer = await post(`${address}/draft`, { text: value });
  if (answer?.status === 200) saved = value;
}

/** The first keystroke says to everybody: I am on it. */
function claim() {
  if (Date.now() - claimedAt < CLAIM_EVERY_MS) return;
  claimedAt = Date.now();
  post(`${address}/act`, { act: "claim", key: crypto.randomUUID() });
}

const attachment = document.querySelector("#reply-file");
const detach = document.querySelector("#reply-detach");

/** What stands in the way of sending, or nothing. */
function findProblem() {
  const file = attachment.files[0];
  if (file && file.size > Number(attachment.dataset.most)) return attachment.dataset.tooLarge;
  const over = text.value.length - Number(text.dataset.most);
  if (over > 0) return text.dataset.tooLong.replace("0", String(over));
  const blank = /\{([^{}\n]{1,40})\}/.exec(text.value);
  return blank ? text.dataset.blank.replace("…", blank[1]) : "";
}

function check() {
  const found = findProblem();
  if (problem.textContent !== found) problem.textContent = found;
  send.disabled = found !== "";
  const file = attachment.files[0];
  detach.hidden = !file;
  if (file) detach.textContent = `${detach.dataset.label}: ${file.name}`;
  document.querySelector("#reply-count").textContent = text.dataset.counter.replace(
    "0",
    String(text.value.length),
  );
}

if (text) {
  check();
  text.addEventListener("input", () => {
    check();
    if (text.value !== "") claim();
    clearTimeout(saveTimer);
    saveTimer = setTimeout(saveNow, SAVE_AFTER_MS);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      reply.requestSubmit(send);
    }
  });
  addEventListener("pagehide", () => {
    if (text.value !== saved)
      fetch(`${address}/draft`, {
        method: "POST",
        keepalive: true,
        headers: { "x-requested-with": "sabar" },
        body: new URLSearchParams({ text: text.value }),
      });
  });
  reply.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send.disabled) return;
    if (text.value.trim() === "" && !attachment.files[0]) return text.focus();
    sendReply({});
  });
  bindQuickReplies(text, check);
  attachment.addEventListener("change", () => {
    check();
    if (attachment.files[0]) claim();
  });
  detach.addEventListener("click", () => {
    attachment.value = "";
    check();
    attachment.focus();
  });
}

/** One press, one message: the key stays the same until it has worked. */
async function sendReply(extra) {
  clearTimeout(saveTimer);
  send.disabled = true;
  const form = new FormData(reply);
  for (const [name, value] of Object.entries(extra)) form.set(name, value);
  const answer = await post(`${address}/act`, form);
  send.disabled = false;
  if (answer?.status === 200 || answer?.status === 202) {
    text.value = "";
    attachment.value = "";
    saved = "";
    reply.elements.key.value = crypto.randomUUID();
    document.querySelector(".patient")?.remove();
    toEnd();
    text.focus();
    check();
  } else if (answer?.body.refused === "colleague") {
    showGuard(answer.body);
  } else {
    say(answer?.body.error ?? toastWords.failed);
    saveNow();
  }
  look(true);
}

/* A colleague was faster. */
const guard = document.querySelector("#guard");

function showGuard({ title, text: words, after }) {
  guard.querySelector("h2").textContent = title;
  guard.querySelector("#guard-text").textContent = words;
  guard.dataset.after = after;
  guard.showModal();
  guard.querySelector("[data-do=read]").focus();
}

guard.addEventListener("click", ({ target }) => {
  const what = target.dataset?.do;
  if (!what) return;
  reply.elements.after.value = guard.dataset.after;
  reply.elements.key.value = crypto.randomUUID();
  guard.close();
  if (what === "send") sendReply({ force: "1" });
  else text.focus();
});

/* Notes for colleagues. */
const note = document.querySelector("#note");
note?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = note.querySelector("button");
  button.disabled = true;
  const answer = await post(note.action, Object.fromEntries(new FormData(note)));
  button.disabled = false;
  if (answer?.status === 200 || answer?.status === 202) {
    note.reset();
    note.elements.key.value = crypto.randomUUID();
  }
  say(answer?.body.error ?? answer?.body.said ?? toastWords.failed);
  look(true);
});

/** One box at a time; without scripts both are there. */
function showBox(which) {
  if (reply) reply.hidden = which !== "reply";
  const locked = document.querySelector("#locked");
  if (locked) locked.hidden = which !== "reply";
  note.hidden = which !== "note";
  for (const button of composer.querySelectorAll(".switch button"))
    button.setAttribute("aria-pressed", String(button.dataset.box === which));
}

if (composer) {
  const boxes = composer.querySelector(".switch");
  boxes.hidden = false;
  // The buttons say what the box is for; the labels stay for those who listen.
  for (const label of composer.querySelectorAll(".box > label")) label.classList.add("unseen");
  boxes.addEventListener("click", ({ target }) => {
    if (!target.dataset?.box) return;
    showBox(target.dataset.box);
    (target.dataset.box === "note" ? document.querySelector("#note-text") : text)?.focus();
  });
  showBox("reply");
  note.dataset.ready = "yes";
}

bindReveal(log, `/console/conversations/${document.querySelector("#desk").dataset.conversation}/open-data`);
