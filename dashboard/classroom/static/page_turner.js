// What is too long for the wall lies there in pages side by side, which turn by themselves; whoever
// points at one stops them.
import { say, show } from "./dom.js";
import { message } from "./texts.js";

const PAGE = 10000; // milliseconds for which a page stands

// Shows the page of *node* that is next by so many, and its number below.
function turn(node, by) {
  const gap = parseFloat(getComputedStyle(node).columnGap),
    width = node.clientWidth + gap,
    pages = Math.max(1, Math.round((node.scrollWidth + gap) / width)),
    page = (Math.round(node.scrollLeft / width) + by) % pages,
    number = node.nextElementSibling;
  node.scrollLeft = page * width;
  show(number, pages > 1);
  say(number, message("debrief-page", { page: page + 1, pages }));
}

// Turns the pages in *place*, of the part that is shown.
export function turn_pages(place) {
  const each = (by) => {
    for (const node of place.querySelectorAll(".pages"))
      if (node.clientWidth && !node.matches(":hover")) turn(node, by);
  };
  setInterval(() => each(1), PAGE);
  return () => each(0);
}
