/** Ready answers: "/" opens the list, letters search, Enter inserts at the caret. */
const list = document.querySelector("#quick");
let replies = [];
let loading;

/** Once for all who wait; after a failure the next letter tries again. */
function load() {
  loading ??= fetch("/console/quick-replies", { headers: { "x-requested-with": "sabar" } })
    .then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      replies = (await answer.json()).replies;
    })
    .catch(() => {
      loading = undefined;
    });
  return loading;
}

/** What stands between the last "/" and the caret, if that begins a search. */
function searchIn(text) {
  const before = text.value.slice(0, text.selectionStart);
  return /(?:^|\s)\/([\p{L}\p{N}-]{0,30})$/u.exec(before)?.[1];
}

function fits(reply, search) {
  const wanted = search.toLowerCase();
  return reply.key.includes(wanted) || reply.title.toLowerCase().includes(wanted);
}

/** Offers ready answers in this field; `onChange` is called after one was inserted. */
export function bindQuickReplies(text, onChange) {
  text.setAttribute("aria-controls", "quick");
  const close = () => {
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  };
  const options = () => [...list.querySelectorAll("[role=option]")];
  const choose = (option) => {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const offer = async () => {
    if (searchIn(text) === undefined) return close();
    await load();
    // What is written by now: more letters may have come in the meantime.
    const search = searchIn(text);
    if (search === undefined) return close();
    const found = replies.filter((reply) => fits(reply, search)).slice(0, 12);
    list.replaceChildren(...found.map(optionFor));
    list.hidden = found.length === 0;
    if (found.length > 0) choose(options()[0]);
  };

  const insert = (option) => {
    const { text: words } = replies.find(({ key }) => key === option.dataset.key);
    const end = text.selectionStart;
    const start = end - (searchIn(text) ?? "").length - 1;
    text.setRangeText(words, start, end, "end");
    close();
    const blank = /\{[^{}\n]{1,40}\}/.exec(text.value.slice(start));
    text.focus();
    if (blank) text.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    onChange();
  };

  text.addEventListener("input", () => offer());
  text.addEventListener("blur", () => setTimeout(close, 150));
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : all.length - 1;
      choose(all[(at + step) % all.length]);
    } else if (event.key === "Enter" && !event.ctrlKey) insert(all[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    insert(option);
  });
}

function optionFor(reply, index) {
  const option = document.createElement("li");
  option.id = `quick-${index}`;
  option.setAttribute("role", "option");
  option.dataset.key = reply.key;
  const title = document.createElement("strong");
  title.textContent = `/${reply.key} · ${reply.title}`;
  const words = document.createElement("span");
  words.className = "meta";
  words.textContent = reply.text.length > 110 ? `${reply.text.slice(0, 109)}…` : reply.text;
  option.append(title, words);
  return option;
}
