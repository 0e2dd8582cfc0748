// The figures of the page Evidence, as pure functions: rows in, Plotly figure out.
(() => {
  const {colour, day, layout} = parley.figures;
  const whole = number => number.toFixed(0).replace("-", "−");
  const number = value => String(Number(value.toPrecision(3))).replace("-", "−");
  const percent = share => `${(100 * share).toFixed(0)} %`;
  const title = words => ({text: words, standoff: 10, font: {size: 12, color: colour("dimmed")}});
  const named = model => model.replace(/, (.*)/, " ($1)");  // as it can stand among others
  const title_of = model => named(model)[0].toUpperCase() + named(model).slice(1);

  // An interval as a bar along the axis of numbers, outlined where it is pale.
  const bar = (y, ends, width, fill, line) => ({
    type: "bar", orientation: "h", y, base: ends.map(one => one?.low ?? null), x: ends.map(one => one && one.high - one.low), width,
    hoverinfo: "skip", marker: {color: colour(fill), line: {width: line ? 1 : 0, color: colour(line || fill)}},
  });
  const tick = (y, x, size, width) => ({y, x, mode: "markers", hoverinfo: "skip", marker: {symbol: "line-ns", size, line: {width, color: colour("simulated")}}});

  // One row per date, the first on top: the pale bar that holds the weights' uncertainty, within it the bar of luck
  // alone, the median of each, and the register's point.
  function at_dates(told, {from_zero = true} = {}) {
    const y = told.map(row => row.date), wide = told.map(row => row.wide);
    const short = date => new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", {day: "numeric", month: "short", year: "2-digit", timeZone: "UTC"});
    const span = one => `${whole(one.low)}–${whole(one.high)}`;
    const text = told.map(row => `<b>${day(row.date)}</b><br>register ${row.registered}<br>fitted weights: median ${number(row.median)}, 90 % of worlds ${span(row)}${row.wide ? `<br>with their uncertainty: median ${number(row.wide.median)}, 90 % ${span(row.wide)}` : ""}`);
    return {
      data: [
        ...(wide.some(Boolean) ? [bar(y, wide, 0.78, "most-worlds", "half-the-worlds")] : []),
        bar(y, told, 0.42, "half-the-worlds"),
        tick(y, told.map(row => row.median), 11, 3),
        {y, x: told.map(row => row.registered), mode: "markers", hoverinfo: "text", text,
         marker: {size: 9, color: colour("register"), line: {width: 1.5, color: colour("card")}}},
      ],
      layout: layout({
        hovermode: "closest", barmode: "overlay",
        xaxis: {showgrid: true, rangemode: from_zero ? "tozero" : "normal", nticks: 5},
        yaxis: {type: "category", autorange: "reversed", showgrid: false, tickvals: y, ticktext: y.map(short), nticks: undefined, rangemode: "normal"},
      }),
    };
  }

  const of_shares = (words, more = {}) => ({title: title(words), range: [-0.04, 1.04], tickvals: [0, 0.25, 0.5, 0.75, 1], tickformat: ".0%", showgrid: true, rangemode: "normal", ...more});
  const diagonal = () => ({x: [0, 1], y: [0, 1], mode: "lines", hoverinfo: "skip", line: {width: 1, dash: "dot", color: colour("dimmed")}});

  // The tenths of the states: the share that signed against the share of worlds, with the diagonal on which they agree.
  function by_tenth(deciles) {
    return {
      data: [
        diagonal(),
        {x: deciles.map(row => row.simulated), y: deciles.map(row => row.observed), mode: "markers", hoverinfo: "text",
         text: deciles.map(row => `<b>tenth ${row.decile}</b>, ${row.states} states<br>simulated ${percent(row.simulated)} (${percent(row.lowest)} to ${percent(row.highest)})<br>on the register ${percent(row.observed)}`),
         error_x: {type: "data", symmetric: false, array: deciles.map(row => row.highest - row.simulated), arrayminus: deciles.map(row => row.simulated - row.lowest), color: colour("simulated"), thickness: 2, width: 0},
         marker: {size: 11, color: colour("register"), line: {width: 1.5, color: colour("card")}}},
      ],
      layout: layout({hovermode: "closest", margin: {l: 0, r: 12, t: 10, b: 0},
        xaxis: of_shares("share of simulated worlds in which they sign"), yaxis: of_shares("share that is on the register")}),
    };
  }

  // Groups of states by their share, each beside the band in which a perfect model's point would lie.
  function bins(groups) {
    const x = groups.map(one => one.predicted);
    return {
      data: [
        diagonal(),
        {type: "bar", x, base: groups.map(one => one.perfect_low), y: groups.map(one => one.perfect_high - one.perfect_low), width: 0.035, hoverinfo: "skip",
         marker: {color: colour("most-worlds"), line: {width: 1, color: colour("half-the-worlds")}}},
        {x, y: groups.map(one => one.observed), mode: "markers", hoverinfo: "text",
         text: groups.map(one => `${one.states} states<br>simulated ${percent(one.predicted)}<br>on the register ${percent(one.observed)}<br>a perfect model, 90 %: ${percent(one.perfect_low)} to ${percent(one.perfect_high)}`),
         marker: {size: 11, color: colour("register"), line: {width: 1.5, color: colour("card")}}},
      ],
      layout: layout({hovermode: "closest", barmode: "overlay", margin: {l: 0, r: 12, t: 10, b: 0},
        xaxis: of_shares("mean share of simulated worlds"), yaxis: of_shares("share that is on the register")}),
    };
  }

  // Models by one score, the best on top. *rows*: model, score, and of all but Parley the difference (Parley's less its).
  // Where the axis begins *from* a number, whoever is below is told in words.
  function models(rows, ours, {words, from = null}) {
    const others = rows.filter(row => row.gap), own = rows.filter(row => !row.gap), y = some => some.map(row => title_of(row.model));
    const ends = others.map(({gap}) => gap.low === null ? null : {low: ours - gap.high, high: ours - gap.low});
    const dot = (some, marker, text) => ({y: y(some), x: some.map(row => row.score), mode: "markers", hoverinfo: "text", text, marker});
    const most = Math.max(...rows.map(row => row.score), ...ends.map(one => one?.high ?? 0));
    return {
      data: [
        bar(y(others), ends, 0.4, "most-worlds", "half-the-worlds"),
        dot(others, {size: 10, color: colour("dimmed"), line: {width: 1.5, color: colour("card")}},
          others.map(row => `<b>${title_of(row.model)}</b> ${row.score.toFixed(3)}<br>Parley's less its ${row.gap.value.toFixed(3).replace("-", "−")}`)),
        dot(own, {size: 13, symbol: "diamond", color: colour("simulated"), line: {width: 1.5, color: colour("card")}}, [`<b>Parley</b> ${ours.toFixed(3)}`]),
      ],
      layout: layout({
        hovermode: "closest", barmode: "overlay",
        shapes: [{type: "line", x0: ours, x1: ours, xref: "x", yref: "paper", y0: 0, y1: 1, line: {color: colour("simulated"), width: 1, dash: "dot"}}],
        annotations: others.filter(row => from !== null && row.score < from).map(row => ({
          x: from, y: title_of(row.model), text: `◂ ${row.score.toFixed(3)}`, showarrow: false, xanchor: "left", xshift: 6, font: {size: 12, color: colour("dimmed")},
        })),
        xaxis: {showgrid: true, rangemode: "normal", nticks: 6, title: title(words), ...(from === null ? {} : {range: [from, most + 0.02]})},
        yaxis: {type: "category", categoryorder: "array", categoryarray: y(rows).reverse(), showgrid: false, tickvals: y(rows), nticks: undefined, rangemode: "normal",
          ticktext: rows.map(row => row.gap ? title_of(row.model) : `<b>${title_of(row.model)}</b>`)},
      }),
    };
  }

  Object.assign(parley.figures, {at_dates, by_tenth, bins, models, named, title_of});
})();
