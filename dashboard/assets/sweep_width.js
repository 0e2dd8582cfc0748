// The figures of the page Sweeps are drawn for the width that they have: anew where that changes,
// for paper before a print, and for a picture.
(() => {
  const { at, on, dispatch, figure_of } = parley.dom,
    SETTLES = 150; // milliseconds
  let wide = innerWidth,
    resized = null;

  function draw(is_paper = false) {
    if (!at("sweeps")) return;
    parley.sweep_rows.for_paper(is_paper);
    dispatch("parley:sweep-width");
  }

  // Data and layout of a *graph* in a picture, which is as wide from a phone as from any screen.
  function in_picture(graph) {
    const { for_picture } = parley.sweep_rows;
    for_picture(true);
    draw();
    const wide_one = figure_of(graph);
    for_picture(false);
    draw();
    return wide_one;
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

  parley.sweep_in_picture = in_picture;
})();
