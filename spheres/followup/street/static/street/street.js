// What is typed without a network is sealed here for the server alone: the key that seals a text is
// made for it, used once and thrown away, so that this telephone cannot read it any more either.
const here = document.querySelector("[data-street]");
const LONG_AGO = 24 * 60 * 60 * 1000;
const STEP = 1024; // what is sealed is filled to a multiple: its length says nothing

function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("street", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("device", { keyPath: "one" });
      asked.result.createObjectStore("entries", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, act) {
  const open = await database();
  try {
    return await new Promise((resolve, reject) => {
      const work = open.transaction(store, mode, { durability: "strict" });
      const asked = act(work.objectStore(store));
      work.oncomplete = () => resolve(asked && asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  } finally {
    open.close();
  }
}

const device = () => within("device", "readonly", (store) => store.get(1));
const entries = () => within("entries", "readonly", (store) => store.getAll());
const wipe = (id) => within("entries", "readwrite", (store) => store.delete(id));

function packed(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

async function seal(to, id, said) {
  const clear = JSON.stringify(said);
  const bytes = new TextEncoder().encode(clear);
  const filled = new Uint8Array(Math.ceil(bytes.length / STEP) * STEP).fill(32);
  filled.set(bytes);
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey(
    "raw", Uint8Array.from(atob(to.key), (sign) => sign.charCodeAt(0)), curve, false, []);
  const mine = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`spheres street 1|${to.id}|${id}`);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: point, info }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const locked = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: info }, key, filled));
  const whole = new Uint8Array(1 + point.length + nonce.length + locked.length);
  whole.set([1]);
  whole.set(point, 1);
  whole.set(nonce, 1 + point.length);
  whole.set(locked, 1 + point.length + nonce.length);
  return packed(whole);
}

// One sentence of the page is shown at a time; they are written in the page, in its language.
function say(name) {
  for (const one of here.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== name;
}

async function count() {
  const waiting = await entries();
  // Leaving signs out and empties the browser: the door reads this, and leaves what waits.
  document.cookie = `street_waiting=${waiting.length ? 1 : 0}; path=/; SameSite=Strict; max-age=${waiting.length ? 2592000 : 0}`;
  for (const one of here.querySelectorAll("[data-waiting]")) {
    one.hidden = waiting.length === 0;
    one.querySelector("[data-number]").textContent = waiting.length;
  }
  const isOld = waiting.some((one) => Date.now() - one.at > LONG_AGO);
  for (const one of here.querySelectorAll("[data-old]")) one.hidden = !isOld;
  return waiting;
}

function moment(form) {
  const at = new Date(`${form.elements.day.value}T${form.elements.hour.value || "12:00"}`);
  return (Number.isNaN(at.getTime()) ? new Date() : at).toISOString();
}

function now(form) {
  const at = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString();
  form.elements.day.value = at.slice(0, 10);
  form.elements.hour.value = at.slice(11, 16);
}

async function writing() {
  const form = here.querySelector("form");
  if (!(await device().catch(() => undefined)) || !crypto.subtle) return say("unready");
  form.hidden = false;
  now(form);
  const turn = () => {
    for (const one of form.querySelectorAll("[data-for]"))
      one.hidden = !one.dataset.for.split(" ").includes(form.elements.kind.value);
  };
  form.addEventListener("change", turn);
  turn();
  await count();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // What is asked of this kind, and nothing that was typed for another one before.
    const asked = [...form.querySelectorAll("[name]")].filter((one) => !one.closest("[data-for][hidden]"));
    const said = Object.fromEntries(asked.map((one) => [one.name, form.elements[one.name].value.trim()]));
    if (said.kind === "contact" && !said.her_words && !said.observation && !said.support) return say("empty");
    const id = crypto.randomUUID();
    try {
      // Asked each time: this page stays open for days, and the key may have changed meanwhile.
      const to = await device();
      if (!to) return say("unready");
      const sealed = await seal(to, id, { ...said, at: moment(form) });
      await within("entries", "readwrite", (store) =>
        store.add({ id, device: to.id, sealed, at: Date.now() }));
    } catch {
      return say("full");
    }
    form.reset();
    now(form);
    turn();
    await count();
    say("kept");
    here.querySelector('[data-says="kept"]').focus();
  });
}

async function send() {
  let sent = 0;
  let isFull = false;
  const unread = []; // refused for what they are: they hold back no other
  for (const one of await entries()) {
    let answer;
    try {
      answer = await fetch(here.dataset.receive, {
        method: "POST",
        redirect: "manual",
        headers: { "X-CSRFToken": here.dataset.token },
        body: new URLSearchParams({ id: one.id, device: one.device, sealed: one.sealed }),
      });
    } catch {
      await count();
      return say("cut");
    }
    if (answer.status === 410) {
      for (const each of await entries()) if (each.device === one.device) await wipe(each.id);
      await within("device", "readwrite", (store) => store.clear());
      await count();
      return say("revoked");
    }
    if (answer.status === 200) {
      await wipe(one.id);
      sent += 1;
    } else if (answer.status === 422 || answer.status === 413) {
      unread.push(one.id);
    } else if (answer.status === 429) {
      isFull = true;
      break;
    } else if (answer.status !== 404) {
      await count();
      return say("cut");
    }
  }
  await count();
  if (sent) return location.assign(`${location.pathname}?sent=${sent}`);
  if (isFull) return say("many");
  if (!unread.length) return;
  say("altered");
  here.querySelector("[data-erase]").onclick = async () => {
    for (const id of unread) await wipe(id);
    location.reload();
  };
}

async function home() {
  let known = await device().catch(() => undefined);
  if (known && known.id !== here.dataset.device) {
    // Of another account, or of before this telephone was removed: nobody writes for it any more.
    await within("device", "readwrite", (store) => store.clear());
    known = undefined;
  } else if (known && known.key !== here.dataset.key) {
    // The key file changed: what is typed from now on is sealed for the one that will open it.
    known = { ...known, key: here.dataset.key };
    await within("device", "readwrite", (store) => store.put(known));
  }
  const isReady = known && "serviceWorker" in navigator
    && Boolean(await navigator.serviceWorker.getRegistration(here.dataset.scope));
  say(isReady ? "ready" : "not_ready");
  const prepare = here.querySelector("[data-prepare]");
  if (prepare) prepare.addEventListener("click", async () => {
    try {
      await navigator.serviceWorker.register(here.dataset.worker, { scope: here.dataset.scope });
      await navigator.serviceWorker.ready;
      await within("device", "readwrite", (store) =>
        store.put({ one: 1, id: here.dataset.device, key: here.dataset.key }));
      if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
      say("ready");
    } catch {
      say("cannot");
    }
  });
  const waiting = await count();
  if (waiting.length && navigator.onLine) await send();
  window.addEventListener("online", send);
}

if (here) (here.dataset.street === "write" ? writing : home)();
