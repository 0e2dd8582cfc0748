// The figures of the page Sweeps are drawn for the width that they have: anew where that changes, and for paper before a print.
(() => {
  const {at, on, dispatch} = parley.dom, SETTLES = 150;  // milliseconds
  let wide = innerWidth, resized = null;

  function draw(is_paper = false) {
    if (!at("sweeps")) return;
    parley.sweep_rows.for_paper(is_paper);
    dispatch("parley:sweep-width");
  }

  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      if (innerWidth === wide) return;
      wide = innerWidth;
      draw();
    }, SETTLES);
  });
  on("parley:paper", () => draw(true));
  on("parley:screen", () => draw());
})();
