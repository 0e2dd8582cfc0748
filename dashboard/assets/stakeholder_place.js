// The part of the page Stakeholder to which an address leads, as #why: it opens once it is drawn,
// and the page stays at its top, where the name, what happened and the answer are. The hash is kept
// here, as writing the view into the address drops it.
(() => {
  const { at, element, on, on_click } = parley.dom;
  let sought = "";
  const read = () => {
    sought = location.hash.slice(1) || sought;
  };

  // To that part; *last*: the page is drawn, so that nobody is led there again.
  function go(last = false) {
    const place = sought ? at(sought) : null;
    if (last) sought = "";
    if (!place?.closest(".stakeholder .folds")) return;
    place.closest("details").open = true;
  }

  // Of somebody whom the model misses, where to look instead of at changes; *has_said*: whether
  // anything by it is on file.
  const opens = (name, words) =>
    element("button", { type: "button", className: "near", dataset: { unfolds: name } }, words);
  function elsewhere(has_said) {
    const evidence = parley.link_to((path) => path.endsWith("/evidence"))?.href ?? "evidence";
    return element(
      "p",
      { className: "dimmed elsewhere" },
      "Look instead at ",
      opens("why", "why the model has it so"),
      has_said ? ", at " : ", and at ",
      ...(has_said ? [opens("who-said", "what it said in public"), ", and at "] : []),
      element("a", { href: evidence }, "how often the model is wrong"),
      ".",
    );
  }
  on_click("[data-unfolds]", ({ dataset }) => {
    const part = at(dataset.unfolds);
    part.open = true;
    part.querySelector("summary").focus();
  });

  // Of the convenor the better question is whom it should approach.
  function whom_to_approach(explanation) {
    const campaign = parley.link_to((path) => path.endsWith("/campaign"))?.href;
    return explanation.convenes && explanation.may_sign && campaign
      ? [
          element(
            "a",
            { href: campaign, dataset: { keepsView: "yes" } },
            `Whom should ${explanation.said} approach? Campaign`,
          ),
        ]
      : [];
  }

  // On paper the lines that stand folded under the answer are open.
  let opened = null;
  function unfold() {
    const lines = at("sureness");
    if (!lines || lines.open) return;
    lines.open = true;
    opened = lines;
  }
  function fold() {
    if (opened) opened.open = false;
    opened = null;
  }

  read();
  on("parley:page", read);
  window.addEventListener("hashchange", read);
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  parley.place = { go, elsewhere, whom_to_approach };
})();
