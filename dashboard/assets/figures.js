// Figures as pure functions of a record: record in, Plotly figure out. Colours are those of theme.py, read from the page.
(() => {
  const {day, fixed, span} = parley.format;
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  // Cividis (Nuñez, Anderton and Renslow 2018), which is read alike under the three kinds of colour blindness.
  const CIVIDIS = ["#00204C", "#00346E", "#3C4A6B", "#5B5F6D", "#757575", "#92917A", "#B0A574", "#D1BF66", "#FFE945"];
  const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

  // The colour of Cividis at a share from 0 to 1.
  function along(share) {
    const place = share * (CIVIDIS.length - 1), low = Math.min(Math.floor(place), CIVIDIS.length - 2);
    const [from, to] = [CIVIDIS[low], CIVIDIS[low + 1]].map(hex => [1, 3, 5].map(start => parseInt(hex.slice(start, start + 2), 16)));
    return `rgb(${from.map((value, c) => Math.round(value + (place - low) * (to[c] - value))).join(", ")})`;
  }

  function layout(more = {}) {
    const axis = {fixedrange: true, zeroline: false, showline: false, ticks: "", automargin: true, gridcolor: colour("grid"),
                  tickfont: {color: colour("dimmed"), size: 12}};
    const font = {family: getComputedStyle(document.body).fontFamily, color: colour("text"), size: 13};
    return {
      font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: {l: 0, r: 6, t: 10, b: 0},
      showlegend: false, dragmode: false, hovermode: "x",
      hoverlabel: {bgcolor: colour("card"), bordercolor: colour("dimmed"), align: "left", font: {...font}},
      ...more,
      xaxis: {...axis, showgrid: false, ...more.xaxis},
      yaxis: {...axis, rangemode: "tozero", nticks: 6, ...more.yaxis},
    };
  }

  const title = (text, standoff) => ({text, font: {size: 12, color: colour("dimmed")}, standoff});
  const marker = (size, name, more = {}, width = 1.5) => ({size, ...more, color: colour(name), line: {width, color: colour("card")}});
  // A line across the figure, upright.
  const rule = (x, line) => ({type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, line});
  // An axis of dates with a tick at each new year.
  function years(dates, range = [dates[0], dates[dates.length - 1]]) {
    const years = [...new Set(dates.map(date => date.slice(0, 4)))].sort().slice(1);
    return {tickvals: years.map(year => `${year}-01-01`), ticktext: years, range, ticklabelstandoff: 6};
  }
  const edge_of = x => ({x, mode: "lines", line: {width: 0, shape: "hv"}, hoverinfo: "skip"});
  const interval = (bands, share, t) => span(bands[`low_${share}`][t], bands[`high_${share}`][t]);

  // How the public list of one kind grows, with the register's points and the scenario's events.
  // *beside* is another record of the same dates, such as the future without branches: a thin line under the curve.
  function adoption(record, kind, {beside = null} = {}) {
    const from = -record.first_round, x = record.dates.slice(from), bands = {};
    for (const [edge, values] of Object.entries(record.bands.listed[kind])) bands[edge] = values.slice(from);
    const edge = edge_of(x), traces = [];
    for (const [share, name] of [[90, "most-worlds"], [50, "half-the-worlds"]]) {
      traces.push({...edge, y: bands[`low_${share}`]});
      traces.push({...edge, y: bands[`high_${share}`], fill: "tonexty", fillcolor: colour(name)});
    }
    const without = beside?.bands.listed[kind].median.slice(from);
    if (without) traces.push({...edge, y: without, line: {width: 1.5, shape: "hv", dash: "dash", color: colour("text")}});
    traces.push({x, y: bands.median, mode: "lines", line: {width: 2.5, shape: "hv", color: colour("simulated")}, hoverinfo: "text",
      text: x.map((date, t) => `<b>${day(date)}</b><br>median ${fixed(bands.median[t])}<br>50 % of worlds ${interval(bands, 50, t)}<br>90 % of worlds ${interval(bands, 90, t)}${without ? `<br>without the branches ${fixed(without[t])}` : ""}`)});
    const points = record.register[kind];
    traces.push({x: points.map(point => point.date), y: points.map(point => point.count), mode: "markers", hoverinfo: "text",
      text: points.map(point => `register: ${point.count}<br>${day(point.date)}`), marker: marker(9, "register")});
    const events = [...new Set(record.log.map(entry => entry.round).filter(t => t > 0 && t < x.length))];
    return {data: traces, layout: layout({xaxis: years(x), shapes: events.map(t => rule(x[t], {color: colour("dimmed"), width: 1, dash: "dot"}))})};
  }

  // One stakeholder's *shares* of the worlds by status at all rounds, one on another; the register's date *since*, and
  // the round shown.
  function history(record, shares, since) {
    const SHARES = {
      signed: ["signed", "simulated"], considered: ["considered, not signed", "half-the-worlds"], not_taken_up: ["not taken up", "most-worlds"],
    };
    const x = record.dates, upright = (date, name, width) => rule(date, {color: colour(name), width, dash: "solid"});
    const data = Object.entries(SHARES).map(([status, [words, fill]]) => {
      const y = shares.map(share => share[status]);
      return {x, y, stackgroup: "all", mode: "lines", line: {width: 1, shape: "hv", color: colour(fill)}, fillcolor: colour(fill), hoverinfo: "text",
        text: y.map((value, t) => `${status === "signed" ? `<b>${day(x[t])}</b><br>` : ""}${words} ${value.toFixed(2)}`)};
    });
    return {data, layout: layout({
      xaxis: years(x), yaxis: {range: [0, 1], tickvals: QUARTERS, tickformat: ".2f"},
      shapes: [upright(x[parley.round()], "text", 1.5), ...(since ? [upright(since, "register", 3)] : [])],
    })};
  }

  parley.figures = {adoption, history, years, edge_of, interval, colour, layout, title, marker, rule, along, CIVIDIS, QUARTERS};
})();
