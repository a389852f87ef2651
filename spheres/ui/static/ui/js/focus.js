// After a mistake the reader is taken to what is to be mended, and its links go to the answer itself.
document.querySelector("[data-spheres-focus]")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-spheres-focus] a[href^='#']");
  const answer = link && document.getElementById(link.hash.slice(1));
  if (!answer) return;
  event.preventDefault();
  (answer.closest(".field") || answer).scrollIntoView({ block: "start" });
  answer.focus({ preventScroll: true });
});
