// The figures of the page Evidence, as pure functions: rows in, Plotly figure out.
(() => {
  const { colour, title, marker, rule, QUARTERS } = parley.figures,
    {
      KINDS,
      capital,
      count,
      day,
      decimal,
      difference,
      interval,
      percent,
      percent_interval,
      short_day,
    } = parley.format;
  const HEADLINE = "leave_one_region_out",
    OURS = "parley",
    TYPE = 14; // pixels of type
  const NARROW = 560; // pixels of width below which names stand above their rows
  // The axis of pairs put right begins a little below a coin toss.
  const SCORES = {
    auc: {
      words: "of 100 pairs, so many put right",
      from: 0.48,
      even: 0.5,
      axis: {
        tickvals: [0.5, 0.6, 0.7, 0.8, 0.9, 1],
        ticktext: ["50", "60", "70", "80", "90", "100"],
      },
      read: (score) => count(100 * score),
    },
    brier: {
      words: "mean square; smaller is better",
      axis: {},
      read: (score) => decimal(score, 3),
    },
  };
  const model_title = (model) => capital(model.replace(/, (.*)/, " ($1)"));

  // A layout in type that can be read, with a line and ticks on the axis of numbers.
  function layout(more) {
    const ticks = {
      ticks: "outside",
      ticklen: 6,
      tickcolor: colour("dimmed"),
      showline: true,
      linecolor: colour("dimmed"),
      tickfont: { size: TYPE, color: colour("dimmed") },
    };
    const plain = parley.figures.layout(more),
      font = { ...plain.font, size: TYPE };
    const xaxis = { ...plain.xaxis, ...ticks, ...more.xaxis },
      yaxis = { ...plain.yaxis, tickfont: { size: TYPE, color: colour("text") }, ...more.yaxis };
    for (const axis of [xaxis, yaxis])
      if (axis.title) axis.title = { ...axis.title, font: { size: TYPE, color: colour("dimmed") } };
    return { ...plain, font, xaxis, yaxis };
  }

  // Words on the figure at a point of its axes, without an arrow.
  const note = (x, y, text, more = {}) => ({
    x,
    y,
    text,
    showarrow: false,
    font: { size: TYPE, color: colour(more.colour ?? "dimmed") },
    ...more,
  });
  // The names of rows, on the axis or, where it is narrow, in *short* above each row, over what
  // lies behind them.
  function named_rows(names, bold = () => false, short = (name) => name) {
    const is_narrow = window.innerWidth < NARROW,
      words = names
        .map((name) => (is_narrow ? short(name) : name))
        .map((name, place) => (bold(names[place]) ? `<b>${name}</b>` : name));
    return {
      yaxis: {
        type: "category",
        categoryorder: "array",
        categoryarray: [...names].reverse(),
        range: [-0.6, names.length - (is_narrow ? 0.2 : 0.4)],
        showgrid: false,
        nticks: undefined,
        rangemode: "normal",
        tickvals: names,
        ticktext: words,
        showticklabels: !is_narrow,
      },
      annotations: is_narrow
        ? names.map((name, place) =>
            note(0, name, in_lines(words[place]), {
              xref: "paper",
              xanchor: "left",
              yanchor: "bottom",
              yshift: 7,
              align: "left",
              colour: "text",
              borderpad: 0,
              bgcolor: colour("card"),
            }),
          )
        : [],
    };
  }
  // Of a row, its bar's share: less where a name stands above it.
  const thickness = () => (window.innerWidth < NARROW ? 0.3 : 0.4);
  const LONGEST = 46; // letters of a line on the narrowest screens
  function in_lines(words, longest = LONGEST) {
    if (words.length <= longest) return words;
    const half = words.lastIndexOf(
      " ",
      Math.min(longest, words.indexOf(": ") > 0 ? words.indexOf(": ") + 1 : longest),
    );
    return half < 0 ? words : `${words.slice(0, half)}<br>${words.slice(half + 1)}`;
  }

  // Every state once: a column of dots for each share of worlds, above the line those that signed,
  // below it those that did not; no column stands on the line of one half. What a heap has no room
  // for stands next to it, further from the end and on the same side of one half.
  function every_state(states, width, height) {
    const is_narrow = width < NARROW,
      ASIDE = 0.08,
      room = width - 44,
      high = (height - (is_narrow ? 96 : 84)) / 2;
    const heaps = (size) => {
      const half = Math.floor(room / size / 2),
        columns = 2 * half,
        most = Math.floor(high / size) - 2,
        taken = {},
        dots = [];
      let fits = true;
      for (const state of [...states].sort(
        (a, b) => Math.abs(b.share - 0.5) - Math.abs(a.share - 0.5),
      )) {
        const own = Math.min(
            (state.share > 0.5 ? columns : half) - 1,
            Math.floor(state.share * columns),
          ),
          inward = state.share > 0.5 ? -1 : 1;
        let column = own;
        const key = () => `${state.signed} ${column}`;
        while ((taken[key()] ?? 0) >= most) column += inward;
        const level = (taken[key()] = (taken[key()] ?? 0) + 1);
        fits &&=
          column === own ||
          (Math.abs(column - own) <= ASIDE * columns &&
            (column + 0.5) / columns > 0.5 === state.share > 0.5);
        dots.push({
          ...state,
          x: (column + 0.5) / columns,
          y: (state.signed ? 1 : -1) * (level - 0.25),
        });
      }
      return { dots, most, fits };
    };
    let size = 16;
    while (size > 4 && !heaps(size).fits) size -= 0.5;
    const { dots, most } = heaps(size),
      is_right = ({ share, signed }) => share > 0.5 === signed,
      end = most + 2.2;
    const group = (signed, right) =>
      dots.filter((dot) => dot.signed === signed && is_right(dot) === right);
    const points = (signed, right) => {
      const of = group(signed, right);
      return {
        x: of.map((dot) => dot.x),
        y: of.map((dot) => dot.y),
        mode: "markers",
        hoverinfo: "text",
        text: of.map(
          (dot) =>
            `<b>${dot.name}</b><br>signs in ${percent(dot.share)} of ` +
            `worlds<br>${dot.signed ? "signed" : "did not sign"}`,
        ),
        marker: {
          size: size - 1.5,
          color: colour(signed ? "register" : "dimmed"),
          opacity: right ? 0.45 : 1,
          line: { width: right ? 0 : 1, color: colour(right ? "card" : "text") },
        },
      };
    };
    const field = (signed, right, x, side, words) => {
      const count = group(signed, right).length;
      return note(x, signed ? end : -end, `<b>${right ? "" : "✗ "}${count}</b> ${words}`, {
        xanchor: side,
        yanchor: signed ? "top" : "bottom",
        colour: right ? "dimmed" : "text",
      });
    };
    const wrong = (x0, x1, y0, y1) => ({
      type: "rect",
      x0,
      x1,
      y0,
      y1,
      line: { width: 0 },
      fillcolor: colour("most-worlds"),
      opacity: 0.7,
      layer: "below",
    });
    const words = is_narrow
      ? ["no, signed", "yes, signed", "no, stayed out", "yes, but not"]
      : [
          "said no, but they signed",
          "said yes, and they signed",
          "said no, and they stayed out",
          "said yes, but they stayed out",
        ];
    return {
      data: [points(true, true), points(false, true), points(true, false), points(false, false)],
      layout: layout({
        hovermode: "closest",
        margin: { l: 20, r: 24, t: 4, b: 0 },
        shapes: [
          wrong(0, 0.5, 0, end),
          wrong(0.5, 1, -end, 0),
          { type: "line", x0: 0, x1: 1, y0: 0, y1: 0, line: { width: 1.5, color: colour("text") } },
          rule(0.5, { width: 1, dash: "dot", color: colour("dimmed") }),
        ],
        annotations: [
          field(true, false, 0.01, "left", words[0]),
          field(true, true, 0.99, "right", words[1]),
          field(false, true, 0.01, "left", words[2]),
          field(false, false, 0.99, "right", words[3]),
          ...names_of_misses(
            dots.filter((dot) => !is_right(dot)),
            is_narrow,
            end,
            21 / size,
            room,
          ),
        ],
        xaxis: {
          range: [0, 1],
          tickvals: QUARTERS,
          ticktext: ["0\u00a0%", "25\u00a0%", "50\u00a0%", "75\u00a0%", "100\u00a0%"],
          showgrid: false,
          title: title(
            is_narrow
              ? "of simulated worlds it signs in"
              : "share of simulated worlds in which the state signs, its region hidden " +
                  "from the model",
            10,
          ),
        },
        yaxis: { range: [-end, end], visible: false },
      }),
    };
  }

  // The names of the largest misses, each on a step of its own, *row* levels below the last, so
  // that none covers another; the lines to dots of one column lean aside, each by more. No name
  // crosses the line of one half, here or on paper: on a narrow screen it takes two lines,
  // elsewhere it is left out.
  const LEAN = 0.02,
    LETTER = 0.49,
    PAPER = 590; // of the width; of the height of type; pixels between the edges on paper
  function names_of_misses(wrong, is_narrow, end, row, width) {
    const most = is_narrow ? 2 : 4,
      letters = (x) => Math.floor((Math.abs(x - 0.5) * Math.min(width, PAPER)) / (LETTER * TYPE));
    return [true, false].flatMap((signed) => {
      const side = signed ? 1 : -1;
      let level = 1.25; // rows from the end to the last name
      return wrong
        .filter((dot) => dot.signed === signed && (is_narrow || dot.name.length < letters(dot.x)))
        .sort((a, b) => Math.abs(b.share - 0.5) - Math.abs(a.share - 0.5))
        .slice(0, most)
        .map(({ name, x, y }, place, all) => {
          const ax =
            x +
            side *
              LEAN *
              all.slice(0, place).filter((other) => Math.abs(other.x - x) < LEAN).length;
          const text = in_lines(name, letters(ax)),
            lines = text.split("<br>").length,
            ay = side * (end - row * (level + lines / 2));
          level += lines;
          return {
            x,
            y,
            ax,
            ay,
            axref: "x",
            ayref: "y",
            text,
            showarrow: true,
            arrowhead: 0,
            arrowwidth: 1,
            arrowcolor: colour("dimmed"),
            standoff: 5,
            align: signed ? "left" : "right",
            xanchor: signed ? "left" : "right",
            font: { size: TYPE, color: colour("text") },
          };
        });
    });
  }

  // An interval as a bar along the axis of numbers, outlined where it is pale.
  const bar = (y, ends, width, fill, line) => ({
    type: "bar",
    orientation: "h",
    y,
    base: ends.map((end) => end?.low ?? null),
    x: ends.map((end) => end && end.high - end.low),
    width,
    hoverinfo: "skip",
    marker: { color: colour(fill), line: { width: line ? 1 : 0, color: colour(line || fill) } },
  });
  const tick = (y, x, size, width, name = "simulated") => ({
    y,
    x,
    mode: "markers",
    hoverinfo: "skip",
    marker: { symbol: "line-ns", size, line: { width, color: colour(name) } },
  });

  // One row per date, the first on top: the pale bar that holds the weights' uncertainty, within it
  // the bar of luck alone, the median of the fitted weights or, where *of_wide*, of the wide
  // interval, and the register's point.
  function at_dates(rows, { from_zero = true, of_wide = false } = {}) {
    const y = rows.map((row) => row.date),
      wide = rows.map((row) => row.wide);
    const text = rows.map(
      (row) =>
        `<b>${day(row.date)}</b><br>register ${row.registered}<br>fitted weights: ` +
        `median ${count(row.median)}, 90\u00a0% of worlds ` +
        `${interval(row.low, row.high)}${row.wide ? `<br>with their uncertainty: median ${count(row.wide.median)}, 90\u00a0% ${interval(row.wide.low, row.wide.high)}` : ""}`,
    );
    return {
      data: [
        ...(wide.some(Boolean) ? [bar(y, wide, 0.78, "most-worlds", "half-the-worlds")] : []),
        bar(y, rows, 0.42, "half-the-worlds"),
        tick(
          y,
          rows.map((row) => (of_wide ? row.wide : row).median),
          11,
          3,
        ),
        {
          y,
          x: rows.map((row) => row.registered),
          mode: "markers",
          hoverinfo: "text",
          text,
          marker: marker(9, "register"),
        },
      ],
      layout: layout({
        hovermode: "closest",
        barmode: "overlay",
        margin: { l: 0, r: 44, t: 4, b: 0 },
        // What the register has, in figures at the end of each row.
        annotations: rows.map((row) =>
          note(1, row.date, `<b>${row.registered}</b>`, {
            xref: "paper",
            xanchor: "right",
            xshift: 42,
            colour: "register",
          }),
        ),
        xaxis: { showgrid: true, rangemode: from_zero ? "tozero" : "normal", nticks: 5 },
        yaxis: {
          type: "category",
          autorange: "reversed",
          showgrid: false,
          tickvals: y,
          ticktext: y.map(short_day),
          nticks: undefined,
          rangemode: "normal",
        },
      }),
    };
  }

  const share_axis = (words) => ({
    title: title(words, 10),
    range: [-0.04, 1.04],
    tickvals: QUARTERS,
    ticktext: QUARTERS.map((share) => percent(share)),
    showgrid: true,
    rangemode: "normal",
  });
  const diagonal = () => ({
    x: [0, 1],
    y: [0, 1],
    mode: "lines",
    hoverinfo: "skip",
    line: { width: 1, dash: "dot", color: colour("dimmed") },
  });

  // The tenths of the states: the share that signed against the share of worlds, with the diagonal
  // on which they agree. The figure holds its own numbers, with what is the *same* in all of them.
  function by_tenth(deciles, basis, same) {
    const table = deciles.map(({ decile, states, simulated, lowest, highest, observed }) => ({
      tenth: decile,
      states,
      simulated,
      lowest,
      highest,
      on_register: observed,
      basis,
    }));
    return {
      data: [
        diagonal(),
        {
          x: deciles.map((row) => row.simulated),
          y: deciles.map((row) => row.observed),
          mode: "markers",
          hoverinfo: "text",
          text: deciles.map(
            (row) =>
              `<b>tenth ${row.decile}</b>, ${row.states} states<br>simulated ` +
              `${percent(row.simulated)} ` +
              `(${percent_interval(row.lowest, row.highest)})<br>on the register ` +
              `${percent(row.observed)}`,
          ),
          error_x: {
            type: "data",
            symmetric: false,
            array: deciles.map((row) => row.highest - row.simulated),
            arrayminus: deciles.map((row) => row.simulated - row.lowest),
            color: colour("simulated"),
            thickness: 2,
            width: 0,
          },
          marker: marker(11, "register"),
        },
      ],
      layout: layout({
        hovermode: "closest",
        margin: { l: 0, r: 12, t: 10, b: 0 },
        meta: { table, same },
        xaxis: share_axis("share of worlds in which they sign"),
        yaxis: share_axis("share that signed"),
      }),
    };
  }

  // Groups of states by their share, each beside the band in which a perfect model's point would
  // lie.
  function bins(groups) {
    const x = groups.map((group) => group.predicted);
    return {
      data: [
        diagonal(),
        {
          type: "bar",
          x,
          base: groups.map((group) => group.perfect_low),
          y: groups.map((group) => group.perfect_high - group.perfect_low),
          width: 0.035,
          hoverinfo: "skip",
          marker: {
            color: colour("most-worlds"),
            line: { width: 1, color: colour("half-the-worlds") },
          },
        },
        {
          x,
          y: groups.map((group) => group.observed),
          mode: "markers",
          hoverinfo: "text",
          text: groups.map(
            (group) =>
              `${group.states} states<br>simulated ${percent(group.predicted)}<br>on ` +
              `the register ${percent(group.observed)}<br>a perfect model, 90\u00a0%: ` +
              `${percent_interval(group.perfect_low, group.perfect_high)}`,
          ),
          marker: marker(11, "register"),
        },
      ],
      layout: layout({
        hovermode: "closest",
        barmode: "overlay",
        margin: { l: 0, r: 12, t: 10, b: 0 },
        xaxis: share_axis("share of worlds in which they sign"),
        yaxis: share_axis("share that signed"),
      }),
    };
  }

  // Models by one score, the best on top, each beside 90 % of its score less Parley's. Those that
  // are not counted as rivals are rings. What says the same of every state it has not seen ranks
  // none of them: what pairs it puts right is left to how states are left out, and it has no dot.
  const TRIVIAL = ["base rate", "freedom alone"],
    is_rival = (model) => !model.startsWith(OURS) && !TRIVIAL.includes(model);
  const ranks_nothing = (model, score) => model === TRIVIAL[0] && score === "auc";
  function models(backtest, score) {
    const { words, from = null, even = null, axis, read } = SCORES[score],
      sign = score === "brier" ? 1 : -1,
      ours = backtest[HEADLINE][OURS][score];
    const rows = Object.entries(backtest[HEADLINE])
      .map(([model, scores]) => ({
        model,
        name: model_title(model),
        score: scores[score],
        gap: backtest.differences[HEADLINE][model]?.[score],
      }))
      .filter((row) => row.score !== null)
      .sort((a, b) => sign * (a.score - b.score));
    const others = rows.filter((row) => row.model !== OURS && !ranks_nothing(row.model, score)),
      unranked = rows.filter((row) => ranks_nothing(row.model, score)),
      own = rows.filter((row) => row.model === OURS),
      y = (some) => some.map((row) => row.name);
    const ends = others.map(({ gap }) =>
      gap.low === null ? null : { low: ours - gap.high, high: ours - gap.low },
    );
    const dot = (some, marker, text) => ({
      y: y(some),
      x: some.map((row) => row.score),
      mode: "markers",
      hoverinfo: "text",
      text,
      marker,
      cliponaxis: false,
    });
    const most = Math.max(...rows.map((row) => row.score), ...ends.map((end) => end?.high ?? 0)),
      learns = others.map((row) => is_rival(row.model));
    const named = named_rows(y(rows), (name) => name === model_title(OURS));
    return {
      data: [
        bar(y(others), ends, thickness(), "most-worlds", "half-the-worlds"),
        dot(
          others,
          {
            size: 11,
            color: learns.map((yes) => colour(yes ? "dimmed" : "card")),
            line: { width: 2, color: learns.map((yes) => colour(yes ? "card" : "dimmed")) },
          },
          others.map(
            (row) =>
              `<b>${row.name}</b> ${read(row.score)}<br>Parley's less its ` +
              `${difference(row.gap.value, 3)}`,
          ),
        ),
        dot(own, marker(14, "simulated", { symbol: "diamond" }), [`<b>Parley</b> ${read(ours)}`]),
      ],
      layout: layout({
        hovermode: "closest",
        barmode: "overlay",
        margin: { l: 0, r: 52, t: even === null ? 4 : 22, b: 0 },
        shapes: [
          rule(ours, { color: colour("simulated"), width: 1, dash: "dot" }),
          ...(even === null
            ? []
            : [rule(even, { color: colour("dimmed"), width: 1, dash: "dot" })]),
        ],
        // Each score in figures at the end of its row.
        annotations: [
          ...named.annotations,
          ...unranked.map((row) =>
            note(from + 0.03, row.name, "ranks nobody", { xanchor: "left" }),
          ),
          ...(even === null
            ? []
            : [
                note(even, 1, "a coin toss", { yref: "paper", yanchor: "bottom", xanchor: "left" }),
              ]),
          ...rows
            .filter((row) => !unranked.includes(row))
            .map((row) =>
              note(
                1,
                row.name,
                row.model === OURS ? `<b>${read(row.score)}</b>` : read(row.score),
                {
                  xref: "paper",
                  xanchor: "right",
                  xshift: 50,
                  colour: row.model === OURS ? "simulated" : "text",
                },
              ),
            ),
        ],
        xaxis: {
          showgrid: true,
          rangemode: "normal",
          nticks: 6,
          title: title(words, 10),
          ...axis,
          ...(from === null ? {} : { range: [from, most + 0.02] }),
        },
        yaxis: named.yaxis,
      }),
    };
  }

  // Instruments by whose text they are, under a heading, the best on top: the pairs put right, the
  // interval over resampled regions, and the pairs that the best model without Parley puts right,
  // as an upright line that a dot at the same place leaves in sight.
  const CAMPS = { open: "Open texts", between: "Between", closed: "State-led texts" };
  function instruments({ instruments: by_name, means }) {
    const camps = Object.keys(CAMPS),
      best = Object.keys(means)
        .filter((name) => !name.startsWith(OURS))
        .reduce((a, b) => (means[a].instruments >= means[b].instruments ? a : b));
    const rows = Object.values(by_name)
      .sort((a, b) => b.auc - a.auc)
      .map((row) => ({
        ...row,
        name: row.title,
        other: row.baselines[best],
        mark: clear(row.differences[best]),
      }));
    return in_pairs(
      camps.map((camp) => ({ title: CAMPS[camp], rows: rows.filter((row) => row.camp === camp) })),
      best,
    );
  }
  // Where the range of Parley's less the other's leaves out none: clearly ahead, or behind.
  const clear = ({ low, high }) => (low > 0 ? "▲" : high < 0 ? "▽" : "");

  // In a narrow name neither the year, which the table has, nor a long word.
  const short = (name) => name.replace(/, \d{4}/, "").replace("Resolution", "Res.");

  const ROW_IN_PICTURE = 24,
    AROUND_ROWS = 260; // pixels of a picture to keep
  // Groups of rows by pairs put right, each close under its title: a name, the score, its interval,
  // the score of another model, and a mark beside the score.
  function in_pairs(groups, other) {
    const rows = groups.flatMap((group) => group.rows),
      titles = groups.map((group) => group.title),
      names = rows.map((row) => row.name),
      { read, words } = SCORES.auc;
    const named = named_rows(
      groups.flatMap((group) => [group.title, ...group.rows.map((row) => row.name)]),
      (name) => titles.includes(name),
      short,
    );
    const from =
      Math.min(SCORES.auc.from, ...rows.flatMap((row) => [row.other, row.interval?.low ?? 1])) -
      0.02;
    const text = rows.map(
      (row) =>
        `<b>${row.name}</b><br>${row.joined} of ${row.n} joined<br>${read(row.auc)} of ` +
        "100 pairs put " +
        `right${row.interval ? `, 90\u00a0% ${interval(100 * row.interval.low, 100 * row.interval.high)}` : ""}<br>${other} ` +
        `${read(row.other)}`,
    );
    const points = (x, marker) => ({
      y: names,
      x,
      mode: "markers",
      hoverinfo: "text",
      text,
      marker,
      cliponaxis: false,
    });
    const tens = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].filter(
      (value) => value >= from,
    );
    return {
      data: [
        bar(
          names,
          rows.map((row) => row.interval),
          thickness(),
          "most-worlds",
          "half-the-worlds",
        ),
        points(
          rows.map((row) => row.auc),
          marker(12, "simulated"),
        ),
        tick(
          names,
          rows.map((row) => row.other),
          14,
          2,
          "text",
        ),
      ],
      layout: layout({
        hovermode: "closest",
        barmode: "overlay",
        margin: { l: 0, r: 58, t: 42, b: 0 },
        meta: { high: ROW_IN_PICTURE * (rows.length + groups.length) + AROUND_ROWS },
        shapes: [rule(0.5, { color: colour("dimmed"), width: 1, dash: "dot" })],
        // The axis is long: its numbers stand at the top too.
        annotations: [
          ...named.annotations.map((each) =>
            titles.includes(each.y) ? { ...each, yshift: -14 } : each,
          ),
          ...tens.map((value) =>
            note(value, 1, count(100 * value), { yref: "paper", yanchor: "bottom" }),
          ),
          note(0.5, 1, "a coin toss", {
            yref: "paper",
            yanchor: "bottom",
            xanchor: "center",
            yshift: 18,
          }),
          ...rows.map((row) =>
            note(1, row.name, `<b>${read(row.auc)}</b>`, {
              xref: "paper",
              xanchor: "right",
              xshift: 38,
              colour: "simulated",
            }),
          ),
          ...rows
            .filter(({ mark }) => mark)
            .map((row) =>
              note(1, row.name, `<b>${row.mark}</b>`, {
                xref: "paper",
                xanchor: "left",
                xshift: 41,
                colour: "text",
              }),
            ),
        ],
        xaxis: {
          showgrid: true,
          rangemode: "normal",
          range: [from, 1.02],
          tickvals: tens,
          ticktext: tens.map((value) => count(100 * value)),
          title: title(words, 10),
        },
        yaxis: named.yaxis,
      }),
    };
  }

  // The panels of the record of evidence, by name; each is drawn when it is asked for.
  function of_record({ backtest, instruments: part }) {
    const panels = {
      bins: () => bins(backtest.against_perfection[HEADLINE].calibration),
      "instruments-auc": () => instruments(part),
    };
    for (const score of Object.keys(SCORES))
      panels[`models-${score}`] = () => models(backtest, score);
    Object.values(backtest.time_split).forEach(({ dates }, place) => {
      for (const kind of Object.keys(KINDS)) {
        const rows = dates
          .filter((row) => row.kind === kind)
          .map(({ fitted, with_uncertainty: wide, ...row }) => ({ ...row, ...fitted, wide }));
        panels[`later-${place}-${kind}`] = () =>
          at_dates(rows, { from_zero: false, of_wide: true });
      }
    });
    return panels;
  }

  Object.assign(parley.figures, { every_state, at_dates, by_tenth, of_record });
})();
