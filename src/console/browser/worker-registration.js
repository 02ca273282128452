/** The service worker that shows notifications. Its address is the only script address the page's policy lets through. */
const ADDRESS = "/console/assets/worker.js";

const policy = window.trustedTypes?.createPolicy("sabar-worker", {
  createScriptURL(address) {
    if (address === ADDRESS) return address;
    throw new TypeError("Only the console's own worker may be started.");
  },
});

/** The registration, once its worker runs. */
export async function workerRegistration() {
  await navigator.serviceWorker.register(policy ? policy.createScriptURL(ADDRESS) : ADDRESS, {
    scope: "/console/",
  });
  return navigator.serviceWorker.ready;
}
