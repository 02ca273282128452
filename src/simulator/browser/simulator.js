// The simulator's page: keeps the citizens of this browser and gives every change to its conversation.
import { buttonFor } from "./bubbles.js";
import { showWeather, takeManner } from "./panel.js";
import { createPhone } from "./phone.js";
import { follow } from "./server.js";

const { pageName, profile } = JSON.parse(document.getElementById("page").textContent);
const NAMES = ["Bu Sari", "Pak Joko", "Rani", "Ujang", "Mbah Darmo", "Dewi", "Made", "Yosef"];
const COLOURS = ["#0a66e4", "#7a3ff2", "#0b7f50", "#b4400c", "#be185d", "#4d7c0f"];
const START = 3;
const main = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const phones = new Map();
const unread = new Set();
let all = {};
let weather = { connected: true, fault: "none" };
let isReachable = true;

function stored() {
  try {
    const citizens = JSON.parse(localStorage.getItem("citizens"));
    return citizens.filter(({ id, name }) => /^\d{5,25}$/.test(id) && typeof name === "string");
  } catch {
    return [];
  }
}

function store() {
  const citizens = [...phones.values()].map(({ id, name }) => ({ id, name }));
  localStorage.setItem("citizens", JSON.stringify(citizens));
}

function newId() {
  return `61${Date.now()}${Math.floor(Math.random() * 900) + 100}`;
}

function freeName() {
  const taken = new Set([...phones.values()].map(({ name }) => name));
  return NAMES.find((name) => !taken.has(name)) ?? `Warga ${phones.size + 1}`;
}

function addPhone(id = newId(), name = freeName()) {
  const colour = COLOURS[phones.size % COLOURS.length];
  const changed = () => {
    store();
    drawTabs();
  };
  const closed = () => {
    phones.delete(id);
    phone.section.remove();
    changed();
  };
  const phone = createPhone({ id, name, colour, pageName, profile, takeManner, changed, closed });
  phones.set(id, phone);
  main.append(phone.section);
  phone.setLines(all[id] ?? []);
  changed();
  return phone;
}

function drawTabs() {
  tabs.replaceChildren(
    ...[...phones.values()].map((phone) => {
      const tab = buttonFor("tab", phone.name || "?", () => {
        phone.section.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
        unread.delete(phone.id);
        drawTabs();
      });
      if (unread.has(phone.id)) {
        tab.classList.add("unread");
        tab.setAttribute("aria-label", `${phone.name}, pesan baru`);
      }
      return tab;
    }),
  );
}

function isInView({ section }) {
  const { left, right } = section.getBoundingClientRect();
  return (left + right) / 2 > 0 && (left + right) / 2 < window.innerWidth;
}

function drawWeather() {
  const waiting = [...phones.values()].reduce((sum, phone) => sum + phone.countWaiting(), 0);
  showWeather(weather, { waiting, isReachable });
}

/** Everything that was said so far: at the start, and again after the connection to the server was lost. */
function showAll(change) {
  all = change.lines;
  weather = change.weather;
  if (phones.size > 0) for (const phone of phones.values()) phone.setLines(all[phone.id] ?? []);
  else {
    const known = stored();
    for (const { id, name } of known) addPhone(id, name);
    for (let count = known.length; known.length === 0 && count < START; count += 1) addPhone();
  }
}

function show(change) {
  if (change.kind === "all") showAll(change);
  else if (change.kind === "weather") ({ weather } = change);
  else if (change.kind === "line") (all[change.citizen] ??= []).push(change.line);
  const phone = phones.get(change.citizen);
  if (phone !== undefined) {
    if (change.kind === "line") {
      phone.add(change.line);
      if (change.line.from !== "citizen" && !isInView(phone)) {
        unread.add(phone.id);
        drawTabs();
      }
    } else if (change.kind === "changed") phone.change(change.line);
    else if (change.kind === "sign") phone.sign(change.action);
  }
  drawWeather();
}

main.addEventListener("scroll", () => {
  const seen = [...unread].filter((id) => phones.has(id) && isInView(phones.get(id)));
  for (const id of seen) unread.delete(id);
  if (seen.length > 0) drawTabs();
});
document.getElementById("add").addEventListener("click", () => {
  const { section } = addPhone();
  section.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
  section.querySelector("textarea").focus({ preventScroll: true });
});
follow(show, (value) => {
  isReachable = value;
  drawWeather();
});
