// The key of a figure in a picture of it: the signs that the page has beside words, as Plotly draws
// them.
(() => {
  // In pixels: type, a row, a wide sign and an upright one, from a sign to its words, from these to
  // the next sign, from a row's foot to its middle.
  const SIZE = 14,
    ROW = 26,
    WIDE = 29,
    LESS = 16,
    GAP = 8,
    APART = 26,
    MIDDLE = 9;
  const TYPE = `${SIZE}px Inter, sans-serif`;
  const brush = document.createElement("canvas").getContext("2d");
  const width_of = (text) => {
    brush.font = TYPE;
    return brush.measureText(text).width;
  };

  // The shapes of each sign, from *x* on around *y*; a class of sweeps.css has the same form.
  const line = (x0, x1, y0, y1, color, more) => ({
    type: "line",
    x0,
    x1,
    y0,
    y1,
    line: { color, width: 2, ...more },
  });
  const bar =
    (colour, opacity = 1) =>
    (x, y, light) => [
      {
        type: "rect",
        x0: x,
        x1: x + WIDE,
        y0: y - 5,
        y1: y + 6,
        fillcolor: light(colour),
        opacity,
        line: { width: 0 },
      },
    ];
  const upright = (colour, more) => (x, y, light) => [
    line(x + LESS / 2, x + LESS / 2, y - 8, y + 8, light(colour), more),
  ];
  const whisker = (x, y, light) => [
    line(x, x + WIDE, y, y, light("text")),
    ...[x, x + WIDE].map((end) => line(end, end, y - 5, y + 5, light("text"))),
  ];
  const dot = (x, y, color) => ({
    type: "circle",
    x0: x - 5,
    x1: x + 5,
    y0: y - 5,
    y1: y + 5,
    fillcolor: color,
    line: { width: 0 },
  });
  const SIGNS = {
    "sweep-bar": bar("half-the-worlds"),
    "sweep-bar guessed": bar("not-taken-up"),
    "sweep-most": bar("most-worlds"),
    "sweep-shade": bar("dimmed", 0.14),
    "sweep-line": whisker,
    "sweep-mean": (x, y, light) => [
      ...whisker(x, y, light),
      dot(x + WIDE / 2, y, light("simulated")),
    ],
    "sweep-mean-line": upright("text"),
    "sweep-luck": upright("register", { dash: "dot", width: 1.5 }),
    "sweep-dot": (x, y, light) => [dot(x + LESS / 2, y, light("text"))],
    "sweep-part": (x, y, light) => [
      { ...dot(x + LESS / 2, y, light("card")), line: { width: 2.5, color: light("simulated") } },
    ],
  };
  const room_of = (sign) => (/^sweep-(mean-line|luck|dot|part)$/.test(sign) ? LESS : WIDE);

  // The signs of the *list*, each with its words, in rows of at most *most* pixels from *left* on,
  // the last one *foot* above the axes; how tall they are.
  function key_of(list, light, { left, foot, most }) {
    const rows = [[]];
    let used = 0;
    for (const item of list.children) {
      const [sign, words] = [
          item.firstElementChild.className.replace("key ", ""),
          item.textContent.trim(),
        ],
        wide = room_of(sign) + GAP + width_of(words) + APART;
      if (used + wide - APART > most) {
        rows.push([]);
        used = 0;
      }
      rows.at(-1).push({ sign, words, x: left + used });
      used += wide;
    }
    const parts = rows.flatMap((row, k) =>
      row.map((part) => ({ ...part, y: foot + ROW * (rows.length - 1 - k) + MIDDLE })),
    );
    const at_axes = {
      xref: "paper",
      yref: "paper",
      xsizemode: "pixel",
      ysizemode: "pixel",
      xanchor: 0,
      yanchor: 1,
    };
    return {
      tall: list.children.length ? foot + ROW * rows.length : 0,
      shapes: parts
        .flatMap(({ sign, x, y }) => SIGNS[sign](x, y, light))
        .map((shape) => ({ ...shape, ...at_axes })),
      annotations: parts.map(({ sign, words, x, y }) => ({
        text: words,
        showarrow: false,
        xref: "paper",
        yref: "paper",
        x: 0,
        y: 1,
        xanchor: "left",
        yanchor: "middle",
        xshift: x + room_of(sign) + GAP,
        yshift: y,
        font: { size: SIZE, color: light("text") },
      })),
    };
  }

  parley.key_of = key_of;
})();
