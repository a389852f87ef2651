// A page brought back from memory is asked again; a page put aside is covered.
const body = document.querySelector("[data-spheres-cover]");
const PATIENCE = 60000;
let away = 0;

if (body) {
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.hidden = true;
    location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    const hidden = document.visibilityState === "hidden";
    body.toggleAttribute("data-covered", hidden);
    if (hidden) {
      away = Date.now();
    } else if (body.hasAttribute("data-spheres-signed-in") && Date.now() - away > PATIENCE) {
      document.documentElement.hidden = true;
      location.replace(document.querySelector("[data-spheres-exit]").href);
    }
  });
}
