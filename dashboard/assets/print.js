// Paper: every page prints as it stands, in the colours of paper, whatever was in sight. Before the
// browser lays out the pages, whatever draws late draws now, figures take the width of the paper,
// and long lists become plain tables.
(() => {
  const { at, fill, element, header, row, dispatch, draw_all, figure_of } = parley.dom,
    { day, lens, without_stop } = parley.format;
  const WIDTH = 640; // pixels inside a card on A4
  const NARROW = 300; // of a figure
  const ABOVE = 50; // pixels of a row whose name stands above it
  const MOST_ROWS = 40,
    MOST_COLUMNS = 5; // of a list, the first of them
  const root = document.documentElement,
    added = [];
  let scheme = null;

  // What the page is about, by the record that it shows, and the day of the print: the head of the
  // paper. Pages whose answers have worlds of their own say these beside them.
  const OWN_WORLDS = "#pivots-provenance, #sweep-effects-provenance";
  function line() {
    const { record } = parley,
      page = document.querySelector(".page-link[aria-current]")?.textContent ?? "";
    const when = record?.dates && at("round-date") ? day(record.dates[parley.round()]) : "";
    const own = without_stop(
      document.querySelector(
        "#told:not([hidden]) #who-provenance, #sweep-answer:not([hidden]) " +
          "#sweep-effects-provenance",
      )?.textContent,
    );
    const worlds =
      record?.worlds && !document.querySelector(OWN_WORLDS)
        ? `${record.worlds} worlds, seed ` +
          `${record.seed}${record.lens === "" ? "" : `, ${lens(record.lens)}`}, Parley ` +
          `${record.version}`
        : "";
    const today = new Date(),
      printed =
        "printed on " +
        `${day([today.getFullYear(), today.getMonth() + 1, today.getDate()].join("-"))}`;
    const path = `${location.pathname}${location.search}`,
      where = !parley.reach() ? location.href : `address on any Parley: ${path}`;
    const lacks = [...document.querySelectorAll("#page .card div[role=img]")].some(
      (image) => image.checkVisibility() && !image.querySelector("svg, canvas"),
    );
    const is_early = lacks || document.body.matches(".asking, .waiting");
    at("print-line").classList.toggle("is-early", is_early);
    return [
      is_early
        ? "Printed before all was simulated and drawn: numbers may be missing, or of the " +
          "view before"
        : "",
      page,
      ...(own ? [own] : [record?.title, when, worlds]),
      printed,
    ]
      .filter(Boolean)
      .map((words) => `${words} · `)
      .concat(element("span", { className: "address" }, where));
  }

  // The rows of a grid that are shown by its filters, as a table: a grid draws only those in sight.
  function plain(grid) {
    const api = window.dash_ag_grid?.getApi?.(grid.id);
    if (!api) return;
    const columns = api.getAllDisplayedColumns().slice(0, MOST_COLUMNS),
      count = api.getDisplayedRowCount(),
      rows = [];
    for (let k = 0; k < Math.min(count, MOST_ROWS); k++) {
      const node = api.getDisplayedRowAtIndex(k),
        cells = columns.map((colKey) =>
          String(api.getCellValue({ rowNode: node, colKey, useFormatter: true }) ?? ""),
        );
      rows.push(row(cells[0], ...cells.slice(1)));
    }
    const names = columns.map((column) => column.getColDef().headerName ?? column.getColId());
    const more =
      count > rows.length
        ? [
            element(
              "p",
              { className: "dimmed" },
              `and ${count - rows.length} more, in the download`,
            ),
          ]
        : [];
    const table = element(
      "div",
      { className: "on-paper" },
      element("table", {}, header(...names), element("tbody", {}, ...rows)),
      ...more,
    );
    grid.after(table);
    added.push(table);
  }

  // A number that a page has for paper (print.css): --most-high, --row-high, --wide and --scale of
  // a figure.
  const number_of = (place, name) => Number(getComputedStyle(place).getPropertyValue(name));

  // Of how many lines the names at an axis are that has rows of one height.
  const lines_of = (texts = []) => Math.max(1, ...texts.map((text) => text.split("<br>").length));

  // A graph drawn anew beside itself, in the width and the colours of paper. What Dash keeps is
  // left alone. Rows of names keep their height; other figures are no higher than the page has them
  // on paper.
  function copy(graph, { data, layout }) {
    const place = element("div", { className: "on-paper" }),
      high = layout.height ?? graph._fullLayout?.height ?? graph.clientHeight;
    const rows = layout.yaxis?.categoryarray?.length ?? 0,
      row = layout.yaxis?.showticklabels === false ? ABOVE : number_of(graph, "--row-high") || 22,
      labels = (layout.yaxis?.tickvals?.length ?? 0) * lines_of(layout.yaxis?.ticktext),
      most = number_of(graph, "--most-high") || Infinity,
      width = number_of(graph, "--wide") || WIDTH;
    const height = layout.geo
      ? width / 2.2
      : Math.min(high, Math.max(most, row * rows + 60, 17 * labels + 50));
    // else its numbers would stand upright
    const few = layout.xaxis && width < NARROW ? { xaxis: { ...layout.xaxis, nticks: 3 } } : {};
    graph.parentElement.after(place);
    added.push(place);
    Plotly.newPlot(
      place,
      data,
      { ...layout, ...few, width, height, autosize: false },
      { displayModeBar: false, staticPlot: true, topojsonURL: "assets/topojson/" },
    );
    part_words(place);
    place.style.zoom = number_of(graph, "--scale") || 1; // after names were measured
  }

  // On paper figures are smaller than on the screen: of words that would stand over each other the
  // upper ones rise, but for those of a row with a name, which stand level with it. A word above
  // the figure sinks into it, and those below make room.
  function part_words(place) {
    const { annotations = [], yaxis } = place.layout,
      ceiling = place.getBoundingClientRect().top;
    const is_of_row = (part) =>
      yaxis?.type === "category" && annotations[part.dataset.index]?.yref !== "paper";
    const words = [...place.querySelectorAll(".annotation")]
      .filter((part) => !is_of_row(part))
      .map((part) => {
        const { left, right, top, bottom } =
          part.querySelector(".annotation-text")?.getBoundingClientRect() ?? {};
        return { part, left, right, top, bottom, moved: 0 };
      })
      .filter(({ left, right }) => left < right)
      .sort((a, b) => b.top - a.top);
    const over = (word, some) =>
      some.filter(
        ({ left, right, top, bottom }) =>
          word.left < right && left < word.right && word.top < bottom && top < word.bottom,
      );
    const move = (word, by) =>
      Object.assign(word, { top: word.top + by, bottom: word.bottom + by, moved: word.moved + by });
    for (const [k, word] of words.entries())
      move(
        word,
        -Math.max(0, ...over(word, words.slice(0, k)).map(({ top }) => word.bottom - top)),
      );
    words.reverse();
    for (const [k, word] of words.entries()) {
      move(
        word,
        Math.max(
          0,
          ceiling - word.top,
          ...over(word, words.slice(0, k)).map(({ bottom }) => bottom - word.top),
        ),
      );
      if (word.moved) word.part.style.transform = `translateY(${word.moved}px)`;
    }
  }

  // Figures stand one below the other, but where a page has several to a row, and nothing stays in
  // its place while the paper goes on.
  function arrange(graphs) {
    for (const graph of graphs) {
      for (let box = graph.parentElement; box && box.id !== "page"; box = box.parentElement) {
        if (/grid|flex/.test(getComputedStyle(box).display) && !number_of(box, "--wide"))
          box.classList.add("one-column");
      }
    }
    for (const box of document.querySelectorAll("#page *")) {
      if (/sticky|fixed/.test(getComputedStyle(box).position)) box.classList.add("unstuck");
    }
  }

  // How far each slider stands along its way, for a bar without a knob.
  function bars() {
    for (const slide of document.querySelectorAll("#page input[type=range]")) {
      slide.style.setProperty("--part", (slide.value - slide.min) / (slide.max - slide.min));
    }
  }

  function before() {
    if (scheme !== null) return;
    dispatch("parley:paper");
    scheme = root.dataset.mantineColorScheme;
    draw_all();
    const graphs = [
      ...document.querySelectorAll("#page :is(.js-plotly-plot, .dash-graph > :last-child)"),
    ].filter((graph) => figure_of(graph)?.data?.length && graph.checkVisibility());
    const papers = graphs.map((graph) => parley.on_paper(graph, figure_of(graph)));
    if (scheme !== "light") root.dataset.mantineColorScheme = "light";
    draw_all();
    fill("print-line", line());
    bars();
    arrange(graphs);
    for (const [k, graph] of graphs.entries()) copy(graph, papers[k]);
    for (const grid of document.querySelectorAll("#page .ag-root-wrapper"))
      plain(grid.parentElement.closest("[id]"));
    root.dataset.paper = "drawn"; // from now on what has nothing on paper is left out
  }

  function after() {
    if (scheme === null) return;
    if (scheme !== "light") root.dataset.mantineColorScheme = scheme;
    scheme = null;
    delete root.dataset.paper;
    for (const name of ["one-column", "unstuck"])
      for (const box of document.querySelectorAll(`.${name}`)) box.classList.remove(name);
    for (const place of added.splice(0)) {
      if (place.classList.contains("js-plotly-plot")) Plotly.purge(place);
      place.remove();
    }
    dispatch("parley:screen");
  }

  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  // Where paper is only shown, no event is sent.
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) before();
    else after();
  });
})();
