// After a mistake the reader is taken to what is to be mended, and its links go to the answer itself.
const summary = document.querySelector("[data-spheres-focus]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const answer = link && document.getElementById(link.hash.slice(1));
    if (!answer) return;
    event.preventDefault();
    (answer.closest(".field") || answer).scrollIntoView({ block: "start" });
    answer.focus({ preventScroll: true });
  });
}
