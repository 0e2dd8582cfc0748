// The key of a downloaded map, in which nothing of the page stands beside it: a row below the map,
// or two, of the scale or the statuses, and of every mark, drawn as on the map; and the hatching of
// what is not modelled.
(() => {
  const { element } = parley.dom,
    { difference, percent } = parley.format,
    { QUARTERS } = parley.figures;
  const RING = { size: 13, rim: 6, line: 3 },
    HATCH = "not-modelled"; // pixels, of a ring and of the line within its rims
  const SCALE = 0.28,
    BELOW = -30,
    BETWEEN = 14,
    WIDE = 950,
    ROW = 26,
    TYPE = 13,
    BORDER = 2; // of the map's width, and pixels; Plotly draws a border of its own around words
  const STATUSES = [
    ["signed", "signed"],
    ["waiting", "waiting"],
    ["declined", "declined, or left"],
    ["not-taken-up", "not taken up"],
  ];

  // The scale of shares, or of changes to *most* on either side; its numbers are words of the row,
  // so that the outer ones end where it does.
  const scale = () => ({
    showticklabels: false,
    ticks: "",
    orientation: "h",
    thickness: 12,
    len: SCALE,
    x: 0,
    xanchor: "left",
    xpad: 0,
    y: 0,
    yanchor: "top",
    ypad: 10,
    outlinewidth: 0,
  });
  const numbers = (most) =>
    most
      ? [-1, -0.5, 0, 0.5, 1].map((part) => difference(100 * part * most, 0))
      : QUARTERS.map((share) => percent(share));

  const pixel = {
    xref: "paper",
    yref: "paper",
    xsizemode: "pixel",
    ysizemode: "pixel",
    xanchor: 0,
    yanchor: 0,
  };
  const words = (text, more) => ({
    text,
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 0,
    xanchor: "left",
    yanchor: "middle",
    ...more,
  });

  // The signs that stand before words, from *x* on, around the height *y*.
  const box = (light, fill) => (x, y) => [
    {
      ...pixel,
      type: "rect",
      x0: x,
      x1: x + 18,
      y0: y - 6,
      y1: y + 6,
      fillcolor: light(fill),
      line: { color: light("dimmed"), width: 0.5 },
    },
  ];
  const square = (light) => (x, y) => [
    {
      ...pixel,
      type: "rect",
      x0: x,
      x1: x + 9,
      y0: y - 4.5,
      y1: y + 4.5,
      line: { color: light("dimmed"), width: 1 },
    },
  ];
  const dot = (light, fill) => (x, y) => [
    {
      ...pixel,
      type: "circle",
      x0: x,
      x1: x + 8,
      y0: y - 4,
      y1: y + 4,
      fillcolor: light(fill),
      line: { color: light("card"), width: 1 },
    },
  ];
  const ring = (light) => (x, y) =>
    [
      ["text", RING.rim],
      ["card", RING.line],
    ].map(([colour, width]) => ({
      ...pixel,
      type: "circle",
      x0: x + 3,
      x1: x + 3 + RING.size,
      y0: y - RING.size / 2,
      y1: y + RING.size / 2,
      line: { color: light(colour), width },
    }));
  const dashes = (light) => (x, y) => [
    {
      ...pixel,
      type: "line",
      x0: x,
      x1: x + 20,
      y0: y,
      y1: y,
      line: { color: light("text"), width: 1.6, dash: "4px,3px" },
    },
  ];
  const hatching = (light) => (x, y) => [
    ...box(light, "grid")(x, y),
    ...[0, 4, 8].map((k) => ({
      ...pixel,
      type: "line",
      x0: x + k,
      x1: x + k + 10,
      y0: y - 6,
      y1: y + 6,
      line: { color: light("dimmed"), width: 0.8 },
    })),
  ];

  // Shapes and words of the key, in colours of *light*: of one world or of the scale, up to *most*;
  // with points, with rings. What has no room in the first row begins a second, by which the key
  // reaches *low*er.
  function row(light, { is_one, most, has_register, has_rings }) {
    const ruler = element("canvas").getContext("2d"),
      shapes = [],
      annotations = [],
      font = { size: TYPE, color: light("dimmed") };
    ruler.font = `${TYPE}px Inter`;
    const entries = [
      ...(is_one ? STATUSES.map(([name, text]) => [box(light, name), 18, text]) : []),
      ...(has_register ? [[dot(light, is_one ? "text" : "register"), 8, "on the register"]] : []),
      ...(has_rings ? [[ring(light), RING.size + 6, "supposed"]] : []),
      [square(light), 9, "small state"],
      [hatching(light), 18, "not modelled"],
      [dashes(light), 20, "border not settled"],
    ];
    if (!is_one)
      numbers(most).forEach((text, k, all) =>
        annotations.push(
          words(text, {
            x: (SCALE * k) / (all.length - 1),
            xanchor: k ? (k < all.length - 1 ? "center" : "right") : "left",
            xshift: k ? (k < all.length - 1 ? 0 : BORDER) : -BORDER,
            yshift: -34,
            font,
          }),
        ),
      );
    if (!is_one)
      annotations.push(
        words(most ? "points" : "of worlds", { x: SCALE, xshift: 6, yshift: -16, font }),
      );
    let x = is_one ? 0 : SCALE * WIDE + 78,
      y = BELOW;
    for (const [sign, width, text] of entries) {
      const wide = width + 6 + ruler.measureText(text).width;
      if (x + wide > WIDE) [x, y] = [0, y - ROW];
      shapes.push(...sign(x, y));
      annotations.push(words(text, { xshift: x + width + 6, yshift: y, font }));
      x += wide + BETWEEN;
    }
    return { shapes, annotations, low: BELOW - y };
  }

  // The same picture, an SVG, with what is not modelled hatched as on the page, whose style sheet a
  // picture has not.
  function hatched(svg, light) {
    const pattern =
      `<defs><pattern id="${HATCH}" width="5" height="5" patternUnits="userSpaceOnUse" ` +
      `patternTransform="rotate(45)"><rect width="5" height="5" ` +
      `fill="${light("grid")}"/><path d="M0 0V5" stroke="${light("dimmed")}" ` +
      `stroke-opacity="0.55"/></pattern></defs>`;
    return svg
      .replace(/<svg[^>]*>/, `$&${pattern}`)
      .replace(/(<g class="layer land"><path [^>]*?fill: )[^;]+;/g, `$1url(#${HATCH});`);
  }

  parley.map_key = { scale, row, hatched, RING };
})();
