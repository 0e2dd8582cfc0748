// The figures of the page Evidence, as pure functions: rows in, Plotly figure out.
(() => {
  const {colour, layout, title, marker, rule, QUARTERS} = parley.figures, {KINDS, capital, count, day, decimal, difference, interval, percent, percent_interval, short_day} = parley.format;
  const HEADLINE = "leave_one_region_out", OURS = "parley";
  // The axis of the AUC begins a little below chance.
  const SCORES = {auc: {words: "AUC: larger is better", from: 0.48}, brier: {words: "Brier score: smaller is better"}};
  const model_title = model => capital(model.replace(/, (.*)/, " ($1)"));

  // An interval as a bar along the axis of numbers, outlined where it is pale.
  const bar = (y, ends, width, fill, line) => ({
    type: "bar", orientation: "h", y, base: ends.map(end => end?.low ?? null), x: ends.map(end => end && end.high - end.low), width,
    hoverinfo: "skip", marker: {color: colour(fill), line: {width: line ? 1 : 0, color: colour(line || fill)}},
  });
  const tick = (y, x, size, width) => ({y, x, mode: "markers", hoverinfo: "skip", marker: {symbol: "line-ns", size, line: {width, color: colour("simulated")}}});

  // One row per date, the first on top: the pale bar that holds the weights' uncertainty, within it the bar of luck
  // alone, the median of each, and the register's point.
  function at_dates(rows, {from_zero = true} = {}) {
    const y = rows.map(row => row.date), wide = rows.map(row => row.wide);
    const text = rows.map(row => `<b>${day(row.date)}</b><br>register ${row.registered}<br>fitted weights: median ${count(row.median)}, 90 % of worlds ${interval(row.low, row.high)}${row.wide ? `<br>with their uncertainty: median ${count(row.wide.median)}, 90 % ${interval(row.wide.low, row.wide.high)}` : ""}`);
    return {
      data: [
        ...(wide.some(Boolean) ? [bar(y, wide, 0.78, "most-worlds", "half-the-worlds")] : []),
        bar(y, rows, 0.42, "half-the-worlds"),
        tick(y, rows.map(row => row.median), 11, 3),
        {y, x: rows.map(row => row.registered), mode: "markers", hoverinfo: "text", text, marker: marker(9, "register")},
      ],
      layout: layout({
        hovermode: "closest", barmode: "overlay",
        xaxis: {showgrid: true, rangemode: from_zero ? "tozero" : "normal", nticks: 5},
        yaxis: {type: "category", autorange: "reversed", showgrid: false, tickvals: y, ticktext: y.map(short_day), nticks: undefined, rangemode: "normal"},
      }),
    };
  }

  const share_axis = words => ({title: title(words, 10), range: [-0.04, 1.04], tickvals: QUARTERS, ticktext: QUARTERS.map(share => percent(share)), showgrid: true, rangemode: "normal"});
  const diagonal = () => ({x: [0, 1], y: [0, 1], mode: "lines", hoverinfo: "skip", line: {width: 1, dash: "dot", color: colour("dimmed")}});

  // The tenths of the states: the share that signed against the share of worlds, with the diagonal on which they agree.
  function by_tenth(deciles) {
    return {
      data: [
        diagonal(),
        {x: deciles.map(row => row.simulated), y: deciles.map(row => row.observed), mode: "markers", hoverinfo: "text",
         text: deciles.map(row => `<b>tenth ${row.decile}</b>, ${row.states} states<br>simulated ${percent(row.simulated)} (${percent_interval(row.lowest, row.highest)})<br>on the register ${percent(row.observed)}`),
         error_x: {type: "data", symmetric: false, array: deciles.map(row => row.highest - row.simulated),
           arrayminus: deciles.map(row => row.simulated - row.lowest), color: colour("simulated"), thickness: 2, width: 0},
         marker: marker(11, "register")},
      ],
      layout: layout({hovermode: "closest", margin: {l: 0, r: 12, t: 10, b: 0},
        xaxis: share_axis("share of simulated worlds in which they sign"), yaxis: share_axis("share that is on the register")}),
    };
  }

  // Groups of states by their share, each beside the band in which a perfect model's point would lie.
  function bins(groups) {
    const x = groups.map(group => group.predicted);
    return {
      data: [
        diagonal(),
        {type: "bar", x, base: groups.map(group => group.perfect_low), y: groups.map(group => group.perfect_high - group.perfect_low),
         width: 0.035, hoverinfo: "skip",
         marker: {color: colour("most-worlds"), line: {width: 1, color: colour("half-the-worlds")}}},
        {x, y: groups.map(group => group.observed), mode: "markers", hoverinfo: "text",
         text: groups.map(group => `${group.states} states<br>simulated ${percent(group.predicted)}<br>on the register ${percent(group.observed)}<br>a perfect model, 90 %: ${percent_interval(group.perfect_low, group.perfect_high)}`),
         marker: marker(11, "register")},
      ],
      layout: layout({hovermode: "closest", barmode: "overlay", margin: {l: 0, r: 12, t: 10, b: 0},
        xaxis: share_axis("mean share of simulated worlds"), yaxis: share_axis("share that is on the register")}),
    };
  }

  // Models by one score, the best on top, each beside 90 % of its score less Parley's. A score below the axis is written
  // at its edge.
  function models(backtest, score) {
    const {words, from = null} = SCORES[score], sign = score === "brier" ? 1 : -1, ours = backtest[HEADLINE][OURS][score];
    const rows = Object.entries(backtest[HEADLINE]).map(([model, scores]) => ({model, score: scores[score], gap: backtest.differences[HEADLINE][model]?.[score]}))
      .filter(row => row.score !== null).sort((a, b) => sign * (a.score - b.score));
    const others = rows.filter(row => row.model !== OURS), own = rows.filter(row => row.model === OURS), y = some => some.map(row => model_title(row.model));
    const ends = others.map(({gap}) => gap.low === null ? null : {low: ours - gap.high, high: ours - gap.low});
    const dot = (some, marker, text) => ({y: y(some), x: some.map(row => row.score), mode: "markers", hoverinfo: "text", text, marker});
    const most = Math.max(...rows.map(row => row.score), ...ends.map(end => end?.high ?? 0));
    return {
      data: [
        bar(y(others), ends, 0.4, "most-worlds", "half-the-worlds"),
        dot(others, marker(10, "dimmed"),
          others.map(row => `<b>${model_title(row.model)}</b> ${decimal(row.score, 3)}<br>Parley's less its ${difference(row.gap.value, 3)}`)),
        dot(own, marker(13, "simulated", {symbol: "diamond"}), [`<b>Parley</b> ${decimal(ours, 3)}`]),
      ],
      layout: layout({
        hovermode: "closest", barmode: "overlay",
        shapes: [rule(ours, {color: colour("simulated"), width: 1, dash: "dot"})],
        annotations: others.filter(row => from !== null && row.score < from).map(row => ({
          x: from, y: model_title(row.model), text: `◂ ${decimal(row.score, 3)}`, showarrow: false, xanchor: "left", xshift: 6,
          font: {size: 12, color: colour("dimmed")},
        })),
        xaxis: {showgrid: true, rangemode: "normal", nticks: 6, title: title(words, 10), ...(from === null ? {} : {range: [from, most + 0.02]})},
        yaxis: {type: "category", categoryorder: "array", categoryarray: y(rows).reverse(), showgrid: false, tickvals: y(rows), nticks: undefined, rangemode: "normal",
          ticktext: rows.map(row => row.model === OURS ? `<b>${model_title(row.model)}</b>` : model_title(row.model))},
      }),
    };
  }

  // Instruments by whose text they are, the best on top: the AUC, the interval over resampled regions, and the AUC of the
  // best model without Parley.
  const CAMPS = {open: "simulated", between: "text", closed: "register"};
  function instruments({instruments: by_name, means}) {
    const camps = Object.keys(CAMPS), best = Object.keys(means).filter(name => !name.startsWith(OURS))
      .reduce((a, b) => means[a].instruments >= means[b].instruments ? a : b);
    const rows = Object.values(by_name).sort((a, b) => camps.indexOf(a.camp) - camps.indexOf(b.camp) || b.auc - a.auc), y = rows.map(row => row.title);
    const letters = window.innerWidth < 600 ? 22 : 60;
    const from = Math.min(SCORES.auc.from, ...rows.flatMap(row => [row.baselines[best], row.interval.low])) - 0.02;
    const text = rows.map(row => `<b>${row.title}</b><br>${row.joined} of ${row.n} joined<br>AUC ${decimal(row.auc, 3)}, 90 % ${interval(row.interval.low, row.interval.high, decimal)}<br>${best} ${decimal(row.baselines[best], 3)}`);
    const points = (x, marker) => ({y, x, mode: "markers", hoverinfo: "text", text, marker});
    return {
      data: [
        bar(y, rows.map(row => row.interval), 0.4, "most-worlds", "half-the-worlds"),
        points(rows.map(row => row.baselines[best]), marker(8, "dimmed")),
        points(rows.map(row => row.auc), {...marker(11, "simulated"), color: rows.map(row => colour(CAMPS[row.camp]))}),
      ],
      layout: layout({
        hovermode: "closest", barmode: "overlay", shapes: [rule(0.5, {color: colour("dimmed"), width: 1, dash: "dot"})],
        xaxis: {showgrid: true, rangemode: "normal", range: [from, 1.02], nticks: 6, title: title("AUC, 0.5 is chance", 10)},
        yaxis: {type: "category", autorange: "reversed", showgrid: false, tickvals: y, nticks: undefined, rangemode: "normal",
          ticktext: y.map(words => words.length > letters ? `${words.slice(0, letters - 1)}…` : words)},
      }),
    };
  }

  // The panels of the record of evidence, by name; each is drawn when it is asked for.
  function of_record({backtest, instruments: part}) {
    const panels = {bins: () => bins(backtest.against_perfection[HEADLINE].calibration), "instruments-auc": () => instruments(part)};
    for (const score of Object.keys(SCORES)) panels[`models-${score}`] = () => models(backtest, score);
    Object.values(backtest.time_split).forEach(({dates}, place) => {
      for (const kind of Object.keys(KINDS)) {
        const rows = dates.filter(row => row.kind === kind).map(({fitted, with_uncertainty: wide, ...row}) => ({...row, ...fitted, wide}));
        panels[`later-${place}-${kind}`] = () => at_dates(rows, {from_zero: false});
      }
    });
    return panels;
  }

  Object.assign(parley.figures, {at_dates, by_tenth, of_record});
})();
