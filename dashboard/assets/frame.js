// The frame of all pages: the title of the tab, the way past the links of the top, and whether the
// page waits for anything.
(() => {
  const { at, on } = parley.dom;

  // The title of the tab: the page, and the scenario or the talks it shows.
  function entitle(shown = "") {
    const page = document.querySelector(".page-link[aria-current]")?.textContent ?? "";
    document.title = [[page, shown].filter(Boolean).join(": "), "Parley"]
      .filter(Boolean)
      .join(" · ");
  }

  on("parley:page", () => entitle());
  on("parley:record parley:design parley:sweeps", (record) => entitle(record?.title));

  // The links at the start lead past the top without a change of the address, which holds the view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".skip");
    if (!link) return;
    event.preventDefault();
    const place = link.hash === "#page" ? at("page").querySelector("main") : at(link.hash.slice(1));
    if (!place) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  });

  parley.entitle = entitle;
})();
