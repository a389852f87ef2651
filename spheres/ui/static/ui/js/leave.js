// The last page gives its place to a neutral one.
const link = document.querySelector("[data-spheres-leave]");
if (link) location.replace(link.dataset.spheresLeave);
