// The part of the page Stakeholder to which an address leads, as #why: it opens once it is drawn, and the page stays at its
// top, where the name, what happened and the answer are. The hash is kept here, as writing the view into the address drops it.
(() => {
  const {at, on} = parley.dom;
  let sought = "";
  const read = () => { sought = location.hash.slice(1) || sought; };

  // To that part; *last*: the page is drawn, so that nobody is led there again.
  function go(last = false) {
    const place = sought ? at(sought) : null;
    if (last) sought = "";
    if (!place?.closest(".stakeholder .folds")) return;
    place.closest("details").open = true;
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
  parley.place = {go};
})();
