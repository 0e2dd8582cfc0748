// Paper: every page prints as it stands, in the colours of paper, whatever was in sight. Before the browser lays out the
// pages, whatever draws late draws now, figures take the width of the paper, and long lists become plain tables.
(() => {
  const {at, set, element, header, row, draw_all, dispatch} = parley.dom, {day, lens} = parley.format;
  const WIDTH = 640;  // pixels inside a card on A4
  const MOST_ROWS = 40;
  const root = document.documentElement, graphs = new Map(), added = [];
  let scheme = null;

  // What the page is about, by the record that it shows: the head of the paper.
  function line() {
    const {record} = parley, page = document.querySelector(".page-link[aria-current]")?.textContent ?? "";
    const when = record?.dates && at("round-date") ? day(record.dates[parley.round()]) : "";
    const worlds = record?.worlds ? `${record.worlds} worlds, seed ${record.seed}, ${lens(record.lens)}, Parley ${record.version}` : "";
    const shared = parley.reach() ? "" : location.href;
    return [page, record?.title, when, worlds, shared].filter(Boolean).join(" · ");
  }

  // The rows of a grid that are shown by its filters, as a table: a grid draws only those in sight.
  function plain(grid) {
    const api = window.dash_ag_grid?.getApi?.(grid.id);
    if (!api) return;
    const columns = api.getAllDisplayedColumns(), count = api.getDisplayedRowCount(), rows = [];
    for (let k = 0; k < Math.min(count, MOST_ROWS); k++) {
      const node = api.getDisplayedRowAtIndex(k), cells = columns.map(colKey => String(api.getCellValue({rowNode: node, colKey, useFormatter: true}) ?? ""));
      rows.push(row(cells[0], ...cells.slice(1)));
    }
    const names = columns.map(column => column.getColDef().headerName ?? column.getColId());
    const more = count > rows.length ? [element("p", {className: "dimmed"}, `and ${count - rows.length} more, in the download`)] : [];
    const table = element("div", {className: "on-paper"}, element("table", {}, header(...names), element("tbody", {}, ...rows)), ...more);
    grid.after(table);
    added.push(table);
  }

  function before() {
    if (scheme !== null) return;
    scheme = root.dataset.mantineColorScheme;
    draw_all();
    const drawn = [...document.querySelectorAll("#page .js-plotly-plot")].filter(graph => graph.data?.length && graph._fullLayout);
    const papers = drawn.map(graph => parley.on_paper(graph));
    root.dataset.mantineColorScheme = "light";
    draw_all();
    set("print-line", line());
    for (const [k, graph] of drawn.entries()) {
      const {data, layout} = papers[k], height = graph._fullLayout.height;
      graphs.set(graph, {data: graph.data, layout: graph.layout, width: graph.style.width});
      Plotly.react(graph, data, {...layout, width: WIDTH, height, autosize: false}, {displayModeBar: false, staticPlot: true});
    }
    for (const grid of document.querySelectorAll("#page .ag-theme-quartz, #page .dash-ag-grid, #page [id]:has(> .ag-root-wrapper)")) plain(grid);
  }

  function after() {
    if (scheme === null) return;
    root.dataset.mantineColorScheme = scheme;
    scheme = null;
    for (const [graph, {data, layout}] of graphs) {
      const {width: _, height: __, ...free} = layout;
      if (graph.isConnected) Plotly.react(graph, data, {...free, autosize: true}, {displayModeBar: false});
    }
    graphs.clear();
    for (const table of added.splice(0)) table.remove();
    dispatch("parley:printed");
  }

  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  // Where paper is only shown, no event is sent.
  matchMedia("print").addEventListener("change", ({matches}) => { if (matches) before(); else after(); });
})();
