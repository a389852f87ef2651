// A few keys go anywhere. They rest while someone writes, and can be turned off on this device.
const list = document.querySelector("[data-spheres-shortcuts]");
const choice = document.querySelector("[data-spheres-shortcuts-on]");
const WAIT = 1200;
let before = { key: "", at: 0 };

function wanted() {
  return localStorage.getItem("shortcuts") !== "off";
}

function writing(place) {
  return place.isContentEditable || place.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function answer(keys) {
  const way = [...document.querySelectorAll("[data-spheres-keys]")].find((link) => link.dataset.spheresKeys === keys);
  if (way) location.assign(way.href);
  return Boolean(way);
}

function add() {
  const quick = document.querySelector("[data-spheres-quick]");
  if (!quick) return;
  quick.open = true;
  quick.querySelector("a")?.focus();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (writing(event.target) || document.querySelector("dialog[open]") || !wanted()) return;
  const pair = before.key === "g" && event.timeStamp - before.at < WAIT ? `g ${event.key}` : event.key;
  before = { key: event.key, at: event.timeStamp };
  if (event.key === "?" && list) {
    event.preventDefault();
    list.showModal();
  } else if (!answer(pair) && pair === "n") {
    event.preventDefault();
    add();
  }
});

// The list itself opens even when the keys are off, from the link that shows it.
if (choice) {
  choice.checked = wanted();
  choice.addEventListener("change", () => localStorage.setItem("shortcuts", choice.checked ? "on" : "off"));
}

// Locking first sends what is being written.
document.querySelector("[data-spheres-lock]")?.addEventListener("click", () => document.dispatchEvent(new Event("spheres:lock")));
