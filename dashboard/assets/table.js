// The table of states and named organisations. Its rows hold who somebody is; what the record says of them at the round
// shown is read when a cell is drawn, so that a round costs the cells in sight alone.
(() => {
  window.parley ??= {};
  const SHARES = ["signed", "considered", "not_reached"];
  const REST = 250;  // milliseconds, more than between two rounds of a play
  let places = new Map(), seen = false, group = "all", words = "", settling = null, given = -Infinity;

  const here = () => document.getElementById("stakeholders");
  // Asked before its time, the grid's library throws.
  parley.grid = () => { try { return window.dash_ag_grid.getApi("stakeholders"); } catch { return null; } };

  function share(id, what) {
    const record = parley.record, place = places.get(id), t = parley.round();
    if (!record || place === undefined) return null;
    const [signed, taken_up] = [record.signed[t][place], record.taken_up[t][place]];
    return {signed, considered: taken_up - signed, not_reached: record.worlds - taken_up}[what] / record.worlds;
  }

  const percent = value => value === null || value === undefined ? "" : `${(100 * value).toFixed(0)} %`;
  // "eu, african_union" as people write it.
  const SMALL = ["of", "and"];
  const in_words = groups => (groups ?? "").split(", ").filter(Boolean).map(group => group.length <= 5 ? group.toUpperCase()
    : group.split("_").map(word => SMALL.includes(word) ? word : word[0].toUpperCase() + word.slice(1)).join(" ")).join(", ");

  // Every one of the words somewhere in what identifies somebody; the group is that of its home.
  function passes(row) {
    const text = [row.id, row.name, row.kind, row.region].join(" ").toLowerCase();
    return (group === "all" || row.regional_group === group || row.groups.split(", ").includes(group))
      && words.split(" ").every(word => text.includes(word));
  }

  // While somebody can see them, the shares at every round; else, and for the order where they decide it, once it stands.
  function follow() {
    clearTimeout(settling);
    if (seen) refresh();
    settling = setTimeout(settle, REST);
  }

  function refresh() {
    if (parley.record) parley.grid()?.refreshCells({columns: SHARES, suppressFlash: true});
  }

  function settle() {
    const grid = parley.grid();
    if (!grid || !here()) return;
    if (grid.getColumnState().some(({colId, sort}) => sort && SHARES.includes(colId))) grid.refreshClientSideRowModel("sort");
    refresh();
    if (!shows()) {
      grid.refreshCells({columns: SHARES, force: true, suppressFlash: true});
      settling = setTimeout(settle, REST);
    }
  }

  // Whether every cell shows what it should. One that is only being built may miss that its value has changed.
  function shows() {
    return [...document.querySelectorAll("#stakeholders [row-id]")].every(row => SHARES.every(what => {
      const cell = row.querySelector(`[col-id="${what}"]`);
      return !cell || cell.textContent === percent(share(row.getAttribute("row-id"), what));
    }));
  }

  function filter() {
    const grid = parley.grid();
    if (!grid) return;
    grid.onFilterChanged();
    tell();
  }

  function tell() {
    const grid = parley.grid(), all = Object.keys(parley.people ?? {}).length;
    const place = document.getElementById("table-count");
    if (grid && place) place.textContent = `${grid.getDisplayedRowCount()} of ${all} shown.`;
  }

  // What the grid is given before it is there gets lost, so it is given again, with time enough in between to take it.
  function fill() {
    // Its place comes late, as its library is loaded when the page is there; the log's is there from the beginning.
    if (!document.getElementById("log")) return;
    const grid = parley.grid(), first = Object.keys(parley.people)[0];
    if (grid?.getRowNode(first)) return begin(grid);
    if (grid && performance.now() > given + 1000) {
      given = performance.now();
      dash_clientside.set_props("stakeholders", {rowData: Object.values(parley.people)});
    }
    setTimeout(fill, 100);
  }

  function begin(grid) {
    new IntersectionObserver(entries => {
      seen = entries[entries.length - 1].isIntersecting;
      if (seen) refresh();
    }, {rootMargin: "50px"}).observe(here());
    grid.addEventListener("filterChanged", tell);
    grid.addEventListener("rowClicked", ({data}) => parley.open(data.id));
    grid.addEventListener("cellKeyDown", ({event, data}) => { if (event.key === "Enter") parley.open(data.id); });
    grid.refreshCells({columns: SHARES, force: true});
    tell();
  }

  // The stakeholder's page, by the link that leads there, which takes the view along.
  parley.open = id => {
    const link = [...document.querySelectorAll(".page-link")].find(one => new URL(one.href).pathname.endsWith("/stakeholder"));
    parley.view.who = id;
    parley.write();
    link.click();
  };
  // The address of that page for whoever opens it in another tab.
  const address = id => {
    const view = new URLSearchParams(parley.query({round: true}));
    view.set("who", id);
    return `stakeholder?${view}`;
  };

  window.dashAgGridFunctions = {...window.dashAgGridFunctions, parley_share: share, parley_passes: passes, parley_percent: percent, parley_groups: in_words};
  (window.dashAgGridComponentFunctions ??= {}).Who = ({value, data}) => window.React.createElement("a", {
    href: address(data.id), tabIndex: -1, className: "who",
    onMouseDown: event => { event.currentTarget.href = address(data.id); },
    onClick: event => { if (!(event.ctrlKey || event.metaKey || event.shiftKey)) event.preventDefault(); else event.stopPropagation(); },
  }, value);

  document.addEventListener("parley:people", fill);
  document.addEventListener("parley:record", ({detail: record}) => {
    if (!record.names) return;  // of a page that asks for something else
    places = new Map(record.names.map((name, place) => [name, place]));
    const unit = document.getElementById("table-unit");
    if (unit) unit.textContent = `Share of the ${record.worlds} simulated worlds at the round shown, seed ${record.seed}, beside the register. Open a row to ask why.`;
    follow();
  });
  document.addEventListener("parley:round", follow);
  document.addEventListener("input", event => {
    if (event.target.id !== "table-search") return;
    words = event.target.value.toLowerCase().trim();
    filter();
  });

  window.dash_clientside ??= {};
  (dash_clientside.parley ??= {}).heard_group = value => { group = value || "all"; filter(); };
})();
