// Opens and closes questions asked over the page; without this script they are links to the same words.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-spheres-opens]");
  const closer = event.target.closest("[data-spheres-closes]");
  const dialog = opener ? document.getElementById(opener.dataset.spheresOpens) : closer?.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  if (opener) dialog.showModal();
  else dialog.close();
});

// A menu closes when the reader goes elsewhere or presses Escape.
const MENUS = "details[data-spheres-quick][open], details[data-spheres-menu][open]";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
