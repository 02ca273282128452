// Talks to the simulator behind the page.
const toast = document.getElementById("toast");
let toastTimer = 0;

/** Says for a while what did not work. */
export function complain(sentence) {
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 6000);
}

async function ask(path, options) {
  try {
    const response = await fetch(`/simulator/${path}`, { method: "POST", ...options });
    const answer = await response.json();
    if (response.ok) return answer;
    complain(answer.error ?? "Itu tidak berhasil.");
  } catch {
    complain("Server tidak menjawab. Apakah masih berjalan?");
  }
  return undefined;
}

/** Does something as a citizen, or to Facebook. True when it was done. */
export async function act(kind, more = {}) {
  const body = JSON.stringify({ kind, ...more });
  return (await ask("act", { headers: { "content-type": "application/json" }, body })) !== undefined;
}

/** The address of an uploaded picture, or undefined. */
export async function upload(file) {
  const answer = await ask("pictures", {
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  return answer?.url;
}

/** Calls with every change the server tells, and with `false` while it cannot be reached. */
export function follow(listener, onReachable) {
  const source = new EventSource("/simulator/events");
  source.addEventListener("message", (event) => listener(JSON.parse(event.data)));
  source.addEventListener("open", () => onReachable(true));
  source.addEventListener("error", () => onReachable(false));
}
