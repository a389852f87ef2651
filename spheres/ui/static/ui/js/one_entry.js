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
}
