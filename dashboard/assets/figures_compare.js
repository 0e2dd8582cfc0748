// The figure of the page Compare: views in, Plotly figure out. Each line has its name at its end.
(() => {
  const { apart, colour, layout, marker, years, edge_of, interval } = parley.figures,
    { capital, change_in_words, count, day, effect, listing, percent } = parley.format,
    { element, svg } = parley.dom;
  const SIDES = [
    ["simulated", "solid"],
    ["second", "24px,4px"],
    ["third", "dot"],
    ["text", "dashdot"],
  ];
  // milliseconds of the axis before the launch and after the end, so that points there are whole
  const AROUND = 25 * 24 * 3600 * 1000;
  const SIZE = 14,
    LINE = 19,
    GAP = 6,
    LETTER = 8,
    NARROW = 640,
    TICKS = 44; // pixels; LETTER is a mean width, TICKS the room below the axis
  const MOST = 23; // characters of a line of a label beside the figure
  const ALIKE = 1; // stakeholders, up to which a line lies on another
  const FEW = 2; // stakeholders, which an axis of differences shows at least

  // A text in lines of about so many characters.
  function in_lines(text, most = 24) {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines[lines.length - 1] && lines[lines.length - 1].length + 1 + word.length > most)
        lines.push("");
      lines[lines.length - 1] = `${lines[lines.length - 1]} ${word}`.trim();
    }
    return lines;
  }

  // The pixels in which labels have to find room: those of the figure, or fewer on paper, where it
  // is drawn anew.
  function height_of(place, is_narrow) {
    const on_paper =
      place && !is_narrow ? Number(getComputedStyle(place).getPropertyValue("--most-high")) : 0;
    return Math.min(place?.clientHeight || 320, on_paper || Infinity) - TICKS;
  }

  // Labels at the heights of their lines' ends within a range, none over another: each has its
  // `lines`. Where there is no room for all of them, each has the one line that is `short`. Those
  // that touch hang on one `y`, each `shift` pixels from there, so that they stay as close in a
  // figure of another height.
  function settled(labels, [low, high], height) {
    const pixel = (high - low) / height,
      measure = (lines) => (lines * LINE + GAP) * pixel;
    const of_lines = labels.map((label) => ({ ...label, tall: measure(label.lines.length) })),
      all = of_lines.reduce((sum, { tall }) => sum + tall, 0);
    const placed = apart(
      all <= high - low
        ? of_lines
        : labels.map((label) => ({ ...label, lines: [label.short], tall: measure(1) })),
    );
    let most = high,
      least = low;
    for (const label of [...placed].reverse()) {
      label.y = Math.min(label.y, most - label.tall / 2);
      most = label.y - label.tall / 2;
    }
    for (const label of placed) {
      label.y = Math.max(label.y, least + label.tall / 2);
      least = label.y + label.tall / 2;
    }
    const heaps = [];
    for (const label of placed) {
      const last = heaps[heaps.length - 1],
        under = last?.[last.length - 1];
      if (under && label.y - label.tall / 2 - (under.y + under.tall / 2) < pixel) last.push(label);
      else heaps.push([label]);
    }
    return heaps.flatMap((heap) => {
      const [first, last] = [heap[0], heap[heap.length - 1]],
        from = first.y - first.tall / 2,
        to = last.y + last.tall / 2;
      // an end of the range that they reach, else their middle
      const held = to > high - pixel ? high : from < low + pixel ? low : (from + to) / 2;
      return heap.map((label) => ({ ...label, y: held, shift: (label.y - held) / pixel }));
    });
  }
  // Where a line may end, right of the figure: a *luck* span, thick, and one of *other* fits, thin
  // and with ends, as [low, high]; either may be missing. Each of *spans* has a place of its own,
  // so that none lies over another.
  const CAP = 4; // pixels of half an end
  // pixels from the figure to the middle of the first, and from one to the next
  const steps = (is_narrow) => (is_narrow ? [7, 9] : [10, 13]);
  const beside_figure = (spans, is_narrow) => {
    const [first, step] = steps(is_narrow);
    return spans.length ? first + step * (spans.length - 1) + CAP + 2 : 0;
  };
  const whiskers = (spans, is_narrow) =>
    spans.flatMap(({ name, luck, other }, k) => {
      const [first, step] = steps(is_narrow),
        at = first + step * k,
        piece = ([x0, x1], [y0, y1], width, opacity = 1) => ({
          type: "line",
          xref: "paper",
          xsizemode: "pixel",
          xanchor: 1,
          x0,
          x1,
          y0,
          y1,
          opacity,
          line: { color: colour(name), width },
        });
      return [
        ...(luck ? [piece([at, at], luck, 7, 0.45)] : []),
        ...(other
          ? [
              piece([at, at], other, 1.5),
              ...other.map((end) => piece([at - CAP, at + CAP], [end, end], 1.5)),
            ]
          : []),
      ];
    });

  // Labels beside the ends of their lines. A narrow figure has letters there, so that its lines
  // have the width, and names above it.
  const written = (labels, beside = 0) =>
    labels.map(({ x, y, shift, name, lines }) => ({
      x,
      y,
      yshift: shift,
      text: `<b>${lines.join("<br>")}</b>`,
      showarrow: false,
      font: { color: colour(name), size: SIZE },
      xanchor: "left",
      xshift: 6 + beside,
      align: "left",
    }));
  const room_for = (labels, beside = 0) =>
    beside +
    Math.max(...labels.flatMap(({ lines }) => lines).map((line) => line.length)) * LETTER +
    14;

  const pale = (name, opacity) =>
    `rgba(${[1, 3, 5].map((start) => parseInt(colour(name).slice(start, start + 2), 16)).join(", ")}, ` +
    `${opacity})`;

  // The register's dated counts, where a view is of the code that it lists; else null.
  const registered = (views, kind) =>
    views.map((view) => view.register[kind]).find((points) => points.length) ?? null;

  // A label beside its letter: "B: asks for all" of a text that does.
  const beside_letter = ({ letter, label }) =>
    `${letter}: ${label.replace(/^a (text that )?/, "")}`;

  // Views over each other: the median of each, told apart by colour, dash and name, with the band
  // of the one at the place *reference*, or of both where they are two, a span at the end of each
  // other, and the register. *words*: whom the numbers count. `ends` of *others*, by place: what
  // the one at the place *reference* comes to by the change under other fits; `is_best`: the line
  // is that of the best fit alone.
  function comparison(views, kind, words, reference = 0, others = {}) {
    const place = document.getElementById("compare-curves"),
      is_narrow = (place?.clientWidth ?? innerWidth) < NARROW;
    const bands = views.map((view) => view.listed[kind]),
      traces = [];
    const points = registered(views, kind) ?? [],
      dates = [...views.flatMap((view) => view.dates), ...points.map((point) => point.date)].sort(),
      end = dates[dates.length - 1];
    const around = [-AROUND, AROUND].map((more, k) =>
        new Date(Date.parse([dates[0], end][k]) + more).toISOString().slice(0, 10),
      ),
      edge = around[1];
    const edges = [...bands.keys()].filter((k) => views.length === 2 || k === reference),
      at_end = (numbers) => numbers[numbers.length - 1];
    const spans = [...bands.keys()]
        .map((k) => ({
          name: SIDES[k][0],
          luck: edges.includes(k) ? null : [at_end(bands[k].low_90), at_end(bands[k].high_90)],
          other: others[k]?.ends,
        }))
        .filter(({ luck, other }) => luck || other),
      beside = beside_figure(spans, is_narrow);
    const is_as = (k) =>
      k !== reference &&
      bands[k].median.length === bands[reference].median.length &&
      bands[k].median.every((value, t) => Math.abs(value - bands[reference].median[t]) <= ALIKE);
    const top = Math.max(
      ...edges.flatMap((k) => bands[k].high_90),
      ...spans.flatMap(({ luck, other }) => [...(luck ?? []), ...(other ?? [])]),
      ...bands.flatMap((band) => band.median),
      ...points.map((point) => point.count),
    );
    for (const k of edges) {
      const edge = edge_of(views[k].dates),
        band = bands[k];
      traces.push(
        { ...edge, y: band.low_90 },
        {
          ...edge,
          y: band.high_90,
          fill: "tonexty",
          fillcolor: pale(SIDES[k][0], k ? 0.16 : 0.18),
        },
      );
    }
    const labels = views
      .map((view, k) => {
        const [name, dash] = SIDES[k],
          band = bands[k],
          last = band.median.length - 1;
        traces.push({
          x: view.dates,
          y: band.median,
          mode: "lines",
          zorder: k + 1,
          hoverinfo: "x+text",
          name: view.label,
          line: { width: 3, shape: "hv", dash, color: colour(name) },
          text: view.dates.map(
            (_, t) =>
              `<b>${in_lines(view.label, 40).join("<br>")}</b><br>median ` +
              `${count(band.median[t])} ${words}, ${percent(0.9)} of worlds ` +
              `${interval(band, 90, t)}`,
          ),
        });
        const number = count(band.median[last]),
          letters = [
            view,
            ...(k === reference ? views.filter((_, other) => is_as(other)) : []),
          ].map(({ letter }) => letter),
          level = is_as(k)
            ? `lies on ${views[reference].letter}`
            : `${number} ${words}${others[k]?.is_best ? ", best fit" : ""}`;
        const short = is_narrow
          ? letters.join(" ")
          : is_as(k)
            ? `${view.letter} ${level}`
            : `${view.letter} ${number}`;
        return {
          x: edge,
          y: band.median[last],
          name,
          short,
          lines: is_narrow
            ? [short]
            : [...in_lines(beside_letter(view), MOST), ...in_lines(level, MOST)],
          place: k,
          words: `${listing(letters)}: ${level}`,
        };
      })
      .filter((_, k) => !is_narrow || !is_as(k)); // on a phone the line on which it lies names it
    const names = labels.map(({ place, words }) => ({ place, words }));
    if (points.length) {
      const { count: last } = points[points.length - 1];
      traces.push({
        x: points.map((point) => point.date),
        y: points.map((point) => point.count),
        mode: "markers",
        zorder: views.length + 1,
        cliponaxis: false,
        marker: marker(8, "register"),
        hoverinfo: "text",
        name: "register",
        text: points.map((point) => `register: ${count(point.count)} ${words}, ${day(point.date)}`),
      });
      const said = `register ${count(last)}`;
      if (is_narrow) names.push({ place: null, words: said });
      else labels.push({ x: edge, y: last, name: "register", short: said, lines: [said] });
    }
    // From none on, so that panels of one kind can be set beside each other.
    const range = [0, top * 1.06],
      // of those at one height, the first above
      ends = settled(labels.reverse(), range, height_of(place, is_narrow));
    const axis = years(dates, around);
    if (is_narrow) axis.ticktext = axis.ticktext.map((year) => `’${year.slice(2)}`);
    const ticks = { tickfont: { color: colour("dimmed"), size: SIZE } };
    return {
      data: traces,
      names: is_narrow ? names : [],
      layout: layout({
        margin: { l: 0, r: room_for(ends, beside), t: 14, b: 0 },
        annotations: written(ends, beside),
        shapes: whiskers(spans, is_narrow),
        hovermode: "x unified",
        xaxis: {
          ...axis,
          ...ticks,
          tickangle: 0,
          hoverformat: "%-d %B %Y",
          showline: true,
          linecolor: colour("dimmed"),
          ticks: "outside",
          tickcolor: colour("dimmed"),
        },
        yaxis: { range, ...ticks },
      }),
    };
  }

  // What each of the *pairs* has more than the view at the place *reference*, month by month in
  // pairs of worlds, above and below none: the median, of one alone with the band of its pairs, of
  // several with a span at the end. Each has its `words` there, and the span of `other_fits`, where
  // those are known.
  function difference(pairs, kind, reference = 0) {
    const place = document.getElementById("compare-curves"),
      is_narrow = (place?.clientWidth ?? innerWidth) < NARROW,
      is_one = pairs.length === 1;
    const dates = pairs.flatMap(({ by_month }) => by_month.dates).sort(),
      said = (value) => change_in_words(value, value),
      [of_none, dash_of_none] = SIDES[reference];
    const around = [-AROUND, AROUND].map((more, k) =>
      new Date(Date.parse(dates[k * (dates.length - 1)]) + more).toISOString().slice(0, 10),
    );
    const bands = pairs.map(({ by_month }) => by_month[kind]),
      at_end = (numbers) => numbers[numbers.length - 1];
    const spans = pairs
        .map(({ place: other, other_fits }, k) => ({
          name: SIDES[other][0],
          luck: is_one ? null : [at_end(bands[k].low_90), at_end(bands[k].high_90)],
          other: other_fits,
        }))
        .filter(({ luck, other }) => luck || other),
      beside = beside_figure(spans, is_narrow);
    const drawn = [
      ...bands.flatMap(({ median, low_90, high_90 }) =>
        is_one ? [...low_90, ...high_90] : median,
      ),
      ...spans.flatMap(({ luck, other }) => [...(luck ?? []), ...(other ?? [])]),
    ];
    // no half of a stakeholder fills the figure
    const few = drawn.every((value) => Math.abs(value) < FEW) ? FEW : 0;
    const low = Math.min(-few, ...drawn),
      high = Math.max(few, ...drawn),
      room = 0.08 * Math.max(high - low, 1),
      whole = [low - room, high + room];
    const data = pairs.flatMap(({ by_month, place: other, letter, label }, k) => {
      const [name, dash] = SIDES[other],
        band = bands[k],
        edge = edge_of(by_month.dates),
        whose = is_one ? "" : `<b>${letter} ${in_lines(label, 40).join("<br>")}</b><br>`;
      return [
        ...(is_one
          ? [
              { ...edge, y: band.low_90 },
              { ...edge, y: band.high_90, fill: "tonexty", fillcolor: pale(name, 0.2) },
            ]
          : []),
        {
          x: by_month.dates,
          y: band.median,
          mode: "lines",
          hoverinfo: "x+text",
          line: { width: 3, shape: "hv", dash, color: colour(name) },
          text: by_month.dates.map(
            (_, t) =>
              `${whose}median ${said(band.median[t])}<br>${percent(0.9)} of pairs: ` +
              `${change_in_words(band.low_90[t], band.high_90[t])}`,
          ),
        },
      ];
    });
    const axis = years(dates, around);
    if (is_narrow) axis.ticktext = axis.ticktext.map((year) => `’${year.slice(2)}`);
    const ticks = { tickfont: { color: colour("dimmed"), size: SIZE } },
      of_letter = "ABCD"[reference],
      none = `as in ${of_letter}`;
    const label = (own, lines, short) => ({
        x: around[1],
        ...own,
        lines: is_narrow ? [own.letter] : lines,
        short: is_narrow ? own.letter : short,
      }),
      at_none = label({ y: 0, name: of_none, letter: of_letter }, [none], none);
    const own = pairs.map(({ words, short, letter, place: other }, k) =>
      label(
        { y: at_end(bands[k].median), name: SIDES[other][0], letter },
        in_lines(words, 18),
        short,
      ),
    );
    const ends = settled(
      [...own.filter(({ y }) => y < 0), at_none, ...own.filter(({ y }) => y >= 0)],
      whole,
      height_of(place, is_narrow),
    );
    const names = [
      { place: reference, words: none },
      ...pairs.map(({ words, place: other }) => ({ place: other, words })),
    ];
    return {
      data,
      names: is_narrow ? names : [],
      layout: layout({
        margin: { l: 0, r: room_for(ends, beside), t: 14, b: 0 },
        hovermode: "x unified",
        shapes: [
          ...whiskers(spans, is_narrow),
          {
            type: "line",
            xref: "paper",
            x0: 0,
            x1: 1,
            y0: 0,
            y1: 0,
            line: { color: colour(of_none), width: 2, dash: dash_of_none },
          },
        ],
        annotations: written(ends, beside),
        xaxis: {
          ...axis,
          ...ticks,
          tickangle: 0,
          hoverformat: "%-d %B %Y",
          showline: true,
          linecolor: colour("dimmed"),
          ticks: "outside",
          tickcolor: colour("dimmed"),
        },
        yaxis: {
          range: whole,
          ...ticks,
          zeroline: false,
          tickprefix: "",
          ...(few ? { dtick: 1 } : { nticks: 6 }),
        },
      }),
    };
  }

  // What each view changes of the harm prevented: a bar from end to end of its range, over a line
  // at no change and an axis. Views that are all still have their names beside their bars; another
  // may name whose choice is supposed, so there all have letters alone.
  const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50],
    MOST_TICKS = 7;
  function harm({ views, pairs, conduct, reference }, is_named) {
    const rows = pairs
        .map((pair) => ({
          letter: pair.letter,
          place: pair.place,
          name: is_named(pair) ? ` ${capital(views[pair.place].label)}` : "",
          ends: conduct[pair.letter],
        }))
        .filter(({ ends }) => !ends.includes(null)),
      { letter: beside } = views[reference];
    if (!rows.length) return [];
    const all = [0, ...rows.flatMap(({ ends }) => ends)],
      low = Math.min(...all),
      high = Math.max(...all),
      wide = high - low || 1;
    const part = (value) => `${(90 * value) / wide}%`,
      across = (value) => `${5 + (90 * (value - low)) / wide}%`,
      step = STEPS.find((each) => wide / each <= MOST_TICKS) ?? wide;
    const ticks = Array.from(
      { length: Math.floor(high / step) - Math.ceil(low / step) + 1 },
      (_, k) => (Math.ceil(low / step) + k) * step,
    );
    const grid = () =>
      ticks.map((tick) =>
        svg("line", {
          x1: across(tick),
          x2: across(tick),
          y1: "0",
          y2: "100%",
          ...(tick === 0 ? { className: "none" } : {}),
        }),
      );
    const way = (words, x, anchor) => svg("text", { x, y: 36, "text-anchor": anchor }, words);
    return [
      element(
        "h3",
        {},
        "Harm prevented, beside ",
        element("b", {}, beside),
        " ",
        parley.basis.tag({ basis: "assumed" }),
      ),
      ...rows.map(({ letter, place, name, ends }) =>
        element(
          "div",
          { className: `harm-row side-${place}` },
          element("span", {}, element("b", { className: "view-name" }, letter), name),
          svg(
            "svg",
            { className: "harm-bar", "aria-hidden": "true" },
            ...grid(),
            svg("rect", {
              x: across(ends[0]),
              width: part(ends[1] - ends[0]),
              y: "25%",
              height: "50%",
              rx: 3,
            }),
          ),
          element("span", {}, parley.statements.harm_in_a_row(ends)),
        ),
      ),
      element(
        "div",
        { className: "harm-row harm-axis", "aria-hidden": "true" },
        element("span"),
        svg(
          "svg",
          {},
          ...ticks.map((tick) =>
            svg(
              "text",
              { x: across(tick), y: 14, "text-anchor": "middle" },
              tick === 0 ? `as ${beside}` : effect(tick),
            ),
          ),
          ...(low < 0 ? [way("← less prevented", "0", "start")] : []),
          ...(high > 0 ? [way("more prevented →", "100%", "end")] : []),
        ),
        element("span"),
      ),
      element(
        "p",
        { className: "dimmed" },
        "In points: a point is one percent of the harm that there would be without the " +
          `code. Each bar holds ${percent(0.9)} of the sets of assumptions.`,
      ),
    ];
  }

  // What a ready comparison changes, as a small picture: discs are states, squares firms and NGOs,
  // what is filled signs or acts.
  const WIDE = 120,
    HIGH = 44;
  const disc = (cx, cy, r, className) => svg("circle", { cx, cy, r, className });
  const square = (x, y, className, size = 9) =>
    svg("rect", { x: x - size / 2, y: y - size / 2, width: size, height: size, rx: 2, className });
  const crowd = (draw) =>
    Array.from({ length: 12 }, (_, k) => draw(8 + 20 * (k % 6), 12 + 20 * Math.floor(k / 6), k));
  const CHANGES = {
    "great-powers-sign": () =>
      [16, 57, 98]
        .map((x) => disc(x, 22, 15, "changed"))
        .concat([36.5, 77.5].flatMap((x) => [disc(x, 10, 4, "other"), disc(x, 34, 4, "other")])),
    "states-only": () =>
      [9, 33]
        .flatMap((x) => [disc(x, 11, 8, "changed"), disc(x, 33, 8, "changed")])
        .concat([57, 75, 93].flatMap((x) => [square(x, 11, "closed"), square(x, 33, "closed")])),
    "hack-back": () => [
      square(12, 22, "changed", 22),
      disc(98, 22, 12, "harm"),
      svg("path", { d: "M86 13 Q58 1 32 13", className: "blow" }),
      svg("path", { d: "M32 31 Q58 43 84 32", className: "back" }),
      svg("path", { d: "M76 29 L85 31.5 L79 38.5", className: "back" }),
      svg("path", { d: "M40 6 L31 13.5 L42 16", className: "blow" }),
    ],
    "the strongest sanctions": () => [
      ...[6, 22, 38].map((y) => disc(8, y, 6, "changed")),
      ...[6, 22, 38].map((y) =>
        svg("path", { d: `M22 ${y} L70 ${22 + (y - 22) / 4}`, className: "back" }),
      ),
      svg("path", { d: "M78 6 L78 38", className: "back bar" }),
      disc(98, 22, 12, "harm"),
    ],
    "a state-led text": () => [
      svg("path", { d: "M2 3 H34 V41 H2 Z M9 12 H27 M9 20 H27 M9 28 H20", className: "back" }),
      disc(62, 22, 15, "changed"),
      ...[90, 108].flatMap((x) => [square(x, 11, "closed"), square(x, 33, "closed")]),
    ],
    "paris-call-2018": () => crowd((x, y, k) => disc(x, y, 6, k % 3 ? "other" : "changed")),
  };
  const change = (name) =>
    svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH }, ...CHANGES[name]());

  Object.assign(parley.figures, { comparison, difference, harm, registered, in_lines, change });
})();
