/** Calls until somebody takes what waits: a sound, and a notification of the browser where the page is out of sight. */
const alarm = document.querySelector("#alarm");
const STORED = "sabar-sound";
/** Danger calls again after this long, everything else only when it is new. */
const AGAIN_MS = 20_000;

let calledAt = 0;
let knownOther = Number(alarm?.dataset.other ?? 0);
let audio;

const isOn = () => localStorage.getItem(STORED) === "on";

/** Two short tones; danger is higher and has three. */
function play(isUrgent) {
  audio ??= new AudioContext();
  const tones = isUrgent ? [880, 660, 880] : [520, 660];
  tones.forEach((frequency, index) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + index * 0.22;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.15, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.2);
  });
}

/** A browser that the server tells is not told twice. */
async function isPushed() {
  const worker = await navigator.serviceWorker?.getRegistration("/console/");
  return Boolean(await worker?.pushManager?.getSubscription());
}

/** No names and no words of citizens: the screen may be seen by others. */
async function notify(text) {
  if (await isPushed()) return;
  if (document.visibilityState === "visible" || Notification.permission !== "granted") return;
  const note = new Notification(alarm.dataset.title, { body: text, tag: "sabar", renotify: true });
  note.onclick = () => {
    focus();
    note.close();
  };
}

function call(isUrgent) {
  calledAt = Date.now();
  if (isOn()) play(isUrgent);
  notify(isUrgent ? alarm.dataset.urgentText : alarm.dataset.otherText);
}

function look() {
  const urgent = Number(alarm.dataset.urgent);
  const other = Number(alarm.dataset.other);
  if (urgent > 0 && Date.now() - calledAt >= AGAIN_MS) call(true);
  else if (other > knownOther) call(false);
  knownOther = other;
}

function showSwitch(button) {
  button.setAttribute("aria-pressed", String(isOn()));
  button.textContent = isOn() ? button.dataset.on : button.dataset.off;
}

if (alarm) {
  const button = alarm.querySelector("button");
  button.hidden = false;
  showSwitch(button);
  button.addEventListener("click", async () => {
    localStorage.setItem(STORED, isOn() ? "off" : "on");
    showSwitch(button);
    if (!isOn()) return;
    play(false);
    if (Notification.permission === "default") await Notification.requestPermission();
  });
  setInterval(look, 1000);
}
