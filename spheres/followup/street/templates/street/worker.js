{% load static %}/* Keeps one empty page on the telephone, and what draws it. Nothing else passes through here. */
const KEPT = "street-5";
const PAGE = "{% url "street:write" %}";
const PARTS = [PAGE, "{% static "ui/ui.css" %}", "{% static "street/street.js" %}"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const asked = new URL(event.request.url);
  if (event.request.method !== "GET" || !PARTS.includes(asked.pathname)) return;
  // Without an answer of ours (no network, a portal of the metro), the page that is kept.
  event.respondWith(fetch(event.request).then((answer) => {
    if (!answer.ok) return caches.match(asked.pathname).then((kept) => kept || answer);
    caches.open(KEPT).then((kept) => kept.put(asked.pathname, answer.clone()));
    return answer.clone();
  }).catch(() => caches.match(asked.pathname)));
});
