// The figures of the page Learn: a prediction beside each number on one scale, talks and who blocks
// them, the three small pictures of how a lesson goes. Plain elements and SVG in the colours of the
// style sheet.
(() => {
  const { element, svg } = parley.dom,
    { capital, count, difference, percent, significant } = parley.format;

  // A number of a row on the scale of a prediction in one of these *units*; null where it has
  // another unit, or is none.
  function on_scale({ value, unit, is_difference, is_asked }, units, number = value) {
    if (typeof value !== "number" || is_difference || !is_asked) return null;
    if (unit === "share" && /^(%|per ?cent|in a hundred)/.test(units[0])) return 100 * number;
    return units.includes(unit) ? number : null;
  }

  // How a number lies to the prediction *own*, or the prediction to an interval, in words.
  const is_counted = (unit) => !/^(|%|per ?cent.*|share.*|points?)$/.test(unit);
  const one_of = (unit) =>
    unit === "people" ? "person" : unit.replace(/ies$/, "y").replace(/s$/, "");
  const with_unit = (words, unit) => `${words}\u00a0${words === "1" ? one_of(unit) : unit}`.trim();
  function than(own, value, unit, interval) {
    const said = significant(own, 6);
    if (interval)
      return own < interval[0]
        ? `your ${said} lies below it`
        : own > interval[1]
          ? `your ${said} lies above it`
          : `your ${said} lies within it`;
    return own === value
      ? "exactly what you said"
      : `${significant(Math.abs(value - own), 6)} ` +
          `${value > own ? "more" : is_counted(unit) ? "fewer" : "less"} than you said`;
  }

  // The round number from *value* up, so that nothing lies at the very end of a scale; 0 for 0.
  const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
  function round_up(value) {
    if (!(value > 0)) return 0;
    const power = 10 ** Math.floor(Math.log10(value));
    return (
      Math.round(1e6 * power * (STEPS.find((step) => step * power >= value * 1.02) ?? 15)) / 1e6
    );
  }

  // A row: what it is and its number, a *track* where its number lies on a scale, and what it rests
  // on.
  function figure(row, track, than_own = "") {
    const head = element(
      "div",
      { className: "lesson-figure-head" },
      element("span", { className: "lesson-figure-label" }, row.label),
      element("strong", {}, row.words),
    );
    const notes = [row.spread, than_own].filter(Boolean).join("; ");
    const foot = element(
      "p",
      { className: "lesson-figure-foot" },
      element(
        "span",
        { className: `lesson-basis ${row.simulated ? "is-simulated" : ""}` },
        row.basis,
      ),
      ...(notes ? [element("span", {}, notes)] : []),
    );
    return element(
      "li",
      { className: row.simulated ? "is-simulated" : "is-known" },
      head,
      ...(track ? [track] : []),
      foot,
    );
  }

  const SHORT = 10; // the highest number of a scale that shows all that could be said
  const NARROW = 0.08; // part of a scale on which only one number has room
  // What draws a track: a scale on which 0 and *all* numbers lie, with a band between the *ends* of
  // a row, the *own* prediction and the *number* of the row, as far as there are any. Ends of
  // differences have signs. If no number lies beyond *highest*, a scale ends there at the latest,
  // and a short one always; what *is_whole* ends at a whole number.
  function scale(
    all,
    unit,
    { in_words = (value) => significant(value, 6), highest = Infinity, is_whole = false } = {},
  ) {
    const most = Math.max(0, ...all),
      above = is_whole ? Math.ceil(round_up(most)) : round_up(most),
      last = highest <= SHORT ? highest : Math.min(above, highest);
    const from = -round_up(-Math.min(0, ...all)),
      to = (most <= highest ? last : above) || -from || 1;
    // from 0, so that both can be read
    const is_apart = (end) => Math.abs(end) > NARROW * (to - from);
    const marks = [...(is_apart(from) ? [from] : []), ...(is_apart(to) ? [0] : []), to];
    const at = (value) => `${(100 * (value - from)) / (to - from)}%`;
    return ({ ends, own, number }) =>
      element(
        "div",
        { className: "lesson-track", "aria-hidden": "true" },
        ...(ends
          ? [
              element("span", {
                className: "lesson-band",
                style: { left: at(ends[0]), right: `calc(100% - ${at(ends[1])})` },
              }),
            ]
          : []),
        ...(own === undefined
          ? []
          : [
              element(
                "span",
                { className: "lesson-own", style: { left: at(own) } },
                element("span", {}, "you"),
              ),
            ]),
        ...(number === undefined
          ? []
          : [element("span", { className: "lesson-mark", style: { left: at(number) } })]),
        ...marks.map((mark) =>
          element(
            "span",
            {
              className: `lesson-end${mark === from ? " is-first" : mark === to ? " is-last" : ""}`,
              style: { left: at(mark) },
            },
            mark === to ? with_unit(in_words(mark), unit) : in_words(mark),
          ),
        ),
      );
  }

  // Each row with its number; those of what was asked are on one scale with the prediction, which
  // is marked in each.
  function beside(rows, own) {
    if (!own) return rows.map((row) => figure(row, null));
    const numbers = rows.map((row) => on_scale(row, own.units));
    const ends = rows.map((row, k) =>
      numbers[k] !== null && row.interval
        ? row.interval.map((end) => on_scale(row, own.units, end))
        : null,
    );
    const track = scale(
      [
        ...numbers.filter((number) => number !== null),
        ...ends.filter(Boolean).flat(),
        own.prediction,
      ],
      own.unit,
      { highest: own.high, is_whole: is_counted(own.unit) },
    );
    return rows.map((row, k) =>
      numbers[k] === null
        ? figure(row, null)
        : figure(
            row,
            track({ ends: ends[k], own: own.prediction, number: numbers[k] }),
            than(own.prediction, numbers[k], own.unit, ends[k]),
          ),
    );
  }

  // The rows that the two sides name, where they are ranges of one unit: they answer what was
  // asked, and lie on one scale.
  function of_sides(rows) {
    const ranges = rows.filter((row) => row.is_of_sides && row.is_range),
      [{ unit, is_difference } = {}] = ranges;
    return ranges.length > 1 &&
      unit !== "share" &&
      ranges.every((row) => row.unit === unit && row.is_difference === is_difference)
      ? ranges
      : [];
  }
  function ranges(rows) {
    const [{ unit, is_difference }] = rows,
      track = scale(
        rows.flatMap((row) => row.interval),
        unit,
        {
          in_words: (value) =>
            is_difference
              ? difference(value, Number.isInteger(value) ? 0 : 1)
              : significant(value, 6),
        },
      );
    return rows.map((row) => figure(row, track({ ends: row.interval })));
  }

  // What is watched in two scenarios, called by these *titles*: a line of three for each figure,
  // with the two on one scale, and the change, as it is and as it was *before* anything was moved.
  const number = ({ words, unit }) => words.replace(`\u00a0${unit}`, "");
  // What the first lines rest on stands below the last of them.
  function of_two(titles, { rows, other, changes }, before) {
    const band = ({ interval }, most) =>
      element(
        "span",
        { className: "lesson-span", "aria-hidden": "true" },
        element("span", {
          style: {
            left: `${(100 * interval[0]) / most}%`,
            right: `${100 - (100 * interval[1]) / most}%`,
          },
        }),
      );
    const ends = (most, unit) =>
      element(
        "span",
        { className: "lesson-span-ends", "aria-hidden": "true" },
        element("span", {}, "0"),
        element("span", {}, is_counted(unit) ? count(most) : significant(most, 3)),
      );
    const notes_of = (words) =>
        words ? [element("span", { className: "lesson-notes" }, words)] : [],
      drawn = ({ spread }) => spread.split(": ")[1];
    const lines = rows.map((row, k) => {
      const two = [row, other[k]],
        most = Math.max(...two.flatMap(({ interval }) => interval ?? []));
      const was =
        before && before.changes[k].words !== changes[k].words
          ? `change at first ${before.changes[k].words}`
          : "";
      const notes = [row.basis === rows[0].basis ? "" : row.basis, was].filter(Boolean).join(" · "),
        is_first = row.basis === rows[0].basis && rows[k + 1]?.basis !== row.basis;
      const foot = row.is_range ? `${row.basis}; ranges ${row.spread}` : row.basis;
      return element(
        "tbody",
        { className: "lesson-watch" },
        element(
          "tr",
          {},
          element(
            "th",
            { colSpan: 3, scope: "rowgroup" },
            row.label,
            element("span", { className: "lesson-notes" }, notes),
          ),
        ),
        element(
          "tr",
          {},
          ...two.map((one) =>
            element(
              "td",
              {},
              element("strong", {}, number(one)),
              ...(one.is_range ? [band(one, most), ends(most, row.unit)] : notes_of(drawn(one))),
            ),
          ),
          element(
            "td",
            {},
            element("strong", {}, number(changes[k])),
            ...notes_of(drawn(changes[k])),
          ),
        ),
        ...(is_first
          ? [element("tr", {}, element("td", { colSpan: 3 }, ...notes_of(capital(foot))))]
          : []),
      );
    });
    return element(
      "table",
      { className: "lesson-two" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...[...titles, "Change"].map((words) => element("th", { scope: "col" }, words)),
        ),
      ),
      ...lines,
    );
  }

  // Figures that a lesson sets side by side, in rows and columns.
  function grid({ columns, rows }, figures) {
    const of_name = (name) => figures.find((figure) => figure.name === name);
    const cell = (name) =>
      element(
        "td",
        {},
        element("strong", {}, of_name(name).words),
        element(
          "span",
          { className: "lesson-notes" },
          of_name(name).spread.replace("median; ", ""),
        ),
      );
    return element(
      "table",
      { className: "lesson-two" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("td", {}),
          ...columns.map((words) => element("th", { scope: "col" }, words)),
        ),
      ),
      element(
        "tbody",
        {},
        ...rows.map(({ words, names }) =>
          element("tr", {}, element("th", { scope: "row" }, words), ...names.map(cell)),
        ),
      ),
    );
  }

  // Talks: in how many worlds there is a text, and who blocks it most.
  const MOST = 6;
  function talks({ title, adopted, replicates, seed, seats, rule }) {
    const share = adopted / replicates,
      blocking = seats
        .filter(({ vote, blocks }) => vote && blocks > 0)
        .sort((a, b) => b.blocks - a.blocks)
        .slice(0, MOST);
    const bar = (size) =>
      element(
        "span",
        { className: "lesson-bar" },
        element("span", { style: { width: `${100 * size}%` } }),
      );
    const rows = blocking.map(({ name, blocks, over }) =>
      element(
        "li",
        {},
        element("span", { className: "lesson-who" }, name),
        bar(blocks),
        element("span", { className: "lesson-share" }, percent(blocks)),
        ...(over ? [element("span", { className: "dimmed" }, `most over ${over}`)] : []),
      ),
    );
    return element(
      "section",
      { className: "lesson-talks", "aria-label": title },
      element("h3", {}, title),
      element(
        "p",
        { className: "lesson-adopted" },
        element("strong", {}, percent(share)),
        ` of ${replicates} worlds have a text, by ${rule}`,
      ),
      bar(share),
      ...(rows.length
        ? [
            element("p", { className: "dimmed" }, "Who blocks it, in how many worlds"),
            element("ul", {}, ...rows),
          ]
        : [element("p", { className: "dimmed" }, "Nobody blocks it in any world.")]),
      element(
        "p",
        { className: "lesson-assumed" },
        parley.basis.tag({ basis: parley.format.BASES.assumed }),
        " What seats want follows from their traits by formulas that nobody has " +
          `measured: no evidence of any state's reasons. ${replicates} worlds, seed ` +
          `${seed}.`,
      ),
    );
  }

  // Predict: a mark with a question; run: curves in a band; compare: the mark beside a dot and a
  // band.
  const line = (d, name) => svg("path", { d, class: name });
  const WAYS = {
    Predict: () => [
      line("M8 50 H112", "axis"),
      line("M62 50 V26", "own"),
      svg("circle", { cx: 62, cy: 20, r: 11, class: "own-mark" }),
      svg("text", { x: 62, y: 25, class: "own-text" }, "?"),
    ],
    Run: () => [
      svg("path", { d: "M8 50 C36 48 44 22 112 10 V30 C60 34 44 50 8 50 Z", class: "band" }),
      line("M8 50 C40 49 48 28 112 20", "curve"),
      line("M8 50 H112", "axis"),
    ],
    Reveal: () => [
      line("M8 50 H112", "axis"),
      svg("rect", { x: 66, y: 44, width: 34, height: 12, rx: 6, class: "band" }),
      line("M44 50 V26", "own"),
      svg("circle", { cx: 44, cy: 20, r: 6, class: "own-mark" }),
      svg("circle", { cx: 84, cy: 50, r: 7, class: "known" }),
    ],
  };
  const way = (name) =>
    svg("svg", { viewBox: "0 0 120 62", width: 120, height: 62 }, ...WAYS[name]());

  parley.lesson_figures = {
    beside,
    grid,
    is_counted,
    of_sides,
    of_two,
    ranges,
    than,
    talks,
    way,
    with_unit,
  };
})();
