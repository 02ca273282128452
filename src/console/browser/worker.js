/** Runs while no page is open: shows what the server pushes, and opens the conversation when it is clicked. Keeps nothing. */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Only addresses of the console itself. */
const pathOf = (path) =>
  typeof path === "string" && /^\/console\/[\w/%?=&.-]*$/.test(path) ? path : "/console";

self.addEventListener("push", (event) => {
  const { title, body, path, tag } = event.data?.json() ?? {};
  event.waitUntil(
    self.registration.showNotification(String(title ?? ""), {
      body: String(body ?? ""),
      tag: String(tag ?? "sabar"),
      renotify: true,
      requireInteraction: true,
      icon: "/console/assets/icon.svg",
      lang: "id",
      data: { path: pathOf(path) },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data;
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const page = pages.find(({ url }) => new URL(url).pathname.startsWith("/console"));
      if (!page) return self.clients.openWindow(path);
      await page.focus();
      return page.navigate(path);
    })(),
  );
});
