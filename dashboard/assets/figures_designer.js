// The two figures of the page Code designer: frontier in, Plotly figure out.
(() => {
  const { colour, layout, title, marker, QUARTERS } = parley.figures;
  const { BASES, count, decimal, extent, interval, percent } = parley.format;
  const WAYS = {
    together: "all raised alike",
    "restraint first": "prohibitions first",
    "effort first": "duties first",
  };
  const LINES = {
    together: { dash: "solid", width: 2, name: "text" },
    "restraint first": { dash: "dash", width: 2, name: "third" },
    "effort first": { dash: "dot", width: 2.5, name: "dimmed" },
  };
  const UNITS = {
    signatories_state: "states that have signed",
    signatories_firm: "firms that have signed",
    signatories_ngo: "NGOs that have signed",
    power_share: "% of material power",
  };
  // Filled where the text is like the register's, hollow where who signs is extrapolated.
  const is_far = (text) => parley.basis.word(text) === BASES.extrapolated;
  const points = (texts, name) => ({
    color: texts.map((text) => colour(is_far(text) ? "card" : name)),
    line: { width: 1.5, color: colour(name) },
  });
  // The texts within the data on the way of all that the present text lies on, by depth.
  const within = (texts) =>
    texts.filter((text) => text.way === "together" && !is_far(text)).sort(by_depth);
  const by_depth = (a, b) => a.depth - b.depth;
  const in_unit = (by, value) => (by === "power_share" ? 100 * value : value);

  const NARROW = 760,
    PHONE = 480,
    TICKS = 14; // pixels of the type on axes and beside lines
  const large = (text) => ({ ...title(text, 12), font: { size: TICKS, color: colour("dimmed") } });
  // Ticks from none to above the highest value, so that each value stands between two of them.
  const ROUND = [1, 2, 2.5, 5, 10],
    MOST_STEPS = 5;
  function ticked(most) {
    if (!(most > 0)) return { nticks: 6 };
    const least = most / MOST_STEPS,
      power = 10 ** Math.floor(Math.log10(least)),
      dtick = power * ROUND.find((step) => step * power >= least);
    return { dtick, autorangeoptions: { include: dtick * Math.ceil(most / dtick) } };
  }
  const axes = (words, most) => ({
    margin: { l: 0, r: 12, t: 12, b: 0 },
    xaxis: {
      title: large("depth: what the text asks for"),
      range: [-0.06, 1.06],
      tickvals: QUARTERS,
      ticktext: ["0 nothing", "0.25", "0.5", "0.75", "1 all"],
      ticks: "outside",
      ticklen: 5,
      tickcolor: colour("grid"),
      tickfont: { size: TICKS, color: colour("dimmed") },
    },
    yaxis: {
      title: large(words),
      rangemode: "tozero",
      ...ticked(most),
      ticks: "outside",
      ticklen: 5,
      tickcolor: colour("grid"),
      tickfont: { size: TICKS, color: colour("dimmed") },
    },
  });
  // A word beside a line or a point, in its colour.
  const label = (x, y, text, name, more = {}) => ({
    x,
    y,
    text,
    showarrow: false,
    xanchor: "left",
    font: { size: TICKS, color: colour(name) },
    bgcolor: colour("card"),
    borderpad: 1,
    arrowcolor: colour(name),
    ...more,
  });

  // A text in words: its depth, and which provisions are at their ends or between them.
  function spelled(text, ambitions) {
    const all = {
      ...ambitions,
      ...Object.fromEntries(
        Object.entries(text.set).map(([name, value]) => [name.replace("ambition_", ""), value]),
      ),
    };
    const at = (ambition) => Object.keys(all).filter((name) => all[name] === ambition),
      [full, none] = [at(1), at(0)];
    const rest = Object.keys(all).length - full.length - none.length;
    if (text.present) return "the present text";
    if (full.length === 0 && rest === 0) return "nothing asked";
    if (rest)
      return (
        "each provision " +
        (text.depth < parley.record.text.present.depth ? "cut alike" : "raised alike")
      );
    return none.length
      ? `${parley.format.listing(full)} in full, the others left out`
      : "everything asked";
  }

  // In which features a text is unlike the register's, as the server says why its numbers are
  // extrapolated; empty where these are many, or have no room.
  const FEATURES =
    /(openness|public rule|all prohibitions|all duties)(?=(?: is| together(?: are)? at)? \S+ instead of)/g;
  function outside({ why }, is_narrow) {
    const names = [...(why ?? "").matchAll(FEATURES)].map(([, name]) => name);
    return !is_narrow && names.length && names.length < 3
      ? `<br>${parley.format.listing(names)}`
      : "";
  }

  // Where the words of a point stand, off all that is drawn above and below them: above it, or,
  // with *way* -1, beside the point where that lies so far below all lines, or else below it, where
  // they have room there. A line leads to them.
  // of the depths: half the length of the words at least, by whether the figure is narrow
  const HALF = { true: 0.22, false: 0.15 };
  const LETTER = 0.0125,
    GAP = 0.02,
    LEFT = 0.19; // of the depths: a letter of 14 pixels on paper
  const AWAY = 0.055,
    LEADER = 0.1,
    LINE = 0.068; // of the highest value: from a line, from the point, and the height of the words
  const longest = (words) =>
    Math.max(
      ...words
        .replace(/<\/?b>/g, "")
        .split("<br>")
        .map((line) => line.length),
    );
  const WORDS = 0.24; // of the depths: the length of the words beside a line
  function place_of_words(depth, value, drawn, way, words, is_narrow) {
    const half = Math.max(HALF[is_narrow], (LETTER * longest(words)) / 2 + GAP),
      lines = words.split("<br>").length,
      most = Math.max(...drawn.map(([, height]) => height));
    const spans = { left: [-0.01, 2 * half], center: [-half, half], right: [-2 * half, 0.01] },
      at_right = depth < 0.5;
    const heights = ([from, to]) =>
      drawn
        .filter(([other]) => other > depth + from && other < depth + to)
        .map(([, height]) => height);
    const xanchor = depth < half ? "left" : depth > 1 - half ? "right" : "center",
      near = heights(spans[xanchor]);
    const look = {
      xanchor,
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1.5,
      standoff: 8,
      ax: depth,
      axref: "x",
      ayref: "y",
    };
    if (way < 0) {
      const below = Math.min(...near.map((height) => height - AWAY * most), value - LEADER * most),
        beside = heights(spans[at_right ? "left" : "right"]);
      if (Math.min(...beside) - value > ((lines + 1) / 2) * LINE * most)
        return {
          ...look,
          xanchor: at_right ? "left" : "right",
          ax: depth + (at_right ? half : -half) / 2,
          ay: value,
          yanchor: "middle",
        };
      // In a narrow figure the words of the ways stand on the right.
      if (below > (lines + 1) * LINE * most)
        return {
          ...look,
          ...(is_narrow && depth > half ? { xanchor: "right" } : {}),
          ay: below,
          yanchor: "top",
        };
    }
    return {
      ...look,
      ay: Math.max(...near.map((height) => height + AWAY * most), value + LEADER * most),
      yanchor: "bottom",
    };
  }

  // The words beside a line where there is room for all, as on paper too: off those of the texts,
  // which are *taken*. The upper line has them above it, left of the depths within the data; the
  // lower one below it; and to the line of all alike leads a stroke, to where no other line is
  // near, from words left of it; those that stand on the depths within the data hide nothing of
  // their shade.
  function span_of(words, depth, xanchor) {
    const wide = LETTER * longest(words),
      from = depth - { left: 0, center: 0.5, right: 1 }[xanchor] * wide;
    return [from - GAP, from + wide + GAP];
  }
  const meets = ([from, to], [start, end]) => from < end && start < to;
  function words_of_line(way, own, { texts, by, drawn, most, upper, taken }) {
    const at = (text, k = 1) => in_unit(by, text[by][k]),
      is_up = way === upper,
      is_alike = way === "together",
      off = is_alike ? -0.06 : is_up ? 0 : -0.01;
    const side = (text) =>
      is_up || (is_alike && text.depth + off < LETTER * longest(WAYS[way])) ? "center" : "right";
    const own_span = (text) => span_of(WAYS[way], text.depth + off, side(text)),
      span = (text) => [
        own_span(text)[0],
        Math.max(own_span(text)[1], is_alike ? text.depth + GAP : 0),
      ],
      on_side = taken.filter(({ yanchor }) => (yanchor === "bottom") === is_up);
    const free = own.filter(
      (text) =>
        !on_side.some((words) => meets(words.span, span(text))) &&
        !taken.some(({ ax }) => meets([ax, ax], span(text))),
    );
    const others = Object.keys(WAYS).filter((other) => other !== way),
      far_from_others = (text) =>
        Math.min(
          ...others
            .map((other) => read_off(texts, other, text.depth, by))
            .filter(Boolean)
            .map((one) => Math.abs(in_unit(by, one[by][1]) - at(text))),
        );
    const worth = is_alike
      ? far_from_others
      : (text) => -Math.abs(text.depth - (is_up ? LEFT : 0.3));
    const place = (free.length ? free : own).reduce((a, b) => (worth(b) > worth(a) ? b : a)),
      name = LINES[way].name;
    if (is_up)
      return label(place.depth, at(place, 2), WAYS[way], name, {
        xanchor: "center",
        yanchor: "bottom",
        yshift: 2,
      });
    if (!is_alike)
      return label(place.depth, at(place), WAYS[way], name, {
        xanchor: "right",
        xshift: -8,
        yshift: -12,
      });
    // its stroke, off which the words of the lower line stand
    taken.push({ yanchor: "top", ax: place.depth, span: [place.depth + off, place.depth] });
    const inside = within(texts).map(({ depth }) => depth),
      is_on_shade = meets(own_span(place), [inside[0], inside[inside.length - 1]]);
    const [from, to] = span(place),
      lowest = Math.min(
        ...drawn.filter(([depth]) => depth > from && depth < to).map(([, height]) => height),
      );
    return label(place.depth, at(place), WAYS[way], name, {
      xanchor: side(place),
      yanchor: "top",
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1.5,
      standoff: 6,
      ...(is_on_shade ? { bgcolor: "rgba(0, 0, 0, 0)" } : {}),
      ax: place.depth + off,
      axref: "x",
      ayref: "y",
      ay: Math.max(lowest - 2 * AWAY * most, 2 * LINE * most),
    });
  }

  const ends_of = (texts) => [
    texts.reduce((a, b) => (b.depth < a.depth ? b : a)),
    texts.reduce((a, b) => (b.depth > a.depth ? b : a)),
  ];

  // Who signs as the text gets deeper, on the ways that are simulated, with the frontier where all
  // are, the present text and the designed one.
  function participation({ texts, of }, record, by) {
    const data = [],
      annotations = [],
      at = (text, k = 1) => in_unit(by, text[by][k]),
      ends = ends_of(texts),
      is_whole = texts.length === of;
    const { clientWidth: room } = document.getElementById("frontier"),
      is_narrow = room < NARROW,
      is_phone = room < PHONE;
    const edge = texts.filter((text) => text.frontier.includes(by)).sort(by_depth),
      depths = edge.map((text) => text.depth);
    if (is_whole) {
      data.push({
        y: [...edge.map((text) => at(text, 0)), ...edge.map((text) => at(text, 2)).reverse()],
        x: [...depths, ...[...depths].reverse()],
        mode: "lines",
        line: { width: 0 },
        fill: "toself",
        fillcolor: colour("most-worlds"),
        hoverinfo: "skip",
      });
      data.push({
        y: edge.map((text) => at(text)),
        x: depths,
        mode: "lines",
        line: { width: 4, color: colour("simulated") },
        hoverinfo: "skip",
      });
    }
    const mean = (way) => {
      const own = texts.filter((text) => text.way === way);
      return own.reduce((sum, text) => sum + at(text), 0) / own.length;
    };
    // The ends, in depths, of the words beside a line: no leader of a text's own words runs through
    // them.
    const leaders = [
      record.text.present.depth,
      ...(record.query !== record.present_query ? [record.text.designed.depth] : []),
    ];
    const is_clear = (depth, way) =>
      leaders.every((leader) => {
        const off = way * (leader - depth);
        return off < -0.02 || off > WORDS;
      });
    // the words of a deep text have the place of those of a line
    const is_deep = is_narrow && leaders.some((leader) => leader > 0.7);
    const drawn = texts.flatMap((text) => [0, 2].map((k) => [text.depth, at(text, k)])),
      most = Math.max(...drawn.map(([, value]) => value));
    const upper =
      mean("restraint first") > mean("effort first") ? "restraint first" : "effort first";
    // the present text, so that no line crosses the other's words
    const is_upper = record.points.present[by] >= record.points.designed[by];
    const of_texts = Object.fromEntries(
      ["present", ...(record.query !== record.present_query ? ["designed"] : [])].map((name) => {
        const value = in_unit(by, record.points[name][by]),
          { depth } = record.text[name],
          text = name === "present" ? texts.find((each) => each.present) : record;
        const words =
            `<b>${name} ` +
            `text</b>${is_far(text) ? `${outside(text, is_narrow)}<br>outside the data` : ""}`,
          way = (name === "present") === is_upper ? 1 : -1;
        return [
          name,
          {
            value,
            depth,
            text,
            words,
            look: place_of_words(depth, value, drawn, way, words, is_narrow),
          },
        ];
      }),
    );
    const taken = Object.values(of_texts).map(({ words, look }) => ({
      ...look,
      span: span_of(words, look.ax, look.xanchor),
    }));
    for (const [way, { dash, width, name }] of Object.entries(LINES)) {
      const own = texts.filter((text) => text.way === way && !ends.includes(text));
      if (own.length === 0) continue;
      const on = [...own, ...ends].sort(by_depth);
      data.push({
        y: on.map((text) => at(text)),
        x: on.map((text) => text.depth),
        mode: "lines+markers",
        customdata: on.map((text) => texts.indexOf(text)),
        line: { width, dash, color: colour(name) },
        marker: { ...marker(8, name), ...points(on, name) },
        hoverinfo: "text",
        text: on.map(
          (text) =>
            `<b>${WAYS[way]}</b>: ` +
            `${spelled(text, record.text.present.ambitions)}<br>${parley.basis.word(text)}<br>depth ` +
            `${decimal(text.depth, 2)}<br>median ${count(at(text))} ` +
            `${UNITS[by]}<br>${percent(0.9)} of worlds ` +
            `${interval(at(text, 0), at(text, 2))}<br>click to try it`,
        ),
      });
      const is_right = is_phone && way === upper,
        wanted =
          way === "together"
            ? is_deep
              ? 0.62
              : 0.76
            : is_narrow && way === upper
              ? 0.62
              : is_phone
                ? 0.4
                : 0.3,
        clear =
          way === "together" || is_right
            ? own
            : own.filter((text) => is_clear(text.depth, way === upper ? 1 : -1)),
        place = (clear.length ? clear : own).reduce((a, b) =>
          Math.abs(b.depth - wanted) < Math.abs(a.depth - wanted) ? b : a,
        );
      const under = (down) => ({
        ayref: "y",
        ay: Math.max(at(place) - down * most, 2 * LINE * most),
      });
      const beside =
        way === "together"
          ? {
              xanchor: "center",
              showarrow: true,
              arrowhead: 0,
              arrowwidth: 1.5,
              standoff: 6,
              ...(is_deep
                ? { xanchor: "right", ax: -30, ...under(0.25) }
                : { ax: 12, ...under(0.35) }),
            }
          : is_right
            ? { x: 1.05, y: at(place, 2), xanchor: "right", yshift: 14 }
            : way === upper
              ? { xshift: 10, yshift: 16 }
              : { xanchor: "right", xshift: -8, yshift: -12 };
      annotations.push(
        is_narrow
          ? label(place.depth, at(place), WAYS[way], name, beside)
          : words_of_line(way, own, { texts, by, drawn, most, upper, taken }),
      );
    }
    const point = (name, look) => {
      const { value, depth, text, words, look: place } = of_texts[name];
      annotations.push(
        label(depth, value, words, name === "present" ? "simulated" : "second", place),
      );
      return {
        y: [value],
        x: [depth],
        mode: "markers",
        hoverinfo: "text",
        marker: is_far(text)
          ? { ...look, color: colour("card"), line: { width: 3, color: look.color } }
          : look,
        text: [
          `<b>${name} text</b><br>${parley.basis.word(text)}<br>depth ` +
            `${decimal(depth, 2)}<br>median ${count(value)} ${UNITS[by]}`,
        ],
      };
    };
    data.push(point("present", marker(15, "simulated", {}, 2)));
    if (record.query !== record.present_query)
      data.push(point("designed", marker(16, "second", { symbol: "diamond" }, 2)));
    const inside = within(texts),
      [first, last] = [inside[0], inside[inside.length - 1]].map((text) => text?.depth);
    const shapes =
      inside.length > 1
        ? [
            {
              type: "rect",
              xref: "x",
              yref: "paper",
              x0: first,
              x1: last,
              y0: 0,
              y1: 1,
              line: { width: 0 },
              fillcolor: colour("grid"),
              opacity: 0.55,
              layer: "below",
            },
          ]
        : [];
    if (shapes.length)
      annotations.push({
        x: (first + last) / 2,
        xref: "x",
        y: 0,
        yref: "paper",
        yanchor: "bottom",
        text: "depth within the data",
        showarrow: false,
        font: { size: TICKS, color: colour("dimmed") },
      });
    return {
      data,
      layout: layout({ hovermode: "closest", annotations, shapes, ...axes(UNITS[by], most) }),
    };
  }

  // Which keys of the legend that figure needs: of the ways and of the present text's own mark,
  // which have their names beside them, there is none.
  function participation_keys({ texts, of }) {
    const others = texts.filter((text) => !text.present);
    return {
      edge: texts.length === of,
      near: others.some((text) => !is_far(text)),
      far: others.some(is_far),
    };
  }

  // What the line of a *way*, between the texts that ask for least and for most, has at a *depth*;
  // null where it has no text of its own.
  function read_off(texts, way, depth, by) {
    const ends = ends_of(texts),
      own = texts.filter((text) => text.way === way && !ends.includes(text)),
      on = [...own, ...ends].sort(by_depth);
    if (!own.length) return null;
    const place = on.findIndex((text) => text.depth >= depth),
      [before, after] = [on[Math.max(place - 1, 0)], on[place]],
      gap = after.depth - before.depth;
    const part = gap ? (depth - before.depth) / gap : 0;
    return { [by]: before[by].map((value, k) => value + part * (after[by][k] - value)) };
  }

  // Conduct by depth, a band for each membership; the designed text's own harm where it is known.
  const CONDUCT = {
    "harm_prevented/all": { words: "harm prevented, %", digits: 1, factor: 1 },
    "compliance/all": { words: "compliance, %", digits: 0, factor: 100 },
    "departure/operations": {
      words: "fewer operations than without the code, %",
      digits: 0,
      factor: 1,
    },
    "departure/practices": {
      words: "fewer practices neglected than without it, %",
      digits: 0,
      factor: 1,
    },
  };
  const BANDS = {
    free: { line: "simulated", dash: "solid", words: "everybody decides anew" },
    fixed: { line: "third", dash: "dash", words: "present signatories, all bound" },
  };
  const PALE = 0.2,
    SWATCH = 29,
    ROW = 24; // of a fill; pixels, of a sign of the key and of its rows
  const in_band = (texts, membership, what) =>
    texts
      .filter(
        (row) =>
          row.membership === membership &&
          `${row.outcome}/${row.part}` === what &&
          row.low !== null,
      )
      .sort(by_depth);

  function by_depth_figure({ texts }, record, what, designed) {
    const { words, digits, factor } = CONDUCT[what],
      data = [],
      { depth: present } = record.text.present,
      { shapes, annotations, room } = key_of_bands(what);
    for (const [membership, { line, dash }] of Object.entries(BANDS)) {
      const rows = in_band(texts, membership, what),
        depths = rows.map((row) => row.depth),
        ends = (end) => rows.map((row) => factor * row[end]);
      data.push({
        y: [...ends("low"), ...ends("high").reverse()],
        x: [...depths, ...[...depths].reverse()],
        mode: "lines",
        line: { width: 0 },
        opacity: PALE,
        fill: "toself",
        fillcolor: colour(line),
        hoverinfo: "skip",
      });
      for (const end of ["low", "high"])
        data.push({
          y: ends(end),
          x: depths,
          mode: "lines+markers",
          line: { width: 2, dash, color: colour(line) },
          marker: { size: 5, color: colour(line) },
          hoverinfo: "text",
          text: rows.map(
            (row) =>
              `<b>${membership} ` +
              `membership</b>${row.present ? ", the present text" : ""}<br>depth ` +
              `${decimal(row.depth, 2)}<br>${words}: ` +
              `${interval(factor * row.low, factor * row.high, (value) => decimal(value, digits))}`,
          ),
        });
    }
    shapes.push({
      type: "line",
      x0: present,
      x1: present,
      yref: "paper",
      y0: 0,
      y1: 1,
      line: { color: colour("dimmed"), width: 1.5, dash: "dot" },
      layer: "below",
    });
    annotations.push(
      label(present, 0, "the present text", "dimmed", {
        yref: "paper",
        yanchor: "bottom",
        xshift: 5,
      }),
    );
    if (designed && what === "harm_prevented/all") {
      const { depth } = record.text.designed;
      data.push({
        y: designed,
        x: [depth, depth],
        mode: "lines+markers",
        line: { width: 3, color: colour("second") },
        marker: marker(10, "second", { symbol: "diamond" }, 2),
        hoverinfo: "text",
        text: designed.map(
          () =>
            `<b>designed text</b><br>depth ${decimal(depth, 2)}<br>${words}: ` +
            `${extent(...designed, "%")}`,
        ),
      });
    }
    return {
      data,
      layout: layout({
        hovermode: "closest",
        shapes,
        annotations,
        ...axes(words, room * Math.max(...data.flatMap(({ y }) => y))),
      }),
    };
  }

  // The names of both ranges, which lie on each other along most of the depths, so that words
  // beside their lines would cross them: above all that is drawn, or, of compliance, which falls
  // from the whole, below it.
  function key_of_bands(what) {
    const is_below = what === "compliance/all",
      edge = Number(!is_below),
      is_narrow = document.getElementById("by-depth").clientWidth < NARROW;
    const at_edge = {
        xref: "paper",
        yref: "paper",
        xsizemode: "pixel",
        ysizemode: "pixel",
        xanchor: 0,
        yanchor: edge,
      },
      shapes = [],
      annotations = [];
    Object.values(BANDS).forEach(({ line, dash, words }, k) => {
      const y = is_below ? (3 - k) * ROW : -(k + 0.5) * ROW,
        sides = { x0: 6, x1: 6 + SWATCH };
      shapes.push({
        ...at_edge,
        ...sides,
        type: "rect",
        y0: y - 7,
        y1: y + 7,
        fillcolor: colour(line),
        opacity: PALE,
        line: { width: 0 },
      });
      for (const end of [y - 7, y + 7])
        shapes.push({
          ...at_edge,
          ...sides,
          type: "line",
          y0: end,
          y1: end,
          line: { color: colour(line), width: 2, dash },
        });
      annotations.push(
        label(0, edge, is_narrow ? words : `${words}: range of nine in ten`, line, {
          xref: "paper",
          yref: "paper",
          xshift: 12 + SWATCH,
          yanchor: "middle",
          yshift: y,
        }),
      );
    });
    // of the highest value, so that no line reaches the names
    return { shapes, annotations, room: is_narrow && !is_below ? 1.15 : 1 };
  }

  Object.assign(parley.figures, {
    WAYS,
    participation,
    participation_keys,
    by_depth: by_depth_figure,
    spelled,
  });
})();
