// The top of the page on which sessions open, as other pages have it: the list of pages on a small
// screen, the link to copy, light and dark.
import { at, element, say } from "./dom.js";
import { message } from "./texts.js";

// On a small screen the button has the name of the page shown and opens the list; whatever leads
// away closes it.
const pages = at("pages"),
  is_open = () => pages.getAttribute("aria-expanded") === "true";
const show_pages = (open) => pages.setAttribute("aria-expanded", String(open));
say(pages, document.querySelector(".page-link[aria-current]").textContent);
pages.addEventListener("click", () => show_pages(!is_open()));
for (const kind of ["click", "focusin"])
  document.addEventListener(kind, (event) => {
    if (is_open() && !pages.parentElement.contains(event.target)) show_pages(false);
  });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !is_open()) return;
  show_pages(false);
  pages.focus();
});

// Where the browser keeps the clipboard to itself, the address is there to copy.
at("share").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    say("shared", message("class-copied"));
  } catch {
    const field = element("input", {
      value: location.href,
      readOnly: true,
      "aria-label": message("class-link"),
    });
    at("shared").replaceChildren(field);
    field.select();
  }
});

// The choice is kept where the other pages keep theirs.
const root = document.documentElement,
  system = matchMedia("(prefers-color-scheme: dark)");
at("scheme").addEventListener("click", () => {
  const is_dark = root.dataset.mantineColorScheme
    ? root.dataset.mantineColorScheme === "dark"
    : system.matches;
  root.dataset.mantineColorScheme = is_dark ? "light" : "dark";
  try {
    localStorage.setItem("mantine-color-scheme-value", root.dataset.mantineColorScheme);
  } catch {
    // it holds for this page
  }
});
