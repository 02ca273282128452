// One conversation: its lines, its composer and its menus.
import { buttonFor, drawLine, drawMoment, element } from "./bubbles.js";
import { act, upload } from "./server.js";

const TYPING_MS = 20_000;
const MODES = {
  person: "Menulis sebagai petugas, dari Business Suite",
  edit: "Mengubah pesan yang sudah terkirim",
};

/** Makes a conversation. `takeManner` tells how the next message goes wrong; `changed` is called when it has a new name. */
export function createPhone({ id, name, colour, pageName, profile, takeManner, changed, closed }) {
  const section = document.getElementById("phone").content.firstElementChild.cloneNode(true);
  const find = (selector) => section.querySelector(selector);
  const scroll = find(".scroll");
  const list = find(".lines");
  const typing = find(".typing");
  const text = find("textarea");
  const nameField = find(".name");
  let lines = [];
  let mode = { kind: "text" };
  let typingTimer = 0;

  const tap = (kind, more) =>
    act(kind, { citizen: id, ...more, ...(kind === "react" ? {} : { manner: takeManner() }) });
  const showName = () => {
    find(".bar .avatar").textContent = nameField.value.trim().slice(0, 1) || "?";
    section.setAttribute("aria-label", `Percakapan ${nameField.value}`);
  };
  let isAtEnd = true;
  const toEnd = () => (scroll.scrollTop = scroll.scrollHeight);
  // Choices, menus and pictures change the height: whoever reads the end goes on reading the end.
  const keepEnd = new ResizeObserver(() => isAtEnd && toEnd());
  keepEnd.observe(scroll);
  keepEnd.observe(list);
  scroll.addEventListener("scroll", () => {
    isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  });
  const stopTyping = () => {
    clearTimeout(typingTimer);
    typing.hidden = true;
  };

  const setMode = (next) => {
    mode = next;
    section.dataset.mode = next.kind;
    find(".mode").hidden = next.kind === "text";
    find(".mode span").textContent = MODES[next.kind] ?? "";
    find(".mode button").textContent = next.kind === "person" ? "Selesai" : "Batal";
    text.placeholder = next.kind === "person" ? "Tulis sebagai petugas…" : "Tulis pesan…";
    showSend();
    text.focus();
  };
  const showSend = () => {
    const isThumb = text.value.trim() === "" && mode.kind === "text";
    const send = find(".send");
    send.textContent = isThumb ? "👍" : "➤";
    send.setAttribute("aria-label", isThumb ? "Kirim jempol" : "Kirim");
    text.style.setProperty("height", "auto");
    text.style.setProperty("height", `${Math.min(text.scrollHeight, 120)}px`);
  };
  const edit = (line) => {
    text.value = line.text;
    setMode({ kind: "edit", payload: line.id });
  };
  const write = async () => {
    const written = text.value.trim();
    const { kind, payload } = mode;
    if (written === "" && kind !== "text") return;
    text.value = "";
    showSend();
    const isDone =
      kind === "edit"
        ? await act("edit", { citizen: id, text: written, payload })
        : await tap(written === "" ? "sticker" : kind, { text: written });
    if (!isDone && written !== "") text.value = written;
    else if (kind === "edit") setMode({ kind: "text" });
    showSend();
  };

  const draw = (line, before) => {
    const moment = drawMoment(line, before);
    if (moment) list.append(moment);
    list.append(drawLine(line, { pageName, tap, edit }));
  };
  const showChoices = () => {
    const last = lines.at(-1);
    const choices = last?.from === "page" ? (last.choices ?? []) : [];
    find(".choices").replaceChildren(
      ...choices.map(({ title, payload }) =>
        buttonFor("choice", title, () => {
          find(".choices").replaceChildren();
          void tap("choice", { text: title, payload });
          text.focus();
        }),
      ),
    );
  };

  prepareWelcome({ find, profile, tap });
  prepareMenus({ section, find, profile, tap, setMode });
  nameField.value = name;
  find(".bar .avatar").style.setProperty("background", colour);
  showName();
  nameField.addEventListener("input", () => {
    showName();
    changed();
  });
  find(".close").addEventListener("click", closed);
  find(".mode button").addEventListener("click", () => {
    text.value = "";
    setMode({ kind: "text" });
  });
  find(".write").addEventListener("submit", (event) => {
    event.preventDefault();
    void write();
  });
  text.addEventListener("input", showSend);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (text.value.trim() !== "") void write();
  });

  return {
    id,
    section,
    get name() {
      return nameField.value;
    },
    countWaiting: () => lines.filter(({ delivery }) => delivery === "waiting").length,
    setLines(all) {
      lines = [];
      list.replaceChildren();
      for (const line of all) {
        draw(line, lines.at(-1));
        lines.push(line);
      }
      find(".starters").hidden = lines.length > 0;
      showChoices();
      toEnd();
    },
    add(line) {
      if (line.from !== "citizen") stopTyping();
      draw(line, lines.at(-1));
      lines.push(line);
      find(".starters").hidden = true;
      showChoices();
      toEnd();
    },
    change(line) {
      const at = lines.findIndex((each) => each.id === line.id);
      if (at < 0) return;
      lines[at] = line;
      list
        .querySelector(`[data-id="${CSS.escape(line.id)}"]`)
        ?.replaceWith(drawLine(line, { pageName, tap, edit }));
    },
    sign(action) {
      stopTyping();
      if (action !== "typing_on") return;
      typing.hidden = false;
      typingTimer = setTimeout(stopTyping, TYPING_MS);
      toEnd();
    },
  };
}

