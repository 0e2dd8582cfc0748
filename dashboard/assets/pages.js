// The list of pages on a small screen: the button with the name of the page shown opens it, and
// whatever leads away closes it.
(() => {
  const { at, on_click } = parley.dom;
  const is_open = () => at("pages")?.getAttribute("aria-expanded") === "true";
  const show = (open) => at("pages")?.setAttribute("aria-expanded", open);

  on_click("#pages", () => show(!is_open()));
  document.addEventListener("click", (event) => {
    if (is_open() && !event.target.closest?.(".top nav")) show(false);
  });
  document.addEventListener("focusin", (event) => {
    if (is_open() && !event.target.closest?.(".top nav")) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !is_open()) return;
    show(false);
    at("pages").focus();
  });
})();
