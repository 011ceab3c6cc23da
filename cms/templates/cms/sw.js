// Keeps what the portal looks like, one page for "no network", and pages that anybody may see.
"use strict";

const KEPT = "portal-{{ version }}";
const PAGES = "pages";
const OFFLINE = "{{ offline }}";
const SHELL = [OFFLINE{% for path in kept %}, "{{ path }}"{% endfor %}];
// what is personal is never kept, except the list of one's own files as it was last seen
const PERSONAL = ["/nop/", "/ban-lam-viec/", "/quan-tri/", "/thanh-toan/", "/tai-khoan/", "/dang-nhap/", "/api/", "/can-bo/"];
const MOST_PAGES = 40;

self.addEventListener("install", function (event) {
  event.waitUntil(
    caches.open(KEPT).then(function (cache) {
      return cache.addAll(SHELL);
    }),
  );
  self.skipWaiting();
});

self.addEventListener("activate", function (event) {
  event.waitUntil(
    caches.keys().then(function (names) {
      return Promise.all(
        names
          .filter(function (name) {
            // the page that checks diplomas keeps its own
            return name !== KEPT && name !== PAGES && !name.startsWith("diplomas-");
          })
          .map(function (name) {
            return caches.delete(name);
          }),
      );
    }),
  );
  self.clients.claim();
});

function keep(request, answer) {
  const control = answer.headers.get("Cache-Control") || "";
  if (answer.status !== 200 || control.includes("no-store") || control.includes("private")) return;
  const copy = answer.clone();
  caches.open(PAGES).then(function (cache) {
    cache.put(request, copy);
    cache.keys().then(function (keys) {
      if (keys.length > MOST_PAGES) cache.delete(keys[0]);
    });
  });
}

self.addEventListener("fetch", function (event) {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(
      caches.match(request).then(function (kept) {
        return kept || fetch(request);
      }),
    );
    return;
  }
  if (request.mode !== "navigate") return;
  const personal = PERSONAL.some(function (start) {
    return url.pathname.startsWith(start);
  });
  event.respondWith(
    fetch(request)
      .then(function (answer) {
        if (!personal) keep(request, answer);
        return answer;
      })
      .catch(function () {
        return caches.match(request).then(function (kept) {
          return kept || caches.match(OFFLINE);
        });
      }),
  );
});
