// A form is sent once. Without a connection it is not sent at all, says so, and keeps every word.
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
    // A button named “look” keeps nothing: it hands over a paper, and the page stays.
    rest(form, true);
    say(form, "");
  }
});

// Sent, but the line was cut before an answer (in_place.js): the button serves again.
addEventListener("spheres:lost", (event) => rest(event.target, false));

addEventListener("online", () => {
  for (const form of document.querySelectorAll("[data-spheres-once][data-kept]")) {
    form.removeAttribute("data-kept");
    say(form, form.dataset.online);
  }
});

// The page may come back by the Back button, or stay when the answer is a fragment.
for (const moment of ["pageshow", "htmx:afterRequest"]) {
  addEventListener(moment, () => {
    for (const form of document.querySelectorAll("[data-sending]")) rest(form, false);
  });
}
