{
document.querySelector("[data-spheres-focus]")?.focus();
document.addEventListener("click", (event) => {
const link = event.target.closest("[data-spheres-focus] a[href^='#']");
const answer = link && document.getElementById(link.hash.slice(1));
if (!answer) return;
event.preventDefault();
(answer.closest(".field") || answer).scrollIntoView({ block: "start" });
answer.focus({ preventScroll: true });
});
}
{
function say(form, words) {
const line = form.querySelector("[data-spheres-form-state]");
if (line) line.textContent = words || "";
}
function rest(form, resting) {
form.toggleAttribute("data-sending", resting);
for (const button of form.querySelectorAll("[type=submit]")) {
if (resting) button.setAttribute("aria-disabled", "true");
else button.removeAttribute("aria-disabled");
}
}
document.addEventListener("submit", (event) => {
const form = event.target;
if (!form.matches("[data-spheres-once]") || event.defaultPrevented) return;
if (!navigator.onLine) {
event.preventDefault();
form.setAttribute("data-kept", "");
say(form, form.dataset.offline);
} else if (form.hasAttribute("data-sending")) {
event.preventDefault();
} else if (event.submitter?.name !== "look") {
rest(form, true);
say(form, "");
}
});
addEventListener("spheres:lost", (event) => rest(event.target, false));
addEventListener("online", () => {
for (const form of document.querySelectorAll("[data-spheres-once][data-kept]")) {
form.removeAttribute("data-kept");
say(form, form.dataset.online);
}
});
for (const moment of ["pageshow", "htmx:afterRequest"]) {
addEventListener(moment, () => {
for (const form of document.querySelectorAll("[data-sending]")) rest(form, false);
});
}
}
{
const EVERY = 10000;
function keep(form) {
const line = form.querySelector("[data-spheres-save-state]");
let dirty = false;
let sending = false;
let closed = false; // the file was closed to her: asking again would only be refused again
function say(words) {
if (line && line.textContent !== words) line.textContent = words;
}
function saved() {
const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
say((line?.dataset.saved || "").replace("{time}", time.format(new Date())));
}
async function save(urgent) {
if (!dirty || sending || closed) return;
if (!navigator.onLine) {
say(line?.dataset.waiting || "");
return;
}
sending = true;
dirty = false;
const body = new FormData(form);
const size = [...body.values()].reduce((sum, value) => sum + value.length, 0);
try {
const answer = await fetch(form.dataset.spheresAutosave, {
method: "POST",
body,
headers: { "X-Spheres-Draft": "1" },
redirect: "manual",
keepalive: urgent === true && size < 20000, // browsers carry 64 kB past the end of a page
});
if (answer.ok) {
saved();
} else {
dirty = true;
closed = answer.status === 404 || answer.headers.has("X-Spheres-Closed");
const out = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
say(line?.dataset[closed ? "closed" : out ? "locked" : "refused"] || "");
}
} catch {
dirty = true;
say(line?.dataset.waiting || "");
}
sending = false;
}
form.addEventListener("input", () => {
dirty = true;
});
form.addEventListener("focusout", (event) => {
if (!event.relatedTarget?.closest?.("button")) save();
});
document.addEventListener("submit", (event) => {
if (event.target === form && !event.defaultPrevented) dirty = false;
});
document.addEventListener("spheres:lock", () => save(true));
document.addEventListener("visibilitychange", () => save(true));
addEventListener("online", save);
addEventListener("offline", () => dirty && say(line?.dataset.waiting || ""));
setInterval(save, EVERY);
addEventListener("beforeunload", (event) => {
if (dirty) event.preventDefault();
});
}
for (const form of document.querySelectorAll("form[data-spheres-autosave]")) keep(form);
}
{
for (const button of document.querySelectorAll("[data-spheres-copies]")) {
const words = document.getElementById(button.dataset.spheresCopies);
const line = document.querySelector("[data-spheres-copied]");
button.hidden = false;
button.addEventListener("click", async () => {
words.select();
try {
await navigator.clipboard.writeText(words.value);
} catch {
document.execCommand("copy");
}
if (line) line.textContent = button.dataset.done;
});
}
}
{
document.addEventListener("click", (event) => {
const opener = event.target.closest("[data-spheres-opens]");
const closer = event.target.closest("[data-spheres-closes]");
const dialog = opener ? document.getElementById(opener.dataset.spheresOpens) : closer?.closest("dialog");
if (!dialog) return;
event.preventDefault();
if (opener) dialog.showModal();
else dialog.close();
});
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
}
{
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
if (choice) {
choice.checked = wanted();
choice.addEventListener("change", () => localStorage.setItem("shortcuts", choice.checked ? "on" : "off"));
}
document.querySelector("[data-spheres-lock]")?.addEventListener("click", () => document.dispatchEvent(new Event("spheres:lock")));
}
