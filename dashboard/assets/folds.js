// Folds of a page: the one that an address leads to is open, all are open for print but for what is
// closed within them, a button opens and closes all, and another prints what is closed within them
// too. On a phone all open without their figures, which a button of each shows. A fold that opens
// says so by "parley:fold", so that figures are drawn once there is room for them.
(() => {
  const { at, element, on, on_click, dispatch } = parley.dom;
  const NARROW = 640; // pixels of width
  const all = (where = "main details") => [...document.querySelectorAll(where)];

  // Opens all that *place* lies in; true where something was closed.
  function reveal(place) {
    let opened = false;
    for (let fold = place?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened ||= !fold.open;
      fold.open = true;
    }
    return opened;
  }

  // Where the address leads, now or once a script has written it; kept until then, as what the page
  // writes into its address has the view alone.
  let target = null,
    awaited = "";
  function follow() {
    const name = decodeURIComponent(location.hash.slice(1)) || awaited,
      place = name && at(name);
    // that page opens its own
    if (!place || !place.closest("main .folds") || place.closest(".stakeholder")) return;
    if (!place.getClientRects().length) return when_seen(place);
    awaited = "";
    if (target === name && place.closest("details")?.open) return;
    target = name;
    reveal(place);
    dispatch("parley:fold", { opened: place.closest("details") });
    place.scrollIntoView();
    place.closest("details")?.querySelector("summary")?.focus({ preventScroll: true });
  }

  function when_seen(place) {
    if (awaited === place.id) return;
    awaited = place.id;
    new ResizeObserver((_, observer) => {
      if (!place.getClientRects().length) return;
      observer.disconnect();
      follow();
    }).observe(place);
  }

  function open_all(open) {
    // on a phone a part of a document is many screens
    const parts = open && innerWidth < NARROW ? [] : all(".folds .part");
    for (const fold of [...all(".folds > .fold"), ...parts]) fold.open = open;
    for (const fold of all(".fold")) figures(fold, !(open && innerWidth < NARROW));
    const button = at("open-all");
    if (!button) return;
    button.textContent = open ? "Close all" : "Open all";
    button.setAttribute("aria-pressed", open);
  }

  // Whether the figures of a *fold* are shown; where they are not, a button stands for them.
  function figures(fold, are_shown) {
    fold.classList.toggle(
      "without-figures",
      !are_shown && fold.querySelector("[role=img].graph, [role=img] > .graph") !== null,
    );
    const button = fold.querySelector(".show-figures");
    if (fold.matches(".without-figures") && !button)
      fold
        .querySelector(".fold-content")
        .prepend(
          element(
            "button",
            { type: "button", className: "quiet show-figures on-screen" },
            "Show the figures",
          ),
        );
    else if (are_shown) button?.remove();
  }
  function show_figures(button) {
    const fold = button.closest(".fold");
    figures(fold, true);
    dispatch("parley:fold", { opened: fold });
  }

  let closed = [];
  function print() {
    if (!document.querySelector("main .folds")) return;
    closed = all(
      document.documentElement.dataset.parts ? "main .folds details" : "main .fold",
    ).filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
    for (const fold of all(".without-figures")) figures(fold, true);
    dispatch("parley:fold", { opened: null });
  }
  function printed() {
    for (const fold of closed) fold.open = false;
    closed = [];
    delete document.documentElement.dataset.parts;
  }
  function print_parts() {
    document.documentElement.dataset.parts = "printed";
    window.print();
  }

  on("parley:page parley:folds", follow);
  window.addEventListener("hashchange", () => {
    target = null;
    follow();
  });
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", printed);
  on_click(".show-figures", show_figures);
  on_click("#print-parts", print_parts);
  on_click("#open-all", (button) => open_all(button.getAttribute("aria-pressed") !== "true"));
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.("main .folds details") && event.target.open)
        dispatch("parley:fold", { opened: event.target });
    },
    true,
  );
})();
