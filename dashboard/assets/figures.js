// Figures as pure functions of a record: record in, Plotly figure out. Colours are those of
// theme.py, read from the page.
(() => {
  const { count, day, interval: written } = parley.format;
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  // Cividis (Nuñez, Anderton and Renslow 2018), which is read alike under the three kinds of colour
  // blindness.
  const CIVIDIS = [
    "#00204C",
    "#00346E",
    "#3C4A6B",
    "#5B5F6D",
    "#757575",
    "#92917A",
    "#B0A574",
    "#D1BF66",
    "#FFE945",
  ];
  const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

  // The colour of a *scale* of equal steps at a share from 0 to 1.
  function along(share, scale = CIVIDIS) {
    const place = share * (scale.length - 1),
      low = Math.min(Math.floor(place), scale.length - 2);
    const [from, to] = [scale[low], scale[low + 1]].map((hex) =>
      [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16)),
    );
    return `rgb(${from.map((value, c) => Math.round(value + (place - low) * (to[c] - value))).join(", ")})`;
  }

  // The colours of shares of worlds, from none, which is near the ground, to all, which stands out
  // from it.
  const shades = () => [0, 1, 2, 3, 4].map((step) => colour(`share-${step}`));

  // Type is as large as the page's: 14 pixels, more where the page is presented.
  const type = (share = 1) =>
    Math.round((14 * share * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16);

  function layout(more = {}) {
    const axis = {
      fixedrange: true,
      zeroline: false,
      showline: false,
      ticks: "",
      automargin: true,
      gridcolor: colour("grid"),
      tickfont: { color: colour("dimmed"), size: type() },
    };
    const font = {
      family: getComputedStyle(document.body).fontFamily,
      color: colour("text"),
      size: type(),
    };
    return {
      font,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 0, r: 6, t: 10, b: 0 },
      showlegend: false,
      dragmode: false,
      hovermode: "x",
      hoverlabel: {
        bgcolor: colour("card"),
        bordercolor: colour("dimmed"),
        align: "left",
        font: { ...font },
      },
      ...more,
      xaxis: { ...axis, showgrid: false, ...more.xaxis },
      yaxis: { ...axis, rangemode: "tozero", nticks: 6, ...more.yaxis },
    };
  }

  const title = (text, standoff) => ({
    text,
    font: { size: type(), color: colour("dimmed") },
    standoff,
  });
  const marker = (size, name, more = {}, width = 1.5) => ({
    size,
    ...more,
    color: colour(name),
    line: { width, color: colour("card") },
  });
  // A line across the figure, upright.
  const rule = (x, line) => ({
    type: "line",
    xref: "x",
    yref: "paper",
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    line,
  });
  // An axis of dates with a tick at each new year, or at every second or third.
  function years(dates, range = [dates[0], dates[dates.length - 1]], every = 1) {
    const years = [...new Set(dates.map((date) => date.slice(0, 4)))]
      .sort()
      .slice(1)
      .filter((_, k) => k % every === 0);
    return {
      tickvals: years.map((year) => `${year}-01-01`),
      ticktext: years,
      range,
      ticklabelstandoff: 6,
    };
  }
  const edge_of = (x) => ({ x, mode: "lines", line: { width: 0, shape: "hv" }, hoverinfo: "skip" });
  const interval = (bands, share, t) =>
    written(bands[`low_${share}`][t], bands[`high_${share}`][t]);

  // Labels at the height of their lines' ends, in order of height, each so *tall*; where they would
  // overlap, they move apart around their common middle.
  function apart(labels) {
    const heaps = [];
    for (const label of [...labels].sort((a, b) => a.y - b.y)) {
      let heap = { labels: [label], tall: label.tall, middle: label.y };
      const overlaps = (below) => heap.middle - below.middle < (heap.tall + below.tall) / 2;
      while (heaps.length && overlaps(heaps[heaps.length - 1])) {
        const below = heaps.pop(),
          both = [...below.labels, ...heap.labels];
        heap = {
          labels: both,
          tall: below.tall + heap.tall,
          middle: both.reduce((sum, { y }) => sum + y, 0) / both.length,
        };
      }
      heaps.push(heap);
    }
    return heaps.flatMap(({ labels, tall, middle }) => {
      let from = middle - tall / 2;
      return labels.map((label) => {
        from += label.tall;
        return { ...label, y: from - label.tall / 2 };
      });
    });
  }

  // Labels in order of height, of which none reaches above the *top*.
  function below(labels, top) {
    let most = top;
    for (const label of [...labels].reverse()) {
      label.y = Math.min(label.y, most - label.tall / 2);
      most = label.y - label.tall / 2;
    }
    return labels;
  }

  const BEFORE = 3; // months before the launch with which the curves begin
  const months = (date, more) => {
    const [year, month, day] = date.split("-").map(Number);
    return new Date(Date.UTC(year, month - 1 + more, day)).toISOString().slice(0, 10);
  };
  const begins = (record) => Math.max(0, -record.first_round - BEFORE);
  // The dates from which and to which the curves of a record are drawn: a little more than they
  // have, so that no mark is cut.
  const stretch = (record) => [
    record.dates[begins(record)],
    months(record.dates[record.dates.length - 1], 3),
  ];

  // The dates on which something happens within the curves of a record, but for those from which it
  // is *supposed*.
  const events = (record, supposed = []) =>
    [...new Set(record.log.map(({ round }) => round - record.first_round))]
      .filter((t) => t > begins(record) && t < record.dates.length)
      .map((t) => record.dates[t])
      .filter((date) => !supposed.includes(date));

  // Where a change ends under other fits, as *low* and *high* on the axis: an upright line with
  // caps between the curves' ends and their labels. Where it is shorter than its caps need, none is
  // drawn, as it would be a blot.
  const OTHER_FITS = "other fits",
    LEAST = 6; // pixels
  const has_other_fits = ({ data }) => data.some(({ name }) => name === OTHER_FITS);
  function whisker({ low, high, words }, [, end], large) {
    const [left, middle, right] = around(months(end, -1), large ? 16 : 24);
    return {
      x: [left, right, middle, middle, left, right],
      y: [low, low, low, high, high, high],
      mode: "lines",
      name: OTHER_FITS,
      line: { width: large ? 2.5 : 2, shape: "linear", color: colour("text") },
      hoverinfo: "text",
      text: `<b>other fits that the data allow</b><br>${words}`,
    };
  }
  const around = (date, days) =>
    [-days, 0, days].map((more) =>
      new Date(Date.parse(date) + 864e5 * more).toISOString().slice(0, 10),
    );

  // How many states ratify a treaty, between the curves' ends and that line: dashed, as it is
  // assumed.
  const RATIFIED = "ratified";
  const has_ratified = ({ data }) => data.some(({ name }) => name === RATIFIED);
  function bar_of_ratified({ low, high, range }, [, end]) {
    const [left, , right] = around(months(end, -2), 13);
    return {
      x: [left, right, right, left, left],
      y: [low, low, high, high, low],
      mode: "lines",
      name: RATIFIED,
      line: { width: 2, shape: "linear", dash: "3px,2px", color: colour("dimmed") },
      hoverinfo: "text",
      text: `<b>ratify it by the end (assumed)</b><br>${range} states`,
    };
  }

  // The least of 1, 2 and 5, times a power of ten, that is no less than *size*, and at least one
  // stakeholder.
  function nice(size) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, size)));
    return power * ([1, 2, 5].find((times) => times * power >= size) ?? 10);
  }

  // How the public list of one kind grows, with the register's points, the launch and its
  // anniversary, the scenario's events, and the dates from which branches have something
  // *supposed*. *beside* is the median of another view: a dashed line, which the large panel names
  // at its end, with its number there. *others* is where its change ends under other fits, in
  // numbers and words. *ratified* is how many states ratify it, where it is a treaty, which the
  // large panel has. *large* is the panel that is read, *wide* and *high* its pixels.
  function adoption(
    record,
    kind,
    {
      beside = null,
      others = null,
      ratified = null,
      supposed = [],
      large = true,
      wide = 600,
      high = 300,
    } = {},
  ) {
    const from = begins(record),
      x = record.dates.slice(from),
      launch = record.dates[-record.first_round],
      bands = {};
    for (const [edge, values] of Object.entries(record.bands.listed[kind]))
      bands[edge] = values.slice(from);
    const edge = edge_of(x),
      traces = [],
      last = x.length - 1,
      points = record.register[kind],
      end = points[points.length - 1];
    for (const [share, name] of [
      [90, "most-worlds"],
      [50, "half-the-worlds"],
    ]) {
      traces.push({ ...edge, y: bands[`low_${share}`] });
      traces.push({ ...edge, y: bands[`high_${share}`], fill: "tonexty", fillcolor: colour(name) });
    }
    traces.push({
      x,
      y: bands.median,
      mode: "lines",
      line: { width: large ? 3 : 2.5, shape: "hv", color: colour("simulated") },
      hoverinfo: "text",
      text: x.map(
        (date, t) =>
          `<b>${day(date)}</b><br>median ${count(bands.median[t])}<br>50 % of worlds ` +
          `${interval(bands, 50, t)}<br>90 % of worlds ${interval(bands, 90, t)}`,
      ),
    });
    // Above the line of the simulation, beneath which it would be lost where the two are the same.
    if (beside)
      traces.push({
        ...edge,
        x: beside.dates,
        y: beside.median,
        line: { width: large ? 2.25 : 1.75, shape: "hv", dash: "dash", color: colour("text") },
      });
    traces.push({
      x: points.map((point) => point.date),
      y: points.map((point) => point.count),
      mode: "markers",
      hoverinfo: "text",
      cliponaxis: true,
      text: points.map((point) => `register: ${point.count}<br>${day(point.date)}`),
      marker: marker(large ? 10 : 8, "register"),
    });

    const lowest_top =
        ((supposed.length || beside) && wide < 460 ? 1.32 : 1.16) *
        Math.max(
          1,
          ...bands.high_90,
          ...points.map(({ count }) => count),
          ...(beside?.median ?? [0]),
          others?.high ?? 0,
        ),
      narrow = wide < 460;
    // The large panel has a number beside the axis above where its lines end.
    const step = nice(lowest_top / (large ? 6 : 4)),
      highest = Math.max(bands.median[last], end?.count ?? 0, beside?.median.at(-1) ?? 0),
      top = large ? Math.max(lowest_top, step * Math.ceil(highest / step)) : lowest_top;
    const plot = Math.max(high - 40, 44),
      has_room = others && (plot * (others.high - others.low)) / top >= LEAST;
    if (has_room) traces.push(whisker(others, stretch(record), large));
    if (ratified && large) traces.push(bar_of_ratified(ratified, stretch(record)));
    const named = (word, value) =>
      !large
        ? `<b>${count(value)}</b>`
        : narrow
          ? `${word.replace(" ", "<br>")}<br><b>${count(value)}</b>`
          : `${word} <b>${count(value)}</b>`;
    // The legend has it where there is no room to be level with it. At the end away from the dashed
    // line, as the labels of the lines would push it off the other.
    const end_of_fits =
      has_room && beside && others.low + others.high < 2 * beside.median.at(-1)
        ? others.low
        : others?.high;
    const ends = [
      { y: bands.median[last], name: "simulated", text: named("simulated", bands.median[last]) },
      ...(end ? [{ y: end.count, name: "register-text", text: named("register", end.count) }] : []),
      ...(beside && large
        ? [
            {
              y: beside.median[beside.median.length - 1],
              name: "text",
              text: named(beside.name, beside.median[beside.median.length - 1]),
            },
          ]
        : []),
      ...(has_room && large && !narrow ? [{ y: end_of_fits, name: "text", text: OTHER_FITS }] : []),
      ...(ratified && large
        ? [
            {
              y: (ratified.low + ratified.high) / 2,
              name: "dimmed",
              text: `ratify${narrow ? "<br>" : " "}<b>${written(ratified.low, ratified.high)}</b><br>(assumed)`,
            },
          ]
        : []),
    ];
    const tall = ({ text }) =>
      (type() * 1.3 * (1.2 * text.split("<br>").length - 0.2) * top) / plot;
    const at_ends = below(apart(ends.map((end) => ({ ...end, tall: tall(end) }))), top).map(
      ({ y, name, text }) => ({
        x: stretch(record)[1],
        y,
        text,
        showarrow: false,
        xanchor: "left",
        xshift: 3,
        align: "left",
        font: { color: colour(name), size: type() },
      }),
    );
    const day_of = (date, words, lower = 0) => ({
      x: date,
      yshift: -lower,
      xref: "x",
      y: 1,
      yref: "paper",
      text: words,
      showarrow: false,
      xanchor: "left",
      yanchor: "top",
      xshift: 3,
      font: { color: colour("dimmed"), size: type(0.93) },
      visible: large,
      bgcolor: colour("card"),
    });
    const anniversary = months(launch, 12),
      marked = [launch, ...(anniversary < x[last] ? [anniversary] : [])];
    const begins_on = supposed.filter((date) => date >= x[0]),
      is_lower = (date) =>
        marked.some(
          (other) => Math.abs(Date.parse(date) - Date.parse(other)) < (narrow ? 9e10 : 3e10),
        );
    // Below the curves where they leave room there, else above them.
    const is_clear_below = (date) =>
      Math.min(...bands.low_90.slice(x.findIndex((day) => day >= date))) > top / 4;
    const from_here = (date) => ({
      ...day_of(date, "supposed from here", is_lower(date) ? type(narrow ? 2.4 : 1.4) : 0),
      font: { color: colour("text"), size: type(0.93) },
      ...(is_clear_below(date) && { y: 0, yanchor: "bottom", yshift: 2 }),
    });
    const longest = Math.max(
      ...ends.map(({ text }) =>
        Math.max(
          ...text
            .replace(/<\/?b>/g, "")
            .split("<br>")
            .map((part) => part.length),
        ),
      ),
    );
    return {
      data: traces,
      layout: layout({
        margin: { l: 0, r: Math.round(longest * type() * (large ? 0.6 : 0.66) + 6), t: 8, b: 0 },
        minreducedheight: 40, // as little as a small panel has beside the years, on a low screen
        xaxis: {
          ...years(x, stretch(record), large && !narrow ? 1 : wide > 250 ? 2 : 3),
          ticks: "outside",
          ticklen: 4,
          tickcolor: colour("dimmed"),
          ticklabelstandoff: 2,
        },
        yaxis: { range: [0, top], tick0: 0, dtick: step },
        annotations: [
          day_of(launch, "launch"),
          ...(marked[1]
            ? [
                day_of(
                  anniversary,
                  narrow ? "a year on" : "first anniversary",
                  narrow ? type(1.2) : 0,
                ),
              ]
            : []),
          ...begins_on
            .filter((date, k) => k === 0 || Date.parse(date) - Date.parse(begins_on[k - 1]) > 4e10)
            .map(from_here),
          ...at_ends,
        ],
        shapes: [
          ...marked.map((date) => rule(date, { color: colour("dimmed"), width: 1, dash: "solid" })),
          ...begins_on.map((date) => rule(date, { color: colour("text"), width: 2, dash: "dash" })),
          ...events(record, supposed)
            .filter((date) => !marked.includes(date))
            .map((date) => rule(date, { color: colour("dimmed"), width: 1, dash: "dot" })),
        ],
      }),
    };
  }

  parley.figures = {
    adoption,
    has_other_fits,
    has_ratified,
    events,
    apart,
    years,
    edge_of,
    interval,
    colour,
    layout,
    title,
    marker,
    rule,
    along,
    shades,
    stretch,
    CIVIDIS,
    QUARTERS,
  };
})();
