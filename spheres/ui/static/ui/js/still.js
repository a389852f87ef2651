// A page of hers that nobody touches for five minutes is left, as the site itself would put her out;
// while she reads or writes, the site is told at most once a minute that she is there.
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
  // Led to the door, she is out: what is on the screen goes too.
  fetch(address, { method: "HEAD", redirect: "manual" })
    .then((answer) => { if (answer.type === "opaqueredirect") leave(); }, () => {});
}

if (body) {
  for (const sort of MOVES) addEventListener(sort, move, { capture: true, passive: true });
  setInterval(() => {
    if (body.hasAttribute("data-spheres-signed-in") && Date.now() - moved >= STILL) leave();
  }, 1000);
}
