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
      hoverlabel: {bgcolor: colour("card"), bordercolor: colour("dimmed"), align: "left",
                   font: {family: getComputedStyle(document.body).fontFamily, color: colour("text"), size: 13}},
      ...more,
      xaxis: {...axis, showgrid: false, ...more.xaxis},
      yaxis: {...axis, rangemode: "tozero", nticks: 6, ...more.yaxis},
    };
  }

  const IN_WORDS = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  const day = text => IN_WORDS.format(new Date(`${text}T12:00:00Z`));
  const span = (bands, share, t) => `${bands[`low_${share}`][t].toFixed(0)}–${bands[`high_${share}`][t].toFixed(0)}`;

  // How the public list of one kind grows, with the register's points and the scenario's events.
  // *beside* is another record of the same dates, such as the future without branches: a thin line under the curve.
  function adoption(record, kind, {beside = null} = {}) {
    const from = -record.first_round, x = record.dates.slice(from), bands = {};
    for (const [edge, values] of Object.entries(record.bands.listed[kind])) bands[edge] = values.slice(from);
    const edge = {x, mode: "lines", line: {width: 0, shape: "hv"}, hoverinfo: "skip"}, traces = [];
    for (const [share, name] of [[90, "most-worlds"], [50, "half-the-worlds"]]) {
      traces.push({...edge, y: bands[`low_${share}`]});
      traces.push({...edge, y: bands[`high_${share}`], fill: "tonexty", fillcolor: colour(name)});
    }
    const without = beside?.bands.listed[kind].median.slice(from);
    if (without) traces.push({...edge, y: without, line: {width: 1.5, shape: "hv", dash: "dash", color: colour("text")}});
    traces.push({x, y: bands.median, mode: "lines", line: {width: 2.5, shape: "hv", color: colour("simulated")}, hoverinfo: "text",
      text: x.map((date, t) => `<b>${day(date)}</b><br>median ${bands.median[t].toFixed(0)}<br>50 % of worlds ${span(bands, 50, t)}<br>90 % of worlds ${span(bands, 90, t)}${without ? `<br>without the branches ${without[t].toFixed(0)}` : ""}`)});
    const points = record.register[kind];
    traces.push({x: points.map(p => p.date), y: points.map(p => p.count), mode: "markers", hoverinfo: "text",
      text: points.map(p => `register: ${p.count}<br>${day(p.date)}`),
      marker: {size: 9, color: colour("register"), line: {width: 1.5, color: colour("card")}}});
    const years = [...new Set(x.map(date => date.slice(0, 4)))].slice(1);
    const happened = [...new Set(record.log.map(entry => entry.round).filter(t => t > 0 && t < x.length))];
    const rule = date => ({type: "line", xref: "x", yref: "paper", x0: date, x1: date, y0: 0, y1: 1, line: {color: colour("dimmed"), width: 1, dash: "dot"}});
    return {data: traces, layout: layout({
      xaxis: {tickvals: years.map(year => `${year}-01-01`), ticktext: years, range: [x[0], x[x.length - 1]], ticklabelstandoff: 6},
      shapes: happened.map(t => rule(x[t])),
    })};
  }

  // Views over each other: the band of the first, the median of each, told apart by colour, dash and letter.
  const SIDES = [["simulated", "solid"], ["second", "dash"], ["third", "dot"], ["text", "dashdot"]];
  function compared(views, kind) {
    const traces = [], annotations = [], ends = views.map(view => view.dates[view.dates.length - 1]).sort();
    const edge = {x: views[0].dates, mode: "lines", line: {width: 0, shape: "hv"}, hoverinfo: "skip"}, first = views[0].listed[kind];
    traces.push({...edge, y: first.low_90}, {...edge, y: first.high_90, fill: "tonexty", fillcolor: colour("most-worlds")});
    const top = Math.max(...first.high_90, ...views.flatMap(view => view.listed[kind].median)), places = [];
    for (const [k, view] of views.entries()) {
      const [name, dash] = SIDES[k], bands = view.listed[kind], last = bands.median.length - 1;
      traces.push({x: view.dates, y: bands.median, mode: "lines", zorder: views.length - k, line: {width: k ? 2 : 2.5, shape: "hv", dash, color: colour(name)}, hoverinfo: "x+text",
        text: view.dates.map((date, t) => `<b>${view.letter}</b> median ${bands.median[t].toFixed(0)}, 90 % of worlds ${span(bands, 90, t)}`)});
      places.push({letter: view.letter, y: bands.median[last], x: view.dates[last], name});
    }
    // Letters beside the ends of their lines; where lines end together, the letters move apart around their middle.
    places.sort((a, b) => a.y - b.y);
    const room = top * 0.075, heaps = [];
    for (const place of places) {
      let heap = {places: [place], middle: place.y};
      for (let below = heaps[heaps.length - 1]; below && heap.middle - below.middle < room * (heap.places.length + below.places.length) / 2; below = heaps[heaps.length - 1]) {
        const both = [...below.places, ...heap.places];
        heap = {places: both, middle: both.reduce((sum, one) => sum + one.y, 0) / both.length};
        heaps.pop();
      }
      heaps.push(heap);
    }
    for (const {places: heap, middle} of heaps) for (const [k, place] of heap.entries()) {
      const y = middle + room * (k - (heap.length - 1) / 2);
      annotations.push({x: place.x, y, text: `<b>${place.letter}</b>`, showarrow: false, xanchor: "left", xshift: 4, font: {color: colour(place.name), size: 13}});
    }
    const from = views.map(view => view.dates[0]).sort()[0], to = ends[ends.length - 1];
    const years = [...new Set(views.flatMap(view => view.dates.map(date => date.slice(0, 4))))].sort().slice(1);
    return {data: traces, layout: layout({
      margin: {l: 0, r: 22, t: 10, b: 0}, annotations, hovermode: "x unified",
      xaxis: {tickvals: years.map(year => `${year}-01-01`), ticktext: years, range: [from, to], ticklabelstandoff: 6, hoverformat: "%-d %B %Y"},
      yaxis: {range: [0, top * 1.08]},
    })};
  }

  (window.parley ??= {}).figures = {adoption, compared, colour, day, span, layout, KINDS};
})();
