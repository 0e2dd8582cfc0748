// Figures as pure functions of a record: record in, Plotly figure out. Colours are those of theme.py, read from the page.
(() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const KINDS = {state: "States", firm: "Firms", ngo: "NGOs"};

  function layout(more = {}) {
    const axis = {fixedrange: true, zeroline: false, showline: false, ticks: "", automargin: true, gridcolor: colour("grid"),
                  tickfont: {color: colour("dimmed"), size: 12}};
    return {
      font: {family: getComputedStyle(document.body).fontFamily, color: colour("text"), size: 13},
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: {l: 0, r: 6, t: 10, b: 0},
      showlegend: false, dragmode: false, hovermode: "x",
      hoverlabel: {bgcolor: colour("card"), bordercolor: colour("dimmed"), align: "left", font: {color: colour("text"), size: 13}},
      ...more,
      xaxis: {...axis, showgrid: false, ...more.xaxis},
      yaxis: {...axis, rangemode: "tozero", nticks: 6, ...more.yaxis},
    };
  }

  const day = text => new Date(`${text}T12:00:00Z`).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  const span = (bands, share, t) => `${bands[`low_${share}`][t].toFixed(0)}–${bands[`high_${share}`][t].toFixed(0)}`;

  // How the public list of one kind grows, with the register's points, the scenario's events and the round shown.
  function adoption(record, kind) {
    const from = -record.first_round, x = record.dates.slice(from), bands = {};
    for (const [edge, values] of Object.entries(record.bands.listed[kind])) bands[edge] = values.slice(from);
    const edge = {x, mode: "lines", line: {width: 0, shape: "hv"}, hoverinfo: "skip"}, traces = [];
    for (const [share, name] of [[90, "most-worlds"], [50, "half-the-worlds"]]) {
      traces.push({...edge, y: bands[`low_${share}`]});
      traces.push({...edge, y: bands[`high_${share}`], fill: "tonexty", fillcolor: colour(name)});
    }
    traces.push({x, y: bands.median, mode: "lines", line: {width: 2.5, shape: "hv", color: colour("simulated")}, hoverinfo: "text",
      text: x.map((date, t) => `<b>${day(date)}</b><br>median ${bands.median[t].toFixed(0)}<br>50 % of worlds ${span(bands, 50, t)}<br>90 % of worlds ${span(bands, 90, t)}`)});
    const points = record.register[kind];
    traces.push({x: points.map(p => p.date), y: points.map(p => p.count), mode: "markers", hoverinfo: "text",
      text: points.map(p => `register: ${p.count}<br>${day(p.date)}`),
      marker: {size: 9, color: colour("register"), line: {width: 1.5, color: colour("card")}}});
    const years = [...new Set(x.map(date => date.slice(0, 4)))].slice(1);
    const happened = [...new Set(record.log.map(entry => entry.round).filter(t => t > 0 && t < x.length))];
    const rule = (date, dash, name) => ({type: "line", xref: "x", yref: "paper", x0: date, x1: date, y0: 0, y1: 1, line: {color: colour(name), width: 1, dash}});
    return {data: traces, layout: layout({
      xaxis: {tickvals: years.map(year => `${year}-01-01`), ticktext: years, range: [x[0], x[x.length - 1]]},
      shapes: [rule(record.dates[parley.round()], "solid", "text"), ...happened.map(t => rule(x[t], "dot", "dimmed"))],
    })};
  }

  (window.parley ??= {}).figures = {adoption, colour, day, span, layout, KINDS};
})();
