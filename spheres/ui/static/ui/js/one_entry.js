// Inside her space the whole visit is one line of the history, not a trail of pages.
const space = document.querySelector("[data-spheres-one-entry]");

if (space) {
  space.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    location.replace(link.href);
  });
  // The other language takes the place of this page too, instead of standing behind it.
  space.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-spheres-language]")) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" })
      .then(() => location.replace(sent.get("next")), () => location.reload());
  });
}
