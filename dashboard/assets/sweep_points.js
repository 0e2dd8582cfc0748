// The settings of a sweep's answer on the page Sweeps: each opens in Simulate with the very worlds
// of the sweep.
(() => {
  const { at, set, element, table, row, cell, fill } = parley.dom,
    { capital, count } = parley.format,
    figures = parley.sweep_figures;
  const MANY = 20,
    MOST_PICKED = 6; // rows of the table at first; points of a cell
  let answer = null,
    shown = null;

  // The address of a point in Simulate: its dials, and as many worlds of the sweep's seed as it
  // has.
  function link_of(k) {
    const { query, worlds, seed } = answer.link;
    if (query === null) return null;
    const parameters = new URLSearchParams(query);
    for (const { name, kind, moves } of answer.axes) {
      const value = answer.rows[name][k];
      if (kind === "dial")
        for (const dial of moves.length ? moves : [name])
          parameters.append("set", `${dial}:${value}`);
      else if (kind === "choice")
        parameters.append("choose", `${name.replace(/^choose_/, "")}:${value}`);
      else parameters.set(kind, value);
    }
    parameters.set("worlds", worlds);
    parameters.set("seed", seed);
    return `./?${parley.dom.readable(parameters)}`;
  }

  // The table of all settings of an *answer_now*, by its *outcome_now*.
  function show(answer_now, outcome_now) {
    [answer, shown] = [answer_now, outcome_now];
    const is_narrow = innerWidth < 640,
      most = answer.axes.some(({ kind }) => kind === "choice") ? 4 : 5,
      axes = figures.leading(answer, shown, is_narrow ? 2 : most),
      order = figures.chosen(answer, shown, answer.rows.point.length).reverse(),
      outcome = figures.outcome_of(answer, shown);
    const is_in_words = (name) =>
      answer.axes.some((axis) => axis.name === name && axis.kind !== "dial");
    const entry = (k) => {
      const name = `Setting ${answer.rows.point[k]}`,
        href = link_of(k),
        sd = answer.rows[`${shown}_sd`]?.[k];
      return row(
        href
          ? element(
              "a",
              {
                href,
                "aria-label":
                  `${name} in Simulate: ` +
                  `${figures.describe(answer, shown, k, axes).join(", ")}`,
              },
              name,
            )
          : name,
        element("strong", {}, figures.amount(outcome, answer.rows[shown][k])),
        ...(is_narrow ? [] : [typeof sd === "number" ? `± ${figures.between(outcome, sd)}` : "–"]),
        ...axes.map((axis) =>
          is_in_words(axis)
            ? cell({ className: "of-words" }, figures.value_of(answer, axis, answer.rows[axis][k]))
            : figures.value_of(answer, axis, answer.rows[axis][k]),
        ),
      );
    };
    const part = (places) =>
      table(
        [
          answer.link.query === null ? "Setting" : "Open in Simulate",
          outcome.label,
          ...(is_narrow ? [] : ["Between its worlds"]),
          ...axes.map((axis) =>
            is_in_words(axis)
              ? [capital(figures.label_of(answer, axis)), { className: "of-words" }]
              : capital(figures.label_of(answer, axis)),
          ),
        ],
        places.map(entry),
      );
    set(
      "sweep-points-note",
      answer.link.query === null
        ? `From the highest to the lowest. They cannot be opened in Simulate: ${answer.link.why}.`
        : "From the highest to the lowest. Each opens in Simulate with its dials and its " +
            `${answer.link.worlds} worlds, the very ones of the ` +
            `sweep.${is_narrow ? "" : " ±: how far single worlds differ (standard deviation)."} ` +
            "Rows that read alike differ in dials not shown " +
            `here${is_narrow ? ", of which the download has all" : ""}.`,
    );
    set("sweep-take", in_words(answer));
    fill("sweep-points-table", [
      part(order.slice(0, MANY)),
      ...(order.length > MANY
        ? [
            element(
              "details",
              {},
              element("summary", {}, `The other ${order.length - MANY}`),
              part(order.slice(MANY)),
            ),
          ]
        : []),
    ]);
  }

  // What the download of an answer's settings holds.
  const in_words = ({ rows, rows_of }) =>
    rows.point.length < rows_of
      ? `Download ${count(rows.point.length)} of ${count(rows_of)} settings, evenly chosen (CSV)`
      : "Download every setting (CSV)";

  // Points of a figure that was clicked, each with its link.
  function pick(places) {
    const axes = figures.leading(answer, shown, 3),
      links = places.slice(0, MOST_PICKED).map((k) => {
        const words =
          `Setting ${answer.rows.point[k]}: ` +
          `${figures.describe(answer, shown, k, axes).join(", ")}`;
        return element("li", {}, element("a", { href: link_of(k) }, words));
      });
    const more =
      places.length > MOST_PICKED
        ? [
            element(
              "li",
              { className: "dimmed" },
              `and ${places.length - MOST_PICKED} more in the table`,
            ),
          ]
        : [];
    at("sweep-picked").hidden = false;
    fill("sweep-picked", [
      element("strong", {}, "Open in Simulate"),
      element("ul", {}, ...links, ...more),
      element(
        "button",
        { type: "button", className: "reset", id: "sweep-unpick", "aria-label": "Close" },
        "close",
      ),
    ]);
    at("sweep-picked").querySelector("a")?.focus({ preventScroll: true });
  }
  const unpick = () =>
    at("sweep-picked") && Object.assign(at("sweep-picked"), { hidden: true }).replaceChildren();

  function listen() {
    for (const name of ["heat", "lines"]) {
      const graph = at(`sweep-${name}`)?.querySelector(".js-plotly-plot");
      if (!graph?.on || graph.dataset.listens) continue;
      graph.dataset.listens = "yes";
      graph.on("plotly_click", ({ points: [point] }) => {
        const places = point.customdata;
        if (answer.link.query !== null && places?.length)
          pick([...places].sort((a, b) => answer.rows[shown][b] - answer.rows[shown][a]));
      });
    }
  }

  parley.sweep_points = { show, listen, unpick, in_words };
})();
