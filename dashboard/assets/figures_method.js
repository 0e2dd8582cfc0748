// The small pictures of the page Method, as SVG: a step of a month among a dozen stakeholders, and
// what a classic gives beside what is known of it. Colours are those of the style sheet, so that a
// change of scheme needs no drawing.
(() => {
  const { svg } = parley.dom,
    { significant } = parley.format;

  // A dozen stakeholders, four to a row.
  const WIDE = 116,
    HIGH = 76,
    RADIUS = 6.5;
  const PEOPLE = Array.from({ length: 12 }, (_, place) => ({
    x: 16 + 28 * (place % 4),
    y: 14 + 24 * Math.floor(place / 4),
  }));
  const SIGNED = [1, 4, 5, 6],
    WAITING = [2, 8],
    DECLINED = [7],
    ATTACKER = 3,
    VICTIM = 9;
  const STATUS = (place) => (SIGNED.includes(place) ? "signed" : "");
  const PUPILS = PEOPLE.filter((_, place) => place !== ATTACKER && !STATUS(place));
  const dot = (place, style) =>
    svg("circle", {
      cx: PEOPLE[place].x,
      cy: PEOPLE[place].y,
      r: RADIUS,
      className: `person ${style}`,
    });
  const crowd = (style) => PEOPLE.map((_, place) => dot(place, style(place)));
  const cross = ({ x, y }) =>
    svg("path", { d: `M${x - 4} ${y - 4} l8 8 m0 -8 l-8 8`, className: "mark" });
  // An arrow from one to the other, bent to the side of *bend*.
  function arrow(from, to, bend, style) {
    const [a, b] = [PEOPLE[from], PEOPLE[to]],
      length = Math.hypot(b.x - a.x, b.y - a.y),
      [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const start = [a.x + ux * 9, a.y + uy * 9],
      end = [b.x - ux * 10, b.y - uy * 10],
      middle = [(a.x + b.x) / 2 - uy * bend, (a.y + b.y) / 2 + ux * bend];
    const turn = Math.atan2(end[1] - middle[1], end[0] - middle[0]),
      tip = (side) => [end[0] - 7 * Math.cos(turn + side), end[1] - 7 * Math.sin(turn + side)];
    return [
      svg("path", { d: `M${start} Q${middle} ${end}`, className: `arrow ${style}` }),
      svg("path", {
        d: `M${tip(0.5)} L${end} L${tip(-0.5)}`,
        className: `arrow ${style.replace("back", "")}`,
      }),
    ];
  }
  const STEPS = {
    events: () => [
      ...crowd((place) => (place === 6 ? "chosen" : "")),
      svg("path", { d: "M83 2 l-9 19 h7 l-4 15 l12 -20 h-7 l5 -14 z", className: "bolt" }),
    ],
    deliberate: () => [
      ...crowd((place) => STATUS(place) || (WAITING.includes(place) ? "waiting" : "")),
      ...DECLINED.map((place) => cross(PEOPLE[place])),
    ],
    conduct: () => [
      ...crowd((place) => (place === ATTACKER ? "acts" : STATUS(place))),
      ...arrow(ATTACKER, VICTIM, 10, ""),
    ],
    attribute: () => [
      ...crowd((place) => (place === ATTACKER ? "acts" : STATUS(place))),
      svg("circle", { cx: PEOPLE[ATTACKER].x, cy: PEOPLE[ATTACKER].y, r: 11, className: "glass" }),
      svg("path", {
        d: `M${PEOPLE[ATTACKER].x - 8} ${PEOPLE[ATTACKER].y + 8} l-9 10`,
        className: "glass",
      }),
      svg("text", { x: PEOPLE[ATTACKER].x, y: PEOPLE[ATTACKER].y + 4.5, className: "doubt" }, "?"),
    ],
    respond: () => [
      ...crowd((place) => (place === ATTACKER ? "shamed" : STATUS(place))),
      ...arrow(VICTIM, ATTACKER, -10, "back"),
    ],
    learn: () => [
      ...crowd((place) => (place === ATTACKER ? "shamed" : STATUS(place) || "taught")),
      ...PUPILS.map(({ x, y }) =>
        svg("circle", { cx: x, cy: y, r: 2.6, className: "taught-mark" }),
      ),
      svg("path", { d: "M8 66 C 44 66, 56 16, 108 12", className: "curve" }),
    ],
  };

  function step(name) {
    return svg(
      "svg",
      { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH },
      ...STEPS[name](),
    );
  }

  // Three or four round numbers that an axis from *low* to *high* is marked at.
  function ticks(low, high) {
    const rough = (high - low) / 3,
      power = 10 ** Math.floor(Math.log10(rough));
    const size = [1, 2, 2.5, 5, 10]
      .map((each) => each * power)
      .find((each) => each >= rough * 0.85);
    const first = Math.ceil(low / size - 1e-9);
    return Array.from(
      { length: Math.floor(high / size + 1e-9) - first + 1 },
      (_, place) => Math.round(1e6 * (first + place) * size) / 1e6,
    );
  }

  // A classic in *width* pixels: known lines dashed, simulated ones solid, points of either as
  // dots, names at the ends.
  const HEIGHT = 218,
    EDGE = { left: 54, right: 20, top: 28, bottom: 46 },
    ROW = 16,
    NEAR = 5; // pixels
  function classic({ across, up, traces, percent }, width) {
    const all = (axis) => traces.flatMap((trace) => trace[axis]),
      [xs, ys] = [all("x"), all("y")];
    const [left, right, low, high] = [
      Math.min(...xs),
      Math.max(...xs),
      Math.min(0, ...ys),
      Math.max(...ys),
    ];
    const gap = (high - low) * 0.04,
      from = low < 0 ? low - gap : low,
      to = high + gap;
    const x = (value) =>
      EDGE.left + ((value - left) / (right - left)) * (width - EDGE.left - EDGE.right);
    const y = (value) =>
      HEIGHT - EDGE.bottom - ((value - from) / (to - from)) * (HEIGHT - EDGE.top - EDGE.bottom);
    const number = (value) => (percent ? `${significant(100 * value)}\u00a0%` : significant(value));
    const marks = [
      svg("path", {
        d: `M${EDGE.left} ${EDGE.top - 6} V${y(from)} H${width - EDGE.right}`,
        className: "axis",
      }),
      ...(low < 0
        ? [svg("path", { d: `M${EDGE.left} ${y(0)} H${width - EDGE.right}`, className: "zero" })]
        : []),
      ...ticks(left, right).flatMap((value) => [
        svg("path", { d: `M${x(value)} ${y(from)} v5`, className: "axis" }),
        svg("text", { x: x(value), y: y(from) + 19, "text-anchor": "middle" }, significant(value)),
      ]),
      ...ticks(from, to).flatMap((value) => [
        svg("path", { d: `M${EDGE.left} ${y(value)} h-5`, className: "axis" }),
        svg("text", { x: EDGE.left - 8, y: y(value) + 5, "text-anchor": "end" }, number(value)),
      ]),
      svg("text", { x: width - EDGE.right, y: HEIGHT - 6, "text-anchor": "end" }, across),
      svg("text", { x: 2, y: 13 }, up),
    ];
    const drawn = traces.map((trace) => {
      const style = style_of(trace, traces),
        points = trace.x.map((value, place) => [x(value), y(trace.y[place])]);
      return trace.dots
        ? points.map(([cx, cy]) =>
            svg("circle", { cx, cy, r: trace.simulated ? 4 : 5, className: `dot ${style}` }),
          )
        : [
            svg("path", {
              d: `M${points.map((point) => point.map((each) => Math.round(10 * each) / 10)).join(" L")}`,
              className: `line ${style}`,
            }),
          ];
    });
    return svg(
      "svg",
      { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT },
      ...marks,
      ...drawn.flat(),
      ...names(traces, x, y, width),
    );
  }

  // Simulated traces are told apart by colour, in their order.
  const style_of = (trace, traces) =>
    trace.simulated
      ? `simulated no-${traces.filter((each) => each.simulated).indexOf(trace)}`
      : "known";

  // Points in pixels along a trace, close enough to each other that no name fits between two, each
  // with the space it takes.
  function along({ x: xs, y: ys, dots }, x, y) {
    const ends = xs.map((value, place) => [x(value), y(ys[place])]);
    if (dots) return ends.map((end) => [...end, DOT]);
    return ends.flatMap(([x0, y0], place) => {
      const [x1, y1] = ends[place + 1] ?? [x0, y0],
        parts = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 4));
      return Array.from({ length: parts }, (_, part) => [
        x0 + ((x1 - x0) * part) / parts,
        y0 + ((y1 - y0) * part) / parts,
        STROKE,
      ]);
    });
  }

  // The name of each trace where it covers least of all traces, of the line at nothing and of other
  // names; near its trace, and late on it rather than early.
  const DOT = 7,
    STROKE = 4,
    // pixels: what a dot and a line take to each side; how much further off a name may be
    FAR = [0, 8, 18, 30];
  function names(traces, x, y, width) {
    const across = traces.flatMap((trace) => trace.x),
      is_crossed = Math.min(...traces.flatMap((trace) => trace.y)) < 0;
    const zero = is_crossed
      ? along({ x: [Math.min(...across), Math.max(...across)], y: [0, 0] }, x, y)
      : [];
    const points = [...traces.flatMap((trace) => along(trace, x, y)), ...zero],
      taken = [];
    const within = ({ left, right, top, bottom }, [px, py, space]) =>
      left - space < px && px < right + space && top - space < py && py < bottom + space;
    const meets = (one, other) =>
      one.left < other.right &&
      other.left < one.right &&
      one.top < other.bottom &&
      other.top < one.bottom;
    return traces
      .filter((trace) => trace.name && trace.x.length)
      .flatMap((trace) => {
        const own = along(trace, x, y);
        let best = null;
        for (const [place, [px, py]] of own.entries())
          for (const lines of in_lines(trace.name)) {
            const wide = Math.max(...lines.map(written)),
              tall = ROW * lines.length;
            for (const [left, top, far] of FAR.flatMap((far) =>
              beside(px, py, wide, tall, NEAR + far).map((place) => [...place, far]),
            )) {
              const box = { left, right: left + wide, top, bottom: top + tall, lines };
              if (
                left < EDGE.left + 3 ||
                box.right > width - 2 ||
                top < EDGE.top - 10 ||
                box.bottom > HEIGHT - EDGE.bottom - 2
              )
                continue;
              const covers =
                points.filter((point) => within(box, point)).length +
                50 * taken.filter((other) => meets(box, other)).length +
                lines.length -
                1 +
                far / 10 -
                place / own.length;
              if (!best || covers < best.covers) best = { ...box, covers };
            }
          }
        if (!best) return [svg("title", {}, trace.name)];
        taken.push(best);
        return best.lines.map((line, k) =>
          svg(
            "text",
            {
              x: best.left,
              y: best.top + ROW * (k + 1) - 3,
              className: `name ${style_of(trace, traces)}`,
            },
            line,
          ),
        );
      });
  }

  // Where a name so *wide* and *tall* may begin beside a point: left, right, above, below.
  const beside = (px, py, wide, tall, off) => [
    [px - wide - off, py - tall / 2],
    [px + off + 2, py - tall / 2],
    ...[px - wide / 2, px - wide, px].flatMap((left) => [
      [left, py - tall - off],
      [left, py + off],
    ]),
  ];

  // A name in one line and, where it is long, in two.
  const LONG = 16; // letters
  function in_lines(name) {
    const middle = name.indexOf(" ", name.length / 2 - 2);
    return name.length < LONG || middle < 0
      ? [[name]]
      : [[name], [name.slice(0, middle), name.slice(middle + 1)]];
  }
  const pen = document.createElement("canvas").getContext("2d");
  function written(words) {
    pen.font = `600 14px ${getComputedStyle(document.body).fontFamily}`;
    return pen.measureText(words).width;
  }

  parley.pictures = { step, classic };
})();
