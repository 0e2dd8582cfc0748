// One slide at a time: arrows, Page up and down, Space, Home and End; the address keeps the number.
const slides = [...document.querySelectorAll(".slide")];
const STEPS = {
  ArrowRight: 1,
  ArrowDown: 1,
  PageDown: 1,
  " ": 1,
  Enter: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageUp: -1,
  Home: -slides.length,
  End: slides.length,
};
let present = 0;

function go(number, focus = true) {
  present = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, place) => {
    slide.hidden = place !== present;
  });
  history.replaceState(null, "", `#${present + 1}`);
  if (focus) slides[present].focus();
}

addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.key === "Enter" || event.key === " ") && event.target.closest("button, a")) return;
  event.preventDefault();
  go(present + step);
});
addEventListener("hashchange", () => go(Number(location.hash.slice(1)) - 1 || 0));
for (const [name, step] of [
  ["back", -1],
  ["next", 1],
])
  document.getElementById(name).addEventListener("click", () => go(present + step, false));
document.querySelector(".turn").hidden = false;
document.querySelector("main").classList.add("shown");
go(Number(location.hash.slice(1)) - 1 || 0, false);
