// The panel of faults: how messages arrive, how the Graph API answers, and whether Facebook is connected at all.
import { act } from "./server.js";

const find = (id) => document.getElementById(id);
const manner = find("manner");
const fault = find("fault");
let weather = { connected: true, fault: "none" };

/** How the next message goes wrong; used up by asking, unless it is for all. */
export function takeManner() {
  const { value } = manner;
  if (!find("always").checked) setManner("");
  return value === "late" ? `late:${find("seconds").value}` : value;
}

function setManner(value) {
  manner.value = value;
  find("late").hidden = value !== "late";
}

function setFault() {
  void act("fault", { text: fault.value, payload: find("times").value });
}

/** Shows how Facebook behaves. `waiting` messages have not reached the server. */
export function showWeather(next, { waiting, isReachable }) {
  weather = next;
  const { connected } = weather;
  const connection = find("connection");
  connection.textContent = connected ? "Putuskan" : "Sambungkan lagi";
  connection.setAttribute("aria-pressed", String(!connected));
  find("waiting").textContent = waiting === 0 ? "" : `${waiting} pesan menunggu`;
  if (fault.value !== weather.fault) fault.value = weather.fault;
  const name = fault.selectedOptions[0]?.textContent ?? weather.fault;
  const troubles = [
    ...(isReachable ? [] : ["Server tidak terjangkau"]),
    ...(connected ? [] : [waiting === 0 ? "Sambungan putus" : `Sambungan putus, ${waiting} pesan menunggu`]),
    ...(weather.fault === "none" ? [] : [`Facebook: ${name}`]),
  ];
  find("trouble").textContent = troubles.join(" · ");
}

manner.addEventListener("change", () => setManner(manner.value));
fault.addEventListener("change", setFault);
find("times").addEventListener("change", () => {
  if (fault.value !== "none") setFault();
});
find("connection").addEventListener(
  "click",
  () => void act("connection", { text: weather.connected ? "off" : "on" }),
);
setManner("");
