// The table of states and named organisations. Its rows hold names, kinds and regions; the shares
// at the round shown are read when a cell is drawn, so that a round costs the cells in sight alone.
// Where the view changes something, the shares without that and the change stand in place of who
// has considered it.
(() => {
  const { at, set, put, callbacks, on, watch } = parley.dom,
    { KIND, day, difference, percent: in_percent, short_day, short_month } = parley.format;
  const STAGES = ["considered", "not_taken_up"],
    BESIDE = ["without", "change"],
    SHARES = ["signed", ...STAGES, ...BESIDE],
    NARROW = 640; // columns; pixels
  const REGISTER = "supporter_since",
    DRAWN = [...SHARES, REGISTER]; // columns that a round may change
  const APART = "apart",
    MOVED = "moved",
    REST = 250; // columns that are not shown; milliseconds, more than between two rounds of a play
  // Names by which somebody may be looked for, beside the one that the table has.
  const ALSO = {
    TUR: "turkey",
    CIV: "ivory coast",
    CPV: "cabo verde cape verde",
    CZE: "czechia czech republic",
    SWZ: "eswatini swaziland",
    MKD: "north macedonia",
    MMR: "burma myanmar",
    TLS: "east timor",
    USA: "us america",
    GBR: "uk britain england",
    KOR: "south korea",
    PRK: "north korea dprk",
    ARE: "uae emirates",
    RUS: "russian federation",
    COD: "drc kinshasa democratic republic of the congo",
    COG: "brazzaville",
    NLD: "holland",
    IRN: "persia",
    BOL: "bolivia",
    VEN: "venezuela",
    TZA: "tanzania",
    SYR: "syria",
    LAO: "laos",
    MDA: "moldova",
    BRN: "brunei",
    FSM: "micronesia",
    VNM: "viet nam",
    Facebook: "meta",
    Google: "alphabet",
  };
  let visible = false,
    group = "all",
    words = "",
    timer = null,
    filled = -Infinity;

  const here = () => at("stakeholders");
  // The grid's library throws where the grid is not there yet.
  parley.grid = () => {
    try {
      return window.dash_ag_grid.getApi("stakeholders");
    } catch {
      return null;
    }
  };

  const is_changed = () => Boolean(parley.record) && parley.as_it_was.is_changed();
  function share(id, column) {
    if (column === "without") return parley.as_it_was.share(id);
    if (column === "change") return parley.as_it_was.change(id);
    return parley.shares(id)?.[column] ?? null;
  }
  // How far the view moves each; above all of them whose choice it supposes, so that these come
  // first.
  const moved = (id) =>
    Math.abs(share(id, "change") ?? 0) + Number(parley.as_it_was.is_supposed(id));
  // What a cell of shares says. Whose choice is supposed is marked, as its change is no finding.
  function words_of(id, column, value = share(id, column)) {
    if (value === null || value === undefined) return "";
    if (column !== "change") return in_percent(value);
    return parley.as_it_was.is_supposed(id) ? "supposed" : difference(100 * value, 0);
  }
  // How far the worlds lie from the register at the round shown, which names states alone.
  function apart(id) {
    const { kind, supporter_since: since } = parley.people?.[id] ?? {},
      signed = share(id, "signed");
    return kind !== "state" || signed === null
      ? null
      : Math.abs(signed - Number(Boolean(since) && since <= parley.record.dates[parley.round()]));
  }
  // What most worlds have wrong about a state at the round shown, where the view changes nothing:
  // that it came, or that it did not.
  function mistake({ id, kind, supporter_since: since }) {
    const signed = kind === "state" && parley.record && !is_changed() ? share(id, "signed") : null;
    if (signed === null || !parley.record.happened.length) return "";
    const has_come = Boolean(since) && since <= parley.record.dates[parley.round()];
    return has_come === signed > 0.5 ? "" : has_come ? "came" : "never";
  }
  // The register names all states that joined, while of a firm or an NGO without a report nothing
  // is known.
  const registration = (row) => {
    const wrong = mistake(row),
      day_of = listed(row);
    return wrong === "came"
      ? `${short_month(row.supporter_since)}, unexpected`
      : wrong === "never"
        ? `expected, ${row.supporter_since ? `came later, ${day_of}` : "never came"}`
        : day_of;
  };
  const listed = ({ kind, supporter_since: by, supporter_is_dated: is_dated }) =>
    by ? `${is_dated ? "" : "by "}${short_day(by)}` : kind === "state" ? "never" : "not known";
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Whether a row may sign, has every word of the search in its id, one of its names, its kind or
  // region, and the group, which is that of its home.
  function passes(row) {
    const text = bare([row.id, row.name, ALSO[row.id] ?? "", row.kind, row.region].join(" "));
    return (
      (parley.record?.may_sign ?? [row.kind]).includes(row.kind) &&
      (group === "all" || row.regional_group === group || row.groups.split(", ").includes(group)) &&
      words.split(" ").every((word) => text.includes(word))
    );
  }

  // In sight, the shares are drawn anew at every round; out of sight, and for the order of the
  // rows, when the rounds rest.
  function follow() {
    clearTimeout(timer);
    unit();
    if (visible) refresh();
    timer = setTimeout(settle, REST);
  }

  function refresh() {
    if (parley.record) parley.grid()?.refreshCells({ columns: DRAWN, suppressFlash: true });
  }

  function settle() {
    const grid = parley.grid();
    if (!grid || !here()) return;
    if (
      grid
        .getColumnState()
        .some(({ colId, sort }) => sort && [APART, MOVED, ...SHARES].includes(colId))
    )
      grid.refreshClientSideRowModel("sort");
    refresh();
    if (!shows()) {
      grid.refreshCells({ columns: DRAWN, force: true, suppressFlash: true });
      timer = setTimeout(settle, REST);
    }
  }

  // Whether every cell shows what it should. One that is only being built may miss that its value
  // has changed.
  function shows() {
    return [...document.querySelectorAll("#stakeholders [row-id]")].every((row) =>
      SHARES.every((what) => {
        const cell = row.querySelector(`[col-id="${what}"]`);
        return !cell || cell.textContent === words_of(row.getAttribute("row-id"), what);
      }),
    );
  }

  // How many of the rows, all of which come first, are marked as named wrongly.
  function wrong_names() {
    const number = Object.values(parley.people ?? {}).filter(mistake).length;
    return number ? ` The ${number} that most worlds have wrong are marked under Register.` : "";
  }

  // What the table says: whom the view moves most, of all whose choice it does not suppose.
  function finding() {
    const told = is_changed()
      ? parley.record.names.filter((id) => parley.people?.[id] && share(id, "change") !== null)
      : [];
    if (!told.length) return "How often each of them signs";
    const free = told.filter((id) => !parley.as_it_was.is_supposed(id)),
      [most] = free.sort((a, b) => moved(b) - moved(a));
    if (!most || !parley.as_it_was.moves(most))
      return (
        `Nobody${free.length < told.length ? " else" : ""} changes by ` +
        `${100 * parley.format.MOVED} points or more`
      );
    return (
      `Who changes most: ${parley.people[most].name}, ` +
      `${in_percent(share(most, "without"))}\u00a0→\u00a0${in_percent(share(most, "signed"))}`
    );
  }

  function unit() {
    const { record } = parley;
    if (!record?.names) return;
    const t = parley.round(),
      launch = -record.first_round,
      before =
        t < launch
          ? ` Before ${day(record.dates[launch])} nobody can sign: who has signed has decided to.`
          : "";
    const without =
      innerWidth < NARROW
        ? "Change: from what is simulated with nothing changed"
        : "Without: with nothing changed";
    const order = is_changed()
      ? `${without}, with the same luck. Those supposed come first, then who changes ` +
        `most; under ${100 * parley.format.MOVED} points may be luck.`
      : `First where worlds and register differ most.${wrong_names()}`;
    set("table-finding", finding());
    set(
      "table-unit",
      `Share of the ${record.worlds} simulated worlds, ` +
        `${day(record.dates[t])}.${before} ${order} Open a row to ask why.`,
    );
  }

  // A phone has room for who, how often, and the register, or the change in its place; the others
  // are on the page of each.
  let fits = "";
  function fit() {
    const wide = innerWidth >= NARROW,
      changed = is_changed(),
      grid = parley.grid(),
      is_listed = Object.values(parley.record?.register ?? {}).some((points) => points.length),
      now = `${wide} ${changed} ${is_listed}`;
    if (now === fits || !grid) return;
    fits = now;
    unit();
    const columns = [
      [STAGES, wide && !changed],
      [["without"], wide && changed],
      [["change"], changed],
      [[REGISTER], is_listed && (wide || !changed)],
      [["kind", "region"], wide],
    ];
    grid.setColumnWidths([{ key: REGISTER, newWidth: wide ? 176 : 134 }]);
    for (const is of [false, true])
      grid.setColumnsVisible(
        columns.filter(([, shown]) => shown === is).flatMap(([names]) => names),
        is,
      );
    const [from, to] = changed ? [[APART, ...STAGES], MOVED] : [[MOVED, ...BESIDE], APART];
    if (grid.getColumnState().some(({ colId, sort }) => sort && from.includes(colId)))
      grid.applyColumnState({ state: [{ colId: to, sort: "desc" }], defaultState: { sort: null } });
  }

  function filter() {
    parley.grid()?.onFilterChanged();
    count();
  }

  function count() {
    const grid = parley.grid(),
      all = Object.keys(parley.people ?? {}).length;
    if (grid) set("table-count", `${grid.getDisplayedRowCount()} of ${all} shown.`);
  }

  // The table is asked for, once, when the chart is drawn, or is not soon.
  const SOON = 3000; // milliseconds
  let waits_since = null,
    is_asked = false;
  function want() {
    const place = at("face-table");
    if (!place || place.firstChild) [waits_since, is_asked] = [null, false];
    else if (!is_asked) {
      waits_since ??= performance.now();
      is_asked =
        Boolean(at("kinds")?.querySelector(".point")) || performance.now() > waits_since + SOON;
      if (is_asked) put("table-wanted", { data: waits_since });
    }
  }

  // Rows that are set before the grid is there get lost, so they are set again, with time enough in
  // between.
  function fill() {
    // The grid's place comes late, as its library is loaded when the page is there; the log's is
    // there from the beginning.
    if (!at("log")) return;
    want();
    const grid = parley.grid(),
      first = Object.keys(parley.people)[0];
    if (grid?.getRowNode(first)) return begin(grid);
    if (grid && performance.now() > filled + 1000) {
      filled = performance.now();
      put("stakeholders", {
        rowData: Object.values(parley.people).sort((a, b) => a.name.localeCompare(b.name)),
      });
    }
    setTimeout(fill, 100);
  }

  function begin(grid) {
    watch(
      here(),
      (is) => {
        visible = is;
        if (visible) refresh();
      },
      "50px",
    );
    grid.addEventListener("filterChanged", count);
    grid.addEventListener("rowClicked", ({ data }) => parley.open(data.id));
    grid.addEventListener("cellKeyDown", ({ event, data }) => {
      if (event.key === "Enter") parley.open(data.id);
    });
    fits = "";
    fit();
    parley.write_links(); // its own came with it
    grid.refreshCells({ columns: DRAWN, force: true });
    count();
  }

  // The stakeholder's page, by the link that leads there, which takes the view along.
  parley.open = (id) => {
    if (parley.view.who !== id) parley.view.aim = null;
    parley.view.who = id;
    parley.write();
    parley.link_to((path) => path.endsWith("/stakeholder")).click();
  };
  // The address of that page, for another tab.
  const address = (id) => {
    const parameters = new URLSearchParams(parley.query({ round: true }));
    parameters.set("who", id);
    return `stakeholder?${parameters}`;
  };

  window.dashAgGridFunctions = {
    ...window.dashAgGridFunctions,
    parley_share: share,
    parley_apart: apart,
    parley_moved: moved,
    parley_words: words_of,
    parley_passes: passes,
    parley_registration: registration,
    parley_registered: (row) => `${row.supporter_since ?? ""} ${mistake(row)}`,
    parley_kind: (kind) => KIND[kind] ?? kind,
  };
  (window.dashAgGridComponentFunctions ??= {}).Who = ({ value, data }) =>
    window.React.createElement(
      "a",
      {
        href: address(data.id),
        tabIndex: -1,
        className: "who",
        onMouseDown: (event) => {
          event.currentTarget.href = address(data.id);
        },
        onClick: (event) => {
          if (!(event.ctrlKey || event.metaKey || event.shiftKey)) event.preventDefault();
          else event.stopPropagation();
        },
      },
      value,
    );

  on("parley:people", fill);
  on("parley:record", (record) => {
    if (!record.names) return; // of a page that asks for something else
    fit();
    follow();
    setTimeout(filter, REST); // the chart comes first
  });
  on("parley:round parley:as-it-was", follow);
  addEventListener("resize", fit);
  document.addEventListener("input", (event) => {
    if (event.target.id !== "table-search") return;
    words = bare(event.target.value).trim();
    filter();
  });

  callbacks({
    on_group(value) {
      group = value || "all";
      filter();
    },
  });
})();
