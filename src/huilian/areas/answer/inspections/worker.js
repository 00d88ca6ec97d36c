// Opens a kept sheet where there is no network. It keeps nothing by itself: the page says what is to be kept, and
// throws it away when the sheet is handed in.

const KEPT = "huilian-sheets";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith(fetch(event.request).catch(async (error) => {
    const kept = await (await caches.open(KEPT)).match(event.request.url, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }));
});
