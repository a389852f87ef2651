// Leaves at once: the page turns blank, then its place in the history is given to another.
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
