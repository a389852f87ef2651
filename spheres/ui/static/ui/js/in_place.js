// Inside her space the answer to a form takes the place of its page: one line of the history still.
const whole = document.querySelector("[data-spheres-one-entry]");

function put(page, address) {
  const parsed = new DOMParser().parseFromString(page, "text/html");
  const answer = parsed.querySelector("main");
  const here = document.querySelector("main");
  if (!answer || !here) return false;
  document.title = parsed.title || document.title;
  here.replaceChildren(...answer.childNodes);
  // Just come in, the page is one of those that a minute away puts out (cover.js, still.js).
  const inside = parsed.body.dataset.spheresSignedIn;
  if (inside === undefined) delete document.body.dataset.spheresSignedIn;
  else document.body.dataset.spheresSignedIn = inside;
  history.replaceState(null, "", address);
  scrollTo(0, 0);
  (here.querySelector("[data-spheres-focus]") || here).focus({ preventScroll: true });
  return true;
}

// The line was cut before an answer: the page stays, with every word, and says so.
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
        // Not one of our pages: the browser shows it, unless what stands between us made it.
        if (answer.ok) HTMLFormElement.prototype.submit.call(form);
        else lose(form);
      }, () => lose(form));
  });
}
