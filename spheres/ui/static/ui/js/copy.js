// One press puts the words of a page where they can be pasted; without a script they are selected by hand.
for (const button of document.querySelectorAll("[data-spheres-copies]")) {
  const words = document.getElementById(button.dataset.spheresCopies);
  const line = document.querySelector("[data-spheres-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    words.select();
    try {
      await navigator.clipboard.writeText(words.value);
    } catch {
      document.execCommand("copy");
    }
    if (line) line.textContent = button.dataset.done;
  });
}
