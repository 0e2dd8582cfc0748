// The two figures of the page Code designer: what was simulated in, Plotly figure out.
(() => {
  const DASHES = {together: "solid", "restraint first": "dash", "effort first": "dot"};
  const UNITS = {signatories_state: "states that have signed", signatories_firm: "firms that have signed", signatories_ngo: "NGOs that have signed", power_share: "% of material power"};
  const deep = (a, b) => a.depth - b.depth;
  const written = (by, value) => (by === "power_share" ? 100 * value : value);

  function axes(x) {
    const {colour} = parley.figures, title = text => ({text, font: {size: 12, color: colour("dimmed")}, standoff: 8});
    return {xaxis: {title: title(x), rangemode: "tozero", showgrid: true, nticks: 6}, yaxis: {title: title("depth of the text"), range: [-0.02, 1.04], tickvals: [0, 0.25, 0.5, 0.75, 1]}};
  }

  // A text in words: its depth, and which provisions are at their ends or between them.
  function spelled(text, ambitions) {
    const all = {...ambitions, ...Object.fromEntries(Object.entries(text.set).map(([name, value]) => [name.replace("ambition_", ""), value]))};
    const full = Object.keys(all).filter(p => all[p] === 1), none = Object.keys(all).filter(p => all[p] === 0), rest = Object.keys(all).length - full.length - none.length;
    if (text.present) return "the present text";
    if (full.length === 0 && rest === 0) return "nothing asked";
    if (rest) return "each provision " + (text.depth < parley.record.text.present.depth ? "cut alike" : "raised alike");
    return none.length ? `${full.join(", ")} in full, ${none.join(", ")} left out` : "everything asked";
  }

  // Who signs as the text gets deeper, on three ways, with the frontier, the present text and the designed one.
  function participation(found, record, by) {
    const {colour, layout} = parley.figures, {texts} = found, data = [], at = (text, k = 1) => written(by, text[by][k]);
    const ends = [texts.reduce((a, b) => (b.depth < a.depth ? b : a)), texts.reduce((a, b) => (b.depth > a.depth ? b : a))];
    const edge = texts.filter(text => text.frontier.includes(by)).sort(deep);
    data.push({x: [...edge.map(text => at(text, 0)), ...edge.map(text => at(text, 2)).reverse()], y: [...edge.map(text => text.depth), ...edge.map(text => text.depth).reverse()],
      mode: "lines", line: {width: 0}, fill: "toself", fillcolor: colour("most-worlds"), hoverinfo: "skip"});
    data.push({x: edge.map(text => at(text)), y: edge.map(text => text.depth), mode: "lines", line: {width: 3, color: colour("simulated")}, hoverinfo: "skip"});
    for (const [way, dash] of Object.entries(DASHES)) {
      const on = [...texts.filter(text => text.way === way && !ends.includes(text)), ...ends].sort(deep);
      data.push({x: on.map(text => at(text)), y: on.map(text => text.depth), mode: "lines+markers", customdata: on.map(text => texts.indexOf(text)),
        line: {width: 1.25, dash, color: colour("dimmed")}, marker: {size: 7, color: colour("dimmed"), line: {width: 1, color: colour("card")}}, hoverinfo: "text",
        text: on.map(text => `<b>${way}</b>: ${spelled(text, record.text.present.ambitions)}<br>depth ${text.depth.toFixed(2)}<br>median ${at(text).toFixed(0)} ${UNITS[by]}<br>90 % of worlds ${at(text, 0).toFixed(0)}–${at(text, 2).toFixed(0)}<br>click to try it`)});
    }
    const point = (name, words, marker) => ({x: [written(by, record.points[name][by])], y: [record.text[name].depth], mode: "markers", hoverinfo: "text",
      text: [`<b>${words}</b><br>depth ${record.text[name].depth.toFixed(2)}<br>median ${written(by, record.points[name][by]).toFixed(0)} ${UNITS[by]}`], marker: {...marker, line: {width: 2, color: colour("card")}}});
    data.push(point("present", "present text", {size: 15, color: colour("simulated")}));
    if (record.query !== record.present_query) data.push(point("designed", "designed text", {size: 16, symbol: "diamond", color: colour("second")}));
    return {data, layout: layout({hovermode: "closest", ...axes(UNITS[by])})};
  }

  // Harm prevented by texts from nothing to everything, each a range; the designed text's own where it is known.
  function harm(found, record, designed) {
    const {colour, layout} = parley.figures, span = (low, high) => `${low.toFixed(1)} to ${high.toFixed(1)} %`;
    const bars = (rows, width, name) => ({type: "bar", orientation: "h", y: rows.map(row => row.depth), base: rows.map(row => row.low), x: rows.map(row => row.high - row.low), width, hoverinfo: "text", textposition: "none",
      text: rows.map(row => `<b>${row.words}</b><br>depth ${row.depth.toFixed(2)}<br>harm prevented ${span(row.low, row.high)}`), marker: {color: rows.map(row => colour(row.colour ?? name)), line: {width: 1, color: colour("card")}}});
    const rows = found.texts.map(text => ({...text, words: text.present ? "present text" : "all provisions together", colour: text.present ? "simulated" : "half-the-worlds"}));
    const data = [bars(rows, 0.055)];
    if (designed) data.push(bars([{low: designed[0], high: designed[1], depth: record.text.designed.depth, words: "designed text"}], 0.03, "second"));
    return {data, layout: layout({hovermode: "closest", barmode: "overlay", ...axes("harm prevented, %")})};
  }

  Object.assign((window.parley ??= {}).figures, {participation, harm, spelled});
})();
