// The two figures of the page Code designer: frontier in, Plotly figure out.
(() => {
  const {colour, layout, title, marker, QUARTERS} = parley.figures;
  const {BASES, count, decimal, extent, interval} = parley.format;
  const DASHES = {together: "solid", "restraint first": "dash", "effort first": "dot"};
  const UNITS = {
    signatories_state: "states that have signed", signatories_firm: "firms that have signed", signatories_ngo: "NGOs that have signed",
    power_share: "% of material power",
  };
  // Filled where the text is like the register's, hollow where who signs is extrapolated.
  const points = texts => ({color: texts.map(text => colour(parley.basis.word(text) === BASES.extrapolated ? "card" : "dimmed")), line: {width: 1.25, color: colour("dimmed")}});
  const by_depth = (a, b) => a.depth - b.depth;
  const in_unit = (by, value) => (by === "power_share" ? 100 * value : value);

  const axes = words => ({
    xaxis: {title: title(words, 8), rangemode: "tozero", showgrid: true, nticks: 6},
    yaxis: {title: title("depth of the text", 8), range: [-0.02, 1.04], tickvals: QUARTERS},
  });

  // A text in words: its depth, and which provisions are at their ends or between them.
  function spelled(text, ambitions) {
    const all = {...ambitions, ...Object.fromEntries(Object.entries(text.set).map(([name, value]) => [name.replace("ambition_", ""), value]))};
    const at = ambition => Object.keys(all).filter(name => all[name] === ambition), [full, none] = [at(1), at(0)];
    const rest = Object.keys(all).length - full.length - none.length;
    if (text.present) return "the present text";
    if (full.length === 0 && rest === 0) return "nothing asked";
    if (rest) return "each provision " + (text.depth < parley.record.text.present.depth ? "cut alike" : "raised alike");
    return none.length ? `${full.join(", ")} in full, ${none.join(", ")} left out` : "everything asked";
  }

  // Who signs as the text gets deeper, on three ways, with the frontier, the present text and the designed one.
  function participation({texts}, record, by) {
    const data = [], at = (text, k = 1) => in_unit(by, text[by][k]);
    const ends = [texts.reduce((a, b) => (b.depth < a.depth ? b : a)), texts.reduce((a, b) => (b.depth > a.depth ? b : a))];
    const edge = texts.filter(text => text.frontier.includes(by)).sort(by_depth), depths = edge.map(text => text.depth);
    data.push({x: [...edge.map(text => at(text, 0)), ...edge.map(text => at(text, 2)).reverse()], y: [...depths, ...[...depths].reverse()],
      mode: "lines", line: {width: 0}, fill: "toself", fillcolor: colour("most-worlds"), hoverinfo: "skip"});
    data.push({x: edge.map(text => at(text)), y: depths, mode: "lines", line: {width: 3, color: colour("simulated")}, hoverinfo: "skip"});
    for (const [way, dash] of Object.entries(DASHES)) {
      const on = [...texts.filter(text => text.way === way && !ends.includes(text)), ...ends].sort(by_depth);
      data.push({x: on.map(text => at(text)), y: on.map(text => text.depth), mode: "lines+markers", customdata: on.map(text => texts.indexOf(text)),
        line: {width: 1.25, dash, color: colour("dimmed")}, marker: {...marker(7, "dimmed"), ...points(on)}, hoverinfo: "text",
        text: on.map(text => `<b>${way}</b>: ${spelled(text, record.text.present.ambitions)}<br>${parley.basis.word(text)}<br>depth ${decimal(text.depth)}<br>median ${count(at(text))} ${UNITS[by]}<br>90 % of worlds ${interval(at(text, 0), at(text, 2))}<br>click to try it`)});
    }
    const point = (name, look) => {
      const value = in_unit(by, record.points[name][by]), {depth} = record.text[name];
      return {x: [value], y: [depth], mode: "markers", hoverinfo: "text", marker: look,
        text: [`<b>${name} text</b><br>depth ${decimal(depth)}<br>median ${count(value)} ${UNITS[by]}`]};
    };
    data.push(point("present", marker(15, "simulated", {}, 2)));
    if (record.query !== record.present_query) data.push(point("designed", marker(16, "second", {symbol: "diamond"}, 2)));
    return {data, layout: layout({hovermode: "closest", ...axes(UNITS[by])})};
  }

  // Conduct by depth, a band for each membership; the designed text's own harm where it is known.
  const CONDUCT = {
    "harm_prevented/all": {words: "harm prevented, %", digits: 1, factor: 1, said: "the code prevents"}, "compliance/all": {words: "compliance, %", digits: 0, factor: 100, said: "compliance of"},
    "departure/operations": {words: "fewer operations than without the code, %", digits: 0, factor: 1, said: "undertake"},
    "departure/practices": {words: "fewer practices neglected than without it, %", digits: 0, factor: 1, said: "undertake"},
  };
  const BANDS = {free: {line: "simulated", dash: "solid", fill: "most-worlds"}, fixed: {line: "third", dash: "dash", fill: null}};

  function by_depth_figure({texts}, record, what, designed) {
    const {words, digits, factor} = CONDUCT[what], data = [];
    for (const [membership, look] of Object.entries(BANDS)) {
      const rows = texts.filter(row => row.membership === membership && `${row.outcome}/${row.part}` === what && row.low !== null).sort(by_depth);
      const depths = rows.map(row => row.depth), ends = end => rows.map(row => factor * row[end]);
      if (look.fill) data.push({x: [...ends("low"), ...ends("high").reverse()], y: [...depths, ...[...depths].reverse()], mode: "lines", line: {width: 0},
        fill: "toself", fillcolor: colour(look.fill), hoverinfo: "skip"});
      for (const end of ["low", "high"]) data.push({x: ends(end), y: depths, mode: "lines+markers", line: {width: 2, dash: look.dash, color: colour(look.line)},
        marker: {size: 5, color: colour(look.line)}, hoverinfo: "text",
        text: rows.map(row => `<b>${membership} membership</b>${row.present ? ", the present text" : ""}<br>depth ${decimal(row.depth)}<br>${words}: ${interval(factor * row.low, factor * row.high, value => decimal(value, digits))}`)});
    }
    if (designed && what === "harm_prevented/all") {
      const {depth} = record.text.designed;
      data.push({x: designed, y: [depth, depth], mode: "lines+markers", line: {width: 3, color: colour("second")}, marker: marker(10, "second", {symbol: "diamond"}, 2), hoverinfo: "text",
        text: designed.map(() => `<b>designed text</b><br>depth ${decimal(depth)}<br>${words}: ${extent(...designed)}`)});
    }
    return {data, layout: layout({hovermode: "closest", ...axes(words)})};
  }

  const by_depth_in_words = ({sentences}, what) => [sentences[0], ...sentences.filter(sentence => sentence.includes(CONDUCT[what].said))].join(" ");

  Object.assign(parley.figures, {participation, by_depth: by_depth_figure, by_depth_in_words, spelled});
})();