/** What Messenger shows before the first message: greeting, ice breakers, Get Started. */
function prepareWelcome({ find, profile, tap }) {
  find(".greeting").textContent = profile.greeting;
  const starters = profile.starters.map(({ title, payload }) =>
    buttonFor("starter", title, () => void tap("postback", { text: title, payload })),
  );
  if (profile.start)
    starters.push(
      buttonFor("start", "Mulai", () => void tap("postback", { text: "Mulai", payload: profile.start })),
    );
  find(".starters").replaceChildren(...starters);
}

/** The page's menu and the attachments: each opens from its button, and closes by a choice, Escape or a click elsewhere. */
function prepareMenus({ section, find, profile, tap, setMode }) {
  const pairs = [
    [find(".open-menu"), find(".menu")],
    [find(".open-attach"), find(".attach")],
  ];
  const show = (wanted) => {
    for (const [opener, pop] of pairs) {
      pop.hidden = pop !== wanted;
      opener.setAttribute("aria-expanded", String(pop === wanted));
    }
    // Half covered, they would be tapped by mistake.
    find(".choices").inert = wanted !== undefined;
    wanted?.querySelector("button, a")?.focus();
  };
  for (const [opener, pop] of pairs)
    opener.addEventListener("click", () => show(pop.hidden ? pop : undefined));
  section.addEventListener("keydown", (event) => {
    const open = pairs.find(([, pop]) => !pop.hidden);
    if (event.key !== "Escape" || open === undefined) return;
    show(undefined);
    open[0].focus();
  });
  document.addEventListener("click", (event) => {
    if (!find(".write").contains(event.target)) show(undefined);
  });
  find(".open-menu").hidden = profile.menu.length === 0;
  find(".menu").replaceChildren(
    ...profile.menu.map((item) => drawMenuItem(item, { tap, close: () => show(undefined) })),
  );

  const file = find("input[type=file]");
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    const url = chosen === undefined ? undefined : await upload(chosen);
    if (url !== undefined) void tap("picture", { payload: url });
  });
  for (const button of section.querySelectorAll("[data-do]"))
    button.addEventListener("click", () => {
      show(undefined);
      if (button.dataset.do === "upload") file.click();
      else if (button.dataset.do === "person") setMode({ kind: "person" });
      else void tap(button.dataset.do, { payload: button.dataset.payload ?? "" });
    });
}

function drawMenuItem(item, { tap, close }) {
  if (item.url === undefined)
    return buttonFor("", item.title, () => {
      close();
      void tap("postback", { text: item.title, payload: item.payload });
    });
  const link = element("a", "", `${item.title} ↗`);
  link.href = item.url;
  link.rel = "noreferrer";
  link.target = "_blank";
  return link;
}
