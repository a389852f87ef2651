// A draft saves itself every ten seconds, and says quietly when it was saved or why it is not yet.
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
      // The form bears its own number: sent twice, it is still one draft.
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
    // She goes to a button: what it sends is all of it, and no draft must come in after a signature.
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
