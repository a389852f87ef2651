{
const door = document.querySelector("[data-spheres-exit]");
let presses = [];
function leave() {
document.documentElement.hidden = true;
document.body.replaceChildren();
location.replace(door.href);
}
if (door) {
door.addEventListener("click", (event) => {
event.preventDefault();
leave();
});
addEventListener("keydown", (event) => {
if (event.repeat) return;
if (event.key !== "Shift") {
presses = [];
return;
}
const now = event.timeStamp;
presses = [...presses.filter((moment) => now - moment < 1500), now];
if (presses.length >= 3) leave();
});
}
}
{
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
}
{
const body = document.querySelector("[data-spheres-cover]");
const STILL = 300000;
const TOLD = 60000;
const MOVES = ["keydown", "input", "pointerdown", "pointermove", "wheel", "scroll"];
let moved = Date.now();
let told = moved;
function leave() {
document.documentElement.hidden = true;
location.replace(document.querySelector("[data-spheres-exit]").href);
}
function move() {
const address = body.dataset.spheresSignedIn;
moved = Date.now();
if (!address || moved - told < TOLD) return;
told = moved;
fetch(address, { method: "HEAD", redirect: "manual" })
.then((answer) => { if (answer.type === "opaqueredirect") leave(); }, () => {});
}
if (body) {
for (const sort of MOVES) addEventListener(sort, move, { capture: true, passive: true });
setInterval(() => {
if (body.hasAttribute("data-spheres-signed-in") && Date.now() - moved >= STILL) leave();
}, 1000);
}
}
{
const space = document.querySelector("[data-spheres-one-entry]");
if (space) {
space.addEventListener("click", (event) => {
const link = event.target.closest("a[href]");
if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
if (link.origin !== location.origin || link.target || link.getAttribute("href").startsWith("#")) return;
event.preventDefault();
location.replace(link.href);
});
space.addEventListener("submit", (event) => {
const form = event.target;
if (!form.matches("[data-spheres-language]")) return;
event.preventDefault();
const sent = new FormData(form, event.submitter);
fetch(form.action, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" })
.then(() => location.replace(sent.get("next")), () => location.reload());
});
}
}
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
const whole = document.querySelector("[data-spheres-one-entry]");
function put(page, address) {
const parsed = new DOMParser().parseFromString(page, "text/html");
const answer = parsed.querySelector("main");
const here = document.querySelector("main");
if (!answer || !here) return false;
document.title = parsed.title || document.title;
here.replaceChildren(...answer.childNodes);
const inside = parsed.body.dataset.spheresSignedIn;
if (inside === undefined) delete document.body.dataset.spheresSignedIn;
else document.body.dataset.spheresSignedIn = inside;
history.replaceState(null, "", address);
scrollTo(0, 0);
(here.querySelector("[data-spheres-focus]") || here).focus({ preventScroll: true });
return true;
}
function lose(form) {
let line = form.querySelector("[data-spheres-form-state]");
if (!line) {
line = document.createElement("p");
line.className = "form-state";
line.setAttribute("role", "status");
line.dataset.spheresFormState = "";
form.append(line);
}
form.dispatchEvent(new Event("spheres:lost", { bubbles: true }));
line.textContent = document.querySelector("main").dataset.lost;
}
const PATIENCE = 45000;
if (whole) {
document.addEventListener("submit", (event) => {
const form = event.target;
if (event.defaultPrevented || form.method !== "post" || !whole.contains(form)) return;
event.preventDefault();
const sent = new URLSearchParams(new FormData(form, event.submitter));
fetch(form.action, { method: "POST", body: sent, signal: AbortSignal.timeout?.(PATIENCE) })
.then(async (answer) => [answer, await answer.text()])
.then(([answer, page]) => {
if (put(page, answer.url)) return;
if (answer.ok) HTMLFormElement.prototype.submit.call(form);
else lose(form);
}, () => lose(form));
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
