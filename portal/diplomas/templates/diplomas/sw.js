// Keeps the page that checks diplomas, with the keys and the status lists, for when there is no network.
// What the network has is always newer; only this page is under this worker.
"use strict";

const CACHE = "{{ cache|escapejs }}";
const ADDRESSES = [{% for address in addresses %}"{{ address|escapejs }}",{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(ADDRESSES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("diplomas-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request)
      .then((answer) => {
        if (answer.ok) {
          const copy = answer.clone();
          event.waitUntil(caches.open(CACHE).then((cache) => cache.put(request, copy)));
        }
        return answer;
      })
      .catch(() =>
        caches
          .match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true })
          // what only decorates the page (who is signed in) is left out quietly
          .then((kept) => kept || (request.mode === "navigate" ? Response.error() : new Response(null, { status: 204 }))),
      ),
  );
});
