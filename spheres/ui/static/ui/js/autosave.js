// A draft saves itself every ten seconds, and says quietly when it was saved or why it is not yet.
const EVERY = 10000;

function keep(form) {
  const line = form.querySelector("[data-spheres-save-state]");
  let dirty = false;
  let sending = false;

  function say(words) {
    if (line && line.textContent !== words) line.textContent = words;
  }

  function saved() {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    say((line?.dataset.saved || "").replace("{time}", time.format(new Date())));
  }

  async function save() {
    if (!dirty || sending) return;
    if (!navigator.onLine) {
      say(line?.dataset.waiting || "");
      return;
    }
    sending = true;
    dirty = false;
    try {
      // The form bears its own number: sent twice, it is still one draft.
      const answer = await fetch(form.dataset.spheresAutosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Spheres-Draft": "1" },
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
      });
      if (answer.ok) {
        saved();
      } else {
        dirty = true;
        say(line?.dataset.locked || "");
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
  form.addEventListener("focusout", save);
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) dirty = false;
  });
  document.addEventListener("spheres:lock", save);
  document.addEventListener("visibilitychange", save);
  addEventListener("online", save);
  addEventListener("offline", () => dirty && say(line?.dataset.waiting || ""));
  setInterval(save, EVERY);
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-spheres-autosave]")) keep(form);
