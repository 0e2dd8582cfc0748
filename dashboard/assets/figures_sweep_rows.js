// The figures of the page Sweeps that have a row for each setting: what it does beside a first one,
// and beside the present text. Beside a row stand its words and its number; on a phone both stand
// above it, and the axis at both ends.
(() => {
  const { colour, layout: plain, title: plain_title, marker, rule, in_lines } = parley.figures,
    { capital, interval } = parley.format;
  const SIZE = 14,
    LETTER = 7.4; // pixels, of what stands at an axis: its height, and the width of a letter
  const BOLD = 1.15,
    GAP = 10,
    ROOM = 18,
    BEYOND = 0.04,
    // bold letters beside others; pixels before a number, and beside it; room at the ends of an
    // axis; what is told as none is below it
    LEAST = 0.05;
  const LETTERS = { label: 42, above: 42, told: 16 },
    LINE = 0.45,
    ABOVE = 0.74,
    // of a line of words; rows on a phone: of a line, to the middle of a bar, above words alone
    HEAD = 0.2;
  const ROW = 40,
    ENDS = 70,
    // pixels on a phone: of a row, of the axes at both ends, and of a row as sweeps.css counts them
    OF_PAGE = 54.4;
  const PAPER = 700,
    PICTURE = 950,
    HIGH_PICTURE = 800,
    // pixels: of a figure on paper, in a picture, of a picture of two parts, and from which width
    // on two parts side by side have room for a number in a line
    TIGHT = 700;
  let is_paper = false,
    is_picture = false;
  const for_paper = (is_so) => {
    is_paper = is_so;
  };
  const for_picture = (is_so) => {
    is_picture = is_so;
  };
  // not innerWidth: what is wider than a phone widens that
  const narrow = () => !is_paper && !is_picture && matchMedia("(max-width: 40rem)").matches;
  const width_of = () =>
    is_paper
      ? PAPER
      : is_picture
        ? PICTURE
        : document.getElementById("sweep-effects").clientWidth || TIGHT; // of the first figure
  const is_number = (value) => typeof value === "number",
    wrapped = (text, most) => in_lines(text, most).join("<br>");
  const axis = () => ({
    ticks: "outside",
    ticklen: 5,
    tickcolor: colour("dimmed"),
    tickfont: { size: SIZE, color: colour("dimmed") },
  });
  const across = (more) => ({ ...axis(), showline: true, linecolor: colour("dimmed"), ...more });
  // A layout whose axes have ticks and words that can be read.
  const layout = (more) =>
    plain({ ...more, xaxis: across(more.xaxis), yaxis: { ...axis(), ...more.yaxis } });
  const title = (text, standoff, most = narrow() ? 32 : 60) => ({
    ...plain_title(wrapped(text, most), standoff + 4),
    font: { size: SIZE, color: colour("dimmed") },
  });
  const words_at = (y, text, more) => ({
    y,
    text,
    showarrow: false,
    align: "left",
    font: { size: SIZE, color: colour("text") },
    ...more,
  });
  const ends_of = (values) => {
    const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)],
      room = BEYOND * (most - least || 1);
    return [least - room, most + room];
  };

  // Below an axis, on both sides of its zero line, what a bar on that side says, where one of these
  // *ends* of bars is there; of one side alone in the middle of it.
  const BELOW_AXIS = 32,
    OF_AXIS = 58,
    NARROW = 0.25; // pixels: from the axis to these words, and to the end of them; share of an axis
  // Where one side is too narrow for its words, they stand at the ends of the axis.
  function sides(less, ends, refs, what = "") {
    const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)],
      both = most >= LEAST && least <= -LEAST,
      is_tight = Math.min(-least, most) < NARROW * (most - least),
      of_what = what && ` ${what}`;
    return [
      [-1, `← ${less}${both ? "" : of_what}`, "right"],
      [1, `more${of_what} →`, "left"],
    ]
      .filter(([sign]) => ends.some((end) => sign * end >= LEAST))
      .map(([sign, text, xanchor]) =>
        words_at(0, text, {
          ...refs,
          ...(!both
            ? { x: (least + most) / 2, xanchor: "center" }
            : is_tight
              ? {
                  x: sign < 0 ? 0 : 1,
                  xref: `${refs.xref} domain`,
                  xanchor: sign < 0 ? "left" : "right",
                }
              : { x: 0, xanchor, xshift: sign * 5 }),
          yanchor: "top",
          yshift: -BELOW_AXIS,
          name: "side",
          font: { size: SIZE, color: colour("dimmed") },
        }),
      );
  }

  // Where rows stand that have words above them, in rows from the top: the top of the words, and
  // the middle of the bar.
  function places_of(texts, are_heads) {
    let tall = 0;
    const places = texts.map((text, k) => {
      const top = tall + (are_heads[k] ? HEAD : 0),
        lines = in_lines(text, LETTERS.above).length - 1;
      tall = top + LINE * lines + (are_heads[k] ? LINE + 0.1 : 1);
      return { top, middle: top + LINE * lines + ABOVE };
    });
    return { places, tall };
  }

  // Rows with a value and its intervals, one below the other; *told*: the value of a row in words,
  // *words*: what its axis says, or *less*: what it says left of its zero line, and of what, *of*,
  // there is less or more.
  function intervals(rows, { words, less, of }, told) {
    const { rounded, in_tenths } = parley.sweep_words,
      written = rows[0]?.unit === "points" ? in_tenths : rounded,
      is_narrow = narrow(),
      numbers = rows.map((row) => (is_number(row.mean) ? told(row) : ""));
    const texts = rows.map((row, k) =>
        capital(row.head ?? (numbers[k] ? `${row.name}:\u00a0${numbers[k]}` : row.name)),
      ),
      { places, tall } = places_of(
        texts,
        rows.map((row) => Boolean(row.head)),
      );
    const y_of = (k) => (is_narrow ? places[k].middle : k),
      room = Math.ceil(BOLD * LETTER * Math.max(...numbers.map((text) => text.length))) + ROOM;
    const there = rows
      .map((row, k) => [row, k])
      .filter(([row]) => is_number(row.p5) && is_number(row.p95));
    // A bar for most of the assumptions, and a whisker over it for the mean, which may be the wider
    // of the two.
    const bars = {
      mode: "lines",
      hoverinfo: "skip",
      meta: "no numbers",
      line: { color: colour("most-worlds"), width: is_narrow ? 14 : 18 },
      x: there.flatMap(([row]) => [row.p5, row.p95, null]),
      y: there.flatMap(([, k]) => [y_of(k), y_of(k), null]),
    };
    const beyond = (end) =>
      rows.map((row) => (is_number(row[end]) ? Math.abs(row[end] - row.mean) : 0));
    const whiskers = {
      type: "data",
      symmetric: false,
      array: beyond("high"),
      arrayminus: beyond("low"),
      color: colour("text"),
      thickness: 2,
      width: 7,
    };
    const ends = rows
        .flatMap((row) => ["mean", "low", "high", "p5", "p95"].map((key) => row[key]))
        .filter(is_number),
      range = ends_of(ends),
      ways = less ? sides(less, ends, { xref: "x", yref: "paper" }, of) : [],
      below = less ? OF_AXIS : 0;
    const of_means = {
      x: rows.map((row) => row.mean),
      y: rows.map((_, k) => y_of(k)),
      mode: "markers",
      hoverinfo: "text",
      error_x: whiskers,
      marker: {
        ...marker(11, "simulated"),
        color: rows.map((row) => colour(row.is_part ? "card" : "simulated")),
        line: { width: 2.5, color: rows.map((row) => colour(row.is_part ? "simulated" : "card")) },
      },
      text: rows.map((row, k) =>
        !numbers[k]
          ? ""
          : `<b>${row.name}</b><br>${numbers[k]} ${row.unit ?? ""}<br>95\u00a0% interval ` +
            `${interval(row.low, row.high, written)}${is_number(row.p5) ? `<br>nine in ten of the assumptions ${interval(row.p5, row.p95, written)}` : ""}`,
      ),
    };
    const xaxis = {
        ...(words ? { title: title(words, 8) } : {}),
        showgrid: true,
        range,
        nticks: is_narrow ? 5 : 6,
      },
      zero = rule(0, { color: colour("dimmed"), width: 1 });
    if (!is_narrow)
      return {
        data: [bars, of_means],
        layout: layout({
          hovermode: "closest",
          shapes: [zero],
          xaxis,
          margin: { l: 0, r: room, t: 10, b: below },
          annotations: [
            ...numbers.map((text, k) =>
              words_at(k, `<b>${text}</b>`, { x: 1, xref: "paper", xanchor: "left", xshift: GAP }),
            ),
            ...ways,
          ],
          yaxis: {
            tickvals: rows.map((_, k) => k),
            ticktext: rows.map((row) =>
              row.head
                ? `<b>${wrapped(row.head, LETTERS.label)}</b>`
                : wrapped(row.name, LETTERS.label),
            ),
            range: [rows.length - 0.5, -0.5],
            showgrid: false,
            ticks: "",
            ticklabelstandoff: 8,
          },
        }),
      };
    return {
      data: [bars, of_means, beside_other("x2")],
      layout: layout({
        hovermode: "closest",
        meta: { rows: (tall * ROW + ENDS) / OF_PAGE },
        xaxis,
        xaxis2: across({
          ...plain().xaxis,
          ...axis(),
          side: "top",
          overlaying: "x",
          range,
          nticks: 5,
          showgrid: false,
        }),
        margin: { l: 8, r: 8, t: 0, b: below },
        shapes: rows.flatMap((row, k) =>
          row.head
            ? []
            : [{ ...zero, yref: "y", y0: places[k].middle - 0.26, y1: places[k].middle + 0.26 }],
        ), // it crosses no words
        annotations: [
          ...texts.map((text, k) =>
            words_at(
              places[k].top,
              rows[k].head
                ? `<b>${wrapped(text, LETTERS.above)}</b>`
                : wrapped(text, LETTERS.above).replace(/:\u00a0(.+)$/, ": <b>$1</b>"),
              {
                x: 0,
                xref: "paper",
                xanchor: "left",
                yanchor: "top",
                ...(rows[k].head ? { font: { size: SIZE, color: colour("dimmed") } } : {}),
              },
            ),
          ),
          ...ways,
        ],
        yaxis: { showticklabels: false, range: [tall + 0.1, -0.1], showgrid: false, ticks: "" },
      }),
    };
  }
  // An axis is drawn only where something stands on it.
  const beside_other = (xaxis, yaxis = "y") => ({
    x: [0],
    y: [0],
    xaxis,
    yaxis,
    mode: "markers",
    marker: { opacity: 0 },
    hoverinfo: "skip",
    meta: "no numbers",
  });

  const TOLD = 8.2; // pixels of a letter of what stands at the right of a row
  const BETWEEN = 0.05; // share of the width between two parts
  const OF_PHONE = { above: 62, row: ROW, below: 8 },
    // pixels of a part below another: above its rows, of a row, below them
    OF_PAPER = { above: 36, row: 25, below: OF_AXIS };
  // What each setting changes of the present text: a part for each of *parts*, with a *heading*,
  // what its axis says and its *rows*, whose last one is the answer. Two stand side by side, on a
  // phone, on paper and in a picture one below the other.
  function beside_present(parts) {
    const is_narrow = narrow(),
      number = Math.max(...parts.map(({ rows }) => rows.length)),
      share = 1 / parts.length;
    const of_part = is_narrow ? OF_PHONE : OF_PAPER,
      is_stacked = is_narrow || is_paper || is_picture,
      high = parts.length * (of_part.above + number * of_part.row + of_part.below),
      layout_of = { shapes: [], annotations: [] },
      data = [],
      wide = width_of(),
      most = wide < TIGHT ? LETTERS.told : Infinity;
    const labels =
      LETTER *
        Math.max(
          ...parts[0].rows.flatMap(({ name }) => in_lines(name, most).map((line) => line.length)),
        ) +
      2 * GAP; // what stands at the left
    parts.forEach(({ heading, less, rows }, part) => {
      const key = part ? part + 1 : "",
        [x, y] = [`x${key}`, `y${key}`],
        from = part * share,
        range = ends_of(rows.flatMap(({ low, high: most }) => [low, most]));
      const room = is_narrow
        ? 0
        : (TOLD *
            Math.max(
              ...rows.flatMap(({ told }) => in_lines(told, most).map((line) => line.length)),
            ) +
            GAP) /
          (wide - labels); // share of the width, at the right
      const y_of = (k) => k + (is_narrow ? 0.2 : 0),
        last = rows.length - 1;
      const name_of = (k, more) => colour(k === last ? more : "half-the-worlds");
      data.push(
        ...rows.map(({ low, high: most, name, told, is_present }, k) => ({
          x: is_present ? [0] : [low, most],
          y: is_present ? [y_of(k)] : [y_of(k), y_of(k)],
          xaxis: x,
          yaxis: y,
          mode: is_present ? "markers" : "lines",
          hoverinfo: "text",
          line: { width: 14, color: name_of(k, "simulated") },
          marker: { ...marker(11, "register") },
          text: `<b>${name}</b><br>${heading}: ${told}`,
        })),
      );
      const middles = rows.map((row, k) => [row, k]).filter(([{ median }]) => is_number(median));
      data.push({
        x: middles.map(([{ median }]) => median),
        y: middles.map(([, k]) => y_of(k)),
        xaxis: x,
        yaxis: y,
        mode: "markers",
        marker: { ...marker(9, "text") },
        hoverinfo: "skip",
        meta: "no numbers",
      });
      layout_of.shapes.push({
        type: "line",
        xref: x,
        yref: `${y} domain`,
        x0: 0,
        x1: 0,
        y0: 0,
        y1: 1,
        layer: "below",
        line: { color: colour("register"), width: 1.5, dash: "dot" },
      });
      const bold = (k, text) => (k === last ? `<b>${text}</b>` : text),
        words = ({ name, told }) =>
          is_narrow ? `${/^\d/.test(name) ? "At " : ""}${capital(name)}: ${told}` : told;
      layout_of.annotations.push(
        words_at(1, `<b>${heading}</b>`, {
          x: 0,
          xref: `${x} domain`,
          yref: `${y} domain`,
          xanchor: "left",
          yanchor: "bottom",
          yshift: is_narrow ? 28 : 6,
        }),
        ...rows.map((row, k) =>
          is_narrow
            ? words_at(k - 0.28, bold(k, words(row)), {
                x: 0,
                xref: `${x} domain`,
                yref: y,
                xanchor: "left",
                bgcolor: colour("card"),
                borderpad: 1,
              })
            : words_at(k, bold(k, wrapped(row.told, most)), {
                x: 1,
                xref: `${x} domain`,
                yref: y,
                xanchor: "left",
                xshift: GAP,
              }),
        ),
        ...(is_narrow
          ? []
          : sides(
              less,
              rows.flatMap(({ low, high: far }) => [low, far]),
              { xref: x, yref: `${y} domain` },
            )),
      );
      layout_of[`xaxis${key}`] = across({
        ...plain().xaxis,
        ...axis(),
        range,
        nticks: 5,
        tickangle: 0,
        showgrid: true,
        zeroline: false,
        anchor: y,
        ...(is_narrow
          ? { side: "top" }
          : is_stacked
            ? { domain: [0, 1 - room] }
            : {
                domain: [
                  from + (part ? BETWEEN / 2 : 0),
                  from + share - room - (part ? 0 : BETWEEN / 2),
                ],
              }),
      });
      layout_of[`yaxis${key}`] = {
        ...plain().yaxis,
        ...axis(),
        anchor: x,
        range: [number - 0.45, -0.55],
        showgrid: false,
        ticks: "",
        ticklabelstandoff: 8,
        showticklabels: !is_narrow && (is_stacked || !part),
        tickvals: rows.map((_, k) => k),
        ticktext: rows.map(({ name }, k) => bold(k, is_narrow ? name : wrapped(name, most))),
        ...(is_stacked
          ? { domain: [1 - from - share + of_part.below / high, 1 - from - of_part.above / high] }
          : {}),
      };
    });
    return {
      data,
      layout: plain({
        hovermode: "closest",
        meta: {
          rows: is_narrow ? high / OF_PAGE : number + 1.3,
          ...(is_picture ? { high: HIGH_PICTURE } : {}),
        },
        margin: { l: is_narrow ? 8 : 0, r: 8, t: is_stacked ? 0 : 28, b: is_stacked ? 0 : OF_AXIS },
        ...(is_paper ? { height: high } : {}),
        ...layout_of,
      }),
    };
  }

  parley.sweep_rows = {
    LETTERS,
    SIZE,
    LETTER,
    for_paper,
    for_picture,
    width_of,
    narrow,
    is_number,
    wrapped,
    layout,
    title,
    intervals,
    beside_present,
  };
})();
