// Inside her space the answer to a form takes the place of its page: one line of the history still.
const whole = document.querySelector("[data-spheres-one-entry]");

function put(page, address) {
  const parsed = new DOMParser().parseFromString(page, "text/html");
  const answer = parsed.querySelector("main");
  const here = document.querySelector("main");
  if (!answer || !here) return false;
  here.replaceChildren(...answer.childNodes);
  // Just come in, the page is one of those that a minute away puts out (cover.js).
  const inside = "data-spheres-signed-in";
  document.body.toggleAttribute(inside, parsed.body.hasAttribute(inside));
  history.replaceState(null, "", address);
  scrollTo(0, 0);
  (here.querySelector("[data-spheres-focus]") || here).focus({ preventScroll: true });
  return true;
}

if (whole) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !whole.contains(form)) return;
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    fetch(form.action, { method: "POST", body: sent })
      .then(async (answer) => {
        const page = await answer.text();
        document.title = new DOMParser().parseFromString(page, "text/html").title || document.title;
        if (!put(page, answer.url)) throw new Error();
      })
      // The browser sends it as it would have; what was made once is not made twice.
      .catch(() => HTMLFormElement.prototype.submit.call(form));
  });
}
