// Draws one line of a conversation. Whatever anybody wrote is text, never markup.
const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long" });
const GAP_MS = 10 * 60 * 1000;

/** An element with a class and a text. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button that does something. */
export function buttonFor(className, text, onClick) {
  const button = element("button", className, text);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

/** The moment in between, when nothing was said for a while; undefined otherwise. */
export function drawMoment(line, before) {
  if (before !== undefined && line.at - before.at < GAP_MS) return undefined;
  const today = DAY.format(new Date());
  const day = DAY.format(new Date(line.at));
  return element("li", "moment", `${day === today ? "Hari ini" : day} ${CLOCK.format(new Date(line.at))}`);
}

/** The list item of a line. `tap` does what its buttons say, `edit` begins to change it. */
export function drawLine(line, { pageName, tap, edit }) {
  const item = element("li", line.from);
  item.dataset.id = line.id;
  if (line.from === "page") {
    const avatar = element("span", "avatar page", pageName.slice(0, 1));
    avatar.setAttribute("aria-hidden", "true");
    item.append(avatar);
  }
  const speaker = line.from === "citizen" ? "Warga" : line.from === "page" ? pageName : "";
  if (line.note) item.append(element("span", "note", line.note));
  if (speaker) item.append(element("span", "unseen", `${speaker}: `));
  const row = element("div", "row");
  row.append(drawBubble(line, tap));
  const own = drawOwnAction(line, { tap, edit });
  if (own) row.append(own);
  item.append(row, element("span", "meta", metaOf(line)));
  if (line.delivery === "failed") item.classList.add("failed");
  if (line.delivery === "waiting") item.classList.add("waiting");
  return item;
}

function drawBubble(line, tap) {
  const bubble = element("div", line.isSticker ? "sticker" : "bubble");
  if (line.picture) {
    const picture = element("img");
    picture.src = line.picture;
    picture.alt = "Foto yang dikirim warga";
    bubble.classList.add("photo");
    bubble.append(picture);
  } else bubble.append(element("div", "words", line.text));
  for (const button of line.buttons ?? []) bubble.append(drawButton(button, tap));
  if (line.hasReaction) bubble.append(element("span", "reaction", "👍"));
  return bubble;
}

function drawButton({ title, url, phone, payload }, tap) {
  if (payload !== undefined)
    return buttonFor("button", title, () => tap("postback", { text: title, payload }));
  const link = element("a", "button", phone === undefined ? `${title} ↗` : `📞 ${title}`);
  link.href = phone === undefined ? url : `tel:${phone}`;
  link.title = phone ?? url;
  link.rel = "noreferrer";
  link.target = "_blank";
  return link;
}

/** One's own words can be changed; the page's can be liked. */
function drawOwnAction(line, { tap, edit }) {
  if (line.from === "citizen" && !line.picture && !line.isSticker && (line.revision ?? 0) < 5)
    return buttonFor("own", "Ubah", () => edit(line));
  if (line.from === "citizen") return undefined;
  const button = buttonFor("own", line.hasReaction ? "Batal suka" : "Suka", () =>
    tap("react", { payload: line.id }),
  );
  button.setAttribute("aria-pressed", String(line.hasReaction === true));
  return button;
}

function metaOf(line) {
  const time = CLOCK.format(new Date(line.at));
  const edited = line.revision ? "diubah · " : "";
  if (line.delivery === "waiting") return `${edited}${time} · mengirim…`;
  if (line.delivery === "failed") return `${time} · tidak sampai: server tidak menjawab 200`;
  if (line.from !== "citizen") return time;
  return `${edited}${time} · ${line.wasSeen ? "dilihat" : "terkirim"}`;
}
