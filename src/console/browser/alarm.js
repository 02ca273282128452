/** Calls until somebody takes what waits: a sound, and a notification of the browser where the page is out of sight. */
const alarm = document.querySelector("#alarm");
const STORED = "sabar-sound";
/** Danger calls again after this long; everything else when it is new, and after that time. */
const AGAIN_MS = 20_000;
const OTHER_AGAIN_MS = 15 * 60_000;

// Of this tab, from page to page: what waits when the tab is opened calls, and no click on a row calls again.
const remembered = (name) => Number(sessionStorage.getItem(`sabar-${name}`) ?? 0);
const remember = (name, value) => sessionStorage.setItem(`sabar-${name}`, String(value));
let audio;

const isOn = () => localStorage.getItem(STORED) === "on";

/** Browsers keep a page silent until somebody has touched it: every touch before that wakes its sound. */
function wake() {
  if (!isOn()) return;
  audio ??= new AudioContext();
  audio.resume().then(
    () => WAKING.forEach((kind) => removeEventListener(kind, wake)),
    () => undefined,
  );
}
const WAKING = ["pointerdown", "keydown"];

/** Two short tones; danger is higher and has three. */
function play(isUrgent) {
  audio ??= new AudioContext();
  // One that sleeps would save its tones up, and play them all at the first touch.
  if (audio.state !== "running") {
    audio.resume().catch(() => undefined);
    return;
  }
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

/** No names and no words of citizens: the screen may be seen by others. */
function notify(text) {
  // A browser that the server tells by itself is not told twice.
  if (alarm.dataset.pushed === "yes") return;
  if (document.visibilityState === "visible" || Notification.permission !== "granted") return;
  const note = new Notification(alarm.dataset.title, { body: text, tag: "sabar", renotify: true });
  note.onclick = () => {
    focus();
    note.close();
  };
}

function call(isUrgent) {
  // Danger has a time of its own: many ordinary ones, one after the other, must not put it off.
  if (isUrgent) remember("urgent-at", Date.now());
  remember("other-at", Date.now());
  if (isOn()) play(isUrgent);
  notify(isUrgent ? alarm.dataset.urgentText : alarm.dataset.otherText);
}

function look() {
  const urgent = Number(alarm.dataset.urgent);
  const other = Number(alarm.dataset.other);
  const silentMs = (which) => Date.now() - remembered(which);
  if (urgent > 0 && silentMs("urgent-at") >= AGAIN_MS) call(true);
  else if (other > remembered("known") || (other > 0 && silentMs("other-at") >= OTHER_AGAIN_MS)) call(false);
  remember("known", other);
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
    audio ??= new AudioContext();
    await audio.resume();
    play(false);
    if (Notification.permission === "default") await Notification.requestPermission();
  });
  WAKING.forEach((kind) => addEventListener(kind, wake));
  setInterval(look, 1000);
}
