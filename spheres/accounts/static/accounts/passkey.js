// The device proves who one is, or makes a passkey. The challenge is asked when the button is pressed.
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function descriptors(list) {
  return (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
}

const CEREMONIES = {
  async get(options) {
    const allowCredentials = descriptors(options.allowCredentials);
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials };
    const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
    return {
      id,
      rawId: text(rawId),
      type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle && text(response.userHandle),
      },
    };
  },

  async create(options) {
    const excludeCredentials = descriptors(options.excludeCredentials);
    const user = { ...options.user, id: bytes(options.user.id) };
    const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials };
    const { id, rawId, type, response } = await navigator.credentials.create({ publicKey });
    return {
      id,
      rawId: text(rawId),
      type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
      },
    };
  },
};

async function prove(form, place) {
  const line = form.querySelector("[data-spheres-form-state]");
  line.textContent = place.dataset.waiting;
  form.setAttribute("data-sending", "");
  try {
    const answer = await fetch(place.dataset.challenge, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error("no challenge");
    const { options, state } = await answer.json();
    form.elements.answer.value = JSON.stringify(await CEREMONIES[place.dataset.spheresPasskey](options));
    form.elements.state.value = state;
    form.submit();
  } catch {
    form.removeAttribute("data-sending");
    line.textContent = place.dataset.cancelled;
  }
}

for (const place of document.querySelectorAll("[data-spheres-passkey]")) {
  const form = place.closest("form");
  // Before the form is sent once and for all: its answer is the device's.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.hasAttribute("data-sending")) prove(form, place);
  });
  if (!window.PublicKeyCredential) {
    form.querySelector("[data-spheres-form-state]").textContent = place.dataset.unable;
  }
}
